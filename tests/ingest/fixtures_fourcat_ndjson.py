"""Builders after what 4CAT stores: imported items, posts of the X API with authors, rows of columns."""

from __future__ import annotations

from tests.ingest import fixtures_x_api, fixtures_zeeschuimer


def imported(site="tiktok.com", item=None):
    meta = fixtures_zeeschuimer.envelope(site, None)
    del meta["data"]
    return {**(item or fixtures_zeeschuimer.tiktok_item()), "__import_meta": meta}


def from_x_api():
    original = fixtures_x_api.original() | {"author_user": fixtures_x_api.user("library_desk", "22")}
    return fixtures_x_api.tweet(
        "RT @library_desk: The…",
        author_user=fixtures_x_api.user(),
        referenced_tweets=[{"type": "retweeted", **original}],
        attachments={"media_keys": [{"media_key": "3_1", "type": "photo", "url": "https://pbs.example.org/1.jpg"}]},
    )


def row(text="The ferry sails", handle="harbour_news", **more):
    return {
        "id": "1001",
        "thread_id": "1001",
        "timestamp": "2024-05-01 11:00:00",
        "unix_timestamp": 1714554000,
        "link": "https://x.com/harbour_news/status/1001",
        "body": text,
        "author": handle,
        "author_fullname": "Harbour News",
        "author_id": "11",
        "like_count": 5,
        "impression_count": "",
        "is_retweet": "no",
        "retweeted_user": "",
        "is_reply": "no",
        "hashtags": "ferry,harbour",
        "urls": "https://ferries.example.org/",
        "images": "",
        "mentions": "",
        **more,
    }


def normal(text="The ferry sails", handle="harbour_news"):
    return row(text, handle)


def repost():
    return row("RT @library_desk: The library opens", id="1002", is_retweet="yes", retweeted_user="library_desk")
