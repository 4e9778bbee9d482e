"""Text of a case on its way to other systems: bounded, without control characters, otherwise as it stands.

Markup stays the text it is. Formats are written by libraries that quote it; nothing here makes HTML.
"""

from __future__ import annotations

import unicodedata

from undazzle.casebook import Case

_KEPT = {"\n", "\t"}


def clean_text(text: str, limit: int = 100_000) -> str:
    r"""Return text without control characters and lone surrogates, cut at a length.

    Examples
    --------
    >>> clean_text("a\x1b[2Jb\ud800")
    'a[2Jb?'
    """
    kept = "".join(one for one in text if one in _KEPT or unicodedata.category(one) != "Cc")
    return kept.encode("utf-8", "replace").decode("utf-8")[:limit]


def name_of(case: Case, record_id: str | None) -> str:
    """Return the name or title of a record, its id where it has none, ``unknown`` where no id is given."""
    if record_id is None:
        return "unknown"
    record = case.records.get(record_id)
    name = getattr(record, "name", None) or getattr(record, "title", None) or record_id
    return clean_text(str(name), 500)


def web_address(address: str | None) -> str | None:
    """Return an address if it is a whole web address, else nothing: others are never made clickable."""
    from undazzle.casebook.checks.addresses import fault_of

    return address if address and not fault_of(address) else None
