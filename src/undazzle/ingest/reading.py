"""A source file is given to the reader that knows its format, and its posts are staged.

Writes ``staged_columns``, ``unread_rows`` and ``staged_posts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, cast

import orjson

from undazzle.errors import MappingError, SourceError, UnknownNameError
from undazzle.ingest.columns import ColumnPlan
from undazzle.ingest.contents import KINDS, Kind, SourceFile
from undazzle.ingest.dialect import detect_dialect, has_line_ends_in_quotes
from undazzle.ingest.files import CHUNK, Progress
from undazzle.ingest.formats import Reader, ReadOptions
from undazzle.ingest.mending import mend_lines, mend_table
from undazzle.ingest.staging import add_unread, finish_staging, start_records, start_staging
from undazzle.ingest.tabular import (
    SAMPLE_ROWS,
    FieldSql,
    RawTable,
    UnreliableRowsError,
    count_rows,
    csv_table,
    field_sql,
    json_lines_table,
    parquet_table,
    sample_columns,
    stage_table,
)
from undazzle.store import Store

_RECOGNISED = 0.5  # how well a sample must fit a named reader
_REPOST_FIELDS = frozenset({"is_repost", "repost_of"})


@dataclass(frozen=True, slots=True)
class Staged:
    """What was staged, and how it was read.

    Attributes
    ----------
    format_id
        The reader, or the kind of file if no named reader knows it.
    present
        Fields the file has.
    says_reposts
        Whether the file itself says which posts are reposts.
    mapping
        Column by field.
    unread
        Columns that no field was read from.
    warnings
        What a reader of the results should know.
    planned_resolution
        How finely the sampled times are written, in seconds, as the plan says.
    """

    format_id: str
    present: frozenset[str]
    says_reposts: bool
    mapping: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    planned_resolution: float | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One file on its way: where it goes, what the user said of it, and a folder for copies."""

    store: Store
    source: SourceFile
    format_id: str
    options: ReadOptions
    folder: Path
    progress: Progress | None


def known_readers() -> dict[str, Reader]:
    """Return the named readers by id."""
    from undazzle.ingest.readers import READERS

    return {reader.format_id: reader for reader in READERS}


def check_format(format_id: str) -> None:
    """Refuse a format nobody knows.

    Raises
    ------
    UnknownNameError
        If it is neither ``auto``, a named reader nor a kind of file.
    """
    known = known_readers()
    if format_id != "auto" and format_id not in known and format_id not in KINDS:
        raise UnknownNameError("format", format_id, ["auto", *KINDS, *known])


def choose_reader(shape: Literal["records", "table"], sample: Any, format_id: str = "auto") -> Reader | None:
    """Return the named reader for a sample, or ``None`` if none knows it.

    Parameters
    ----------
    shape
        Whether the sample is a list of records or a tuple of column names.
    sample
        What the readers look at.
    format_id
        A reader's id to use it whatever it says, a kind of file for none, or ``auto``.
    """
    readers = known_readers()
    if format_id != "auto":
        named = readers.get(format_id)
        return named if named is not None and named.shape == shape else None
    scores = {name: reader.recognise(sample) for name, reader in readers.items() if reader.shape == shape}
    best = max(scores, key=lambda name: scores[name], default=None)
    return readers[best] if best is not None and scores[best] >= _RECOGNISED else None


def stage_source(task: Task) -> Staged:
    """Stage the posts of a file.

    Raises
    ------
    SourceError
        If the file cannot be read, or holds no rows.
    MappingError
        If its columns cannot be made into posts.
    """
    _agree_on_kind(task)
    start_staging(task.store)
    stage = {"csv": _stage_csv, "jsonl": _stage_lines, "json": _stage_document, "parquet": _stage_parquet}
    staged = stage.get(task.source.kind, _stage_excel)(task)
    rows = task.store.rows("SELECT (SELECT count(*) FROM staged_posts) + (SELECT count(*) FROM unread_rows)")
    if not rows[0][0]:
        raise SourceError(task.source.path, "The file holds column names but no rows", "Export it again.")
    return staged


