"""NDJSON of 4CAT: items of a website, posts of the X API or of Telegram, or rows of 4CAT's own columns."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.captured import read_captured
from undazzle.ingest.readers.json_times import posted
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    distinct,
    id_at,
    object_at,
    required_id,
    text_at,
    value_at,
)
from undazzle.ingest.readers.pages import share_of
from undazzle.ingest.readers.telegram_api import read_message
from undazzle.ingest.readers.x_api_posts import read_post

_ROW = {"id", "thread_id", "body", "author", "timestamp"}
_SITES = {"twitter.com": "x", "t.me": "telegram", "bsky.app": "bluesky", "youtu.be": "youtube"}
_COUNTS = {
    "likes": ("like_count", "likes", "num_likes", "favorite_count"),
    "reposts": ("retweet_count", "shares", "num_shares", "repost_count"),
    "replies": ("reply_count", "comments", "num_comments", "replies"),
    "quotes": ("quote_count",),
    "views": ("impression_count", "plays", "views", "num_views"),
    "followers": ("author_followers",),
}


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the post that the record is."""
    site = text_at(record, "__import_meta.source_platform") if "__import_meta" in record else None
    if site:
        yield from read_captured(site, record)
    elif "author_user" in record:
        yield from read_post(record, {})
    elif "peer_id" in record:
        yield from read_message(record)
    elif record.keys() >= _ROW:
        yield _row(record)
    else:
        raise ValueError(
            "no item of 4CAT that can be read: neither imported, nor of X or Telegram, nor a row of columns"
        )


def _row(row: JsonObject) -> StagedPost:
    author, post_id = required_id(row, "author"), required_id(row, "id")
    address = text_at(row, "url", "link", "post_url", "tiktok_url")
    thread = id_at(row, "thread_id")
    is_reply = text_at(row, "is_reply") == "yes" if isinstance(row.get("is_reply"), str) else False
    is_repost = row.get("is_retweet") == "yes"
    return {
        "platform": _platform(address),
        "post_id": post_id,
        "account_id": id_at(row, "author_id") or author,
        "handle": author,
        "display_name": text_at(row, "author_fullname", "author_full", "author_name"),
        **posted(row, "unix_timestamp", "timestamp"),
        "text": text_at(row, "body"),
        "language": text_at(row, "language_guess", "language"),
        "url": address,
        "client": text_at(row, "source"),
        "is_repost": is_repost,
        "repost_of_account": id_at(row, "retweeted_user") if is_repost else None,
        "reply_to": thread if is_reply and thread != post_id else None,
        "reply_to_account": id_at(row, "replied_user", "reply_to") if is_reply else None,
        "quote_of_account": id_at(row, "quoted_user"),
        "conversation_id": thread,
        "links": _listed(row, "urls"),
        "hashtags": _listed(row, "hashtags"),
        "mentions": _listed(row, "mentions"),
        "media": _listed(row, "images"),
        **{name: count_at(row, *keys) for name, keys in _COUNTS.items()},
    }


def _listed(row: JsonObject, name: str) -> list[str] | None:
    """4CAT writes lists as text with commas; an address that holds a comma cannot be told from two."""
    value = value_at(row, name)
    if value is None:
        return None
    return distinct(part.strip() for part in (text_at(row, name) or "").split(","))


def _platform(address: str | None) -> str | None:
    """Rows do not name their platform; the address of the post does."""
    try:
        host = (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    return _SITES.get(host, host.split(".")[0] or None) if host.count(".") == 1 else None


def _fits(record: JsonObject) -> float:
    if "__import_meta" in record:
        return 1.0 if "source_platform" in object_at(record, "__import_meta") else 0.0
    if "author_user" in record:
        return 1.0 if "author_id" in record and "text" in record else 0.0
    return 0.9 if record.keys() >= _ROW else 0.0


READER = Reader(
    format_id="fourcat_ndjson",
    title="4CAT (NDJSON)",
    summary="Data sets of 4CAT in NDJSON: imported from Zeeschuimer, collected from X or Telegram, or rows of columns.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    documentation="https://github.com/digitalmethodsinitiative/4cat/wiki",
    caveats=(
        "Rows of columns name the account that was reposted or quoted, but not the post.",
        "In rows of columns an answer is known by its thread, not by the post that was answered.",
    ),
)
