"""Builders after the Pushshift dumps of submissions and comments."""

from __future__ import annotations


def submission(title="The ferry", handle="harbour_news", **more):
    return {
        "id": "abc",
        "author": handle,
        "author_fullname": "t2_11",
        "author_created_utc": 1580702706,
        "created_utc": 1714554000,
        "title": title,
        "selftext": "",
        "subreddit": "harbour",
        "subreddit_id": "t5_1",
        "is_self": False,
        "url": "https://ferries.example.org/timetable",
        "domain": "ferries.example.org",
        "permalink": "/r/harbour/comments/abc/the_ferry/",
        "num_comments": 1,
        "score": 5,
        **more,
    }


def comment(text="thanks", handle="desk", **more):
    return {
        "id": "xyz",
        "author": handle,
        "body": text,
        "created_utc": "1714554060",
        "link_id": "t3_abc",
        "parent_id": "t1_uvw",
        "subreddit": "harbour",
        "permalink": "/r/harbour/comments/abc/the_ferry/xyz/",
        "score": -2,
        **more,
    }


def normal(text="The ferry", handle="harbour_news"):
    return submission(text, handle)


def repost():
    parent = submission("Library opens", "desk", id="par")
    return submission(
        "Library opens",
        id="cross",
        url="/r/town/comments/par/x/",
        crosspost_parent="t3_par",
        crosspost_parent_list=[parent],
    )


def reply():
    return comment()
