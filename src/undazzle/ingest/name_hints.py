"""Which column names usually hold which field; a name only proposes, the values decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

# Names in normalised form, the likeliest first.
HINTS: Mapping[str, tuple[str, ...]] = {
    "posted_at": (
        "posted_at", "created_at", "publish_date", "published_at", "tweet_time", "tweet_created_at", "created_utc",
        "timestamp_utc", "post_created_at", "post_time", "post_timestamp", "tweet_timestamp", "creation_time",
        "create_time", "created_time", "post_created", "publish_time", "published_time", "published", "posted_on",
        "posted", "timestamp_share", "datetime", "date_time", "datetime_utc", "timestamp", "unix_timestamp", "epoch",
        "timestamp_ms", "sent_at", "taken_at", "time_posted", "post_date", "tweet_date", "date_posted",
        "date_published", "pub_date", "pubdate", "date_utc", "time_utc", "utc", "unix", "time", "date", "created",
        "tweet_created", "message_date", "indexed_at",
    ),
    "post_id": (
        "post_id", "tweet_id", "tweetid", "status_id", "statusid", "message_id", "msg_id", "content_id", "postid",
        "video_id", "item_id", "comment_id", "media_id", "id_str", "tweet_id_str", "id", "uri", "guid",
    ),
    "account_id": (
        "account_id", "user_id", "userid", "author_id", "authorid", "accountid", "user_id_str", "author_user_id",
        "post_owner_id", "owner_id", "channel_id", "page_id", "from_id", "sender_id", "actor_id", "profile_id",
        "facebook_id", "uid", "did", "user_identifier",
    ),
    "handle": (
        "handle", "screen_name", "user_screen_name", "author_screen_name", "username", "author_username",
        "user_username", "author_handle", "user_handle", "account_handle", "post_owner_username", "channel_username",
        "twitter_handle", "user_name", "author_name", "author", "account", "account_name", "user", "nickname",
        "channel", "sender", "poster", "page_name", "channel_name", "channel_title",
    ),
    "display_name": (
        "display_name", "user_display_name", "author_display_name", "author_fullname", "author_full_name",
        "full_name", "user_full_name", "user_name", "author_name", "name", "account_name", "page_name",
        "channel_name", "channel_title", "post_owner_name", "nickname",
    ),
    "text": (
        "text", "tweet_text", "full_text", "post_text", "message_text", "message", "content", "body", "raw_content",
        "tweet", "tweet_content", "post_message", "post_content", "comment_text", "status_text", "caption",
        "video_description", "description", "msg", "post", "title",
    ),
    "language": (
        "language", "lang", "tweet_language", "post_language", "language_code", "lang_code", "tweet_lang",
        "language_guess", "languages",
    ),
    "url": (
        "post_url", "tweet_url", "permalink", "permalink_url", "status_url", "post_link", "tweet_link", "message_link",
        "tweet_permalink", "url", "link", "mcl_url", "tiktok_url", "full_link",
    ),
    "client": (
        "client", "tweet_client_name", "client_name", "source_label", "tweet_source", "source_name", "source", "via",
    ),
    "is_repost": (
        "is_repost", "is_retweet", "isretweet", "is_reblog", "is_share", "is_shared", "is_forwarded", "post_type",
        "tweet_type", "retweet", "repost", "retweeted_tweet",
    ),
    "repost_of": (
        "repost_of", "retweet_tweetid", "retweeted_status_id_str", "retweeted_status_id", "retweeted_tweet_id",
        "retweet_id", "retweeted_id", "repost_id", "reposted_id", "retweet_status_id", "retweet_of", "reblog_of_id",
        "reblog_id", "shared_post_id", "forwarded_message_id", "retweeted_status", "repost_of_id",
    ),
    "repost_of_account": (
        "repost_of_account", "retweet_userid", "retweeted_user_id_str", "retweeted_user_id", "retweet_user_id",
        "retweeted_userid", "retweeted_user", "retweeted_username", "retweeted_screen_name", "retweet_screen_name",
        "forwarded_from", "forwarded_from_id", "reposted_user", "retweeted_user_screen_name",
    ),
    "reply_to": (
        "reply_to", "in_reply_to_status_id_str", "in_reply_to_tweetid", "in_reply_to_status_id", "in_reply_to_tweet_id",
        "in_reply_to_id", "in_reply_to_post_id", "reply_to_id", "reply_id", "replied_to_post", "reply_to_status_id",
        "reply_to_tweet_id", "reply_to_message_id", "reply_to_msg_id", "replied_to_id", "in_reply_to", "parent_id",
    ),
    "reply_to_account": (
        "reply_to_account", "in_reply_to_user_id_str", "in_reply_to_userid", "in_reply_to_user_id", "reply_to_user_id",
        "in_reply_to_account_id", "in_reply_to_screen_name", "in_reply_to_username", "reply_userid", "reply_to_user",
        "replied_to_user", "replied_user", "reply_to_screen_name", "reply_to_username",
    ),
    "quote_of": (
        "quote_of", "quoted_tweet_tweetid", "quoted_status_id_str", "quoted_status_id", "quoted_tweet_id",
        "quoted_post_id", "quote_id", "quoted_id", "quote_status_id", "quoted_tweetid",
    ),
    "quote_of_account": (
        "quote_of_account", "quoted_user_id_str", "quoted_user_id", "quoted_userid", "quoted_user",
        "quoted_username", "quoted_screen_name",
    ),
    "conversation_id": ("conversation_id", "conversation_id_str", "conversationid", "thread_id", "root_id"),
    "links": (
        "links", "urls", "expanded_urls", "urls_expanded", "unwound_urls", "expanded_url", "entities_urls",
        "tweet_urls", "url_list", "outlinks", "external_links", "final_link", "shared_url", "shared_link",
        "shared_urls", "link_url",
        "article_url", "urls_expanded_url", "entities_urls_expanded_url", "link_attachment_link", "full_url",
        "url", "link",
    ),
    "domains": ("domains", "domain", "link_domain", "url_domain", "url_domains", "link_domains"),
    "hashtags": ("hashtags", "hashtag", "hash_tags", "entities_hashtags", "tweet_hashtags", "hashtag_names", "tags"),
    "mentions": (
        "mentions", "user_mentions", "mentioned_users", "mentioned_usernames", "mentions_screen_name", "usertags",
        "entities_user_mentions", "entities_mentions", "mentioned", "mention", "mentions_username",
    ),
    "objects": ("object_id", "objects", "object"),
    "media": (
        "media", "media_urls", "media_url", "media_url_https", "image_urls", "image_url", "images", "photos",
        "photo_urls", "photo", "pictures", "picture", "thumbnail_url", "video_url", "videos",
    ),
    "media_hashes": (
        "media_hashes", "media_hash", "image_hashes", "image_hash", "phash", "phashes", "pdq", "pdq_hash", "dhash",
        "perceptual_hash", "image_phash",
    ),
    "likes": (
        "likes", "like_count", "likes_count", "favorite_count", "favourite_count", "favorites_count", "favorites",
        "num_likes", "favourites", "statistics_like_count", "tweet_likes", "nlikes",
    ),
    "reposts": (
        "reposts", "repost_count", "reposts_count", "retweet_count", "retweets_count", "share_count", "shares",
        "shares_count", "retweets", "reblogs_count", "num_retweets", "num_shares", "forwards",
        "statistics_share_count", "nretweets",
    ),
    "replies": (
        "replies", "reply_count", "replies_count", "comment_count", "comments_count", "comments", "num_comments",
        "num_replies", "statistics_comment_count", "nreplies",
    ),
    "quotes": ("quotes", "quote_count", "quotes_count", "num_quotes"),
    "views": (
        "views", "view_count", "views_count", "impression_count", "impressions", "play_count", "plays", "num_views",
        "statistics_views", "statistics_view_count", "post_views",
    ),
    "account_created_at": (
        "account_created_at", "account_creation_date", "user_created_at", "author_created_at", "user_join_date",
        "account_created", "user_created", "author_created", "joined_at", "join_date", "joined", "registered_at",
        "registration_date", "date_joined", "member_since", "user_creation_date", "account_creation_time",
        "profile_created_at", "page_created", "channel_created_at", "user_created_time", "user_joined",
    ),
    "account_description": (
        "account_description", "user_description", "user_profile_description", "author_description", "user_bio",
        "author_bio", "bio", "profile_description", "page_description", "account_bio", "author_profile",
    ),
    "account_location": (
        "account_location", "user_location", "user_reported_location", "author_location", "profile_location",
        "location",
    ),
    "account_language": ("account_language", "user_language", "user_lang", "author_language", "account_lang"),
    "account_category": (
        "account_category", "account_type", "user_category", "page_category", "account_label", "label",
    ),
    "account_profile_image": (
        "account_profile_image", "profile_image_url_https", "profile_image_url", "user_profile_image_url",
        "author_avatar", "avatar_url", "avatar", "profile_image", "profile_picture", "profile_pic_url",
    ),
    "account_is_automated": ("account_is_automated", "is_bot", "bot", "automated", "is_automated"),
    "account_is_verified": (
        "account_is_verified", "verified", "is_verified", "user_verified", "author_verified", "account_verified",
    ),
    "followers": (
        "followers", "follower_count", "followers_count", "user_followers_count", "author_followers", "user_followers",
        "author_followers_count", "page_followers", "followers_at_posting", "num_followers", "subscriber_count",
    ),
    "following": (
        "following", "following_count", "friends_count", "user_friends_count", "friends", "followings",
        "author_following_count", "num_following", "user_following_count",
    ),
    "account_posts": (
        "account_posts", "statuses_count", "user_statuses_count", "user_tweets", "author_tweet_count",
        "account_post_count", "tweets_count", "statuses", "updates", "user_tweet_count",
    ),
    "platform": ("platform", "social_network", "network", "service", "social_media_platform", "source_platform"),
}  # fmt: skip

_FIRST_CAMEL, _SECOND_CAMEL = re.compile(r"([a-z0-9])([A-Z])"), re.compile(r"([A-Z]+)([A-Z][a-z])")
_OTHER = re.compile(r"[^0-9a-z\u00c0-\uffff]+")
# A time in a column with one of these words is not when the post was made.
_OTHER_TIMES = (
    "account", "user", "author", "profile", "page", "join", "regist", "member", "collect", "retriev", "scrap",
    "crawl", "harvest", "fetch", "import", "updat", "modif", "edit", "delet", "download", "first_seen", "last_",
    "birth", "archiv", "refresh", "expire", "ingest", "captur", "access", "suspen",
)  # fmt: skip


def normalised_name(name: str) -> str:
    """Return a column name in lower case with words joined by underscores.

    >>> normalised_name("in_reply_to_statusID"), normalised_name("Page Name"), normalised_name("user.created_at")
    ('in_reply_to_status_id', 'page_name', 'user_created_at')
    """
    split = _SECOND_CAMEL.sub(r"\1_\2", _FIRST_CAMEL.sub(r"\1_\2", name.strip()))
    return _OTHER.sub("_", split.lower()).strip("_")


def candidates(field: str, columns: Iterable[str]) -> list[str]:
    """Return the columns whose name suggests the field, the likeliest first.

    >>> candidates("post_id", ["id", "Tweet ID", "retweet_id"])
    ['Tweet ID', 'id']
    """
    hints = HINTS.get(field, ())
    found = [(hints.index(name), column) for column in columns if (name := normalised_name(column)) in hints]
    return [column for _, column in sorted(found, key=lambda pair: pair[0])]


def could_be_post_time(column: str) -> bool:
    """Say whether the name of a column leaves room for the time of the post.

    >>> could_be_post_time("Zeitpunkt"), could_be_post_time("user_join_date"), could_be_post_time("collected_at")
    (True, False, False)
    """
    name = normalised_name(column)
    return not any(word in name for word in _OTHER_TIMES)


def same_column(wanted: str, columns: Sequence[str]) -> str | None:
    """Return the column a user or a layout means: the exact name, else the only one that differs in case or marks."""
    if wanted in columns:
        return wanted
    alike = [column for column in columns if normalised_name(column) == normalised_name(wanted)]
    return alike[0] if len(alike) == 1 else None
