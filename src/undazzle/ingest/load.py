"""A file becomes posts of the workspace, whole or not at all.

Reads a file. Writes ``sources``, ``posts``, ``accounts``, ``account_observations`` and ``rejected_rows``.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from undazzle.errors import TooManyRejectedError, WorkspaceError
from undazzle.ingest.contents import SourceFile, open_source
from undazzle.ingest.files import Progress
from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.landing import Verdict, drop_landing, judge_staged, write_posts
from undazzle.ingest.reading import Staged, Task, check_format, stage_source
from undazzle.ingest.staging import drop_staging
from undazzle.store import EngineError, Store, check_holds_all_posts

_DAY = 86400.0
_BASE_MEMORY = 350_000_000  # bytes that the database may use beside the size of a file
_EXPANSION = 8  # packed and columnar files hold about so many times their size
_COARSE = {
    60.0: "Times are given to the minute: windows below 60 s cannot be told apart.",
    3600.0: "Times are given to the hour: windows below 1 h cannot be told apart.",
    _DAY: "Times are given to the day: windows below 1 day cannot be told apart.",
}


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What came of one file.

    Attributes
    ----------
    source_id
        Number in ``sources``; ``None`` after a dry run.
    path, format
        The file, and the reader or kind of file.
    rows_in
        Rows with those set aside; ``posts_added + duplicates + merged`` and the rejected ones together.
    posts_added, accounts_added
        New in the workspace.
    duplicates
        Rows of posts that the workspace or the file had already.
    merged
        Rows that only add shared things to a post of the same file.
    rejected
        Rows set aside, by reason.
    first_at, last_at
        Earliest and latest time, UTC.
    time_resolution_seconds
        How finely times are written: 1, 60, 3600 or 86400, or 0.001 for fractions of a second.
    unread
        Columns that nothing was read from.
    warnings
        What a reader of the results should know.
    was_known
        Whether the very same file had been ingested before; then nothing was done.
    seconds
        Wall-clock time taken.
    """

    source_id: int | None
    path: str
    format: str
    rows_in: int
    posts_added: int
    duplicates: int
    merged: int
    rejected: Counter[str]
    accounts_added: int
    first_at: datetime | None
    last_at: datetime | None
    time_resolution_seconds: float | None
    unread: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    was_known: bool = False
    seconds: float = 0.0
    mapping: dict[str, str] = field(default_factory=dict)


