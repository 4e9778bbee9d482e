"""A check is a function over a case that yields problems; each says which codes it can yield."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from undazzle.casebook.case import Case
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.records import Record

Finder = Callable[[Case], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name, what it looks for, the codes it can yield, and the function."""

    check_id: str
    summary: str
    codes: tuple[str, ...]
    find: Finder = field(compare=False)


def problem(
    case: Case,
    record: Record,
    path: tuple[str | int, ...],
    code: str,
    severity: Severity,
    what: str,
    remedy: str,
) -> Problem:
    """Return a problem with the file and line of a field of a record."""
    is_head = record is case.head
    file = "case.yaml" if is_head else case.files[record.id]
    if is_head:
        from undazzle.casebook.places import line_in

        line = line_in(case.folder / file, path)
    else:
        line = case.line_of(record.id, *path)
    return Problem(file, line, code, severity, what, remedy, record.id)
