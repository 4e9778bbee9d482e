"""Submissions and comments of Reddit in the layout of the Pushshift dumps, one per line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.json_times import posted, time_at
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    id_at,
    items_at,
    objects_at,
    required_id,
    text_at,
    value_at,
)
from undazzle.ingest.readers.pages import first_object, read_each, share_of

_GONE = {"[deleted]", "[removed]", "[ Removed by Reddit ]", "[removed by reddit]"}
_IMAGE_HOSTS = ("https://i.redd.it/", "https://v.redd.it/", "https://www.reddit.com/gallery/")


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the submission or comment that the record is, or those of a search answer (``data``)."""
    entries = items_at(record, "data", most=None)
    if entries is None:
        yield from _read_one(record)
    else:
        yield from read_each(entries, _read_one)


def _read_one(record: JsonObject) -> Iterator[StagedPost]:
    if "body" in record:
        yield _comment(record)
    elif "title" in record:
        yield _submission(record)
    else:
        raise ValueError("neither a submission (title) nor a comment (body)")


def _submission(record: JsonObject) -> StagedPost:
    post_id = _full_id(record, "t3")
    crossposted = id_at(record, "crosspost_parent")
    parents = objects_at(record, "crosspost_parent_list")
    said = (_left(text_at(record, "title")), _left(text_at(record, "selftext")))
    return {
        **_anything(record, post_id),
        "text": "\n\n".join(part for part in said if part) or None,
        "is_repost": crossposted is not None,
        "repost_of": crossposted,
        "repost_of_account": id_at(parents[0], "author") if parents and crossposted else None,
        "conversation_id": post_id,
        **_address(record, is_crosspost=crossposted is not None),
        "replies": count_at(record, "num_comments"),
    }


def _comment(record: JsonObject) -> StagedPost:
    return {
        **_anything(record, _full_id(record, "t1")),
        "text": _left(text_at(record, "body")),
        "is_repost": False,
        "reply_to": id_at(record, "parent_id") or id_at(record, "link_id"),
        "conversation_id": id_at(record, "link_id"),
    }


def _anything(record: JsonObject, post_id: str) -> dict[str, Any]:
    author, permalink = required_id(record, "author"), text_at(record, "permalink") or ""
    is_gone = author in _GONE
    return {
        "platform": "reddit",
        "post_id": post_id,
        # Deleted authors all have one name. One account for all of them would act in concert with everyone.
        "account_id": f"{author} {post_id}" if is_gone else author,
        "handle": None if is_gone else author,
        **posted(record, "created_utc"),
        "url": f"https://www.reddit.com{permalink}" if permalink.startswith("/r/") else None,
        "likes": count_at(record, "score"),
        "account_created_at": time_at(record, "author_created_utc"),
    }


def _address(record: JsonObject, *, is_crosspost: bool) -> dict[str, Any]:
    """A link submission consists of its address; in a self post the links stand in the text."""
    address = text_at(record, "url") or ""
    if value_at(record, "is_self") is True or is_crosspost or not address.startswith(("http://", "https://")):
        return {"links": None, "media": None}
    is_media = address.startswith(_IMAGE_HOSTS)
    return {"links": [] if is_media else [address], "media": [address] if is_media else []}


def _full_id(record: JsonObject, kind: str) -> str:
    """Return ``t3_abc``: bare ids of submissions and comments overlap."""
    bare = required_id(record, "id")
    return bare if bare.startswith(f"{kind}_") else f"{kind}_{bare}"


def _left(text: str | None) -> str | None:
    """Return a text unless it was removed: placeholders would look like many people saying the same."""
    return None if text is None or text.strip() in _GONE else text


def _fits(record: JsonObject) -> float:
    post = first_object(record, "data")
    is_post = "created_utc" in post and "subreddit" in post and "author" in post
    return 0.95 if is_post and ("body" in post or "title" in post) else 0.0


READER = Reader(
    format_id="reddit",
    title="Reddit dump (NDJSON)",
    summary="Submissions and comments as Pushshift, Arctic Shift and Academic Torrents distribute them.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "reddit"},
    documentation="https://doi.org/10.5281/zenodo.3608135",
    caveats=(
        "Posts of deleted accounts each count as an account of their own, because nobody can tell them apart.",
        "Removed texts are left empty; likes are votes for minus votes against, and empty below zero.",
        "Crossposts count as reposts; the same link submitted twice does not.",
    ),
    record_paths=("data",),
)
