"""Bytes become text: decoded with care, without control characters, in paragraphs."""

from __future__ import annotations

import re
import unicodedata

from undazzle.reading.document import Block, BlockKind, Note
from undazzle.reading.spans import trimmed

# Marks that turn the direction of text around can make a line read as something it is not.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = dict.fromkeys(
    [code for code in range(32) if chr(code) not in "\n\t"]
    + list(range(0x7F, 0xA0))
    + [ord(mark) for mark in _TURNING + "\u200b\u200e\u200f\u2060\ufeff\u00ad"]
    + list(range(0xE0000, 0xE0080))
)
_PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\s*\n))*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,)\]\"”’'。！？؟]$")
_WORDS = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    "the of and to in that a an is was were are has have had said says by for on it its with from".split()
)
_LONGEST_HEADING = 160


def decode(data: bytes) -> tuple[str, list[Note]]:
    """Return bytes as text and notes on what could not be decoded or was left out."""
    notes: list[Note] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            notes.append(Note("encoding", "The text is not UTF-8; it was read as Windows-1252."))
    if lost := text.count("\ufffd"):
        notes.append(Note("undecodable", f"{lost:,} characters could not be decoded; they stand as \ufffd."))
    return clean(text, notes), notes


def clean(text: str, notes: list[Note]) -> str:
    """Return text with one kind of line end and without characters nobody sees; notes say what went."""
    turning = sum(text.count(mark) for mark in _TURNING)
    if turning:
        notes.append(Note("direction-marks", f"{turning:,} marks that turn the direction of text were left out."))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = unicodedata.normalize("NFC", text)
    return text.translate(_UNSEEN)


def paragraphs(text: str) -> tuple[Block, ...]:
    """Return the blocks of plain text: an empty line parts them; a short one without an end mark is a heading."""
    blocks = []
    for found in _PARAGRAPH.finditer(text):
        span = trimmed(text, found.start(), found.end())
        if len(span):
            blocks.append(Block(span, kind_of(span.of(text))))
    return tuple(blocks)


def kind_of(words: str) -> BlockKind:
    """Return whether a block of running text is a paragraph, a short line without an end mark, or a line drawn."""
    if not any(letter.isalnum() for letter in words):
        return BlockKind.DIVIDER
    most = _LONGEST_HEADING if not words[0].islower() else _LONGEST_HEADING // 2
    is_short = len(words) <= most and not _ENDS_SENTENCE.search(words)
    return BlockKind.HEADING if is_short else BlockKind.PARAGRAPH


def language_note(text: str) -> Note | None:
    """Return a warning if a text does not look English: the rules for claims know no other language."""
    words = _WORDS.findall(text, 0, 200_000)
    small = sum(word.casefold() in _SMALL for word in words)
    if len(text) < 200 or small >= len(words) * 0.12:
        return None
    return Note(
        "language", "Most of this text is not English. Claims are looked for in English only; few will be found."
    )
