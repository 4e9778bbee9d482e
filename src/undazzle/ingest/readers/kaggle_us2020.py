"""Tweets with the hashtags of the two candidates of the 2020 US election, as shared on Kaggle."""

from __future__ import annotations

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.layouts import by_columns

KAGGLE_US2020 = Reader(
    format_id="kaggle_us2020",
    title="US Election 2020 Tweets (Kaggle)",
    summary="Tweets with #DonaldTrump or #JoeBiden from October and November 2020.",
    shape="table",
    recognise=by_columns(
        ("created_at", "tweet_id", "tweet", "user_id", "user_screen_name", "user_join_date"),
        ("user_followers_count", "state_code", "continent", "collected_at"),
    ),
    columns={
        "post_id": ("tweet_id",),
        "account_id": ("user_id", "user_screen_name"),
        "handle": ("user_screen_name",),
        "display_name": ("user_name",),
        "posted_at": ("created_at",),
        "text": ("tweet",),
        "client": ("source",),
        "likes": ("likes",),
        "reposts": ("retweet_count",),
        "account_created_at": ("user_join_date",),
        "account_description": ("user_description",),
        "account_location": ("user_location",),
        "followers": ("user_followers_count",),
    },
    constants={"platform": "x"},
    times_are_utc=True,
    documentation="https://www.kaggle.com/datasets/manchunhui/us-election-2020-tweets",
    caveats=(
        "There are no reposts and no replies in it.",
        "A tweet with both hashtags stands in both of the published files.",
    ),
)
