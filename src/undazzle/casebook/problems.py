"""What is wrong with a case: code, severity, file, line, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Error: the case cannot be relied on. Warning: a reader would be misled. Hint: could be better."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, with where and what to do.

    ``file`` is relative to the case; ``line`` is 0 where none can be given.
    """

    file: str
    line: int
    code: str
    severity: Severity
    what: str
    remedy: str
    record: str = ""

    def __str__(self) -> str:
        """Return one line."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.severity} {self.code}: {self.what} {self.remedy}"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether one of the problems is an error."""
    return any(one.severity is Severity.ERROR for one in problems)
