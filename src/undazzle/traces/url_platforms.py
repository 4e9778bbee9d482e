"""Short and long forms of one page on the big platforms, folded where the id alone names the page."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

_X_POST = re.compile(r"/(?:i/web|i|[a-z0-9_]{1,30})/status(?:es)?/(\d{1,25})(?:/.*)?", re.IGNORECASE)
_X_PROFILE = re.compile(r"/[a-z0-9_]{1,30}", re.IGNORECASE)
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_VIDEO_PATH = re.compile(r"/(?:shorts|embed|live|v|e)/([A-Za-z0-9_-]{11})(?:/.*)?")
_INSTAGRAM_POST = re.compile(r"/(?:[A-Za-z0-9_.]{1,30}/)?(?:p|reel|reels|tv)/([A-Za-z0-9_-]{5,40})(?:/.*)?")
_TELEGRAM_POST = re.compile(r"/(?:s/)?([a-z]\w{3,31})/(\d{1,12})", re.IGNORECASE | re.ASCII)


def fold_platform_path(host: str, path: str, query: str) -> str | None:
    """Return the plain address of a post or video on a big platform, or ``None`` if there is nothing to fold.

    Parameters
    ----------
    host, path, query
        Parts of an address that is canonical otherwise; the path without trailing slash.

    Examples
    --------
    >>> fold_platform_path("x.com", "/Harbour/status/42/photo/1", "")
    'https://x.com/i/status/42'
    """
    fold = _FOLDS.get(host)
    return fold(path, query) if fold else None


def _x(path: str, query: str) -> str | None:
    post = _X_POST.fullmatch(path)
    if post:
        return f"https://x.com/i/status/{post.group(1)}"
    if not query and _X_PROFILE.fullmatch(path):
        return f"https://x.com{path.lower()}"  # handles have no case
    return None


def _youtube(path: str, query: str) -> str | None:
    if path == "/watch":
        video = next(iter(parse_qs(query, max_num_fields=200).get("v", [])), "")
    else:
        found = _VIDEO_PATH.fullmatch(path)
        video = found.group(1) if found else ""
    return _video(video)


def _youtube_short(path: str, query: str) -> str | None:
    del query  # only the moment to start at
    return _video(path.removeprefix("/"))


def _video(video: str) -> str | None:
    return f"https://youtube.com/watch?v={video}" if _VIDEO_ID.fullmatch(video) else None


def _instagram(path: str, query: str) -> str | None:
    del query  # only which picture to open at
    post = _INSTAGRAM_POST.fullmatch(path)
    return f"https://instagram.com/p/{post.group(1)}" if post else None


def _telegram(path: str, query: str) -> str | None:
    if "comment=" in query:
        return None  # a comment below the post is another message
    post = _TELEGRAM_POST.fullmatch(path)
    return f"https://t.me/{post.group(1).lower()}/{post.group(2)}" if post else None


_FOLDS = {
    "x.com": _x,
    "youtube.com": _youtube,
    "youtu.be": _youtube_short,
    "instagram.com": _instagram,
    "t.me": _telegram,
}
FOLDED_HOSTS: frozenset[str] = frozenset(_FOLDS)
