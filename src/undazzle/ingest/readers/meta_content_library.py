"""Tables of the Meta Content Library: Facebook, Instagram and Threads posts, with nested fields joined by dots."""

from __future__ import annotations

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.layouts import by_columns
from undazzle.ingest.sample_table import quoted

_MCL_URL = quoted("mcl_url")
_PLATFORM = (
    f"CASE WHEN contains({_MCL_URL}, 'instagram') OR contains({_MCL_URL}, '/ig') THEN 'instagram' "
    f"WHEN contains({_MCL_URL}, 'threads') THEN 'threads' ELSE 'facebook' END"
)

META_CONTENT_LIBRARY = Reader(
    format_id="meta_content_library",
    title="Meta Content Library",
    summary="Public posts of Facebook, Instagram or Threads, downloaded or saved from the Meta Content Library.",
    shape="table",
    recognise=by_columns(
        ("id", "creation_time", "text", "post_owner.id"),
        ("post_owner.name", "post_owner.type", "statistics.like_count", "mcl_url", "surface.id", "lang"),
    ),
    columns={
        "post_id": ("id",),
        "account_id": ("post_owner.id",),
        "handle": ("post_owner.username", "post_owner.name"),
        "display_name": ("post_owner.name",),
        "posted_at": ("creation_time",),
        "text": ("text",),
        "language": ("lang",),
        "url": ("mcl_url",),
        "repost_of": ("shared_post_id", "shared_post.id"),
        "links": ("link_attachment.link",),
        "hashtags": ("hashtags",),
        "likes": ("statistics.like_count",),
        "reposts": ("statistics.share_count",),
        "replies": ("statistics.comment_count",),
        "views": ("statistics.views", "statistics.view_count"),
        "account_category": ("post_owner.type",),
    },
    constants={"platform": "facebook"},
    expressions={"platform": ("mcl_url", _PLATFORM)},
    times_are_utc=True,
    documentation="https://developers.facebook.com/docs/content-library-and-api/appendix/data-dictionary",
    caveats=("Ids are the library's own and differ from the ids on the platform; tags in texts are left out.",),
)
