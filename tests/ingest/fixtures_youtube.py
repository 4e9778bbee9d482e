"""Builders after the resources of the YouTube Data API v3."""

from __future__ import annotations


def snippet(title="The ferry", **more):
    return {
        "publishedAt": "2024-05-01T09:00:00Z",
        "channelId": "UCharbour",
        "channelTitle": "Harbour News",
        "title": title,
        "description": "sails at nine https://ferries.example.org/",
        "defaultAudioLanguage": "en",
        **more,
    }


def video(title="The ferry", **more):
    statistics = {"viewCount": "77", "likeCount": "5", "commentCount": "1", "favoriteCount": "0"}
    return {
        "kind": "youtube#video",
        "etag": "e",
        "id": "vid1",
        "snippet": snippet(title),
        "statistics": statistics,
        **more,
    }


def found(kind="video", **ids):
    return {
        "kind": "youtube#searchResult",
        "etag": "e",
        "id": {"kind": f"youtube#{kind}", **(ids or {"videoId": "vid1"})},
        "snippet": snippet("Ferry &amp; library"),
    }


def comment(text="thanks", handle="@desk", comment_id="c1", **more):
    about = {
        "authorDisplayName": handle,
        "authorChannelId": {"value": "UCdesk"},
        "authorProfileImageUrl": "https://yt.example.org/desk",
        "textDisplay": text,
        "textOriginal": text,
        "likeCount": 3,
        "publishedAt": "2024-05-01T10:00:00Z",
        "updatedAt": "2024-05-01T10:00:00Z",
        "videoId": "vid1",
        **more,
    }
    return {"kind": "youtube#comment", "etag": "e", "id": comment_id, "snippet": about}


def thread(*replies):
    about = {
        "channelId": "UCharbour",
        "videoId": "vid1",
        "topLevelComment": comment(),
        "canReply": True,
        "totalReplyCount": len(replies),
        "isPublic": True,
    }
    return {
        "kind": "youtube#commentThread",
        "etag": "e",
        "id": "c1",
        "snippet": about,
        "replies": {"comments": list(replies)},
    }


def answer(*items, kind="videoList"):
    return {"kind": f"youtube#{kind}Response", "etag": "e", "items": list(items), "pageInfo": {"totalResults": 1}}


def normal(text="thanks", handle="@desk"):
    return answer(comment(text, handle, "c9"), kind="commentList")


def reply():
    return thread(comment("welcome", "@harbour", "c1.r1", parentId="c1", videoId=None))
