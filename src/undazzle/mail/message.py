"""One message: headers in their order, its text, what is attached, and what was wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser

from undazzle.mail.bodies import Body, read_body
from undazzle.mail.header_text import decoded

MAX_MESSAGE = 25_000_000  # bytes; what is behind is counted, not read
MAX_HEADERS = 20_000
MAX_NESTING = 100  # parts that announce parts; Python's parser recurses once for each
_HEADER_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class RawMail:
    """The bytes of one message and where they were found."""

    file_name: str
    number: int
    raw: bytes
    is_original: bool = True  # the bytes as they travelled; a .msg file keeps only the headers
    attached_to: str = ""  # the message it was attached to, if it was
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """A parsed message. Nothing in it is true because it is written there."""

    mail_id: str
    file_name: str
    number: int
    headers: tuple[tuple[str, str], ...]
    body: Body
    raw: bytes
    is_original: bool
    attached_to: str
    problems: tuple[str, ...]

    def every(self, name: str) -> list[str]:
        """Return all values of a header, topmost first, decoded and on one line."""
        wanted = name.lower()
        return [value for key, value in self.headers if key == wanted]

    def first(self, name: str) -> str:
        """Return the topmost value of a header, or an empty text."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), "")


def parse_mail(raw_mail: RawMail) -> Mail:
    """Return a message from its bytes; it never raises for what the bytes hold.

    Parameters
    ----------
    raw_mail
        The bytes and where they were found.

    Returns
    -------
    Mail
        With ``problems``, one sentence for each thing that was not read or not as it should be.
    """
    problems = list(raw_mail.problems)
    raw = raw_mail.raw[:MAX_MESSAGE]
    if len(raw_mail.raw) > MAX_MESSAGE:
        problems.append(f"only the first {MAX_MESSAGE:,} of {len(raw_mail.raw):,} bytes were read")
    parsed = _parsed(raw, problems)
    headers = _headers(parsed, problems)
    mail_id = hashlib.sha256(raw_mail.raw).hexdigest()[:16]
    return Mail(
        mail_id, raw_mail.file_name, raw_mail.number, headers, read_body(parsed, problems), raw,
        raw_mail.is_original, raw_mail.attached_to, tuple(dict.fromkeys(problems)),
    )  # fmt: skip


def _parsed(raw: bytes, problems: list[str]) -> Message:
    """Parse the bytes, or only their headers where the parts are nested beyond reason."""
    lower = raw.lower()
    if lower.count(b"boundary=") + lower.count(b"message/rfc822") <= MAX_NESTING:
        try:
            return BytesParser(policy=policy.compat32).parsebytes(raw)
        except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError, IndexError):
            problems.append("the parts of the message cannot be told apart; only its headers were read")
    else:
        problems.append(f"more than {MAX_NESTING} nested parts; only the headers were read")
    return BytesHeaderParser(policy=policy.compat32).parsebytes(_head(raw))


def _head(raw: bytes) -> bytes:
    ends = [at for at in (raw.find(b"\n\n"), raw.find(b"\r\n\r\n")) if at >= 0]
    return raw[: min([*ends, _HEADER_BYTES])] + b"\n\n"


def _headers(parsed: Message, problems: list[str]) -> tuple[tuple[str, str], ...]:
    found = [(name.lower(), decoded(value)) for name, value in list(parsed.raw_items())[:MAX_HEADERS]]
    if len(parsed) > MAX_HEADERS:
        problems.append(f"{len(parsed):,} header lines; only the first {MAX_HEADERS:,} were read")
    if not found:
        problems.append("the message has no headers: nothing is recorded about how it came")
    problems += [f"malformed: {type(one).__name__}" for one in parsed.defects]
    return tuple(found)
