"""What a file is and how it would be read: nothing is written, so that a person can look first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from undazzle.ingest.columns import Check, ColumnPlan
from undazzle.ingest.contents import open_source
from undazzle.ingest.formats import BadRow, Reader, ReadOptions
from undazzle.ingest.guess import plan_columns
from undazzle.ingest.reading import check_format, known_readers
from undazzle.ingest.sample_table import SampleTable
from undazzle.ingest.sampling import FileSample, sample_source
from undazzle.model import POST_FIELDS, post_field

_RECOGNISED = 0.5
_RUNNERS_UP = 3
_SHOWN = 80  # characters of a sample value
_RECORDS = 200  # records given to a reader to see which fields they fill


@dataclass(frozen=True, slots=True)
class FieldView:
    """How one field of the posts would be read.

    Attributes
    ----------
    field, description
        Name of the field and its meaning.
    column
        The column it is read from; empty for a value that is the same for all posts, and for JSON records.
    why
        Why this column.
    samples
        Up to three different values as they would be read, shortened.
    checks
        What the values say for and against.
    filled
        Share of the rows looked at that have a value, 0 to 1.
    """

    field: str
    description: str
    column: str
    why: str
    samples: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    filled: float = 0.0


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is, how it would be read, and what is doubtful about it.

    Attributes
    ----------
    path, kind, encoding, compression, size_bytes, sha256
        The file.
    format_id, format_title, certainty
        The layout that was recognised and how surely, 0 to 1; the kind of file and 0 if none was.
    runners_up
        Other layouts that fit, with their certainty.
    rows_looked_at
        Rows or records at the beginning of the file that all this rests on.
    fields
        The fields that the posts would have.
    unread
        Columns that nothing would be read from.
    problems
        Why the file cannot be read as it is; empty if it can.
    warnings, caveats
        What to look at, and what the format leaves out.
    """

    path: str
    kind: str
    encoding: str
    compression: str
    size_bytes: int
    sha256: str
    format_id: str
    format_title: str
    certainty: float
    rows_looked_at: int
    runners_up: tuple[tuple[str, float], ...] = ()
    fields: tuple[FieldView, ...] = ()
    unread: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    time_resolution_seconds: float | None = None
    columns: tuple[str, ...] = field(default=(), repr=False)

    @property
    def filled_fields(self) -> frozenset[str]:
        """Fields that hold a value in at least one of the rows looked at."""
        return frozenset(one.field for one in self.fields if one.filled > 0)

    @property
    def usable_fields(self) -> frozenset[str]:
        """The filled fields and those that landing takes from the text; what can be detected follows from them."""
        filled = self.filled_fields
        if "text" not in filled:
            return filled
        from_text = {"links", "hashtags", "mentions"} - {one.field for one in self.fields}
        return filled | from_text | ({"repost_of"} if "is_repost" in filled else set())

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain dictionaries and lists."""
        found = asdict(self)
        found["filled_fields"], found["usable_fields"] = sorted(self.filled_fields), sorted(self.usable_fields)
        return found

    def lines(self) -> Iterator[str]:
        """Yield the text that a person reads on a terminal."""
        yield from _heading(self)
        yield ""
        for one in self.fields:
            yield from _field_lines(one)
        yield from _listed("Not read", [", ".join(self.unread)] if self.unread else [])
        yield from _listed("Look at", [*self.warnings, *self.caveats])
        yield from _listed("Cannot be read yet", self.problems)


def inspect_file(
    path: Path | str,
    options: ReadOptions | None = None,
    *,
    format: str = "auto",  # noqa: A002 (the word of the command line: --format)
) -> Inspection:
    """Look at the beginning of a file and say how it would be read.

    Parameters
    ----------
    path
        The file.
    options
        What the user says about it, as for ingest.
    format
        A reader's id, a kind of file, or ``auto``.

    Returns
    -------
    Inspection
        Problems with columns are in it, not raised.

    Raises
    ------
    SourceError
        If the file is missing, empty, damaged or no text.
    UnknownNameError
        If the format is not known.
    """
    check_format(format)
    options = options or ReadOptions()
    source = open_source(Path(path), options.encoding)
    sample = sample_source(source)
    ranked = _rank(sample, format)
    reader, certainty = ranked[0] if ranked else (None, 0.0)
    about: dict[str, Any] = {
        "path": str(path),
        "kind": source.kind,
        "encoding": source.encoding,
        "compression": source.compression,
        "size_bytes": source.fingerprint.size,
        "sha256": source.fingerprint.sha256,
        "format_id": reader.format_id if reader else source.kind,
        "format_title": reader.title if reader else f"table of no known layout ({source.kind})",
        "certainty": round(certainty, 2),
        "runners_up": tuple((one.format_id, round(sure, 2)) for one, sure in ranked[1 : 1 + _RUNNERS_UP]),
        "caveats": reader.caveats if reader else (),
        "columns": tuple(one.name for one in sample.columns),
    }
    if reader is not None and reader.shape == "records":
        return Inspection(**about, **_view_records(reader, sample))
    return Inspection(**about, **_view_table(reader, sample, options, path))


def _rank(sample: FileSample, format_id: str) -> list[tuple[Reader, float]]:
    """Return the layouts that fit, the surest first; only the one that was asked for, if one was."""
    readers = known_readers()
    if format_id != "auto":
        return [(readers[format_id], 1.0)] if format_id in readers else []
    names = tuple(one.name for one in sample.columns)
    fits = [(one, one.recognise(names) if one.shape == "table" else _fit(one, sample)) for one in readers.values()]
    usable = [one for one in fits if one[1] >= _RECOGNISED]
    return sorted(usable, key=lambda one: -one[1])


def _fit(reader: Reader, sample: FileSample) -> float:
    if not sample.records:
        return 0.0
    whole = [sample.document] if isinstance(sample.document, dict) else []
    return max(reader.recognise(one) for one in (list(sample.records[:50]), whole) if one)


def _view_table(reader: Reader | None, sample: FileSample, options: ReadOptions, path: Path | str) -> dict[str, Any]:
    plan = plan_columns(sample.columns, options, reader, path)
    return {
        "fields": _table_fields(plan, sample),
        "unread": plan.unread,
        "problems": plan.problems,
        "warnings": (*sample.warnings, *plan.warnings),
        "time_resolution_seconds": plan.time_resolution_seconds,
        "rows_looked_at": max((len(one.values) for one in sample.columns), default=0),
    }


def _table_fields(plan: ColumnPlan, sample: FileSample) -> tuple[FieldView, ...]:
    if not plan.choices:
        return ()
    with SampleTable(sample.columns) as table:
        rows = table.values(*(f"CAST({one.expression} AS VARCHAR)" for one in plan.choices))
    views = []
    for place, choice in enumerate(plan.choices):
        values = [row[place] for row in rows]
        views.append(_view(choice.field, values, choice.column, choice.why, choice.checks))
    return tuple(views)


def _view(
    name: str, values: Sequence[object], column: str = "", why: str = "", checks: tuple[Check, ...] = ()
) -> FieldView:
    filled = [value for value in values if value not in (None, "", "[]") and value != []]
    shown = tuple(dict.fromkeys(_shortened(value) for value in filled))[:3]
    share = len(filled) / len(values) if values else 0.0
    return FieldView(name, post_field(name).description, column, why, shown, checks, share)


def _shortened(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _view_records(reader: Reader, sample: FileSample) -> dict[str, Any]:
    posts, bad = _read_records(reader, sample)
    fields = [
        _view(one.name, [post.get(one.name) for post in posts], why=f"read by {reader.title}") for one in POST_FIELDS
    ]
    reasons = dict.fromkeys(one.reason for one in bad)
    warnings = [f"{len(bad):,} records looked at cannot be used: {', '.join(reasons)}."] if bad else []
    return {
        "fields": tuple(one for one in fields if one.filled),
        "rows_looked_at": len(posts) + len(bad),
        "warnings": tuple(warnings),
        "problems": () if posts else ("None of the records looked at holds a post.",),
    }


def _read_records(reader: Reader, sample: FileSample) -> tuple[list[dict[str, Any]], list[BadRow]]:
    from undazzle.ingest.records import records_in

    is_document = isinstance(sample.document, dict)
    records = records_in(sample.document, reader.record_paths) if is_document and reader.record_paths else None
    if records is None:
        records = [sample.document] if is_document and reader.recognise([sample.document]) else list(sample.records)
    posts: list[dict[str, Any]] = []
    bad: list[BadRow] = []
    for number, record in enumerate(records[:_RECORDS], start=1):
        try:
            found = list(reader.read_record(record)) if reader.read_record else []
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            found = [BadRow(number, str(error))]
        bad += [one for one in found if isinstance(one, BadRow)]
        posts += [one for one in found if not isinstance(one, BadRow)]
    return posts, bad


def _heading(found: Inspection) -> Iterator[str]:
    packed = "" if found.compression == "none" else f", {found.compression}"
    encoding = f", {found.encoding}" if found.encoding else ""
    yield f"{Path(found.path).name}: {found.kind}{packed}{encoding}, {found.size_bytes:,} bytes"
    sure = f" (fit {found.certainty:.0%})" if found.certainty else ""
    yield f"Format: {found.format_title}{sure}"
    if found.runners_up:
        yield "Also fits: " + ", ".join(f"{name} ({sure:.0%})" for name, sure in found.runners_up)
    yield f"Looked at the first {found.rows_looked_at:,} rows."


def _field_lines(one: FieldView) -> Iterator[str]:
    source = one.column or "(same for all)" if one.why and not one.why.startswith("read by") else ""
    yield f"{one.field:<20} {source:<28} {'  |  '.join(one.samples) or '(empty in these rows)'}"
    marks = {"ok": " ", "ask": "?", "block": "!"}
    for check in one.checks:
        if check.level != "ok":
            yield f"{'':<20} {marks[check.level]} {check.message}"


def _listed(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield ""
        yield f"{title}:"
        for item in items:
            yield f"  {item}"
