"""Videos as the website of TikTok loads them; Zeeschuimer and 4CAT keep them unchanged."""

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
    object_at,
    objects_at,
    required_id,
    text_at,
)


def read_video(video: JsonObject) -> Iterator[StagedPost]:
    """Yield one video."""
    author, video_id = _author(video), required_id(video, "id")
    handle = required_id(author, "uniqueId")
    tagged = [*objects_at(video, "textExtra"), *({"hashtagName": one.get("title")} for one in _challenges(video))]
    yield {
        "platform": "tiktok",
        "post_id": video_id,
        "account_id": handle,  # as in the Research API, which has no numbers for accounts
        "handle": handle,
        **posted(video, "createTime"),
        "text": text_at(video, "desc"),
        "language": text_at(video, "textLanguage"),
        "url": f"https://www.tiktok.com/@{quote(handle, safe='')}/video/{quote(video_id, safe='')}",
        "is_repost": False,
        "hashtags": distinct(text_at(one, "hashtagName") for one in tagged),
        "mentions": distinct(text_at(one, "userUniqueId") for one in tagged),
        **_counts(video),
        **_account(author, object_at(video, "authorStatsV2", "authorStats")),
    }


def _author(video: JsonObject) -> JsonObject:
    """The author is an object in what the site loads later, but a bare handle in what the first page embeds."""
    author = video.get("author")
    if isinstance(author, str):
        return {"uniqueId": id_at(video, "author"), "nickname": video.get("nickname")}
    return object_at(video, "author")


def _challenges(video: JsonObject) -> list[JsonObject]:
    return [] if video.get("textExtra") else list(objects_at(video, "challenges"))


def _counts(video: JsonObject) -> dict[str, Any]:
    stats = object_at(video, "statsV2", "stats")
    names = {"likes": "diggCount", "reposts": "shareCount", "replies": "commentCount", "views": "playCount"}
    return {ours: count_at(stats, theirs) for ours, theirs in names.items()}


def _account(author: JsonObject, stats: JsonObject) -> dict[str, Any]:
    return {
        "display_name": text_at(author, "nickname"),
        "account_created_at": time_at(author, "createTime") if author.get("createTime") else None,
        "account_description": text_at(author, "signature"),
        "account_profile_image": text_at(author, "avatarLarger", "avatarThumb"),
        "account_is_verified": flag_at(author, "verified"),
        "followers": count_at(stats, "followerCount"),
        "following": count_at(stats, "followingCount"),
        "account_posts": count_at(stats, "videoCount"),
    }
