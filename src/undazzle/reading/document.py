"""The text of one file as it was read, with its blocks and with what a reader must know about the reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from undazzle.reading.spans import Span


class BlockKind(StrEnum):
    """What a block of a page is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    QUOTATION = "quotation"
    DIVIDER = "divider"  # an empty block where a page draws a line or begins another article


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or caption, by its place in the text."""

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader must know: what was dropped, cut off, unreadable or unclear."""

    code: str
    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text.

    Attributes
    ----------
    path, sha256
        The file and the hash of its bytes.
    text
        What was read; all offsets count its characters.
    blocks
        Paragraphs and headings in their order.
    title, language, published
        As the file says, if it does.
    media
        ``html``, ``pdf`` or ``text``.
    notes
        What was dropped or is missing.
    """

    path: Path
    sha256: str
    media: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    language: str | None = None
    published: str | None = None
    notes: tuple[Note, ...] = field(default=())

    @property
    def is_partial(self) -> bool:
        """Return whether a part of the file could not be read: not seen is then not absent."""
        return any(note.code in {"cut-off", "no-text-on-pages", "undecodable"} for note in self.notes)
