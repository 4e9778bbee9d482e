"""Videos and comments of the YouTube Data API v3: list and search answers, or one item per line."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.html_text import read_html
from undazzle.ingest.readers.json_times import posted
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    id_at,
    items_at,
    object_at,
    objects_at,
    required_id,
    text_at,
)
from undazzle.ingest.readers.pages import first_object, read_each, share_of


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the items of an answer, or the one item that the record is."""
    items = items_at(record, "items", most=None)
    if items is not None:
        yield from read_each(items, _read_item)
    else:
        yield from _read_item(record)


def _read_item(item: JsonObject) -> Iterator[StagedPost | BadRow]:
    kind = (text_at(item, "kind") or "").removeprefix("youtube#")
    if kind == "video":
        yield _video(item, required_id(item, "id"))
    elif kind == "searchResult":
        if video_id := id_at(item, "id.videoId"):  # searches also find channels and playlists
            yield _video(item, video_id, is_escaped=True)
    elif kind == "commentThread":
        yield from _read_thread(item)
    elif kind == "comment":
        yield _comment(item, {})
    else:
        raise ValueError(f"items of the kind {kind[:40]!r} are no posts")


def _read_thread(thread: JsonObject) -> Iterator[StagedPost | BadRow]:
    snippet = object_at(thread, "snippet")
    first = _comment(object_at(snippet, "topLevelComment"), snippet)
    yield first | {"replies": count_at(snippet, "totalReplyCount")}

    def read_reply(comment: JsonObject) -> Iterator[StagedPost]:
        yield _comment(comment, snippet) | {"reply_to_account": first["account_id"]}

    yield from read_each(objects_at(thread, "replies.comments"), read_reply)


def _video(item: JsonObject, video_id: str, *, is_escaped: bool = False) -> StagedPost:
    snippet = object_at(item, "snippet")
    said = [text_at(snippet, name) or "" for name in ("title", "description")]
    if is_escaped:  # search answers write titles as HTML, lists of videos do not
        said = [unescape(part) for part in said]
    return {
        "platform": "youtube",
        "post_id": video_id,
        "account_id": required_id(snippet, "channelId"),
        "display_name": text_at(snippet, "channelTitle"),
        **posted(snippet, "publishedAt"),
        "text": "\n\n".join(part for part in said if part),
        "language": text_at(snippet, "defaultAudioLanguage", "defaultLanguage"),
        "url": f"https://www.youtube.com/watch?v={video_id}",
        "is_repost": False,
        "likes": count_at(item, "statistics.likeCount"),
        "replies": count_at(item, "statistics.commentCount"),
        "views": count_at(item, "statistics.viewCount"),
    }


def _comment(comment: JsonObject, thread: JsonObject) -> StagedPost:
    snippet = object_at(comment, "snippet")
    comment_id, parent = required_id(comment, "id"), id_at(snippet, "parentId")
    video_id = id_at(snippet, "videoId") or id_at(thread, "videoId")
    name, original = text_at(snippet, "authorDisplayName") or "", text_at(snippet, "textOriginal")
    return {
        "platform": "youtube",
        "post_id": comment_id,
        "account_id": required_id(snippet, "authorChannelId.value"),
        "handle": name[1:] if name.startswith("@") else None,
        "display_name": name or None,
        **posted(snippet, "publishedAt"),
        "text": original if original is not None else read_html(text_at(snippet, "textDisplay") or "").text,
        "url": f"https://www.youtube.com/watch?v={video_id}&lc={comment_id}" if video_id else None,
        "is_repost": False,
        "reply_to": parent or video_id,
        "reply_to_account": None if parent else id_at(thread, "channelId"),
        "conversation_id": video_id,
        "likes": count_at(snippet, "likeCount"),
        "account_profile_image": text_at(snippet, "authorProfileImageUrl"),
    }


def _fits(record: JsonObject) -> float:
    item = first_object(record, "items")
    return 1.0 if (text_at(item, "kind") or "").startswith("youtube#") else 0.0


READER = Reader(
    format_id="youtube",
    title="YouTube Data API v3 (JSON)",
    summary="Videos, search results, comment threads and comments as the YouTube Data API returns them.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "youtube"},
    documentation="https://developers.google.com/youtube/v3/docs",
    caveats=(
        "Search results cut the description of a video and hold no counts.",
        "A comment thread holds only some of its replies; what is missing was not asked for.",
        "The text of a video is its title and description; what is said in it is not in the file.",
    ),
    record_paths=("items",),
)
