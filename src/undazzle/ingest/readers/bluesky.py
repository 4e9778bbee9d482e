"""Posts of Bluesky: Jetstream events, records of a repository, and the views that the app's API returns."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.bluesky_posts import POST, REPOST, account, account_in, repost, written_post
from undazzle.ingest.readers.json_times import posted
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    id_at,
    items_at,
    object_at,
    required_id,
    text_at,
)
from undazzle.ingest.readers.pages import first_object, read_each, share_of

_LISTS = ("posts", "feed", "records")


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the posts of an event, a record, a view, or an answer that lists some of them."""
    entries = items_at(record, *_LISTS, most=None)
    if entries is not None:
        yield from read_each(entries, _read_one)
    else:
        yield from _read_one(record)


def _read_one(record: JsonObject) -> Iterator[StagedPost]:
    if "kind" in record and "did" in record:
        yield from _read_event(record)
    elif "post" in record:
        yield from _read_feed_entry(record)
    elif "author" in record and "record" in record:
        yield _read_view(record)
    elif "value" in record and "uri" in record:
        yield from _read_written(required_id(record, "uri"), object_at(record, "value"))
    else:
        raise ValueError("neither an event nor a post of Bluesky")


def _read_event(event: JsonObject) -> Iterator[StagedPost]:
    """Likes, follows, deletions and changes of handle are no posts and yield nothing."""
    collection = text_at(event, "commit.collection")
    if collection in {POST, REPOST} and text_at(event, "commit.operation") != "delete":
        uri = f"at://{required_id(event, 'did')}/{collection}/{required_id(event, 'commit.rkey')}"
        yield from _read_written(uri, object_at(event, "commit.record"), {"time_us": event.get("time_us")})


def _read_written(uri: str, written: JsonObject, seen: JsonObject | None = None) -> Iterator[StagedPost]:
    if f"/{REPOST}/" in uri:
        yield repost(uri, account_in(uri), required_id(written, "subject.uri")) | posted(
            {**(seen or {}), **written}, "createdAt", "time_us"
        )
    elif f"/{POST}/" in uri:
        yield written_post(uri, written, seen or {})


def _read_feed_entry(entry: JsonObject) -> Iterator[StagedPost]:
    view, reason = object_at(entry, "post"), object_at(entry, "reason")
    if not (text_at(reason, "$type") or "").endswith("reasonRepost"):
        yield _read_view(view)
        return
    original, by = _read_view(view), object_at(reason, "by")
    told = ("text", "language", "links", "hashtags", "mentions", "media")
    account_id = required_id(by, "did")
    uri = id_at(reason, "uri") or f"at://{account_id}/{REPOST}/{original['post_id']}"
    yield {
        **repost(uri, account_id, original["post_id"]),
        **posted(reason, "indexedAt"),
        **account(by),
        **{name: original[name] for name in told},
    }


def _read_view(view: JsonObject) -> StagedPost:
    return {
        **written_post(required_id(view, "uri"), object_at(view, "record"), view),
        **account(object_at(view, "author")),
        "likes": count_at(view, "likeCount"),
        "reposts": count_at(view, "repostCount"),
        "replies": count_at(view, "replyCount"),
        "quotes": count_at(view, "quoteCount"),
    }


def _fits(record: JsonObject) -> float:
    entry = first_object(record, *_LISTS)
    view = object_at(entry, "post") or entry
    is_event = {"did", "time_us", "kind"} <= entry.keys()
    return 1.0 if is_event or (id_at(view, "uri") or "").startswith("at://") else 0.0


READER = Reader(
    format_id="bluesky",
    title="Bluesky (Jetstream or API, JSON)",
    summary="Events of the Jetstream service, one per line, or posts and feeds as the API of Bluesky returns them.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "bluesky"},
    documentation="https://docs.bsky.app/docs/advanced-guides/posts",
    caveats=(
        "The time of a post is the one its author's program wrote, which can be set to any value.",
        "Media are named by the hash of their content, so the same file has the same name in every post.",
        "Events of Jetstream hold no handle and no counts; likes, follows and deletions are passed over.",
    ),
    record_paths=_LISTS,
)
