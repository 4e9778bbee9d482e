"""Where each page of the site lies, and which addresses of sources may become links."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from undazzle.casebook.kinds import KINDS

# Kinds of records with a page of their own; the others are shown on the pages of what they belong to.
PAGED = frozenset({"claim", "incident", "actor", "target", "source", "claimant", "assessment", "finding", "matrix"})
_LONGEST_NAME = 150
_UNSAFE = re.compile(r"[^a-z0-9.\-]+")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\xa0<>\"'`\\\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")


def slug_of(record_id: str) -> str:
    """Return the part of an id behind the colon.

    Examples
    --------
    >>> slug_of("claim:nic-2022-iran")
    'nic-2022-iran'
    """
    return record_id.partition(":")[2]


def page_of(record_id: str) -> str | None:
    """Return the page of a record relative to the front page, or nothing where its kind has no pages.

    Examples
    --------
    >>> page_of("claim:nic-2022-iran"), page_of("event:us-2024")
    ('claims/nic-2022-iran.html', 'events.html#us-2024')
    """
    kind, _, slug = record_id.partition(":")
    if kind == "event":
        return f"events.html#{slug}"
    return f"{KINDS[kind].folder}/{slug}.html" if kind in PAGED else None


def contradiction_page(code: str) -> str:
    """Return the page of a contradiction by its code.

    Examples
    --------
    >>> contradiction_page("denial/actor-prc/event-us-2024")
    'contradictions/denial~actor-prc~event-us-2024.html'
    """
    name = "~".join(_UNSAFE.sub("-", part.lower()) for part in code.split("/"))
    if len(name) > _LONGEST_NAME or name.replace("~", "/") != code:
        name = f"{name[:_LONGEST_NAME]}~{hashlib.sha256(code.encode()).hexdigest()[:12]}"
    return f"contradictions/{name}.html"


def web_address(address: str | None) -> str | None:
    """Return an address that may become a link: http or https, with a host, and nothing that hides what it is.

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("https://a b.org")
    ('https://example.org/a', None, None)
    """
    if address is None or _NOT_IN_ADDRESSES.search(address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    is_plain = parts.scheme.lower() in {"http", "https"} and bool(host) and "@" not in parts.netloc
    return address if is_plain else None
