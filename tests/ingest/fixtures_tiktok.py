"""Builders after the query-videos specification of the TikTok Research API."""

from __future__ import annotations


def video(text="The ferry sails #ferry", handle="harbour_news", **more):
    return {
        "id": 7301,
        "username": handle,
        "create_time": 1714554000,
        "video_description": text,
        "region_code": "NL",
        "hashtag_names": ["ferry"],
        "video_mention_list": ["library_desk"],
        "music_id": 99,
        "like_count": 5,
        "comment_count": 1,
        "share_count": 2,
        "view_count": 77,
        "effect_ids": ["1"],
        "voice_to_text": "welcome aboard",
        **more,
    }


def answer(*videos):
    data = {"videos": list(videos), "cursor": 100, "search_id": "7", "has_more": False}
    return {"data": data, "error": {"code": "ok", "message": "", "log_id": "1"}}


def normal(text="The ferry sails #ferry", handle="harbour_news"):
    return answer(video(text, handle))
