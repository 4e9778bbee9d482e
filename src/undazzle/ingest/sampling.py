"""The beginning of a file, for looking at it without reading all of it: rows of a table, or records."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from undazzle.ingest.columns import ColumnSample
from undazzle.ingest.contents import SourceFile
from undazzle.ingest.dialect import detect_dialect
from undazzle.ingest.mending import mend_table
from undazzle.ingest.tabular import (
    SAMPLE_ROWS,
    UnreliableRowsError,
    csv_table,
    json_lines_table,
    parquet_table,
    sample_columns,
)
from undazzle.store import Store

_HEAD_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileSample:
    """What the beginning of a file holds.

    Attributes
    ----------
    columns
        Columns with up to 2,000 values, for tables and flat JSON; empty for other JSON.
    records
        Up to 2,000 decoded records, for JSON.
    document
        The whole document, for JSON that is not one record per line.
    warnings
        What was left out (other sheets of a workbook).
    """

    columns: tuple[ColumnSample, ...] = ()
    records: tuple[Any, ...] = ()
    document: Any = None
    warnings: tuple[str, ...] = ()


def sample_source(source: SourceFile) -> FileSample:
    """Return the beginning of a file.

    Parameters
    ----------
    source
        The file.

    Raises
    ------
    SourceError
        If it is damaged.
    """
    with Store() as store, tempfile.TemporaryDirectory(prefix="undazzle-") as folder:
        if source.kind == "csv":
            return FileSample(_csv_columns(store, source, Path(folder)))
        if source.kind in ("parquet", "excel"):
            return _typed_sample(store, source, Path(folder))
        return _json_sample(store, source, Path(folder))


def _csv_columns(store: Store, source: SourceFile, folder: Path) -> tuple[ColumnSample, ...]:
    head = _clean_head(source)
    target = folder / "head"
    target.write_bytes(head)
    dialect = detect_dialect(head.decode("utf-8", "replace"))
    table = csv_table(source.path, target, dialect, lines=0)
    try:
        return sample_columns(store, table)
    except UnreliableRowsError:
        mend_table(iter([head]), dialect, target)
        return sample_columns(store, table)


def _clean_head(source: SourceFile) -> bytes:
    """Return the first megabytes as UTF-8, without a last row that is cut."""
    head = bytearray()
    for chunk in source.clean():
        head += chunk
        if len(head) > _HEAD_BYTES:
            return bytes(head).rpartition(b"\n")[0]
    return bytes(head)


def _typed_sample(store: Store, source: SourceFile, folder: Path) -> FileSample:
    path = source.plain_path(folder)
    if source.kind == "parquet":
        return FileSample(sample_columns(store, parquet_table(store, source.path, path)))
    from undazzle.ingest.excel import excel_table

    table, warnings = excel_table(store, source.path, path)
    return FileSample(sample_columns(store, table), warnings=tuple(warnings))


def _json_sample(store: Store, source: SourceFile, folder: Path) -> FileSample:
    import orjson

    from undazzle.ingest.records import load_document, records_in, sample_lines

    document = None if source.kind == "jsonl" else load_document(source)
    found = sample_lines(source, SAMPLE_ROWS) if document is None else records_in(document)[:SAMPLE_ROWS]
    flat = [record for record in found if isinstance(record, dict)]
    if not flat:
        return FileSample(records=tuple(found), document=document)
    lines = folder / "lines"
    lines.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in flat))
    table = json_lines_table(source.path, lines, flat, lines=len(flat))
    columns = sample_columns(store, table) if table.columns else ()
    return FileSample(columns, tuple(found), document)
