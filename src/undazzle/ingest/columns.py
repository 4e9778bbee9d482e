"""The plan by which the columns of a table become fields of posts: what was chosen, why, and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """A column as seen before anything is read: name, declared SQL type, and up to 2,000 sample values.

    Values of text files are strings; of Parquet and Excel files they have their own type.
    """

    name: str
    sql_type: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One look at the values of a chosen column.

    ``ok`` reads as expected, ``ask`` should be looked at by a person (goes into the warnings of the source),
    ``block`` cannot work.
    """

    level: Literal["ok", "ask", "block"]
    message: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A field of a post, the column it is read from, and the SQL expression over the raw row that yields it."""

    field: str
    column: str
    expression: str
    why: str
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How a whole table is read."""

    choices: tuple[ColumnChoice, ...]
    unread: tuple[str, ...]
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    time_resolution_seconds: float | None = None
    notes: dict[str, str] = field(default_factory=dict)

    def choice(self, name: str) -> ColumnChoice | None:
        """Return the choice for a field, or ``None`` if the file does not hold it."""
        return next((one for one in self.choices if one.field == name), None)
