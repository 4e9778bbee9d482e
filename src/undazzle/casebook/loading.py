"""A folder of YAML becomes a case. Bounded, without following links, with every problem named by file and line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from undazzle.casebook.case import Case
from undazzle.casebook.case_file import CaseFile
from undazzle.casebook.kinds import CASE_FILE, CASE_KIND, FOLDERS, Kind
from undazzle.casebook.places import line_in
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.records import Record
from undazzle.casebook.yaml_reading import MOST_BYTES, YamlRefusedError, read_yaml
from undazzle.errors import CaseError

MOST_FILES = 500_000
_ENDINGS = (".yaml", ".yml")
_PROBLEMS_OF_A_FILE = 20


@dataclass(slots=True)
class _Reading:
    folder: Path
    head: CaseFile | None = None
    records: dict[str, Record] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, file: str, line: int, code: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(file, line, code, Severity.ERROR, what, remedy))


def load_case(folder: Path | str) -> Case:
    """Return the case in a folder.

    Raises
    ------
    CaseError
        If the folder is no case, or a file cannot be read as a record; all such problems are gathered.
    """
    case, problems = read_case(folder)
    if case is None or problems:
        raise CaseError(folder, problems)
    return case


def read_case(folder: Path | str) -> tuple[Case | None, list[Problem]]:
    """Return what could be read of a case, and the problems of what could not.

    The case is missing if there is no usable ``case.yaml``.
    """
    reading = _Reading(Path(folder))
    if not reading.folder.is_dir():
        reading.refuse(CASE_FILE, 0, "no-case", "There is no such folder.", "Make one: undazzle case new FOLDER.")
        return None, reading.problems
    for file, kind in _files(reading):
        _read_file(reading, file, kind)
    if reading.head is None:
        if not any(one.file == CASE_FILE for one in reading.problems):
            reading.refuse(CASE_FILE, 0, "no-case", "The folder has no case.yaml.", "Make one: undazzle case new.")
        return None, sorted(reading.problems)
    return Case(reading.folder, reading.head, reading.records, reading.files), sorted(reading.problems)


def _files(reading: _Reading) -> Iterator[tuple[str, Kind]]:
    """Yield the files of a case with the kind their folder stands for, in a stable order."""
    if (reading.folder / CASE_FILE).is_file():
        yield CASE_FILE, CASE_KIND
    count = 0
    for name, kind in FOLDERS.items():
        inside = reading.folder / name
        if not inside.is_dir():
            continue
        if inside.is_symlink():
            reading.refuse(name, 0, "link", "The folder is a link.", "Put the files themselves into the case.")
            continue
        for entry in sorted(os.scandir(inside), key=lambda one: one.name):
            if entry.name.startswith(".") or not entry.name.endswith(_ENDINGS):
                continue
            file = f"{name}/{entry.name}"
            count += 1
            if count > MOST_FILES:
                reading.refuse(name, 0, "too-many", f"More than {MOST_FILES:,} files.", "Split the case.")
                return
            if entry.is_symlink() or not entry.is_file():
                reading.refuse(file, 0, "link", "Not a plain file.", "Put the file itself into the case.")
                continue
            yield file, kind


def _read_file(reading: _Reading, file: str, kind: Kind) -> None:
    try:
        with (reading.folder / file).open("rb") as opened:
            value = read_yaml(opened.read(MOST_BYTES + 1))
    except YamlRefusedError as error:
        reading.refuse(file, error.line, error.code, error.what, error.remedy)
        return
    except OSError as error:
        reading.refuse(file, 0, "unreadable", f"It cannot be read ({error.strerror}).", "Check its permissions.")
        return
    if not isinstance(value, dict):
        reading.refuse(file, 1, "not-a-record", "No mapping of fields.", "Begin with id: and one field a line.")
        return
    try:
        _keep(reading, file, kind.model.model_validate(value))
    except ValidationError as error:
        _explain(reading, file, error)


def _keep(reading: _Reading, file: str, record: Record) -> None:
    if isinstance(record, CaseFile):
        reading.head = record
        return
    if record.id in reading.records:
        line = line_in(reading.folder / file, ("id",))
        other = reading.files[record.id]
        reading.refuse(file, line, "duplicate-id", f"{record.id} stands in {other} already.", "Rename one of them.")
        return
    reading.records[record.id] = record
    reading.files[record.id] = file


def _explain(reading: _Reading, file: str, error: ValidationError) -> None:
    """Turn what the model refused into problems with the line of the field."""
    found = error.errors(include_url=False, include_context=False)
    for one in found[:_PROBLEMS_OF_A_FILE]:
        path = tuple(one["loc"])
        where = ".".join(str(part) for part in path) or "record"
        given = str(one.get("input", ""))[:60] if one["type"] not in {"missing", "extra_forbidden"} else ""
        what = f"{where[:200]}: {one['msg']}" + (f" (got {given!r})." if given else ".")
        code = f"field-{one['type']}".replace("_", "-")
        line = line_in(reading.folder / file, path)
        reading.refuse(file, line, code, what, "See docs/schema for the fields and words.")
