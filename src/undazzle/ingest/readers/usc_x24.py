"""The posts on the 2024 US election that the University of Southern California collected from X, as CSV chunks.

Ids went through floating-point numbers; the exact id of a post stands in its address, that of the account in a
printed Python dictionary, which is searched but never evaluated.
"""

from __future__ import annotations

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.layouts import by_columns
from undazzle.ingest.sample_table import literal, quoted

_USER, _VIEWS = quoted("user"), quoted("viewCount")


def _found(column: str, pattern: str, group: int = 1) -> str:
    """Return SQL for what a pattern finds in a column, or null."""
    return f"nullif(regexp_extract({column}, {literal(pattern)}, {group}), '')"


def _number(key: str) -> tuple[str, str]:
    pattern = f"'{key}': ([0-9]+)"
    return "user", f"TRY_CAST({_found(_USER, pattern)} AS BIGINT)"


def _word(key: str) -> tuple[str, str]:
    pattern = rf"""'{key}': (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")"""
    return "user", f"COALESCE({_found(_USER, pattern)}, {_found(_USER, pattern, 2)})"


def _flag(key: str) -> tuple[str, str]:
    pattern = f"'{key}': (True|False)"
    return "user", f"CASE {_found(_USER, pattern)} WHEN 'True' THEN true WHEN 'False' THEN false END"


_ID, _COUNT = "'id_str': '([0-9]+)'", "'count': '([0-9]+)'"
_DATE = _found(_USER, r"'created': datetime\.datetime\(([0-9, ]+)")
_PARTS = f"string_split(rtrim({_DATE}, ', '), ', ')"
_PART = [f"TRY_CAST(p[{place}] AS BIGINT)" for place in range(1, 7)]
_CREATED = (
    f"list_transform([{_PARTS}], lambda p: TRY(make_timestamp({', '.join(_PART[:3])}, "
    f"COALESCE({_PART[3]}, 0), COALESCE({_PART[4]}, 0), COALESCE({_PART[5]}, 0)::DOUBLE)))[1]"
)

USC_X24 = Reader(
    format_id="usc_x24",
    title="USC X 24",
    summary="Posts about the 2024 US election from X, collected by the University of Southern California.",
    shape="table",
    recognise=by_columns(
        ("id", "text", "url", "epoch", "user", "rawContent"),
        ("viewCount", "conversationIdStr", "in_reply_to_screen_name", "mentionedUsers", "retweetedTweetID"),
    ),
    columns={
        "account_id": ("username",),
        "handle": ("username",),
        "posted_at": ("epoch",),
        "text": ("rawContent", "text"),
        "language": ("lang",),
        "url": ("url",),
        "is_repost": ("retweetedTweet",),
        "repost_of": ("retweetedTweetID",),
        "repost_of_account": ("retweetedUserID",),
        "reply_to": ("in_reply_to_status_id_str",),
        "reply_to_account": ("in_reply_to_user_id_str", "in_reply_to_screen_name"),
        "conversation_id": ("conversationId", "conversationIdStr"),
        "hashtags": ("hashtags",),
        "links": ("links",),
        "mentions": ("mentionedUsers",),
        "media": ("media",),
        "likes": ("likeCount",),
        "reposts": ("retweetCount",),
        "replies": ("replyCount",),
        "quotes": ("quoteCount",),
    },
    constants={"platform": "x"},
    expressions={
        "account_id": ("user", _found(_USER, _ID)),
        "display_name": _word("username"),
        "account_description": _word("rawDescription"),
        "account_location": _word("location"),
        "account_profile_image": _word("profileImageUrl"),
        "account_created_at": ("user", _CREATED),
        "account_is_verified": _flag("verified"),
        "followers": _number("followersCount"),
        "following": _number("friendsCount"),
        "account_posts": _number("statusesCount"),
        "views": (
            "viewCount",
            f"COALESCE(TRY_CAST(TRY_CAST({_VIEWS} AS DOUBLE) AS BIGINT), TRY_CAST({_found(_VIEWS, _COUNT)} AS BIGINT))",
        ),
    },
    documentation="https://github.com/sinking8/usc-x-24-us-election",
    caveats=("The quoted post is not named: the file only says that there is one.",),
)
