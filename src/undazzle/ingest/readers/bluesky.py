"""Posts of Bluesky: Jetstream events, records of a repository, and the views that the app's API returns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.json_times import posted, time_at
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    distinct,
    id_at,
    items_at,
    object_at,
    objects_at,
    required_id,
    text_at,
    texts_at,
)
from undazzle.ingest.readers.pages import first_object, read_each, share_of

_POST, _REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
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
    if collection in {_POST, _REPOST} and text_at(event, "commit.operation") != "delete":
        uri = f"at://{required_id(event, 'did')}/{collection}/{required_id(event, 'commit.rkey')}"
        yield from _read_written(uri, object_at(event, "commit.record"), {"time_us": event.get("time_us")})


def _read_written(uri: str, written: JsonObject, seen: JsonObject | None = None) -> Iterator[StagedPost]:
    if f"/{_REPOST}/" in uri:
        yield _repost(uri, _account_in(uri), required_id(written, "subject.uri")) | posted(
            {**(seen or {}), **written}, "createdAt", "time_us"
        )
    elif f"/{_POST}/" in uri:
        yield _post(uri, written, seen or {})


def _read_feed_entry(entry: JsonObject) -> Iterator[StagedPost]:
    view, reason = object_at(entry, "post"), object_at(entry, "reason")
    if not (text_at(reason, "$type") or "").endswith("reasonRepost"):
        yield _read_view(view)
        return
    original, by = _read_view(view), object_at(reason, "by")
    told = ("text", "language", "links", "hashtags", "mentions", "media")
    account_id = required_id(by, "did")
    uri = id_at(reason, "uri") or f"at://{account_id}/{_REPOST}/{original['post_id']}"
    yield {
        **_repost(uri, account_id, original["post_id"]),
        **posted(reason, "indexedAt"),
        **_account(by),
        **{name: original[name] for name in told},
    }


def _read_view(view: JsonObject) -> StagedPost:
    post = _post(required_id(view, "uri"), object_at(view, "record"), view)
    return post | _account(object_at(view, "author")) | {
        "quote_of_account": post["quote_of_account"],
        "likes": count_at(view, "likeCount"),
        "reposts": count_at(view, "repostCount"),
        "replies": count_at(view, "replyCount"),
        "quotes": count_at(view, "quoteCount"),
    }  # fmt: skip


def _repost(uri: str, account_id: str, original: str) -> StagedPost:
    return {"platform": "bluesky", "post_id": uri, "account_id": account_id, "is_repost": True,
            "repost_of": original, "repost_of_account": _account_in(original)}  # fmt: skip


def _post(uri: str, written: JsonObject, seen: JsonObject) -> StagedPost:
    account_id, answered = _account_in(uri), id_at(written, "reply.parent.uri")
    quoted = id_at(written, "embed.record.record.uri", "embed.record.uri") or ""
    quoted_post = quoted if f"/{_POST}/" in quoted else None  # lists and feeds can be embedded too
    return {
        "platform": "bluesky",
        "post_id": uri,
        "account_id": account_id,
        **posted({**seen, **written}, "createdAt", "indexedAt", "time_us"),
        "text": text_at(written, "text"),
        "language": ",".join(texts_at(written, "langs") or ()) or None,
        "url": f"https://bsky.app/profile/{account_id}/post/{uri.rsplit('/', 1)[-1]}",
        "client": text_at(written, "via"),
        "is_repost": False,
        "reply_to": answered,
        "reply_to_account": _account_in(answered) if answered else None,
        "quote_of": quoted_post,
        "quote_of_account": _account_in(quoted_post) if quoted_post else None,
        "conversation_id": id_at(written, "reply.root.uri") or uri,
        **_contents(written),
    }


def _contents(written: JsonObject) -> dict[str, Any]:
    """Without facets nothing is linked or tagged, but the text may still hold addresses and tags."""
    features = [one for facet in objects_at(written, "facets") for one in objects_at(facet, "features")]
    media = object_at(written, "embed.media") or object_at(written, "embed")
    images = [text_at(one, "image.ref.$link", "image.cid") for one in objects_at(media, "images")]
    links = distinct([*(text_at(one, "uri") for one in features), text_at(media, "external.uri")])
    tags = [tag for one in features if (tag := text_at(one, "tag"))] + (texts_at(written, "tags") or [])
    said = "facets" in written
    return {
        "links": links if links or said else None,
        "hashtags": tags if tags or said else None,
        "mentions": distinct(text_at(one, "did") for one in features) if said else None,
        "media": distinct([*images, text_at(media, "video.ref.$link")]),
    }


def _account(author: JsonObject) -> dict[str, Any]:
    did = required_id(author, "did")
    labels = {text_at(one, "val") for one in objects_at(author, "labels") if text_at(one, "src") == did}
    return {
        "handle": text_at(author, "handle"),
        "display_name": text_at(author, "displayName"),
        "account_created_at": time_at(author, "createdAt"),
        "account_description": text_at(author, "description"),
        "account_profile_image": text_at(author, "avatar"),
        "account_is_automated": True if "bot" in labels else None,  # a label that accounts give themselves
        "followers": count_at(author, "followersCount"),
        "following": count_at(author, "followsCount"),
        "account_posts": count_at(author, "postsCount"),
    }


def _account_in(uri: str) -> str:
    """Return the account of ``at://account/collection/key``."""
    scheme, _, rest = uri.partition("://")
    account = rest.partition("/")[0]
    if scheme != "at" or not account:
        raise ValueError("the address of a record does not start with at://")
    return account


def _fits(record: JsonObject) -> float:
    entry = first_object(record, *_LISTS)
    view = object_at(entry, "post") or entry
    is_event = {"did", "time_us", "kind"} <= entry.keys()
    return 1.0 if is_event or str(view.get("uri", "")).startswith("at://") else 0.0


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
