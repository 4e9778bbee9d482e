"""Builders after the data dictionary of the X API v2."""

from __future__ import annotations


def user(handle="harbour_news", user_id="11", **more):
    return {
        "id": user_id,
        "username": handle,
        "name": "Harbour News",
        "created_at": "2020-02-03T04:05:06.000Z",
        "description": "Ferries and weather",
        "location": "Harbour town",
        "profile_image_url": "https://pbs.example.org/11.jpg",
        "verified": False,
        "public_metrics": {"followers_count": 120, "following_count": 30, "tweet_count": 900, "listed_count": 1},
        **more,
    }


def tweet(text="The ferry sails at nine https://t.co/a #ferry", tweet_id="1001", author_id="11", **more):
    return {
        "id": tweet_id,
        "edit_history_tweet_ids": [tweet_id],
        "author_id": author_id,
        "conversation_id": tweet_id,
        "created_at": "2024-05-01T09:00:00.000Z",
        "lang": "en",
        "source": "Web App",
        "text": text,
        "public_metrics": {
            "retweet_count": 2,
            "reply_count": 1,
            "like_count": 5,
            "quote_count": 0,
            "impression_count": 77,
        },
        **more,
    }


def page(*posts, users=None, tweets=(), media=(), **more):
    return {
        "data": list(posts),
        "includes": {"users": users or [user()], "tweets": list(tweets), "media": list(media)},
        "meta": {"result_count": len(posts), "newest_id": "1001"},
        **more,
    }


ENTITIES = {
    "urls": [
        {
            "start": 0,
            "end": 9,
            "url": "https://t.co/a",
            "expanded_url": "https://short.example/a",
            "unwound_url": "https://ferries.example.org/timetable?line=9",
        },
        {"url": "https://t.co/b", "expanded_url": "https://library.example.org/"},
        {"url": "https://t.co/c", "expanded_url": "https://x.com/h/status/1001/photo/1", "media_key": "3_1"},
    ],
    "hashtags": [{"tag": "ferry"}, {"tag": "harbour"}],
    "mentions": [{"username": "library_desk", "id": "22"}],
}


def normal(text="The ferry sails at nine https://t.co/a #ferry", handle="harbour_news"):
    photo = {"media_key": "3_1", "type": "photo", "url": "https://pbs.example.org/m/1.jpg"}
    post = tweet(text, entities=ENTITIES, attachments={"media_keys": ["3_1", "3_2"]})
    return page(post, users=[user(handle)], media=[photo])


def original(text="The library opens on Sunday. " * 8):
    return tweet(text, "900", "22", entities={"urls": [{"expanded_url": "https://library.example.org/sunday"}]})


def repost():
    post = tweet(
        "RT @library_desk: The library opens on Sund…",
        "1002",
        referenced_tweets=[{"type": "retweeted", "id": "900"}],
        entities={"mentions": [{"username": "library_desk", "id": "22"}]},
    )
    return page(post, users=[user(), user("library_desk", "22")], tweets=[original()])


def reply():
    post = tweet(
        "@library_desk thanks",
        "1003",
        in_reply_to_user_id="22",
        referenced_tweets=[{"type": "replied_to", "id": "900"}],
        conversation_id="800",
    )
    return page(post)


def quote():
    post = tweet("Good news", "1004", referenced_tweets=[{"type": "quoted", "id": "900"}])
    return page(post, tweets=[original()])


def flattened():
    """One post per line, as ``twarc2 flatten`` writes it."""
    return tweet(author=user(), referenced_tweets=[{"type": "quoted", **original()}])
