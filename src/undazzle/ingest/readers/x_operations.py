"""The archive of information operations that Twitter published from 2018 to 2022, as CSV."""

from __future__ import annotations

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.layouts import by_columns

X_OPERATIONS = Reader(
    format_id="x_archive",
    title="X/Twitter information operations archive",
    summary="Posts of the accounts that Twitter attributed to state-linked operations, as released from 2018 to 2022.",
    shape="table",
    recognise=by_columns(
        ("tweetid", "userid", "tweet_text", "tweet_time"),
        ("account_creation_date", "tweet_client_name", "is_retweet", "follower_count", "tweet_language"),
    ),
    columns={
        "post_id": ("tweetid",),
        "account_id": ("userid",),
        "handle": ("user_screen_name",),
        "display_name": ("user_display_name",),
        "posted_at": ("tweet_time",),
        "text": ("tweet_text",),
        "language": ("tweet_language",),
        "client": ("tweet_client_name",),
        "is_repost": ("is_retweet",),
        "repost_of": ("retweet_tweetid",),
        "repost_of_account": ("retweet_userid",),
        "reply_to": ("in_reply_to_tweetid",),
        "reply_to_account": ("in_reply_to_userid",),
        "quote_of": ("quoted_tweet_tweetid",),
        "hashtags": ("hashtags",),
        "links": ("urls",),
        "mentions": ("user_mentions",),
        "likes": ("like_count",),
        "reposts": ("retweet_count",),
        "replies": ("reply_count",),
        "quotes": ("quote_count",),
        "account_created_at": ("account_creation_date",),
        "account_description": ("user_profile_description",),
        "account_location": ("user_reported_location",),
        "account_language": ("account_language",),
        "followers": ("follower_count",),
        "following": ("following_count",),
    },
    constants={"platform": "x"},
    times_are_utc=True,
    documentation="https://transparency.x.com/en/reports/moderation-research",
    caveats=(
        "Ids, handles and names of accounts with fewer than 5,000 followers are hashed in the public release.",
        "Mentions are ids of accounts, hashed where the account is part of the release.",
    ),
)
