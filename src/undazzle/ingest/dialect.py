"""How a delimited file is written: its delimiter, how it escapes quotes, and what its columns are called."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO

from undazzle.ingest.files import LONG_LINE

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written.

    Attributes
    ----------
    delimiter
        One character.
    escape
        What stands before a quote inside quotes: another quote, or a backslash.
    columns
        Names of the columns in order; empty ones are numbered and repeated ones made distinct.
    has_header
        Whether the first row holds the names; not so for layouts that are known by their order of columns.
    """

    delimiter: str
    escape: str
    columns: tuple[str, ...]
    has_header: bool = True


def detect_dialect(text: str) -> Dialect:
    """Return the dialect in which most rows have as many fields as the header.

    Parameters
    ----------
    text
        The beginning of the file, at least its header.
    """
    from undazzle.ingest.readers.tables import columns_without_header

    escapes = ('"', "\\") if '\\"' in text else ('"',)
    best, best_fit, header = (",", '"'), (-1.0, 0), ["column1"]
    for escape in escapes:
        for delimiter in _DELIMITERS:
            rows = _first_rows(text, delimiter, escape)
            fit = _fit(rows)
            if fit > best_fit:
                best, best_fit, header = (delimiter, escape), fit, rows[0]
    known = columns_without_header(header)
    if known is not None:
        return Dialect(best[0], best[1], known, has_header=False)
    return Dialect(best[0], best[1], distinct_names(header))


def distinct_names(names: Iterable[object]) -> tuple[str, ...]:
    """Return column names without gaps and repeats.

    Examples
    --------
    >>> distinct_names(["id", "", "id", " text "])
    ('id', 'column2', 'id_2', 'text')
    """
    seen: Counter[str] = Counter()
    found: list[str] = []
    for position, name in enumerate(names, start=1):
        plain = str(name if name is not None else "").strip().lstrip("\ufeff")[:200] or f"column{position}"
        seen[plain.casefold()] += 1  # SQL does not tell upper from lower case in names
        count = seen[plain.casefold()]
        found.append(plain if count == 1 else f"{plain}_{count}")
    return tuple(found) if len({one.casefold() for one in found}) == len(found) else _numbered(found)


def has_line_ends_in_quotes(text: str, dialect: Dialect) -> bool:
    """Say whether a field in the first rows of a text goes over several lines.

    Parameters
    ----------
    text
        The beginning of the file.
    dialect
        How it is written.
    """
    return '"' in text and any(
        "\n" in field or "\r" in field for row in _first_rows(text, dialect.delimiter, dialect.escape) for field in row
    )


def parse_row(text: str, dialect: Dialect) -> list[str] | None:
    """Return the fields of one row, or ``None`` if its quotes do not match.

    Parameters
    ----------
    text
        One row, with the line ends that stand inside its quotes.
    dialect
        How it is written.
    """
    with _long_fields():
        try:
            rows = list(_reader(text, dialect.delimiter, dialect.escape, strict=True))
        except csv.Error:
            return None
    return rows[0] if len(rows) == 1 else None


def _numbered(names: list[str]) -> tuple[str, ...]:
    return tuple(f"{name}_{position}" for position, name in enumerate(names, start=1))


def _first_rows(text: str, delimiter: str, escape: str) -> list[list[str]]:
    rows: list[list[str]] = []
    with _long_fields():
        try:
            for row in _reader(text, delimiter, escape, strict=False):
                if row:
                    rows.append(row)
                if len(rows) > _SAMPLE_ROWS:
                    break
        except csv.Error:
            pass  # what came before still shows the dialect
    return rows or [[""]]


def _fit(rows: list[list[str]]) -> tuple[float, int]:
    """Share of rows as wide as the header, then the width; one column is the last resort."""
    width = len(rows[0])
    same = sum(len(row) == width for row in rows) / len(rows)
    return (same if width > 1 else 0.0, width)


def _reader(text: str, delimiter: str, escape: str, *, strict: bool) -> Iterator[list[str]]:
    doubled = escape == '"'
    return csv.reader(
        StringIO(text, newline=""),
        delimiter=delimiter,
        doublequote=doubled,
        escapechar=None if doubled else "\\",
        strict=strict,
    )


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let the csv module read fields as long as a row may be; its own limit is 128 KB."""
    before = csv.field_size_limit(LONG_LINE)
    try:
        yield
    finally:
        csv.field_size_limit(before)
