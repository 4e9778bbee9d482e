"""Builders after Jetstream's events and the lexicons app.bsky.feed.post, .repost and .defs."""

from __future__ import annotations

ME, OTHER = "did:plc:harbour", "did:plc:library"
OTHERS_POST = f"at://{OTHER}/app.bsky.feed.post/3kother"
FACETS = [
    {"index": {"byteStart": 0, "byteEnd": 3}, "features": [
        {"$type": "app.bsky.richtext.facet#link", "uri": "https://ferries.example.org/"}]},
    {"index": {"byteStart": 4, "byteEnd": 9}, "features": [
        {"$type": "app.bsky.richtext.facet#tag", "tag": "ferry"},
        {"$type": "app.bsky.richtext.facet#mention", "did": OTHER}]},
]  # fmt: skip


def post_record(text="The ferry sails at nine", **more):
    return {
        "$type": "app.bsky.feed.post",
        "text": text,
        "langs": ["en"],
        "createdAt": "2024-05-01T11:00:00.123+02:00",
        **more,
    }


def event(record, collection="app.bsky.feed.post", operation="create", rkey="3kmine"):
    commit = {
        "rev": "3k",
        "operation": operation,
        "collection": collection,
        "rkey": rkey,
        "record": record,
        "cid": "bafy",
    }
    return {"did": ME, "time_us": 1714554001000000, "kind": "commit", "commit": commit}


def normal(text="The ferry sails at nine", handle=None):
    images = [{"alt": "", "image": {"$type": "blob", "ref": {"$link": "bafkimage"}, "mimeType": "image/png"}}]
    record = post_record(text, facets=FACETS, embed={"$type": "app.bsky.embed.images", "images": images})
    return event(record) if handle is None else view(record, handle)


def repost():
    record = {
        "$type": "app.bsky.feed.repost",
        "subject": {"cid": "bafy", "uri": OTHERS_POST},
        "createdAt": "2024-05-01T09:00:30Z",
    }
    return event(record, "app.bsky.feed.repost")


def reply():
    root = f"at://{OTHER}/app.bsky.feed.post/3kroot"
    return event(post_record("thanks", reply={"parent": {"uri": OTHERS_POST}, "root": {"uri": root}}), rkey="3kreply")


def quote():
    embed = {"$type": "app.bsky.embed.record", "record": {"uri": OTHERS_POST, "cid": "bafy"}}
    return event(post_record("Good news", embed=embed), rkey="3kquote")


def quote_with_media():
    media = {"$type": "app.bsky.embed.external", "external": {"uri": "https://library.example.org/"}}
    embed = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"record": {"uri": OTHERS_POST}},
        "media": media,
    }
    return event(post_record("Good news", embed=embed))


def profile(handle="harbour.example.org", did=ME, **more):
    return {
        "did": did,
        "handle": handle,
        "displayName": "Harbour News",
        "avatar": "https://cdn.example.org/11",
        "createdAt": "2023-02-03T04:05:06.000Z",
        "labels": [],
        **more,
    }


def view(record=None, handle="harbour.example.org", uri=f"at://{ME}/app.bsky.feed.post/3kmine", **more):
    return {
        "uri": uri,
        "cid": "bafy",
        "author": profile(handle, uri.split("/")[2]),
        "record": record or post_record(),
        "replyCount": 1,
        "repostCount": 2,
        "likeCount": 5,
        "quoteCount": 0,
        "indexedAt": "2024-05-01T09:00:02.000Z",
        **more,
    }


def listed():
    """An entry of com.atproto.repo.listRecords."""
    return {"uri": f"at://{ME}/app.bsky.feed.post/3kmine", "cid": "bafy", "value": post_record()}


def feed_repost():
    """An entry of getAuthorFeed: somebody else's post, in the feed because of a repost."""
    reason = {
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": profile(),
        "indexedAt": "2024-05-01T09:30:00Z",
    }
    return {"post": view(post_record("Sunday"), "library.example.org", OTHERS_POST), "reason": reason}
