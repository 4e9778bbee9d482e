"""Builders of small documents for tests of the reader."""

from __future__ import annotations

from pathlib import Path

from tests.reading.seed import gazetteer
from undazzle.reading.claims import DraftClaim
from undazzle.reading.document import Document
from undazzle.reading.plain_text import paragraphs
from undazzle.reading.reading import Reading, read_text


def document(text: str, **named: str) -> Document:
    return Document(Path("page.txt"), "0" * 64, "text", text, paragraphs(text), **named)


def reading(text: str) -> Reading:
    return read_text(document(text), gazetteer())


def claims(text: str) -> tuple[DraftClaim, ...]:
    return reading(text).claims


def only(text: str) -> DraftClaim:
    """Return the one claim of a text."""
    found = claims(text)
    assert len(found) == 1, [one.span.of(text) for one in found]
    return found[0]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pdf(*pages: str) -> bytes:
    """Return a PDF with these lines of text on its pages; an empty one is a page that holds only a picture."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in pages:
        drawn = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else "0 0 200 200 re f"
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
