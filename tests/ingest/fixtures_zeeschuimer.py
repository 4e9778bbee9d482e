"""Builders after the envelope of Zeeschuimer (zs-background.js) and what the sites' own clients receive."""

from __future__ import annotations

from tests.ingest import fixtures_mastodon, fixtures_x_archive_v1


def envelope(site, data):
    return {
        "id": 1,
        "nav_index": "1:2:3",
        "item_id": "1001",
        "timestamp_collected": 1714554100000,
        "source_platform": site,
        "source_platform_url": f"https://{site}/search",
        "source_url": f"https://{site}/api",
        "user_agent": "Browser",
        "data": data,
    }


def x_user(handle="harbour_news", user_id="11"):
    legacy = fixtures_x_archive_v1.user(handle, user_id)
    del legacy["id"], legacy["id_str"]
    result = {"__typename": "User", "rest_id": user_id, "is_blue_verified": True, "legacy": legacy}
    return {"user_results": {"result": result}}


def x_tweet(text="The ferry sails at nine", handle="harbour_news", tweet_id="1001", **more):
    legacy = fixtures_x_archive_v1.tweet(text, tweet_id) | {
        "user_id_str": "11",
        "conversation_id_str": tweet_id,
        "reply_count": 1,
        "quote_count": 0,
    }
    del legacy["user"], legacy["source"], legacy["id"]
    legacy |= more.pop("legacy", {})
    return {
        "__typename": "Tweet",
        "rest_id": tweet_id,
        "core": x_user(handle),
        "source": fixtures_x_archive_v1.SOURCE,
        "views": {"count": "77", "state": "EnabledWithCount"},
        "legacy": legacy,
        "id": tweet_id,
        "promoted": False,
        **more,
    }


def x_original():
    text = "The library opens on Sunday. " * 8
    return {**x_tweet(text, tweet_id="900"), "core": x_user("library_desk", "22")}


def tiktok_item(text="The ferry sails #ferry", handle="harbour_news", **more):
    return {
        "id": "7301",
        "desc": text,
        "createTime": 1714554000,
        "author": {
            "id": "11",
            "uniqueId": handle,
            "nickname": "Harbour News",
            "verified": False,
            "signature": "Ferries",
            "secUid": "s",
        },
        "authorStats": {"followerCount": 120, "followingCount": 30, "videoCount": 90, "heartCount": 900},
        "stats": {"diggCount": 5, "shareCount": 2, "commentCount": 1, "playCount": 77},
        "textExtra": [
            {"hashtagName": "ferry", "type": 1},
            {"hashtagName": "", "userUniqueId": "library_desk", "type": 0},
        ],
        "challenges": [{"id": "1", "title": "ferry"}],
        "music": {"id": "99", "title": "sound"},
        "video": {"cover": "https://tt.example.org/1.jpg"},
        "duetInfo": {"duetFromId": "0"},
        **more,
    }


def instagram_item(text="The ferry sails #ferry", handle="harbour_news", **more):
    picture = {"candidates": [{"url": "https://ig.example.org/1.jpg", "width": 100, "height": 100}]}
    return {
        "id": "1_11",
        "pk": "1",
        "code": "Cabc",
        "taken_at": 1714554000,
        "media_type": 1,
        "user": {"pk": "11", "username": handle, "full_name": "Harbour News", "is_verified": False},
        "caption": {"text": text, "pk": "2"},
        "like_count": -1,
        "comment_count": 1,
        "image_versions2": picture,
        **more,
    }


def instagram_graph(**more):
    return {
        "__typename": "GraphImage",
        "id": "1",
        "shortcode": "Cabc",
        "taken_at_timestamp": 1714554000,
        "display_url": "https://ig.example.org/1.jpg",
        "owner": {"id": "11", "username": "harbour_news"},
        "edge_media_to_caption": {"edges": [{"node": {"text": "The ferry"}}]},
        "edge_media_preview_like": {"count": 5},
        "edge_media_to_comment": {"count": 1},
        **more,
    }


def normal(text="The ferry sails at nine", handle="harbour_news"):
    return envelope("twitter.com", x_tweet(text, handle))


def tiktok(text="The ferry sails #ferry", handle="harbour_news"):
    return envelope("tiktok.com", tiktok_item(text, handle))


def instagram(text="The ferry sails #ferry", handle="harbour_news"):
    return envelope("instagram.com", instagram_item(text, handle))


def repost():
    shared = {"legacy": {"retweeted_status_result": {"result": x_original()}}}
    return envelope("x.com", x_tweet("RT @library_desk: The library opens on…", tweet_id="1002", **shared))


def quote():
    quoted = {"result": {"tweet": x_original()}}
    legacy = {"quoted_status_id_str": "900"}
    return envelope("x.com", x_tweet("Good news", tweet_id="1004", quoted_status_result=quoted, legacy=legacy))


def reply():
    answer = {"in_reply_to_status_id_str": "900", "in_reply_to_user_id_str": "22"}
    return envelope("x.com", x_tweet("thanks", tweet_id="1003", legacy=answer))


def truthsocial():
    return envelope("truthsocial.com", fixtures_mastodon.normal("The ferry", "harbour"))


def threads():
    info = {
        "share_info": {"reposted_post": {"code": "Corig", "user": {"username": "library_desk"}}},
        "direct_reply_count": 3,
        "repost_count": 2,
    }
    return envelope("threads.net", instagram_item(text_post_app_info=info))