def _agree_on_kind(task: Task) -> None:
    """Take the user's word for a kind of text; refuse a format that the file cannot have."""
    source, named = task.source, known_readers().get(task.format_id)
    is_text, text_kinds = bool(source.encoding), ("csv", "jsonl", "json")
    if task.format_id in text_kinds and is_text:
        source.kind = cast("Kind", task.format_id)
        return
    wanted = task.format_id if task.format_id in KINDS else "JSON" if named and named.shape == "records" else ""
    if wanted and wanted != source.kind and not (wanted == "JSON" and source.kind in ("jsonl", "json")):
        raise SourceError(
            source.path,
            f"The format {task.format_id} is for {wanted} files, and this is {source.kind}",
            "Use --format auto.",
        )


def _stage_csv(task: Task) -> Staged:
    return _stage_first_reliable(task, _csv_tables(task))


def _csv_tables(task: Task) -> Iterator[RawTable]:
    """Yield ways to read a table: in parallel, in sequence, and after taking out bad rows one by one."""
    source = task.source
    beginning = _beginning(source)
    dialect = detect_dialect(beginning)
    if not source.fingerprint.has_long_line:
        path = source.plain_path(task.folder, task.progress)
        if not has_line_ends_in_quotes(beginning, dialect):
            yield csv_table(source.path, path, dialect, lines=source.lines, parallel=True)
        yield csv_table(source.path, path, dialect, lines=source.lines)
    path = _mended_path(task)
    mended = mend_table(source.clean(), dialect, path)
    add_unread(task.store, mended.bad)
    yield csv_table(source.path, path, dialect, lines=mended.lines, is_mended=True)


def _stage_lines(task: Task) -> Staged:
    from undazzle.ingest.records import SAMPLE, line_records, sample_lines

    source = task.source
    reader = choose_reader("records", sample_lines(source, SAMPLE), task.format_id)
    if reader is not None:
        return _stage_records(task, reader, line_records(source, task.progress))
    return _stage_first_reliable(task, _line_tables(task, sample_lines(source, SAMPLE_ROWS)))


def _line_tables(task: Task, records: Sequence[Any]) -> Iterator[RawTable]:
    """Yield ways to read flat JSON lines: in parallel, in sequence, and without huge lines."""
    source = task.source
    objects = _objects(source, records)
    if not source.fingerprint.has_long_line:
        path = source.plain_path(task.folder, task.progress)
        yield json_lines_table(source.path, path, objects, lines=source.lines, parallel=True)
        yield json_lines_table(source.path, path, objects, lines=source.lines)
    path = _mended_path(task)
    mended = mend_lines(source.clean(), path)
    add_unread(task.store, mended.bad)
    yield json_lines_table(source.path, path, objects, lines=mended.lines, is_mended=True)


def _stage_first_reliable(task: Task, tables: Iterator[RawTable]) -> Staged:
    """Read a file the fast way, and where that may have lost rows, again and more carefully."""
    planned = None
    for table in tables:
        try:
            planned = planned or _plan(task, table)
            stage_table(task.store, table, planned.fields)
        except UnreliableRowsError:
            continue
        return _staged_table(task, table, planned)
    raise SourceError(task.source.path, "The rows cannot be told apart", "Export the file again.")


def _mended_path(task: Task) -> Path:
    if task.progress:
        task.progress("mending", 0, None)
    return task.folder / "mended"


def _objects(source: SourceFile, records: Sequence[Any]) -> list[Any]:
    found = [one for one in records if isinstance(one, dict) and one]
    if not found:
        raise SourceError(source.path, "The JSON holds no list of objects", "Give one object per post.")
    return found


