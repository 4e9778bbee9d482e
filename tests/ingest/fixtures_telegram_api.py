"""Builders after the constructors message, messageFwdHeader and messageEntity* of the Telegram API."""

from __future__ import annotations


def peer(kind, number):
    return {"_": f"Peer{kind.title()}", f"{kind}_id": number}


def message(text="The 🛳 sails #ferry @desk here", number=1001, **more):
    return {
        "_": "Message",
        "id": number,
        "peer_id": peer("channel", 555),
        "from_id": None,
        "date": "2024-05-01T09:00:00+00:00",
        "message": text,
        "fwd_from": None,
        "reply_to": None,
        "media": None,
        "views": 77,
        "forwards": 2,
        "replies": {"_": "MessageReplies", "replies": 1},
        "entities": [],
        **more,
    }


ENTITIES = [
    {"_": "MessageEntityHashtag", "offset": 13, "length": 6},
    {"_": "MessageEntityMention", "offset": 20, "length": 5},
    {"_": "MessageEntityTextUrl", "offset": 26, "length": 4, "url": "https://ferries.example.org/"},
    {"_": "MessageEntityMentionName", "offset": 0, "length": 3, "user_id": 22},
    {"_": "MessageEntityBold", "offset": 0, "length": 3},
]


def normal(text=None, handle="harbour_news"):
    chat = {"_": "Channel", "id": 555, "title": "Harbour News", "username": handle, "participants_count": 120}
    one = message(entities=ENTITIES) if text is None else message(text)
    return {"_": "messages.ChannelMessages", "messages": [one], "chats": [chat], "users": []}


def repost():
    header = {"_": "MessageFwdHeader", "from_id": peer("channel", 777), "channel_post": 42, "from_name": None}
    return message("The library opens", 1002, fwd_from=header)


def reply():
    return message(
        "thanks", 1003, from_id=peer("user", 11), reply_to={"_": "MessageReplyHeader", "reply_to_msg_id": 900}
    )


def from_fourcat():
    """4CAT writes types as ``_type`` and times as numbers, and adds the chat and the sender."""
    sender = {
        "_type": "User",
        "id": 11,
        "username": "harbour",
        "first_name": "Harbour",
        "last_name": "News",
        "bot": True,
    }
    one = message(from_id={"_type": "PeerUser", "user_id": 11}, date=1714554000.0)
    del one["_"]
    return {**one, "_chat": {"_type": "Channel", "id": 555, "username": "harbour_talk"}, "_sender": sender}
