"""Posts of a Telegram Desktop export (``result.json``): one chat, or a whole account with ``chats.list``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.json_times import posted
from undazzle.ingest.readers.json_values import (
    JsonObject,
    as_text,
    distinct,
    id_at,
    items_at,
    object_at,
    required_id,
    text_at,
    value_at,
)
from undazzle.ingest.readers.pages import read_each, share_of

_CHATS = ("chats.list", "left_chats.list")


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the messages of a chat, or of every chat of an account's export."""
    if items_at(record, "messages", most=None) is not None:
        yield from _read_chat(record)
        return
    lists = [items_at(record, path, most=None) for path in _CHATS]
    if lists == [None, None]:
        raise ValueError("no messages: neither a chat nor an export of chats")
    for chats in lists:
        yield from read_each(chats or (), _read_chat)


def _read_chat(chat: JsonObject) -> Iterator[StagedPost | BadRow]:
    chat_id = _peer(required_id(chat, "id"))
    kind = text_at(chat, "type") or ""
    messages = items_at(chat, "messages", most=None) or ()
    yield from read_each(messages, lambda message: _read_message(message, chat_id, kind))


def _read_message(message: JsonObject, chat_id: str, kind: str) -> Iterator[StagedPost]:
    """Notices ("joined the group") and messages of a kind the exporter did not know yield nothing."""
    if text_at(message, "type") != "message":
        return
    number = required_id(message, "id")
    answered = id_at(message, "reply_to_message_id")
    answered_in = _peer(id_at(message, "reply_to_peer_id") or chat_id)
    is_open = "channel" in kind or "supergroup" in kind  # only these have addresses
    yield {
        "platform": "telegram",
        "post_id": f"{chat_id}/{number}",
        "account_id": _sender(message, chat_id, kind),
        "display_name": text_at(message, "from"),
        **posted(message, "date_unixtime", "date"),
        "url": f"https://t.me/c/{chat_id}/{number}" if is_open else None,
        "client": text_at(message, "via_bot"),
        "is_repost": "forwarded_from" in message or "forwarded_from_id" in message,
        "repost_of_account": id_at(message, "forwarded_from_id", "forwarded_from"),
        "reply_to": f"{answered_in}/{answered}" if answered else None,
        "conversation_id": chat_id,
        **_contents(message),
        "media": _media(message),
    }


def _sender(message: JsonObject, chat_id: str, kind: str) -> str:
    sender = id_at(message, "from_id")
    if sender:  # older exports hold the bare number of a user
        return f"user{sender}" if sender.isdigit() else sender
    return f"channel{chat_id}" if "channel" in kind else required_id(message, "from")


def _peer(peer_id: str) -> str:
    """Return the bare number: chats are ``123``, senders ``channel123``, the Bot API says ``-100123``."""
    return peer_id.removeprefix("channel").removeprefix("chat").removeprefix("user").removeprefix("-100")


def _contents(message: JsonObject) -> dict[str, Any]:
    """Return text and what is marked in it; ``text`` is plain text or a list of plain and marked pieces."""
    pieces = value_at(message, "text_entities", "text")
    parts = [pieces] if isinstance(pieces, str) else items_at(message, "text_entities", "text") or []
    marked = [one for one in parts if isinstance(one, dict)]
    return {
        "text": "".join(as_text(one, "text") if isinstance(one, str) else _piece(one) for one in parts),
        "links": distinct(_link(one) for one in marked),
        "hashtags": [_piece(one).lstrip("#") for one in marked if text_at(one, "type") == "hashtag"],
        "mentions": distinct(_mention(one) for one in marked),
    }


def _piece(part: object) -> str:
    if not isinstance(part, dict):
        raise ValueError("text holds something that is no text")
    return text_at(part, "text") or ""


def _link(part: JsonObject) -> str | None:
    return {"link": _piece(part), "text_link": text_at(part, "href")}.get(text_at(part, "type") or "")


def _mention(part: JsonObject) -> str | None:
    kind = text_at(part, "type")
    if kind == "mention_name":
        user_id = id_at(part, "user_id")
        return f"user{user_id}" if user_id else None
    return _piece(part).lstrip("@") if kind == "mention" else None


def _media(message: JsonObject) -> list[str]:
    """Files that were not exported are noted as ``(File not included...)``."""
    named = (text_at(message, "photo"), text_at(message, "file"))
    return distinct(one for one in named if one and not one.startswith("("))


def _fits(record: JsonObject) -> float:
    messages = record.get("messages")
    if isinstance(messages, list) and {"type", "id"} <= record.keys():
        first = messages[0] if messages and isinstance(messages[0], dict) else {}
        return 1.0 if not messages or {"id", "type", "date"} <= first.keys() else 0.0
    return 1.0 if any(items_at(object_at(record, path.split(".", maxsplit=1)[0]), "list", most=None) is not None
                      for path in _CHATS) else 0.0  # fmt: skip


READER = Reader(
    format_id="telegram",
    title="Telegram Desktop export (JSON)",
    summary="The result.json of 'Export chat history' or 'Export Telegram data' in Telegram Desktop.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "telegram"},
    documentation="https://telegram.org/blog/export-and-more",
    caveats=(
        "Forwarded messages name where they came from but not which message it was; forwards that say the same are "
        "taken for forwards of the same message.",
        "The export holds no handles and no views; in older exports a forward names its origin by title only.",
        "Older exports write local time without a zone, which is read as UTC.",
    ),
    record_paths=_CHATS,
)
