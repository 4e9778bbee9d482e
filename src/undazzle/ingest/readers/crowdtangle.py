"""CSV exports of CrowdTangle (closed in 2024) for Facebook and Instagram."""

from __future__ import annotations

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.layouts import by_columns
from undazzle.ingest.sample_table import quoted

_COMMON = {
    "handle": ("User Name",),
    "posted_at": ("Post Created", "Created"),
    "url": ("URL",),
    "likes": ("Likes",),
    "replies": ("Comments",),
    "followers": ("Followers at Posting",),
}
# The last part of the address is the id of the post, on both platforms.
_ID_FROM_URL = f"nullif(regexp_extract(rtrim({quoted('URL')}, '/'), '([^/=?]+)$', 1), '')"
_LINK, _FINAL = quoted("Link"), quoted("Final Link")
_FOLLOWED = f"COALESCE(nullif(trim({_FINAL}), ''), nullif(trim({_LINK}), ''))"
# Photos and videos link to themselves; that is no link to anything.
_OUTSIDE = f"({_FOLLOWED} IS NOT NULL AND NOT regexp_matches({_FOLLOWED}, '^https?://[^/]*(facebook|fb)\\.com/'))"

CROWDTANGLE_FACEBOOK = Reader(
    format_id="crowdtangle",
    title="CrowdTangle, Facebook",
    summary="Posts of public pages and groups, exported from CrowdTangle as CSV.",
    shape="table",
    recognise=by_columns(
        ("User Name", "Facebook Id", "Post Created", "URL", "Message"),
        ("Page Category", "Total Interactions", "Final Link", "Likes at Posting", "Sponsor Id"),
    ),
    columns={
        **_COMMON,
        "account_id": ("Facebook Id",),
        "display_name": ("Page Name", "Group Name"),
        "text": ("Message",),
        "reposts": ("Shares",),
        "views": ("Post Views", "Total Views"),
        "account_category": ("Page Category",),
        "account_created_at": ("Page Created",),
        "account_description": ("Page Description",),
        "account_location": ("Page Admin Top Country",),
    },
    constants={"platform": "facebook"},
    expressions={
        "post_id": ("URL", _ID_FROM_URL),
        "links": ("Final Link", f"CASE WHEN {_OUTSIDE} THEN [{_FOLLOWED}] ELSE [] END"),
    },
    documentation="https://github.com/CrowdTangle/API/wiki",
    caveats=("CrowdTangle gives no id of a shared post; shares are seen only through their links.",),
)

CROWDTANGLE_INSTAGRAM = Reader(
    format_id="crowdtangle_instagram",
    title="CrowdTangle, Instagram",
    summary="Posts of public Instagram accounts, exported from CrowdTangle as CSV.",
    shape="table",
    recognise=by_columns(
        ("Account", "User Name", "Post Created", "URL", "Photo", "Description"),
        ("Followers at Posting", "Views", "Title", "Link"),
        absent=("Facebook Id",),
    ),
    columns={
        **_COMMON,
        "account_id": ("User Name",),
        "display_name": ("Account",),
        "text": ("Description",),
        "media": ("Photo",),
        "views": ("Views",),
    },
    constants={"platform": "instagram"},
    expressions={"post_id": ("URL", _ID_FROM_URL)},
    documentation="https://github.com/CrowdTangle/API/wiki",
)
