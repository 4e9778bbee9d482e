"""Logs become records: Zeek's tables, JSON one object a line, CSV, and plain lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO

from undazzle.errors import SourceError
from undazzle.intrusions.dates import read_time
from undazzle.intrusions.record_search import Record

MAX_LINE = 1_000_000  # characters
_TIMES = ("ts", "timestamp", "@timestamp", "time", "datetime", "date", "_time", "event_time", "start", "query_time")
_MAX_FIELDS, _MAX_DEPTH = 500, 8


class LogReading:
    """A log file as records, with counts of lines that could not be read.

    Parameters
    ----------
    path
        A Zeek log (tab-separated, or JSON), a file of JSON objects one a line, a CSV file, or lines of text.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.lines = 0
        self.broken = 0

    def __iter__(self) -> Iterator[Record]:
        try:
            with self.path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                head = file.readline(MAX_LINE)
                file.seek(0)
                if head.startswith(("#separator", "#fields")):
                    yield from self._zeek(file)
                elif head.lstrip().startswith("{"):
                    yield from self._json(file)
                elif "," in head and _has_time(head):
                    yield from self._csv(file)
                else:
                    yield from self._plain(file)
        except OSError as error:
            problem = f"The log cannot be read ({error.strerror})"
            raise SourceError(self.path, problem, "Check its name and rights.") from error

    def _numbered(self, file: IO[str]) -> Iterator[tuple[int, str]]:
        while line := file.readline(MAX_LINE):
            self.lines += 1
            yield self.lines, line.rstrip("\r\n")

    def _record(self, number: int, fields: list[tuple[str, str]], at: datetime | None) -> Record:
        return Record("log", f"{self.path.name}:{number}", (*fields, *_whole_address(fields)), at)

    def _zeek(self, file: IO[str]) -> Iterator[Record]:
        separator, names, empty = "\t", list[str](), {"-", "(empty)", ""}
        for number, line in self._numbered(file):
            if line.startswith("#"):
                word, _, rest = line.partition("\t" if "\t" in line else " ")
                if word == "#separator":
                    separator = rest.strip().encode("ascii", "replace").decode("unicode_escape") or "\t"
                elif word == "#fields":
                    names = rest.split(separator)
                continue
            cells = line.split(separator)
            if not names or len(cells) != len(names):
                self.broken += 1
                yield self._record(number, [("line", line)], None)
                continue
            fields = [(name, cell) for name, cell in zip(names, cells, strict=True) if cell not in empty]
            yield self._record(number, fields, _time(dict(fields)))

    def _json(self, file: IO[str]) -> Iterator[Record]:
        for number, line in self._numbered(file):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                data = None
            if not isinstance(data, dict):
                self.broken += 1
                yield self._record(number, [("line", line)], None)
                continue
            fields = list(islice(_flat(data, "", 0), _MAX_FIELDS))
            yield self._record(number, fields, _time(dict(fields)))

    def _csv(self, file: IO[str]) -> Iterator[Record]:
        csv.field_size_limit(MAX_LINE)
        names: list[str] = []
        for number, line in self._numbered(file):
            try:
                cells = next(csv.reader([line]), [])
            except csv.Error:
                cells = []
            if not names:
                names = [one.strip().lower() for one in cells]
                continue
            if len(cells) != len(names):
                self.broken += bool(line.strip())
                yield self._record(number, [("line", line)], None)
                continue
            fields = [(name, cell) for name, cell in zip(names, cells, strict=True) if cell]
            yield self._record(number, fields, _time(dict(fields)))

    def _plain(self, file: IO[str]) -> Iterator[Record]:
        for number, line in self._numbered(file):
            if line.strip():
                yield self._record(number, [("line", line)], read_time(line[:30].strip()))


def _has_time(head: str) -> bool:
    return any(cell.strip().strip('"').lower() in _TIMES for cell in head.split(","))


def _time(fields: dict[str, str]) -> datetime | None:
    return next((at for name in _TIMES if name in fields and (at := read_time(fields[name]))), None)


def _flat(value: object, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth < _MAX_DEPTH:
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list) and depth < _MAX_DEPTH:
        for inner in value:
            yield from _flat(inner, name, depth + 1)
    elif value is not None and not isinstance(value, dict | list):
        yield name, str(value)


def _whole_address(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the address a web log gives in two columns, host and path."""
    given = dict(fields)
    host, path = given.get("host", ""), given.get("uri", given.get("path", ""))
    return [("address", f"http://{host}{path}")] if host and path.startswith("/") else []
