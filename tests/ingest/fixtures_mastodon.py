"""Builders after the entities Status and Account of the Mastodon API."""

from __future__ import annotations

LINK = (
    '<a href="https://ferries.example.org/timetable?line=9&amp;day=sun" rel="nofollow">'
    '<span class="invisible">https://</span><span class="ellipsis">ferries.example.org/</span>'
    '<span class="invisible">timetable?line=9&amp;day=sun</span></a>'
)
TAG = '<a href="https://town.example/tags/ferry" class="mention hashtag" rel="tag">#<span>ferry</span></a>'
MENTION = (
    '<span class="h-card"><a href="https://city.example/@desk" class="u-url mention">@<span>desk</span></a></span>'
)


def account(handle="harbour", account_id="11", host="town.example", **more):
    return {
        "id": account_id,
        "username": handle,
        "acct": handle,
        "display_name": "Harbour News",
        "bot": False,
        "created_at": "2020-02-03T00:00:00.000Z",
        "note": "<p>Ferries &amp; weather</p>",
        "url": f"https://{host}/@{handle}",
        "avatar": "https://town.example/11.png",
        "followers_count": 120,
        "following_count": 30,
        "statuses_count": 900,
        **more,
    }


def status(content=None, status_id="1001", by=None, **more):
    body = f"<p>The ferry sails {LINK}<br>{TAG} {MENTION}</p>" if content is None else content
    return {
        "id": status_id,
        "created_at": "2024-05-01T09:00:00.000Z",
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "spoiler_text": "",
        "language": "en",
        "uri": f"https://town.example/users/harbour/statuses/{status_id}",
        "url": f"https://town.example/@harbour/{status_id}",
        "replies_count": 1,
        "reblogs_count": 2,
        "favourites_count": 5,
        "content": body,
        "reblog": None,
        "application": {"name": "Web", "website": None},
        "account": by or account(),
        "media_attachments": [{"id": "1", "type": "image", "url": "https://town.example/m/1.png"}],
        "mentions": [
            {"id": "22", "username": "desk", "url": "https://city.example/@desk", "acct": "desk@city.example"}
        ],
        "tags": [{"name": "ferry", "url": "https://town.example/tags/ferry"}],
        "card": None,
        **more,
    }


def normal(text=None, handle="harbour"):
    content = None if text is None else f"<p>{text}</p>"
    return status(content, by=account(handle))


def original():
    return status("<p>The library opens</p>", "900", account("desk", "22", "city.example", acct="desk@city.example"),
                  uri="https://city.example/users/desk/statuses/7")  # fmt: skip


def repost():
    return status("", "1002", reblog=original(), uri="https://town.example/users/harbour/statuses/1002/activity")


def reply():
    return status("<p>thanks</p>", "1003", in_reply_to_id="900", in_reply_to_account_id="22")


def quote():
    return status("<p>Good news</p>", "1004", quote={"state": "accepted", "quoted_status": original()})
