"""Messages of the Telegram API as Telethon writes them, one per line or as a list; 4CAT keeps the same objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.json_times import posted
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    distinct,
    flag_at,
    id_at,
    items_at,
    object_at,
    objects_at,
    required_id,
    text_at,
)
from undazzle.ingest.readers.pages import read_each, share_of

_PEERS = (("channel", "channel_id"), ("user", "user_id"), ("user", "user.id"), ("chat", "chat_id"))
Known = Mapping[str, JsonObject]  # "channel555" or "user11" -> what the answer says of it


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the message that the record is, or those of an answer with its chats and users."""
    messages = items_at(record, "messages", most=None)
    if messages is None:
        yield from read_message(record)
        return
    named = (("channel", "chats"), ("user", "users"))
    told = ((kind, one) for kind, name in named for one in items_at(record, name, most=None) or ())
    known = {f"{kind}{id_at(one, 'id')}": one for kind, one in told if isinstance(one, dict)}
    yield from read_each(messages, lambda message: read_message(message, known))


def read_message(message: JsonObject, known: Known = MappingProxyType({})) -> Iterator[StagedPost]:
    """Yield one message; notices ("joined the group") yield nothing."""
    if "action" in message and message["action"] is not None:
        return
    chat = _peer(object_at(message, "peer_id", "to_id"))
    if chat is None:
        raise ValueError("no peer_id")
    sender, number = _peer(object_at(message, "from_id")) or chat, required_id(message, "id")
    chat_view = object_at(message, "_chat") or known.get(chat, {})
    sender_view = object_at(message, "_sender") or known.get(sender, {})
    text = text_at(message, "message", "text")
    yield {
        "platform": "telegram",
        "post_id": f"{_number(chat)}/{number}",
        "account_id": sender,
        **posted(message, "date"),
        "text": text,
        "url": _address(chat, number, text_at(chat_view, "username")),
        **_forward(object_at(message, "fwd_from")),
        **_reply(message, chat),
        "conversation_id": _number(chat),
        **_contents(message, text or ""),
        "reposts": count_at(message, "forwards"),
        "replies": count_at(message, "replies.replies"),
        "views": count_at(message, "views"),
        **_account(chat_view if sender == chat else sender_view),
    }


def _peer(peer: JsonObject) -> str | None:
    return next((f"{kind}{found}" for kind, path in _PEERS if (found := id_at(peer, path))), None)


def _number(peer: str) -> str:
    """Return the bare number, by which Telegram Desktop names chats too."""
    return peer.lstrip("abcdefghijklmnopqrstuvwxyz")


def _address(chat: str, number: str, username: str | None) -> str | None:
    if username:
        return f"https://t.me/{quote(username, safe='')}/{quote(number, safe='')}"
    return f"https://t.me/c/{_number(chat)}/{number}" if chat.startswith("channel") else None


def _forward(header: JsonObject) -> dict[str, Any]:
    source, number = _peer(object_at(header, "from_id")), id_at(header, "channel_post")
    return {
        "is_repost": bool(header),
        "repost_of": f"{_number(source)}/{number}" if source and number else None,
        "repost_of_account": source or id_at(header, "from_name"),
    }


def _reply(message: JsonObject, chat: str) -> dict[str, Any]:
    answered = id_at(message, "reply_to.reply_to_msg_id", "reply_to_msg_id")
    elsewhere = _peer(object_at(message, "reply_to.reply_to_peer_id"))
    return {"reply_to": f"{_number(elsewhere or chat)}/{answered}" if answered else None}


def _contents(message: JsonObject, text: str) -> dict[str, Any]:
    entities = objects_at(message, "entities")
    units = text.encode("utf-16-le")  # offsets count UTF-16 units
    marked = [(text_at(one, "_", "_type") or "", _piece(units, one), one) for one in entities]
    links = [text_at(one, "url") or piece for kind, piece, one in marked if kind.endswith(("EntityUrl", "TextUrl"))]
    names = [f"user{id_at(one, 'user_id')}" for kind, _, one in marked if kind.endswith("MentionName")]
    media = object_at(message, "media")
    return {
        "links": distinct([*links, text_at(media, "webpage.url")]),
        "hashtags": [piece.lstrip("#") for kind, piece, _ in marked if kind.endswith("EntityHashtag")],
        "mentions": distinct([*(p.lstrip("@") for kind, p, _ in marked if kind.endswith("EntityMention")), *names]),
        "media": [f"{kind}/{found}" for kind in ("photo", "document") if (found := id_at(media, f"{kind}.id"))],
    }


def _piece(units: bytes, entity: JsonObject) -> str:
    start, length = count_at(entity, "offset") or 0, count_at(entity, "length") or 0
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")


def _account(view: JsonObject) -> dict[str, Any]:
    names = (text_at(view, "title"), text_at(view, "first_name"), text_at(view, "last_name"))
    return {
        "handle": text_at(view, "username"),
        "display_name": " ".join(name for name in names if name) or None,
        "account_is_automated": flag_at(view, "bot"),
        "account_is_verified": flag_at(view, "verified"),
        "followers": count_at(view, "participants_count"),
    }


def _fits(record: JsonObject) -> float:
    messages = record.get("messages")
    one = messages[0] if isinstance(messages, list) and messages and isinstance(messages[0], dict) else record
    return 1.0 if {"id", "date"} <= one.keys() and ("peer_id" in one or "to_id" in one) else 0.0


READER = Reader(
    format_id="telegram_api",
    title="Telegram API messages (Telethon JSON)",
    summary="Messages that a program collected through the Telegram API with Telethon, and Telegram data sets of 4CAT.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "telegram"},
    documentation="https://core.telegram.org/constructor/message",
    caveats=(
        "A forward names the original message only if it came from a channel.",
        "Media are named by Telegram's number, which stays the same when a message is forwarded.",
    ),
)
