"""CSV exports of 4CAT, which flattens posts of many platforms to a common core of columns."""

from __future__ import annotations

from collections.abc import Sequence

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.layouts import by_columns

_core = by_columns(("id", "body", "author"), ("timestamp", "unix_timestamp", "thread_id"))


def _recognise(columns: Sequence[str]) -> float:
    has_time = "timestamp" in columns or "unix_timestamp" in columns
    return _core(columns) if has_time else 0.0


FOURCAT_CSV = Reader(
    format_id="fourcat_csv",
    title="4CAT CSV",
    summary="A dataset downloaded from a 4CAT server as CSV, of any platform that 4CAT collects.",
    shape="table",
    recognise=_recognise,
    columns={
        "post_id": ("id",),
        "account_id": ("author_id", "author"),
        "handle": ("author", "author_username"),
        "display_name": ("author_fullname", "author_full", "author_display_name", "author_name"),
        "posted_at": ("unix_timestamp", "timestamp"),
        "text": ("body",),
        "language": ("language_guess", "languages"),
        "url": ("link", "post_url", "tiktok_url", "url"),
        "client": ("source",),
        "is_repost": ("is_retweet",),
        "repost_of_account": ("retweeted_user",),
        "reply_to": ("replied_to_post", "reply_to"),
        "reply_to_account": ("replied_user", "replied_to_user"),
        "quote_of": ("quoted_post",),
        "quote_of_account": ("quoted_user",),
        "conversation_id": ("thread_id",),
        "hashtags": ("hashtags", "tags"),
        "links": ("urls", "links"),
        "mentions": ("mentions", "usertags"),
        "media": ("images", "image_urls", "image_url", "thumbnail_url", "media_urls"),
        "likes": ("like_count", "likes", "num_likes"),
        "reposts": ("retweet_count", "repost_count", "shares"),
        "replies": ("reply_count", "comments", "num_comments"),
        "quotes": ("quote_count",),
        "views": ("impression_count", "views", "plays"),
        "followers": ("author_followers",),
        "account_profile_image": ("author_avatar",),
        "account_description": ("author_profile",),
        "account_created_at": ("author_created_at",),
    },
    times_are_utc=True,
    documentation="https://github.com/digitalmethodsinitiative/4cat",
    caveats=("4CAT says whether a post is a repost, not which post was reposted.",),
)
