"""Fields of Bluesky's records: posts, reposts and profiles, wherever they were found."""

from __future__ import annotations

from typing import Any

from undazzle.ingest.formats import StagedPost
from undazzle.ingest.readers.json_times import posted, time_at
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    distinct,
    id_at,
    object_at,
    objects_at,
    required_id,
    text_at,
    texts_at,
)

POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"


def repost(uri: str, account_id: str, original: str) -> StagedPost:
    """Return the fields that a repost itself has; ``original`` is the address of the post passed on."""
    return {"platform": "bluesky", "post_id": uri, "account_id": account_id, "is_repost": True,
            "repost_of": original, "repost_of_account": account_in(original)}  # fmt: skip


def written_post(uri: str, written: JsonObject, seen: JsonObject) -> StagedPost:
    """Return a post from the record its author wrote and from what the server saw of it."""
    account_id, answered = account_in(uri), id_at(written, "reply.parent.uri")
    quoted = id_at(written, "embed.record.record.uri", "embed.record.uri") or ""
    quoted_post = quoted if f"/{POST}/" in quoted else None  # lists and feeds can be embedded too
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
        "reply_to_account": account_in(answered) if answered else None,
        "quote_of": quoted_post,
        "quote_of_account": account_in(quoted_post) if quoted_post else None,
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


def account(author: JsonObject) -> dict[str, Any]:
    """Return what the view of a profile says of an account."""
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


def account_in(uri: str) -> str:
    """Return the account of ``at://account/collection/key``."""
    scheme, _, rest = uri.partition("://")
    account = rest.partition("/")[0]
    if scheme != "at" or not account:
        raise ValueError("the address of a record does not start with at://")
    return account