def ingest_file(
    store: Store,
    path: Path | str,
    *,
    format: str = "auto",  # noqa: A002 (the word of the command line: --format)
    options: ReadOptions | None = None,
    citation: str | None = None,
    max_rejected: float = 0.05,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> SourceSummary:
    """Read a file and add its posts to the workspace, whole or not at all.

    Parameters
    ----------
    store
        The workspace.
    path
        The file, plain or packed (.gz, .zst, .zip, .bz2, .xz).
    format
        A reader's id, a kind of file (csv, jsonl, json, parquet, excel), or ``auto``.
    options
        Columns, time zone, encoding and date format, as far as the user knows them.
    citation
        How the data want to be cited.
    max_rejected
        Largest share of rows that may be set aside, 0 to 1.
    dry_run
        Only say what would happen.
    progress
        Called with stage, how far it is, and how far it goes if that is known.

    Returns
    -------
    SourceSummary
        What came of the file.

    Raises
    ------
    SourceError
        If the file cannot be read as posts at all.
    MappingError
        If its columns cannot be made into posts.
    TooManyRejectedError
        If more rows are set aside than allowed.
    UnknownNameError, ParameterError
        If the format or an option is not known.
    """
    started = time.monotonic()
    check_format(format)
    check_holds_all_posts(store, "a mixture with other posts")
    source = open_source(Path(path), (options or ReadOptions()).encoding, progress)
    known = _known_source(store, source, started)
    if known is not None:
        return known
    try:
        with (
            store.bounded(_memory_for(source)),
            _scratch_folder(store) as folder,
        ):
            task = Task(store, source, format, options or ReadOptions(), Path(folder), progress)
            staged = stage_source(task)
            if progress:
                progress("landing", 0, None)
            verdict = judge_staged(store, staged.present, derive_reposts=not staged.says_reposts)
            _check_rejected(source, verdict, max_rejected)
            landing = _Landing(store, source, staged, verdict, citation, task.options.timezone)
            return landing.summary(None, 0, started) if dry_run else landing.write(started)
    finally:
        with suppress(EngineError, WorkspaceError):  # what went wrong before matters more
            drop_landing(store)
            drop_staging(store)


@dataclass(frozen=True, slots=True)
class _Landing:
    """A judged file and how it is entered in ``sources``."""

    store: Store
    source: SourceFile
    staged: Staged
    verdict: Verdict
    citation: str | None
    timezone: str | None

    def write(self, started: float) -> SourceSummary:
        with self.store.transaction():
            source_id = int(self.store.rows("SELECT nextval('source_ids')")[0][0])
            accounts = write_posts(self.store, source_id, self.staged.present)
            summary = self.summary(source_id, accounts, started)
            self._write_source(summary)
        return summary

    def summary(self, source_id: int | None, accounts: int, started: float) -> SourceSummary:
        verdict, resolution = self.verdict, self._resolution()
        return SourceSummary(
            source_id=source_id,
            path=str(self.source.path),
            format=self.staged.format_id,
            rows_in=verdict.rows_in,
            posts_added=verdict.posts,
            duplicates=verdict.duplicates,
            merged=verdict.merged,
            rejected=verdict.rejected,
            accounts_added=accounts,
            first_at=verdict.first_at,
            last_at=verdict.last_at,
            time_resolution_seconds=resolution,
            unread=self.staged.unread,
            warnings=self._warnings(resolution),
            seconds=time.monotonic() - started,
            mapping=self.staged.mapping,
        )

    def _resolution(self) -> float:
        """Dates without a time of day are read in a time zone, so only the plan knows that they are dates."""
        is_dates = self.staged.planned_resolution == _DAY
        return _DAY if is_dates else self.verdict.time_resolution_seconds

    def _warnings(self, resolution: float) -> tuple[str, ...]:
        found = list(self.staged.warnings)
        if self.source.removed_nuls:
            found.append(f"{self.source.removed_nuls:,} NUL bytes were taken out.")
        if self.source.replaced_characters:
            found.append(f"{self.source.replaced_characters:,} characters could not be decoded and show as \ufffd.")
        found += self.verdict.cut
        if resolution in _COARSE:
            found.append(_COARSE[resolution])
        return tuple(dict.fromkeys(found))

    def _write_source(self, summary: SourceSummary) -> None:
        row = {
            "source_id": summary.source_id,
            "path": summary.path,
            "file_name": self.source.path.name,
            "sha256": self.source.fingerprint.sha256,
            "bytes": self.source.fingerprint.size,
            "format": summary.format,
            "citation": self.citation,
            "timezone": self.timezone,
            "time_resolution_seconds": summary.time_resolution_seconds,
            "rows_in": summary.rows_in,
            "posts_added": summary.posts_added,
            "duplicates": summary.duplicates,
            "rejected": summary.rejected.total(),
            "first_at": summary.first_at,
            "last_at": summary.last_at,
            "mapping": json.dumps(summary.mapping),
            "unread_columns": list(summary.unread),
            "warnings": list(summary.warnings),
        }
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        self.store.execute(f"INSERT INTO sources ({names}, ingested_at) VALUES ({marks}, now())", list(row.values()))


def _check_rejected(source: SourceFile, verdict: Verdict, max_rejected: float) -> None:
    rejected = verdict.rejected.total()
    if rejected > max_rejected * verdict.rows_in:
        reasons = ", ".join(f"{reason}: {count:,}" for reason, count in verdict.rejected.most_common(5))
        raise TooManyRejectedError(source.path, rejected, verdict.rows_in, max_rejected, reasons)


def _known_source(store: Store, source: SourceFile, started: float) -> SourceSummary | None:
    found = store.records("SELECT * FROM sources WHERE sha256 = ?", [source.fingerprint.sha256])
    if not found:
        return None
    row = found[0]
    reasons = store.rows(
        "SELECT reason, count(*) FROM rejected_rows WHERE source_id = ? GROUP BY reason", [row["source_id"]]
    )
    return SourceSummary(
        source_id=row["source_id"],
        path=str(source.path),
        format=row["format"],
        rows_in=row["rows_in"],
        posts_added=0,
        duplicates=row["rows_in"] - row["rejected"],
        merged=0,
        rejected=Counter(dict(reasons)),
        accounts_added=0,
        first_at=row["first_at"],
        last_at=row["last_at"],
        time_resolution_seconds=row["time_resolution_seconds"],
        unread=tuple(row["unread_columns"] or ()),
        warnings=tuple(row["warnings"] or ()),
        was_known=True,
        seconds=time.monotonic() - started,
        mapping=json.loads(row["mapping"] or "{}"),
    )


def _memory_for(source: SourceFile) -> int:
    """Memory that is enough to stage and land a file at full speed: what it holds, and room to sort."""
    is_plain = source.compression == "none" and source.kind in ("csv", "jsonl", "json")
    return _BASE_MEMORY + source.fingerprint.size * (1 if is_plain else _EXPANSION)


def _scratch_folder(store: Store) -> tempfile.TemporaryDirectory[str]:
    """Copies go beside the workspace, whose disk the user chose; else to the system's place.

    Nobody else can write to an open workspace, so a folder of its name is what a killed process left.
    """
    if store.in_memory or not os.access(store.path.parent, os.W_OK):
        return tempfile.TemporaryDirectory(prefix="undazzle-")
    prefix = f"{store.path.name}.reading-"
    for left in store.path.parent.iterdir():
        if left.name.startswith(prefix) and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=prefix, dir=store.path.parent)
