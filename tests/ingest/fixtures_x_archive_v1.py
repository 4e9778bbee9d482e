"""Builders after the data dictionary of the Twitter API v1.1."""

from __future__ import annotations

SOURCE = '<a href="https://app.example.org" rel="nofollow">Example App</a>'


def user(handle="harbour_news", user_id="11", **more):
    return {
        "id": int(user_id),
        "id_str": user_id,
        "screen_name": handle,
        "name": "Harbour News",
        "created_at": "Mon Feb 03 04:05:06 +0000 2020",
        "description": "Ferries and weather",
        "location": "Harbour town",
        "lang": None,
        "verified": False,
        "followers_count": 120,
        "friends_count": 30,
        "statuses_count": 900,
        "profile_image_url_https": "https://pbs.example.org/11.jpg",
        **more,
    }


def entities(url="https://ferries.example.org/timetable", tag="ferry", mention="library_desk"):
    return {
        "hashtags": [{"text": tag, "indices": [1, 5]}],
        "urls": [{"url": "https://t.co/a", "expanded_url": url, "display_url": "ferries"}],
        "user_mentions": [{"screen_name": mention, "id_str": "22", "name": "Desk"}],
        "symbols": [],
    }


def tweet(text="The ferry sails at nine", tweet_id="1001", by=None, **more):
    return {
        "created_at": "Wed May 01 09:00:00 +0000 2024",
        "id": int(tweet_id),
        "id_str": tweet_id,
        "full_text": text,
        "source": SOURCE,
        "user": by or user(),
        "entities": entities(),
        "retweet_count": 2,
        "favorite_count": 5,
        "lang": "en",
        "in_reply_to_status_id_str": None,
        "in_reply_to_user_id_str": None,
        "is_quote_status": False,
        **more,
    }


def normal(text="The ferry sails at nine", handle="harbour_news"):
    media = [{"media_url_https": "https://pbs.example.org/m/1.jpg", "type": "photo"}]
    return tweet(text, by=user(handle), extended_entities={"media": media})


def original():
    text = "The library opens on Sunday. " * 8
    return tweet(text, "900", user("library_desk", "22"), entities=entities(tag="sunday"))


def repost():
    return tweet("RT @library_desk: The library opens on…", "1002", retweeted_status=original())


def reply():
    return tweet("@library_desk thanks", "1003", in_reply_to_status_id_str="900", in_reply_to_user_id_str="22")


def quote():
    return tweet("Good news", "1004", quoted_status_id_str="900", quoted_status=original(), is_quote_status=True)
