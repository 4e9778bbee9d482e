"""A local file becomes a document: HTML, PDF or plain text, told apart by their bytes, and a page also by its name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from undazzle.errors import SourceError, TooLargeError
from undazzle.reading.document import Block, Document, Note
from undazzle.reading.plain_text import decode, paragraphs
from undazzle.reading.spans import Span

MOST_BYTES = 128 * 1024 * 1024
MOST_CHARACTERS = 2_000_000  # about 700 pages of print
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h[1-6]|"
    rb"script|section|main)\b", re.I | re.S,
)  # fmt: skip
_HEAD = 4096  # bytes by which a file is told apart


def load_document(path: Path | str) -> Document:
    """Return the text of a file.

    Raises
    ------
    SourceError
        If the file is missing, empty, or holds no text that can be read (a scanned PDF, a picture, an archive).
    TooLargeError
        If the file is larger than 128 MB.
    """
    path = Path(path)
    data = _bytes_of(path)
    read = _pdf if data.startswith(b"%PDF-") else _html if _is_html(path, data) else _plain
    document = read(path, data)
    if not any(letter.isalnum() for letter in document.text):
        raise SourceError(path, "There is no text in this file", "Check that it is the file you meant.")
    return _bounded(document)


def _is_html(path: Path, data: bytes) -> bool:
    return bool(_HTML.match(data[:_HEAD])) or path.suffix.casefold() in {".html", ".htm", ".xhtml"}


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise SourceError(path, "There is no such file", "Give the path of a saved HTML page, a PDF or a text file.")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise TooLargeError(f"Bytes of {path.name}", size, MOST_BYTES, "Split the file.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, f"It cannot be read ({error.strerror})", "Check its permissions.") from error


def _plain(path: Path, data: bytes) -> Document:
    if data[:4] in {b"PK\x03\x04", b"\x7fELF"} or data[:3] in {b"\x1f\x8b\x08", b"\xff\xd8\xff"} or data[:8] == _PNG:
        raise SourceError(path, "This is no text, HTML or PDF", "Save the page or report as one of them first.")
    if data[:_HEAD].count(b"\0") > len(data[:_HEAD]) // 10 and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(path, "This is no text, HTML or PDF", "Save the page or report as one of them first.")
    text, notes = decode(data)
    total = len(text)
    if total > MOST_CHARACTERS:
        text = text[: max(text.rfind("\n", 0, MOST_CHARACTERS), MOST_CHARACTERS // 2)]
        notes.append(_cut_off(len(text), total))
    return Document(path, _hash(data), "text", text, paragraphs(text), notes=tuple(notes))


_PNG = b"\x89PNG\r\n\x1a\n"


def _html(path: Path, data: bytes) -> Document:
    from undazzle.reading.html_pages import read_html

    return read_html(path, data, _hash(data))


def _pdf(path: Path, data: bytes) -> Document:
    from undazzle.reading.pdf_pages import read_pdf

    return read_pdf(path, data, _hash(data))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bounded(document: Document) -> Document:
    """Cut a text at the most characters that are read, at the end of a block, and say so."""
    if len(document.text) <= MOST_CHARACTERS:
        return document
    kept = tuple(block for block in document.blocks if block.span.end <= MOST_CHARACTERS)
    kept = kept or (Block(Span(0, MOST_CHARACTERS), document.blocks[0].kind),)
    end = kept[-1].span.end
    note = _cut_off(end, len(document.text))
    return Document(
        document.path, document.sha256, document.media, document.text[:end], kept, document.title,
        document.language, document.published, (*document.notes, note),
    )  # fmt: skip


def _cut_off(read: int, total: int) -> Note:
    words = f"Only the first {read:,} of {total:,} characters were read; split the file to read the rest."
    return Note("cut-off", words)
