"""What a message shows by the way (zone, encodings, script, program, domains); all of it is merely claimed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from email.utils import getaddresses, parsedate_to_datetime

from undazzle.mail.message import Mail

_LETTERS = 5_000  # letters of the text that are looked at
_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "GREEK", "HEBREW", "THAI",
            "DEVANAGARI", "ARMENIAN", "GEORGIAN")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClaimedTraces:
    """What the message says of itself; each of these fields can be set at will by who sends it."""

    from_address: str = ""
    from_domain: str = ""
    return_path_domain: str = ""
    reply_to_domain: str = ""
    message_id_domain: str = ""
    sent_at: datetime | None = None
    offset_minutes: int | None = None
    charsets: tuple[str, ...] = ()
    script: str = ""
    program: str = ""
    originating_address: str = ""


def claimed_traces(mail: Mail) -> ClaimedTraces:
    """Return the traces of a message."""
    sender = address_of(mail.first("from"))
    sent = _sent(mail.first("date"))
    return ClaimedTraces(
        from_address=sender,
        from_domain=domain_of(sender),
        return_path_domain=domain_of(address_of(mail.first("return-path"))),
        reply_to_domain=domain_of(address_of(mail.first("reply-to"))),
        message_id_domain=domain_of(mail.first("message-id").strip("<> ")),
        sent_at=sent,
        offset_minutes=_offset(mail.first("date"), sent),
        charsets=mail.body.charsets,
        script=main_script(mail.body.text),
        program=(mail.first("user-agent") or mail.first("x-mailer"))[:120],
        originating_address=mail.first("x-originating-ip").strip("[] ")[:45],
    )


def address_of(value: str) -> str:
    """Return the first mail address of a header line, in lower case.

    Examples
    --------
    >>> address_of('"Harbour Office" <Desk@Example.org>')
    'desk@example.org'
    """
    try:
        found = [address for _, address in getaddresses([value[:2_000]]) if "@" in address]
    except (ValueError, TypeError, IndexError):
        found = []
    return found[0].strip().lower()[:320] if found else ""


def domain_of(address: str) -> str:
    """Return what stands behind the last ``@``.

    Examples
    --------
    >>> domain_of("desk@example.org"), domain_of("desk")
    ('example.org', '')
    """
    return address.rpartition("@")[2].strip(".>] ").lower()[:255] if "@" in address else ""


def main_script(text: str) -> str:
    """Return the script most letters of a text are written in, or an empty text.

    Examples
    --------
    >>> main_script("The ferry is late"), main_script("Паром опаздывает"), main_script("123")
    ('Latin', 'Cyrillic', '')
    """
    counts: Counter[str] = Counter()
    for letter in [one for one in text[: _LETTERS * 2] if one.isalpha()][:_LETTERS]:
        name = unicodedata.name(letter, "")
        counts[next((script for script in _SCRIPTS if name.startswith(script)), "other")] += 1
    return counts.most_common(1)[0][0].title().replace("Cjk", "Chinese characters") if counts else ""


def _sent(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text[:100]) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _offset(text: str, sent: datetime | None) -> int | None:
    """Return the claimed zone in minutes from UTC; ``-0000`` says that none is given."""
    if sent is None or sent.tzinfo is None or "-0000" in text:
        return None
    offset = sent.utcoffset()
    return None if offset is None else round(offset.total_seconds() / 60)
