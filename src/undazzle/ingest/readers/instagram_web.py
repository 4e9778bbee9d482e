"""Posts as the websites of Instagram and Threads load them; Zeeschuimer and 4CAT keep them unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from undazzle.ingest.formats import StagedPost
from undazzle.ingest.readers.json_times import posted
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

_SITES = {"instagram": "https://www.instagram.com/p/{}", "threads": "https://www.threads.net/post/{}"}
_LIKES = ("like_count", "edge_media_preview_like.count", "edge_liked_by.count")
_COMMENTS = ("comment_count", "edge_media_preview_comment.count", "edge_media_to_comment.count")
_IMAGES = "image_versions2.candidates"


def read_media(item: JsonObject, platform: str = "instagram") -> Iterator[StagedPost]:
    """Yield one post, in the layout of item lists or of the older graph; advertisements yield nothing."""
    if text_at(item, "product_type") == "ad":
        return
    author = object_at(item, "user") or object_at(item, "owner")
    code = required_id(item, "code", "shortcode")
    handle = id_at(author, "username")
    threads = object_at(item, "text_post_app_info")
    shared = object_at(threads, "share_info.reposted_post")
    quoted = object_at(threads, "share_info.quoted_post")
    yield {
        "platform": platform,
        "post_id": code,
        "account_id": handle or required_id(author, "pk", "id"),
        "handle": handle,
        "display_name": text_at(author, "full_name"),
        **posted(item, "taken_at", "taken_at_timestamp"),
        "text": _caption(item),
        "url": _SITES[platform].format(quote(code, safe="")),
        "is_repost": bool(shared),
        "repost_of": id_at(shared, "code"),
        "repost_of_account": id_at(shared, "user.username"),
        "reply_to_account": id_at(threads, "reply_to_author.username"),
        "quote_of": id_at(quoted, "code"),
        "quote_of_account": id_at(quoted, "user.username"),
        "media": _media(item),
        "likes": count_at(item, *_LIKES),
        "replies": count_at(threads, "direct_reply_count") if threads else count_at(item, *_COMMENTS),
        "reposts": count_at(threads, "repost_count"),
        "views": count_at(item, "play_count", "view_count", "video_view_count"),
        "account_profile_image": text_at(author, "profile_pic_url"),
        "account_is_verified": flag_at(author, "is_verified"),
        "followers": count_at(author, "follower_count", "edge_followed_by.count"),
    }


def _caption(item: JsonObject) -> str | None:
    edges = objects_at(item, "edge_media_to_caption.edges")
    return text_at(edges[0], "node.text") if edges else text_at(item, "caption.text")


def _media(item: JsonObject) -> list[str]:
    """Return one address for each picture or film of the post: the first, which is the largest."""
    children = [object_at(one, "node") for one in objects_at(item, "edge_sidecar_to_children.edges")]
    parts = [*objects_at(item, "carousel_media"), *children] or [item]
    return distinct(_address(part) for part in parts)


def _address(part: JsonObject) -> str | None:
    versions = objects_at(part, "video_versions") or objects_at(part, _IMAGES)
    return text_at(versions[0], "url") if versions else text_at(part, "video_url", "display_url")
