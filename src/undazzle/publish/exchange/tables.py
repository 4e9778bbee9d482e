"""Rows as a CSV file, harmless when a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from undazzle.publish.exchange.texts import clean_text
from undazzle.results.cells import harmless_cell


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows under columns as CSV in UTF-8; nothing that begins like a formula is left as it is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless_cell(_cleaned(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def _cleaned(cell: object) -> object:
    return clean_text(cell) if isinstance(cell, str) else cell
