"""Web addresses made comparable: one page, one spelling. Pure functions; nothing is ever requested.

An address that cannot be read with certainty yields ``None`` rather than a guess: a wrong match would
put two strangers in one network.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, parse_qs, urlsplit

from undazzle.traces.url_platforms import fold_platform_path
from undazzle.traces.url_rules import (
    COUNTRY_SECOND_LEVELS,
    MOBILE_PREFIXES,
    REDIRECTING_PAGES,
    SAME_HOST,
    SHARED_ENDINGS,
    SHORTENERS,
    SITE_TRACKING,
    TRACKING_PARAMETERS,
    TRACKING_PREFIXES,
)

# Longer than any browser sends; a longer one is broken or an attack.
MAX_URL_CHARACTERS = 8_192
_MAX_REDIRECTS = 2
_MAX_LOOKS = 2
_CUT_OFF = ("...", "%E2%80%A6")
# Short links of t.co have eight to ten characters; old posts were cut in the middle of them.
_SHORTEST_CODE = 5

_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9_-]+\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")


def canonical_url(url: str) -> str | None:
    """Return the one spelling of a web address, or ``None`` if it is none or was cut off.

    Scheme and host in lower case (``http`` becomes ``https``), internationalised hosts in their ASCII form so
    that look-alike letters stay apart, no user name, default port, ``www.``, tracking parameters, trailing slash
    or fragment (but ``#!`` and ``#/`` name a page and stay), parameters sorted, percent-encoding unified.
    Redirecting pages of platforms are replaced by the address that they carry; short forms of YouTube, X,
    Instagram and Telegram by the plain one. Short links are kept: only a request could resolve them.

    Parameters
    ----------
    url
        The address as found, with or without scheme; at most 8,192 characters.

    Examples
    --------
    >>> canonical_url("HTTP://www.Example.org:80/news/?utm_source=x&id=5#top")
    'https://example.org/news?id=5'
    >>> canonical_url("https://youtu.be/dQw4w9WgXcQ?t=10")
    'https://youtube.com/watch?v=dQw4w9WgXcQ'
    >>> canonical_url("javascript:alert(1)") is None
    True
    """
    spelled = _spelled(url)
    # Without its last slash a path with ";" reads differently, so that it takes a second look to come to rest.
    for _ in range(_MAX_LOOKS if spelled and ";" in spelled else 0):
        spelled = _spelled(spelled) if spelled else None
    return None if spelled is None or spelled.endswith(_CUT_OFF) else spelled


def web_site(url: str) -> str | None:
    """Return the site of a web address, e.g. ``example.co.uk``, or ``None`` if it is no web address.

    The last two labels of the host, three under endings such as ``co.uk``, and the whole name where anybody can
    open a site (``harbour.blogspot.com``). A rule of thumb, not the Public Suffix List.

    Examples
    --------
    >>> web_site("https://news.example.co.uk/a"), web_site("harbour.blogspot.com"), web_site("mailto:a@b.org")
    ('example.co.uk', 'harbour.blogspot.com', None)
    """
    parts = _without_redirects(url)
    if parts is None:
        return None
    host = parts.hostname or ""
    if host == "youtu.be":
        return "youtube.com"
    return host if ":" in host or host.rpartition(".")[2].isdigit() else _registered_name(host)


def _spelled(url: str) -> str | None:
    parts = _without_redirects(url)
    if parts is None:
        return None
    scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    if port in (None, 80, 443):
        scheme, port = "https", None
    path = parts.path.rstrip("/;")
    if host in SHORTENERS and (not path or (host == "t.co" and len(path) <= _SHORTEST_CODE)):
        return None
    query = _without_tracking(parts.query, host)
    folded = fold_platform_path(host, path, query)
    if folded:
        return folded
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    authority = f"[{host}]" if ":" in host else host
    return (
        f"{scheme}://{authority}{f':{port}' if port else ''}{path}"
        f"{f'/?{query}' if query and not path else f'?{query}' if query else ''}{fragment}"
    )


def _registered_name(host: str) -> str:
    labels = host.split(".")
    for known in (3, 2):
        if len(labels) > known and ".".join(labels[-known:]) in SHARED_ENDINGS:
            return ".".join(labels[-known - 1 :])
    has_country_ending = len(labels[-1]) == 2 and labels[-2] in COUNTRY_SECOND_LEVELS
    return ".".join(labels[-3 if has_country_ending else -2 :])


def _without_redirects(url: str) -> SplitResult | None:
    parts = _split(url)
    for _ in range(_MAX_REDIRECTS):
        target = _redirect_target(parts) if parts else None
        if target is None:
            return parts
        parts = _split(target) or parts
    return parts


def _redirect_target(parts: SplitResult) -> str | None:
    names = REDIRECTING_PAGES.get((parts.hostname or "", parts.path.rstrip("/")))
    if not names:
        return None
    values = parse_qs(parts.query, max_num_fields=200)
    return next((values[name][0] for name in names if name in values and "://" in values[name][0]), None)


def _split(url: str) -> SplitResult | None:
    """Return the parts of an http(s) address with a clean host, or ``None``."""
    from w3lib.url import canonicalize_url

    url = url.strip()
    if not url or len(url) > MAX_URL_CHARACTERS:
        return None
    if url.startswith("//"):
        url = "https:" + url
    elif not _SCHEME.match(url):
        url = "https://" + url
    if not url[:8].lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(str(canonicalize_url(url, keep_fragments=True)))
        host, port = _folded_host(parts.hostname or ""), parts.port
    except ValueError:  # a bad port, bracket or escape: no address one could open
        return None
    if not host:
        return None
    authority = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=authority if port is None else f"{authority}:{port}")


def _folded_host(host: str) -> str | None:
    """Return the host without ``www.`` and mobile prefixes, or ``None`` if no such host can exist."""
    host = host.removesuffix(".")
    if ":" in host:
        return _address(IPv6Address, host)
    if host.rpartition(".")[2].isdigit():
        return _address(IPv4Address, host)
    if len(host) > 253 or not _HOST.fullmatch(host):
        return None
    while host.startswith("www."):
        host = host[4:]
    if "." not in host:
        return None  # "www.exampl": cut off in the middle of the name
    prefix, _, rest = host.partition(".")
    rest = SAME_HOST.get(rest, rest)
    return rest if prefix in MOBILE_PREFIXES.get(rest, ()) else SAME_HOST.get(host, host)


def _address(kind: type[IPv4Address] | type[IPv6Address], host: str) -> str | None:
    try:
        return str(kind(host))
    except AddressValueError:
        return None


def _without_tracking(query: str, host: str) -> str:
    if not query:
        return ""
    own = SITE_TRACKING.get(host, frozenset())
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair.partition("=")[0], own))


def _is_tracking(name: str, own: frozenset[str]) -> bool:
    name = name.lower()
    return name in TRACKING_PARAMETERS or name in own or name.startswith(TRACKING_PREFIXES)
