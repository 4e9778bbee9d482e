"""Posts of the Twitter API v1.1: one object per post, with the user and the reposted or quoted post inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.html_text import read_html
from undazzle.ingest.readers.json_times import posted, time_at
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    distinct,
    flag_at,
    id_at,
    items_at,
    object_at,
    objects_at,
    required_id,
    text_at,
)
from undazzle.ingest.readers.pages import first_object, read_each, share_of


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the post that the record is, or the posts of a search answer (``statuses``)."""
    statuses = items_at(record, "statuses", most=None)
    if statuses is None:
        yield from read_post(record)
    else:
        yield from read_each(statuses, read_post)


def read_post(post: JsonObject) -> Iterator[StagedPost]:
    """Yield one post; deletion and limit notices of a stream yield nothing."""
    if "delete" in post or "limit" in post:
        return
    shared = object_at(post, "retweeted_status")
    told = shared or post
    user = object_at(post, "user")
    post_id, handle = required_id(post, "id_str", "id"), text_at(user, "screen_name")
    yield {
        "platform": "x",
        "post_id": post_id,
        "account_id": required_id(user, "id_str", "id"),
        **posted(post, "created_at"),
        "text": _text(told, text_at(shared, "user.screen_name")),
        "language": text_at(post, "lang"),
        "url": f"https://x.com/{quote(handle or 'i', safe='')}/status/{quote(post_id, safe='')}",
        "client": read_html(text_at(post, "source") or "").text or None,
        "is_repost": bool(shared),
        "repost_of": required_id(shared, "id_str", "id") if shared else None,
        "repost_of_account": id_at(shared, "user.id_str", "user.id"),
        **_entities(told),
        **_account(user),
        **({} if shared else _answers(post) | _metrics(post)),
    }


def _text(post: JsonObject, shared_from: str | None) -> str | None:
    text = text_at(post, "extended_tweet.full_text", "full_text", "text")
    return f"RT @{shared_from}: {text}" if shared_from and text is not None else text


def _answers(post: JsonObject) -> dict[str, Any]:
    return {
        "reply_to": id_at(post, "in_reply_to_status_id_str", "in_reply_to_status_id"),
        "reply_to_account": id_at(post, "in_reply_to_user_id_str", "in_reply_to_user_id"),
        "quote_of": id_at(post, "quoted_status_id_str", "quoted_status_id", "quoted_status.id_str"),
        "quote_of_account": id_at(post, "quoted_status.user.id_str", "quoted_status.user.id"),
        "conversation_id": id_at(post, "conversation_id_str", "conversation_id"),
    }


def _entities(post: JsonObject) -> dict[str, Any]:
    entities = object_at(post, "extended_tweet.entities", "entities")
    if not entities:
        return {"links": None, "hashtags": None, "mentions": None, "media": None}
    extended = object_at(post, "extended_tweet.extended_entities", "extended_entities")
    media = objects_at(extended, "media") or objects_at(entities, "media")
    return {
        "links": distinct(_link(one) for one in objects_at(entities, "urls")),
        "hashtags": [tag for one in objects_at(entities, "hashtags") if (tag := text_at(one, "text"))],
        "mentions": distinct(text_at(one, "screen_name") for one in objects_at(entities, "user_mentions")),
        "media": distinct(text_at(one, "media_url_https", "media_url") for one in media),
    }


def _link(entity: JsonObject) -> str | None:
    unwound = entity.get("unwound")  # an enrichment of the paid API
    found = text_at(entity, "unwound.url") if isinstance(unwound, dict) else None
    return found or text_at(entity, "expanded_url", "url")


def _metrics(post: JsonObject) -> dict[str, Any]:
    return {
        "likes": count_at(post, "favorite_count"),
        "reposts": count_at(post, "retweet_count"),
        "replies": count_at(post, "reply_count"),
        "quotes": count_at(post, "quote_count"),
    }


def _account(user: JsonObject) -> dict[str, Any]:
    return {
        "handle": text_at(user, "screen_name"),
        "display_name": text_at(user, "name"),
        "account_created_at": time_at(user, "created_at"),
        "account_description": text_at(user, "description"),
        "account_location": text_at(user, "location"),
        "account_language": text_at(user, "lang"),
        "account_profile_image": text_at(user, "profile_image_url_https", "profile_image_url"),
        "account_is_verified": flag_at(user, "verified"),
        "followers": count_at(user, "followers_count"),
        "following": count_at(user, "friends_count"),
        "account_posts": count_at(user, "statuses_count"),
    }


def _fits(record: JsonObject) -> float:
    if "delete" in record or "limit" in record:
        return 0.5
    post = first_object(record, "statuses")
    user = object_at(post, "user")
    is_post = ("id_str" in post or "id" in post) and ("text" in post or "full_text" in post)
    return 0.95 if is_post and "created_at" in post and "screen_name" in user else 0.0


READER = Reader(
    format_id="x_archive_v1",
    title="Twitter API v1.1 (JSON)",
    summary="Twitter posts as the API gave them until 2023, one per line; many research archives are of this kind.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "x"},
    documentation="https://developer.x.com/en/docs/x-api/v1/data-dictionary/object-model/tweet",
    caveats=(
        "Reposted and quoted posts inside a post complete it but are not counted as posts.",
        "The counts of a repost belong to the original and are left out.",
        "Links are as the API gives them; those that the API did not unwind stay shortened.",
    ),
    record_paths=("statuses",),
)
