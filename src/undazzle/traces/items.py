"""Items kept readable: a short one stands for itself, a long one is cut and told apart by a hash."""

from __future__ import annotations

import hashlib

_LONGEST, _KEPT = 200, 160


def bounded_item(text: str, longest: int = _LONGEST, kept: int = _KEPT) -> str:
    """Return the text if it is short, else its beginning and the hash of the whole.

    Parameters
    ----------
    text
        What identifies the item.
    longest, kept
        Longest text that stands for itself, and how much of a longer one is kept, in characters.

    Examples
    --------
    >>> bounded_item("the ferry is late"), bounded_item("abcdef", longest=5, kept=3)
    ('the ferry is late', 'abc…e80b5017098950fc58aad83c8c14978e')
    """
    if len(text) <= longest:
        return text
    return f"{text[:kept]}…{hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()}"


def bounded_item_sql(column: str, longest: int = _LONGEST, kept: int = _KEPT) -> str:
    """Return SQL that does what ``bounded_item`` does."""
    return (
        f"CASE WHEN strlen({column}) <= {longest} OR length({column}) <= {longest} THEN {column}"
        f" ELSE substring({column}, 1, {kept}) || '…' || md5({column}) END"
    )
