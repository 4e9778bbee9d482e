"""What a message says: its text, the files attached to it (named, never opened), and the messages inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from html import unescape

from undazzle.mail.header_text import decoded

MAX_TEXT = 200_000  # characters
MAX_PARTS = 500
MAX_ATTACHED = 50
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SILENT = re.compile(r"<(script|style)\b[^<>]{0,2000}>[^<]*", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")


@dataclass(frozen=True, slots=True)
class Body:
    """Text, character sets, names of attached files, and the bytes of attached messages."""

    text: str = ""
    charsets: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    attached: tuple[bytes, ...] = ()


def read_body(message: Message, problems: list[str]) -> Body:
    """Return the body of a message; what could not be read is added to ``problems``.

    The text is the plain version where there is one, else what a reader sees of the HTML. Attached messages are
    handed over as bytes: their headers and text are theirs, not this message's.
    """
    plain: list[str] = []
    rich: list[str] = []
    charsets: dict[str, None] = {}
    files: list[str] = []
    attached: list[bytes] = []
    for part in _parts(message, problems):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            attached += _inner(part)
        elif _is_file(part):
            files.append(decoded(part.get_param("name") or kind)[:200])
        elif kind in ("text/plain", "text/html"):
            text, charset = _text(part)
            (plain if kind == "text/plain" else rich).append(text)
            charsets[charset] = None
    if len(attached) > MAX_ATTACHED:
        problems.append(f"{len(attached):,} attached messages; only the first {MAX_ATTACHED} were read")
    text = "\n".join(plain).strip() or _seen("\n".join(rich))
    return Body(text[:MAX_TEXT], tuple(charsets), tuple(files[:MAX_PARTS]), tuple(attached[:MAX_ATTACHED]))


def _parts(message: Message, problems: list[str]) -> Iterator[Message]:
    """Yield the leaves of a message, without looking into messages attached to it."""
    waiting, seen = [message], 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MAX_PARTS:
            problems.append(f"more than {MAX_PARTS} parts; the rest was not read")
            return
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_type() != "message/rfc822":
            waiting += [one for one in reversed(payload) if isinstance(one, Message)]
        else:
            yield part


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in ("text", "message")


def _inner(part: Message) -> Iterator[bytes]:
    payload = part.get_payload()
    for one in payload if isinstance(payload, list) else []:
        if not isinstance(one, Message):
            continue
        try:
            yield one.as_bytes()
        except (UnicodeError, LookupError, ValueError, AttributeError, TypeError, RecursionError):
            yield b""  # it is counted as a message without headers


def _text(part: Message) -> tuple[str, str]:
    charset = str(part.get_content_charset() or "us-ascii")[:40]
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, UnicodeError):
        payload = None
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    for candidate in (charset, "utf-8"):
        try:
            return raw.decode(candidate), charset
        except (LookupError, UnicodeError):
            continue
    return raw.decode("latin-1"), charset


def _seen(html: str) -> str:
    """Return roughly what a reader sees of a piece of HTML; in time that grows with its length only."""
    text = unescape(_TAG.sub(" ", _SILENT.sub(" ", html[: MAX_TEXT * 5])))
    return "\n".join(line for line in (_SPACE.sub(" ", one).strip() for one in text.splitlines()) if line)
