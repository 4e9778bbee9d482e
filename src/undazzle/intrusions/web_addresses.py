"""Web addresses and hosts in the form they are compared in, and the accounts they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,10}(?:[a-z]{2,24}|xn--[a-z0-9-]{2,58})")
# Endings of files that a plain host name could be mistaken for.
_FILE_ENDINGS = set(
    "mp4 mp3 jpg jpeg png gif pdf doc docx xls xlsx ppt pptx txt csv json xml html htm php asp aspx jsp js css zip rar "
    "exe dll bat ps1 sh py log bak tmp dat bin iso svg webp mov avi wav conf cfg ini md yaml yml eml msg mbox".split()
)
_TRACKING = ("utm_", "fbclid", "gclid", "igsh", "si", "ref_src", "mibextid")
MAX_ADDRESS = 4_000


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Host, parts of the path, and parameters; scheme, ``www.`` and tracking parameters are left out."""

    host: str
    segments: tuple[str, ...] = ()
    parameters: frozenset[tuple[str, str]] = frozenset()

    @property
    def text(self) -> str:
        """The address in one line."""
        path = "".join(f"/{one}" for one in self.segments)
        query = "&".join(f"{name}={value}" for name, value in sorted(self.parameters))
        return f"{self.host}{path}{'?' + query if query else ''}"

    def is_under(self, other: WebAddress) -> bool:
        """Return whether this is the other address, or a page below it."""
        return (
            self.host == other.host
            and self.segments[: len(other.segments)] == other.segments
            and other.parameters <= self.parameters
        )


def read_address(text: str) -> WebAddress | None:
    """Return a web address from text, with or without a scheme, or ``None`` if it is none.

    Examples
    --------
    >>> read_address("https://www.Example.org/a/B/?utm_source=x").text
    'example.org/a/B'
    """
    rest = text.strip()[:MAX_ADDRESS]
    rest = rest.partition("://")[2] if "://" in rest[:12] else rest.removeprefix("//")
    rest = rest.partition("#")[0]
    place, _, query = rest.partition("?")
    authority, _, path = place.partition("/")
    host = host_of(authority.rpartition("@")[2].partition(":")[0])
    if not host or (host.rpartition(".")[2] in _FILE_ENDINGS and "/" not in place):
        return None
    segments = tuple(unquote(one).rstrip(".,;)]") for one in path.split("/") if one)[:40]
    given = (pair.partition("=") for pair in query.split("&")[:40] if pair)
    parameters = frozenset((name, unquote(value)) for name, _, value in given if not name.startswith(_TRACKING))
    return WebAddress(host, segments, parameters)


def host_of(text: str) -> str:
    """Return a host name in its normal form (lower case, no ``www.``, punycode), or an empty text.

    Examples
    --------
    >>> host_of("WWW.Example.ORG."), host_of("bücher.example"), host_of("no host")
    ('example.org', 'xn--bcher-kva.example', '')
    """
    host = text.strip().strip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except (UnicodeError, ValueError):
            return ""
    host = host.removeprefix("www.") if host.count(".") > 1 else host
    return host if len(host) <= 253 and _HOST.fullmatch(host) else ""


def above(host: str) -> list[str]:
    """Return a host and the domains above it, the nearest first, down to two labels.

    Examples
    --------
    >>> above("a.b.example.org")
    ['a.b.example.org', 'b.example.org', 'example.org']
    """
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


PLATFORMS = {
    "twitter.com": "x", "x.com": "x", "mobile.twitter.com": "x", "facebook.com": "facebook", "m.facebook.com":
    "facebook", "instagram.com": "instagram", "tiktok.com": "tiktok", "youtube.com": "youtube", "t.me": "telegram",
    "telegram.me": "telegram", "reddit.com": "reddit", "old.reddit.com": "reddit", "vk.com": "vk", "medium.com":
    "medium", "tumblr.com": "tumblr", "pinterest.com": "pinterest", "vimeo.com": "vimeo", "soundcloud.com":
    "soundcloud", "steemit.com": "steemit", "linkedin.com": "linkedin", "threads.net": "threads", "truthsocial.com":
    "truthsocial", "gab.com": "gab", "gettr.com": "gettr", "quora.com": "quora", "bsky.app": "bluesky", "ok.ru":
    "ok", "rumble.com": "rumble", "odysee.com": "odysee", "parler.com": "parler", "mewe.com": "mewe",
}  # fmt: skip
_LEADING = {"user", "users", "u", "channel", "c", "in", "profile", "s", "company", "people"}
_NOT_ACCOUNTS = set(
    "home search i hashtag intent share explore watch groups pages events reel reels p stories story.php "
    "permalink.php photo.php video videos pin r playlist results shorts live sharer sharer.php login joinchat about "
    "tag tagged discover feed media marketplace gaming legal help settings".split()
)


def platform_of(host: str) -> str:
    """Return the platform behind a host, or an empty text.

    Examples
    --------
    >>> platform_of("ca.pinterest.com"), platform_of("example.org")
    ('pinterest', '')
    """
    return next((PLATFORMS[one] for one in above(host) if one in PLATFORMS), "")


def account_of(address: WebAddress) -> str:
    """Return the account an address is the page of, as ``platform:handle`` in lower case, or an empty text.

    Examples
    --------
    >>> account_of(read_address("https://www.reddit.com/user/Timetable/"))
    'reddit:timetable'
    >>> account_of(read_address("https://x.com/desk/status/1"))
    ''
    """
    platform = platform_of(address.host)
    if not platform or not address.segments:
        return ""
    segments = list(address.segments)
    if segments[0].lower() == "profile.php":
        number = dict(address.parameters).get("id", "")
        return f"{platform}:{number}" if number else ""
    if segments[0].lower() in _LEADING and len(segments) > 1:
        segments = segments[1:] if segments[0].lower() != "people" else segments[2:]
    if len(segments) != 1 or segments[0].lower() in _NOT_ACCOUNTS or address.parameters:
        return ""
    handle = segments[0].removeprefix("@").lower()
    return f"{platform}:{handle}" if handle and not handle.startswith("+") else ""


def account_above(address: WebAddress) -> str:
    """Return the account whose page, post or video an address is, where the address says so.

    Examples
    --------
    >>> account_above(read_address("https://x.com/Desk/status/1?s=20"))
    'x:desk'
    """
    if account := account_of(address):
        return account
    platform, segments = platform_of(address.host), list(address.segments)
    if not platform or not segments:
        return ""
    if segments[0].lower() in _LEADING and len(segments) > 1:
        segments = segments[1:]
    return "" if segments[0].lower() in _NOT_ACCOUNTS else f"{platform}:{segments[0].removeprefix('@').lower()}"
