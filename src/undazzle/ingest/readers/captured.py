"""Which reader understands what a browser captured from which website."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from undazzle.ingest.formats import StagedPost
from undazzle.ingest.readers.instagram_web import read_media
from undazzle.ingest.readers.json_values import JsonObject
from undazzle.ingest.readers.mastodon import read_status
from undazzle.ingest.readers.tiktok_web import read_video
from undazzle.ingest.readers.x_web import read_tweet

# Names as Zeeschuimer writes them into ``source_platform``.
CAPTURED: dict[str, Callable[[JsonObject], Iterator[StagedPost]]] = {
    "twitter.com": read_tweet,
    "x.com": read_tweet,
    "tiktok.com": read_video,
    "instagram.com": read_media,
    "threads.net": lambda item: read_media(item, "threads"),
    "threads.com": lambda item: read_media(item, "threads"),
    "truthsocial.com": lambda item: read_status(item, "truthsocial"),
}


def read_captured(site: str, item: JsonObject) -> Iterator[StagedPost]:
    """Yield the posts of an item captured from ``site``.

    Raises
    ------
    ValueError
        If there is no reader for the site.
    """
    site = site.strip().lower().removeprefix("www.")
    if site not in CAPTURED:
        raise ValueError(f"items of {site[:60]!r} cannot be read yet (can: {', '.join(CAPTURED)})")
    yield from CAPTURED[site](item)
