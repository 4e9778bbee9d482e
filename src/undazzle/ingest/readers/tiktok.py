"""Videos of the TikTok Research API: answers of the video query, or one video per line."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.json_times import posted
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    items_at,
    object_at,
    required_id,
    text_at,
    texts_at,
)
from undazzle.ingest.readers.pages import first_object, read_each, share_of


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the videos of an answer, or the one video that the record is."""
    videos = items_at(record, "data.videos", "videos", most=None) if _is_answer(record) else None
    if videos is not None:
        yield from read_each(videos, _read_video)
    elif items_at(object_at(record, "data") if "data" in record else record, "comments", most=None) is not None:
        raise ValueError("comments of the Research API do not say who wrote them")
    else:
        yield from _read_video(record)


def _read_video(video: JsonObject) -> Iterator[StagedPost]:
    video_id, name = required_id(video, "id", "video_id"), required_id(video, "username")
    yield {
        "platform": "tiktok",
        "post_id": video_id,
        "account_id": name,
        "handle": name,
        **posted(video, "create_time"),
        "text": text_at(video, "video_description"),
        "url": f"https://www.tiktok.com/@{quote(name, safe='')}/video/{quote(video_id, safe='')}",
        "is_repost": False,
        "links": None,
        "hashtags": texts_at(video, "hashtag_names"),
        "mentions": texts_at(video, "video_mention_list"),
        "likes": count_at(video, "like_count"),
        "reposts": count_at(video, "share_count"),
        "replies": count_at(video, "comment_count"),
        "views": count_at(video, "view_count"),
        "account_location": text_at(video, "region_code"),
    }


def _is_answer(record: JsonObject) -> bool:
    return isinstance(record.get("data"), dict) or "videos" in record


def _fits(record: JsonObject) -> float:
    answer = object_at(record, "data") if isinstance(record.get("data"), dict) else record
    video = first_object(answer, "videos")
    marks = ("video_description", "region_code", "hashtag_names", "music_id", "view_count", "like_count")
    if "source_platform" in record or "create_time" not in video or "username" not in video:
        return 0.0
    return 0.7 + 0.05 * sum(mark in video for mark in marks)


READER = Reader(
    format_id="tiktok",
    title="TikTok Research API (JSON)",
    summary="Answers of the video query of TikTok's Research API, as saved or with one video per line.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "tiktok"},
    documentation="https://developers.tiktok.com/doc/research-api-specs-query-videos",
    caveats=(
        "Accounts are known by their handle, which can change; the location is the region of registration.",
        "Comments hold no account and cannot be read; reposts and duets are not told apart.",
    ),
    record_paths=("data.videos", "videos"),
)
