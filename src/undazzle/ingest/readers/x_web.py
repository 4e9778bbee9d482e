"""Posts as the website of X loads them; Zeeschuimer and 4CAT keep them unchanged.

What the site calls ``legacy`` is the object of API v1.1. It is put back together and read by that reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from undazzle.ingest.formats import StagedPost
from undazzle.ingest.readers import x_archive_v1
from undazzle.ingest.readers.json_values import JsonObject, count_at, flag_at, object_at, text_at, value_at


def read_tweet(tweet: JsonObject) -> Iterator[StagedPost]:
    """Yield one post.

    Raises
    ------
    ValueError
        If the post is withheld or deleted, so that the site shows a notice in its place.
    """
    post = _as_v1(tweet)
    if not post:
        raise ValueError("the site withheld this post")
    shared = _as_v1(object_at(tweet, "legacy.retweeted_status_result.result", "retweeted_status_result.result"))
    quoted = _as_v1(object_at(tweet, "quoted_status_result.result"))
    post |= {"retweeted_status": shared or None, "quoted_status": quoted or None}
    user = _user(tweet)
    views = {} if shared else {"views": count_at(tweet, "views.count", "ext_views.count")}
    for staged in x_archive_v1.read_post(post):
        verified = flag_at(user, "is_blue_verified") or staged["account_is_verified"]
        yield staged | views | {"account_is_verified": verified}


def _as_v1(result: JsonObject) -> dict[str, Any]:
    """Return the object of API v1.1; an empty one for notices in place of a post."""
    tweet = object_at(result, "tweet") or result  # one level deeper if its visibility is limited
    post = dict(object_at(tweet, "legacy"))
    if not post:
        return {}
    user = _user(tweet)
    person = dict(object_at(user, "legacy")) or dict(object_at(tweet, "user"))
    known = {
        "id_str": value_at(user, "rest_id") or value_at(person, "id_str") or value_at(post, "user_id_str"),
        "screen_name": value_at(user, "core.screen_name") or value_at(person, "screen_name"),
        "name": value_at(user, "core.name") or value_at(person, "name"),
        "created_at": value_at(user, "core.created_at") or value_at(person, "created_at"),
    }
    long = text_at(tweet, "note_tweet.note_tweet_results.result.text")
    post |= {"user": person | known, "id_str": value_at(tweet, "rest_id") or value_at(post, "id_str")}
    post["source"] = value_at(tweet, "source") or value_at(post, "source")
    return post | ({"full_text": long} if long else {})


def _user(tweet: JsonObject) -> JsonObject:
    return object_at(tweet, "core.user_results.result")
