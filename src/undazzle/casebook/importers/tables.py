"""CSV tables of other trackers, read with bounds; every row keeps its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from undazzle.errors import SourceError

MOST_BYTES = 50_000_000
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their line in the file, and the encoding they were read in."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    encoding: str

    def __iter__(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        return iter(self.rows)


def read_table(path: Path) -> Table:
    """Return the rows of a CSV file; cells are stripped, missing ones empty, rows without any text left out.

    Raises
    ------
    SourceError
        If the file is missing, too large, or no CSV with a head.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(path, f"It cannot be read ({error.strerror})", "Check the path.") from error
    if len(content) > MOST_BYTES:
        raise SourceError(path, f"More than {MOST_BYTES:,} bytes", "Split the file.")
    text, encoding = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        columns = tuple(name.strip() for name in next(reader, []))
        rows = tuple(_rows(path, reader, columns))
    except csv.Error as error:
        raise SourceError(path, f"No CSV ({error})", "Save it as CSV with one head line.") from error
    if len(columns) < 2:
        raise SourceError(path, "No head line with columns", "Save it as CSV with one head line.")
    return Table(path.name, columns, rows, encoding)


def _rows(path: Path, reader: Iterator[list[str]], columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    begun = 2
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if begun > MOST_ROWS:
                raise SourceError(path, f"More than {MOST_ROWS:,} rows", "Split the file.")
            padded = [*cells, *[""] * (len(columns) - len(cells))]
            yield begun, {name: cell.strip() for name, cell in zip(columns, padded, strict=False)}
        begun = getattr(reader, "line_num", begun) + 1


def _decoded(content: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"
