"""The nearly three million tweets that Clemson University and FiveThirtyEight published in 2018, as CSV."""

from __future__ import annotations

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.layouts import by_columns
from undazzle.ingest.sample_table import quoted

_LINKS = ", ".join(quoted(f"tco{number}_step1") for number in (1, 2, 3))

CLEMSON = Reader(
    format_id="clemson",
    title="Clemson/FiveThirtyEight tweets",
    summary="Tweets of accounts linked to the Internet Research Agency, collected by Clemson University.",
    shape="table",
    recognise=by_columns(
        ("author", "content", "publish_date", "post_type"),
        ("external_author_id", "account_category", "harvested_date", "tweet_id", "tco1_step1"),
    ),
    columns={
        "post_id": ("tweet_id",),
        "account_id": ("alt_external_id", "external_author_id", "author_id"),
        "handle": ("author",),
        "posted_at": ("publish_date",),
        "text": ("content",),
        "language": ("language",),
        "is_repost": ("post_type",),
        "account_category": ("account_category", "account_type"),
        "followers": ("followers",),
        "following": ("following",),
        "account_posts": ("updates",),
    },
    constants={"platform": "x"},
    expressions={"links": ("tco3_step1", f"list_filter([{_LINKS}], lambda x: x <> '')")},
    time_formats={"posted_at": "%m/%d/%Y %H:%M"},
    times_are_utc=True,
    documentation="https://github.com/fivethirtyeight/russian-troll-tweets",
    caveats=(
        "Which tweet was retweeted is not in the file, only that it was a retweet.",
        "The account categories are the words of the researchers who coded them.",
    ),
)
