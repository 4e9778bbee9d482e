"""Fields of one post of the X API v2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from undazzle.ingest.formats import StagedPost
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

Includes = dict[str, dict[str, JsonObject]]  # "users", "tweets", "media" -> id -> object


def read_post(post: JsonObject, includes: Includes) -> Iterator[StagedPost]:
    """Yield one post; what it refers to is looked up in ``includes`` or in the post itself (flattened files)."""
    references = {text_at(one, "type"): _found(one, includes) for one in objects_at(post, "referenced_tweets")}
    shared, quoted, answered = (references.get(kind) for kind in ("retweeted", "quoted", "replied_to"))
    author_id = required_id(post, "author_id", "author.id", "author_user.id")
    author = object_at(post, "author", "author_user") or includes.get("users", {}).get(author_id, {})
    told = shared if shared and text_at(shared, "text") is not None else post
    post_id, handle = required_id(post, "id"), text_at(author, "username")
    yield {
        "platform": "x",
        "post_id": post_id,
        "account_id": author_id,
        **posted(post, "created_at"),
        "text": _text(post, told, includes),
        "language": text_at(post, "lang"),
        "url": f"https://x.com/{quote(handle or 'i', safe='')}/status/{quote(post_id, safe='')}",
        "client": text_at(post, "source"),
        "is_repost": shared is not None,
        "conversation_id": id_at(post, "conversation_id"),
        **_reference("repost_of", shared),
        **(_entities(told) | {"media": _media(told, includes)}),
        **_account(author),
        **({} if shared else _answers(post, answered, quoted) | _metrics(post)),
    } | ({} if not shared or id_at(shared, "author_id") else _first_mentioned(post))


def _answers(post: JsonObject, answered: JsonObject | None, quoted: JsonObject | None) -> dict[str, Any]:
    reply = _reference("reply_to", answered)
    reply["reply_to_account"] = id_at(post, "in_reply_to_user_id") or reply["reply_to_account"]
    return reply | _reference("quote_of", quoted)


def _reference(name: str, other: JsonObject | None) -> dict[str, Any]:
    found = other or {}
    return {name: id_at(found, "id"), f"{name}_account": id_at(found, "author_id", "author.id", "author_user.id")}


def _first_mentioned(post: JsonObject) -> dict[str, Any]:
    """A repost starts with ``RT @handle:``; the mention's id names the author when ``includes`` does not."""
    mentions = objects_at(post, "entities.mentions")
    return {"repost_of_account": id_at(mentions[0], "id") if mentions else None}


def _text(post: JsonObject, told: JsonObject, includes: Includes) -> str | None:
    """The platform cuts the text of a repost at 140 characters; the original is in full."""
    text = text_at(told, "note_tweet.text", "text")
    if told is post or text is None:
        return text
    author = includes.get("users", {}).get(id_at(told, "author_id") or "", {})
    handle = text_at(told, "author.username", "author_user.username") or text_at(author, "username")
    return f"RT @{handle}: {text}" if handle else text


def _entities(post: JsonObject) -> dict[str, Any]:
    entities = object_at(post, "note_tweet.entities", "entities")
    if not entities:  # left out when not asked for, but also when there are none
        return {"links": None, "hashtags": None, "mentions": None}
    links = [one for one in objects_at(entities, "urls") if "media_key" not in one]  # not the post's own media
    return {
        "links": distinct(text_at(one, "unwound_url", "expanded_url", "url") for one in links),
        "hashtags": [tag for one in objects_at(entities, "hashtags") if (tag := text_at(one, "tag"))],
        "mentions": distinct(text_at(one, "username") for one in objects_at(entities, "mentions")),
    }


def _media(post: JsonObject, includes: Includes) -> list[str] | None:
    attached = items_at(post, "attachments.media", "attachments.media_keys")
    if attached is None:
        return None
    known = includes.get("media", {})
    items = (one if isinstance(one, dict) else known.get(one, {"media_key": one}) for one in attached
             if isinstance(one, dict | str))  # fmt: skip
    return distinct(text_at(one, "url", "preview_image_url", "media_key") for one in items)


def _metrics(post: JsonObject) -> dict[str, Any]:
    metrics = object_at(post, "public_metrics")
    names = {"likes": "like_count", "reposts": "retweet_count", "replies": "reply_count", "quotes": "quote_count",
             "views": "impression_count"}  # fmt: skip
    return {ours: count_at(metrics, theirs) for ours, theirs in names.items()}


def _account(author: JsonObject) -> dict[str, Any]:
    return {
        "handle": text_at(author, "username"),
        "display_name": text_at(author, "name"),
        "account_created_at": time_at(author, "created_at"),
        "account_description": text_at(author, "description"),
        "account_location": text_at(author, "location"),
        "account_profile_image": text_at(author, "profile_image_url"),
        "account_is_verified": flag_at(author, "verified"),
        "followers": count_at(author, "public_metrics.followers_count"),
        "following": count_at(author, "public_metrics.following_count"),
        "account_posts": count_at(author, "public_metrics.tweet_count"),
    }


def _found(reference: JsonObject, includes: Includes) -> JsonObject:
    return {**includes.get("tweets", {}).get(id_at(reference, "id") or "", {}), **reference}
