"""Draft records of an import: nothing is called reviewed, and nothing is set aside silently."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from undazzle.casebook.kinds import KINDS
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.records import Record
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import file_of, write_record


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import yields.

    Attributes
    ----------
    records
        Draft records, ready to be written into a case.
    problems
        What was wrong in the file, with its line.
    rows, used
        Rows in the file, and rows that became records.
    kept
        Files with what has no place in a casebook, by their place in the case; they are written with the records.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    rows: int
    used: int
    kept: Mapping[str, bytes] = field(default_factory=dict)

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Return the records of one kind."""
        return tuple(one for one in self.records if one.kind == kind)

    def problem_counts(self) -> dict[str, int]:
        """Return how often each kind of problem occurs."""
        return dict(Counter(one.code for one in self.problems))

    def write(self, folder: Path) -> tuple[int, int]:
        """Write the records into a case and return how many were written, and how many were there already."""
        known = 0
        for record in self.records:
            if (folder / file_of(record)).exists():
                known += 1
            else:
                write_record(folder, record)
        for name, content in self.kept.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return len(self.records) - known, known


@dataclass(slots=True)
class Drafts:
    """Collects records and problems of one file."""

    file: str
    records: dict[str, Record] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: int = 0

    def add(self, kind: str, name: str, /, **fields: Any) -> str:
        """Keep a draft of that kind under its id and return the id; the first of one id stays."""
        record_id = f"{kind}:{slug(name)}"
        if record_id not in self.records:
            given = {key: value for key, value in fields.items() if value not in (None, "", [], {}, ())}
            model = KINDS[kind].model
            self.records[record_id] = model.model_validate({"id": record_id, "review": Review.DRAFT, **given})
        return record_id

    def note(self, line: int, code: str, what: str, remedy: str) -> None:
        """Keep a problem of the file."""
        self.problems.append(Problem(self.file, line, code, Severity.WARNING, what, remedy))

    def done(self, rows: int) -> Imported:
        """Return what was collected."""
        return Imported(tuple(self.records.values()), tuple(self.problems), rows, self.used)


def slug(text: str) -> str:
    """Return text as the short name of an id.

    Examples
    --------
    >>> slug("Türkiye & Co. (ferries)")
    'turkiye-co.-ferries'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")[:100].strip("-.") or "unnamed"


def one_line(text: str, limit: int = 480) -> str:
    """Return text on one line, cut with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def known_address(text: str) -> str | None:
    """Return a web address as it is, or nothing if it is none."""
    from undazzle.casebook.checks.addresses import fault_of

    return text if text and not fault_of(text) else None