def _stage_document(task: Task) -> Staged:
    from undazzle.ingest.records import load_document, records_in

    document = load_document(task.source)
    reader = _document_reader(document, task.format_id)
    if reader is not None:
        records = records_in(document, reader.record_paths) if reader.record_paths else [document]
        records = document if isinstance(document, list) else records
        return _stage_records(task, reader, enumerate(records, start=1))
    records = records_in(document)
    objects = _objects(task.source, records)
    path = task.folder / "lines"
    with path.open("wb") as file:
        file.writelines(orjson.dumps(record) + b"\n" for record in records)
    table = json_lines_table(task.source.path, path, objects[:SAMPLE_ROWS], lines=len(records), parallel=True)
    return _stage_first_reliable(task, iter([table, replace(table, parallel=False, is_mended=True)]))


def _stage_parquet(task: Task) -> Staged:
    path = task.source.plain_path(task.folder, task.progress)
    return _stage_rows(task, parquet_table(task.store, task.source.path, path))


def _stage_excel(task: Task) -> Staged:
    from undazzle.ingest.excel import excel_table

    path = task.source.plain_path(task.folder, task.progress)
    table, warnings = excel_table(task.store, task.source.path, path)
    return _stage_rows(task, table, warnings=tuple(warnings))


def _stage_rows(task: Task, table: RawTable, warnings: tuple[str, ...] = ()) -> Staged:
    planned = _plan(task, table)
    stage_table(task.store, table, planned.fields)
    return _staged_table(task, table, planned, warnings)


def _stage_records(task: Task, reader: Reader, records: Iterable[tuple[int, Any]]) -> Staged:
    from undazzle.ingest.records import stage_records

    start_records(task.store)
    tally = stage_records(task.store, reader, records)
    present = finish_staging(task.store)
    warnings = [*reader.caveats]
    if tally.without_posts:
        warnings.append(f"{tally.without_posts:,} of {tally.records:,} records hold no post and were passed over.")
    return Staged(reader.format_id, present, says_reposts=False, warnings=tuple(warnings))


def _staged_table(task: Task, table: RawTable, planned: _Planned, warnings: tuple[str, ...] = ()) -> Staged:
    plan = planned.plan
    present = finish_staging(task.store, count_rows(task.store, table.first_row), planned.fields.same)
    return Staged(
        format_id=planned.reader.format_id if planned.reader else task.source.kind,
        present=present,
        says_reposts=bool(_REPOST_FIELDS & present),
        mapping={one.field: one.column for one in plan.choices},
        unread=plan.unread,
        warnings=(*warnings, *plan.warnings, *(planned.reader.caveats if planned.reader else ())),
        planned_resolution=plan.time_resolution_seconds,
    )


@dataclass(frozen=True, slots=True)
class _Planned:
    """How a table is going to be read."""

    reader: Reader | None
    plan: ColumnPlan
    fields: FieldSql


def _plan(task: Task, table: RawTable) -> _Planned:
    from undazzle.ingest.guess import plan_columns

    names = tuple(name for name, _ in table.columns)
    reader = choose_reader("table", names, task.format_id)
    samples = sample_columns(task.store, table)
    if not any(one.values for one in samples):
        raise SourceError(
            task.source.path,
            "The file holds column names but no rows that can be read",
            "Export it again; every row needs as many fields as the header.",
        )
    plan = plan_columns(samples, task.options, reader, task.source.path)
    if plan.problems:
        raise MappingError(task.source.path, names, plan.problems)
    return _Planned(reader, plan, field_sql(table, plan, reader.constants if reader else {}))


def _document_reader(document: Any, format_id: str) -> Reader | None:
    """The reader that knows the document as a whole, or the records in it."""
    from undazzle.ingest.records import SAMPLE, records_in

    whole = choose_reader("records", document[:SAMPLE] if isinstance(document, list) else [document], format_id)
    if whole is not None or isinstance(document, list):
        return whole
    return choose_reader("records", records_in(document)[:SAMPLE], format_id)


def _beginning(source: SourceFile) -> str:
    parts: list[bytes] = []
    for chunk in source.clean():
        parts.append(chunk)
        if sum(map(len, parts)) >= CHUNK:
            break
    return b"".join(parts).decode("utf-8", "replace")
