"""Posts of the X API v2: pages with ``data``, ``includes`` and ``meta``, or one post per line."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.json_values import (
    JsonObject,
    id_at,
    items_at,
    object_at,
    value_at,
)
from undazzle.ingest.readers.pages import first_object, read_each, share_of
from undazzle.ingest.readers.x_api_posts import read_post

_KEYS = {"users": "id", "tweets": "id", "media": "media_key"}


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the posts of a page, or the one post that the record is."""
    data = value_at(record, "data")
    if data is None and ("id" in record or "text" in record):
        yield from read_post(record, {})
    elif data is None and value_at(record, "errors", "meta") is None:
        raise ValueError("no post: neither data nor id")
    elif data is not None:
        includes = {name: _by_key(record, name, key) for name, key in _KEYS.items()}
        posts = [data] if isinstance(data, dict) else items_at(record, "data", most=None) or ()
        yield from read_each(posts, lambda post: read_post(post, includes))


def _by_key(record: JsonObject, name: str, key: str) -> dict[str, JsonObject]:
    """Index one part of ``includes``, of which a page may hold more than one post may hold links."""
    entries = items_at(record, f"includes.{name}", most=None) or ()
    return {id_at(one, key) or "": one for one in entries if isinstance(one, dict)}


def _fits(record: JsonObject) -> float:
    post = first_object(record, "data")
    post = object_at(record, "data") if post is record and isinstance(record.get("data"), dict) else post
    marks = ("author_id", "edit_history_tweet_ids", "public_metrics", "referenced_tweets", "conversation_id")
    found = sum(mark in post for mark in marks)
    is_kept_elsewhere = "source_platform" in record or "author_user" in record  # by Zeeschuimer or 4CAT
    if "text" not in post or "id" not in post or is_kept_elsewhere or not found:
        return 0.0
    return 0.6 + 0.08 * found


READER = Reader(
    format_id="x_api",
    title="X API v2 (JSON)",
    summary="Answers of the X (Twitter) API v2 as saved by twarc and others: whole pages, or one post per line.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "x"},
    documentation="https://docs.x.com/x-api/fundamentals/data-dictionary",
    caveats=(
        "Posts in 'includes' (reposted, quoted, answered) complete the collected posts but are not counted as posts.",
        "The counts of a repost belong to the original and are left out.",
        "Where the full text of the original is included, it replaces the cut text of the repost.",
    ),
)
