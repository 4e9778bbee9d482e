"""Workbooks (xlsx, xls, xlsb, ods) as tables of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undazzle.errors import SourceError
from undazzle.ingest.dialect import distinct_names
from undazzle.ingest.staging import clean_text, sql_name
from undazzle.ingest.tabular import RawTable
from undazzle.store import Store

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 20_000  # rows appended at once
_SHEET_ROWS = 1_048_576  # the most a sheet can hold
_EXACT = 1e15  # workbooks keep numbers as floats; whole ones below this are exact


def excel_table(store: Store, source: Path, path: Path) -> tuple[RawTable, list[str]]:
    """Copy the rows of a workbook to the temporary table ``raw_rows`` as text.

    Parameters
    ----------
    store
        The workspace.
    source
        The file as the user knows it.
    path
        The file to read.

    Returns
    -------
    tuple
        The table, and warnings (other sheets were not read, a sheet is full).

    Raises
    ------
    SourceError
        If the workbook is damaged, locked or empty.
    """
    name, rows, warnings = _open_sheet(source, path)
    header_row, header = next(
        ((number, row) for number, row in enumerate(rows, start=1) if not _is_blank(row)), (0, None)
    )
    if header is None:
        raise SourceError(source, f"The sheet {name!r} is empty", "Export the sheet that holds the posts.")
    names = distinct_names(header)
    cells = [f"cell_{place}" for place in range(len(names))]
    listed = ", ".join(f"{cell} VARCHAR" for cell in cells)
    store.execute(f"CREATE OR REPLACE TEMP TABLE raw_rows ({listed}, bad_raw VARCHAR)")
    count = 0
    while batch := list(islice(rows, _BATCH)):
        count += len(batch)
        store.append("raw_rows", _batch_table(cells, batch))
    if count + header_row >= _SHEET_ROWS:
        warnings.append("The sheet is full; what did not fit was lost when it was written.")
    renamed = ", ".join(f"{cell} AS {sql_name(column)}" for cell, column in zip(cells, names, strict=True))
    columns = tuple((column, "VARCHAR") for column in names)
    relation = f"(SELECT {renamed}, bad_raw FROM raw_rows)"
    return RawTable(source, relation, columns, header_row + 1, ("bad_raw",)), warnings


def cell_text(value: object) -> str | None:
    """Return a cell as text: whole numbers without a decimal point, times in ISO form, nothing as ``None``.

    Examples
    --------
    >>> cell_text(12.0), cell_text(1.5), cell_text(datetime(2024, 1, 2, 3, 4)), cell_text("")
    ('12', '1.5', '2024-01-02 03:04:00', None)
    """
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return clean_text(str(value))


def _open_sheet(source: Path, path: Path) -> tuple[str, Iterator[list[Any]], list[str]]:
    """Choose the sheet with the most cells."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except python_calamine.CalamineError as error:
        raise SourceError(
            source, f"The workbook cannot be read ({error})", "It may be locked or damaged; save it as CSV."
        ) from error
    if not sheets:
        raise SourceError(source, "The workbook has no sheet", "Export the posts again.")
    largest = max(sheets, key=lambda sheet: sheet.height * sheet.width)
    others = [sheet.name for sheet in sheets if sheet is not largest and sheet.height > 1]
    warnings = [f"Only the sheet {largest.name!r} was read; not read: {', '.join(others[:10])}."] if others else []
    return largest.name, iter(largest.iter_rows()), warnings


def _is_blank(row: Sequence[Any]) -> bool:
    return all(cell in ("", None) for cell in row)


def _batch_table(cells: Sequence[str], rows: list[list[Any]]) -> pa.Table:
    """Return rows as an Arrow table of text; a blank row is marked with an empty ``bad_raw``."""
    import pyarrow as pa

    width = len(cells)
    columns = zip(*[(row + [None] * width)[:width] for row in rows], strict=True)
    arrays = {
        cell: pa.array([cell_text(value) for value in column], pa.string())
        for cell, column in zip(cells, columns, strict=True)
    }
    arrays["bad_raw"] = pa.array(["" if _is_blank(row) else None for row in rows], pa.string())
    return pa.table(arrays)
