"""Builders after the JSON that Telegram Desktop's exporter writes (export_output_json.cpp)."""

from __future__ import annotations

ENTITIES = [
    {"type": "plain", "text": "The ferry sails "},
    {"type": "hashtag", "text": "#ferry"},
    {"type": "plain", "text": " "},
    {"type": "link", "text": "https://ferries.example.org/"},
    {"type": "plain", "text": " "},
    {"type": "text_link", "text": "more", "href": "https://library.example.org/"},
    {"type": "plain", "text": " "},
    {"type": "mention", "text": "@library_desk"},
    {"type": "plain", "text": " "},
    {"type": "mention_name", "text": "Desk", "user_id": 22},
]
LEGACY = [part["text"] if part["type"] == "plain" else part for part in ENTITIES]


def message(entities=None, text=None, number=1001, by="Harbour News", **more):
    parts = ENTITIES if entities is None else entities
    return {
        "id": number,
        "type": "message",
        "date": "2024-05-01T11:00:00",
        "date_unixtime": "1714554000",
        "from": by,
        "from_id": "user11",
        "text": [part["text"] if part["type"] == "plain" else part for part in parts] if text is None else text,
        "text_entities": parts if text is None else [{"type": "plain", "text": text}],
        **more,
    }


def chat(*messages, kind="public_supergroup", chat_id=555):
    return {"name": "Harbour talk", "type": kind, "id": chat_id, "messages": list(messages)}


def normal(text=None, handle="Harbour News"):
    return chat(message(text=text, by=handle, photo="photos/photo_1.jpg", width=10, height=10))


def repost():
    return chat(message(text="The library opens", number=1002, forwarded_from="Library"))


def reply():
    return chat(message(text="thanks", number=1003, reply_to_message_id=900))


def account(*chats):
    return {"about": "Here is the data you requested.", "chats": {"about": "...", "list": list(chats)}}
