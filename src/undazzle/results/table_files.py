"""Rows are written to CSV, JSON and Parquet files, streamed, with their types kept where the format allows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from undazzle.results.cells import harmless_cell, written_time

if TYPE_CHECKING:
    import pyarrow as pa


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]], file: IO[str]) -> int:
    """Write rows as CSV that is harmless in spreadsheets; return how many."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([harmless_cell(column) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([harmless_cell(value) for value in row])
        count += 1
    return count


def json_lines(columns: Sequence[str], rows: Iterable[Sequence[object]], file: IO[str], *, as_array: bool) -> int:
    """Write rows as JSON objects, one a line, and as one array if asked; return how many.

    Times are ISO 8601 with ``Z``; ``NaN`` becomes ``null``.
    """
    count = 0
    if as_array:
        file.write("[")
    for row in rows:
        file.write((",\n" if count else "\n") if as_array else "")
        file.write(_json_object(columns, row))
        file.write("" if as_array else "\n")
        count += 1
    if as_array:
        file.write("\n]\n" if count else "]\n")
    return count


def _json_object(columns: Sequence[str], row: Sequence[object]) -> str:
    import orjson

    record = dict(zip(columns, (_json_value(value) for value in row), strict=True))
    return orjson.dumps(record, default=str).decode()


def _json_value(value: object) -> object:
    if isinstance(value, str):
        # Half a surrogate pair cannot be written as UTF-8; it is shown as the replacement character.
        return value.encode("utf-8", "replace").decode() if not value.isascii() else value
    return written_time(value) if isinstance(value, datetime) else value


def parquet_file(reader: pa.RecordBatchReader, path: Path, *, metadata: Mapping[str, str] | None = None) -> int:
    """Write record batches to a Parquet file with what made them in its metadata; return how many rows."""
    import pyarrow.parquet as pq

    schema = reader.schema.with_metadata({**(reader.schema.metadata or {}), **(metadata or {})})
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))
            count += batch.num_rows
    return count


def arrow_of_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> pa.Table:
    """Return rows as an Arrow table; a column of several types becomes text."""
    import pyarrow as pa

    held = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in columns]
    return pa.table({name: _arrow_column(values) for name, values in zip(columns, held, strict=True)})


def _arrow_column(values: list[Any]) -> pa.Array:
    import pyarrow as pa

    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values])


Writer = Callable[[Sequence[str], Iterable[Sequence[object]], IO[str]], int]


def write_text(path: Path, write: Writer, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Open ``path`` as UTF-8 text and let ``write`` fill it; return the number of rows."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        return write(columns, rows, file)
