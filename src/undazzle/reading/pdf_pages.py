"""A PDF becomes text, page by page. One that holds only pictures of pages is named as such: nothing is guessed."""

from __future__ import annotations

import io
import logging
import re
from pathlib import Path

from undazzle.errors import SourceError
from undazzle.reading.document import Document, Note
from undazzle.reading.plain_text import clean, paragraphs

MOST_PAGES = 1_500
_LEAST = 20  # letters of a page that count as text
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_LINE_END = re.compile(r"(?<![.!?:;”\"\n])\n(?=[^\n])")


def read_pdf(path: Path, data: bytes, sha256: str) -> Document:
    """Return the text of a PDF.

    Raises
    ------
    SourceError
        If it is broken, locked by a password, or holds pictures of pages only.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its remarks on faulty files are no news to a reader
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(path, "This PDF is locked by a password", "Save an unlocked copy and read that.")
        pages = [_page_text(page) for page in reader.pages[:MOST_PAGES]]
        title = reader.metadata.title if reader.metadata else None
        count = len(reader.pages)
    except SourceError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise SourceError(
            path, f"This PDF is broken ({type(error).__name__})", "Save it anew and try again."
        ) from error
    return _document(path, sha256, pages, count, str(title)[:400] if title else None)


def _page_text(page: object) -> str:
    text = getattr(page, "extract_text")()  # noqa: B009 - pypdf has no types; this keeps the rest typed
    return str(text or "")


def _document(path: Path, sha256: str, pages: list[str], count: int, title: str | None) -> Document:
    empty = [number for number, text in enumerate(pages, 1) if sum(map(str.isalpha, text)) < _LEAST]
    if len(empty) == len(pages):
        problem = "This PDF holds pictures of pages, no text (a scan)"
        raise SourceError(path, problem, "Run a text recognition such as OCRmyPDF over it first, and read its output.")
    notes: list[Note] = []
    if empty:
        listed = ", ".join(map(str, empty[:20])) + (" …" if len(empty) > 20 else "")
        notes.append(Note("no-text-on-pages", f"No text on {len(empty):,} of {count:,} pages ({listed}): not read."))
    if count > MOST_PAGES:
        notes.append(Note("cut-off", f"Only the first {MOST_PAGES:,} of {count:,} pages were read."))
    text = clean("\n\n".join(_joined(page) for page in pages), notes)
    return Document(path, sha256, "pdf", text, paragraphs(text), title, notes=tuple(notes))


def _joined(page: str) -> str:
    """Join lines that were broken by the width of a page; a line that ends a sentence may end a paragraph."""
    page = _HYPHEN.sub("", page.replace("\r\n", "\n"))
    return _LINE_END.sub(" ", page)
