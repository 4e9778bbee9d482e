"""A query that can be narrowed: a SELECT with its order, its values and its cut."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

EARLY_CUT = "/* cut */"
_PLACE = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Query:
    """A SELECT with its order; values travel as named parameters.

    Attributes
    ----------
    select
        SQL without order and limit.
    order_by
        Output columns to sort by, as SQL; empty if ``select`` has an order of its own.
    parameters
        Values by name, for ``$name`` in ``select``.
    limit, offset
        Rows to return at most, and rows to pass over first.
    early_cut
        SQL that takes the place of ``EARLY_CUT`` in ``select`` when rows are cut, so that texts are not fetched
        for rows nobody sees; ``{rows}`` stands for the number of rows up to the last one wanted.
    counting
        SQL that counts the rows of ``select`` with less work, if there is any.
    """

    select: str
    order_by: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    limit: int | None = None
    offset: int = 0
    early_cut: str = ""
    counting: str = ""

    @property
    def sql(self) -> str:
        """The SQL to run, with ``$name`` for values."""
        cut = f"\nLIMIT {self.limit}" if self.limit is not None else ""
        cut += f"\nOFFSET {self.offset}" if self.offset else ""
        if self.early_cut and self.limit is not None:
            early = self.early_cut.format(rows=self.limit + self.offset)
            return f"{self.select.replace(EARLY_CUT, early)}\nORDER BY {self.order_by}{cut}"
        if self.order_by:
            return f"{self._whole}\nORDER BY {self.order_by}{cut}"
        return f"SELECT * FROM (\n{self._whole}\n) AS found{cut}" if cut else self._whole

    @property
    def _whole(self) -> str:
        return self.select.replace(EARLY_CUT, "")

    @property
    def count_sql(self) -> str:
        """SQL that counts the rows before the cut."""
        return self.counting or f"SELECT count(*) FROM (\n{self._whole}\n)"

    def kept(self, count: int) -> int:
        """Return how many of ``count`` rows the cut leaves."""
        left = max(count - self.offset, 0)
        return left if self.limit is None else min(left, self.limit)

    @property
    def text(self) -> str:
        """The SQL with the values written in, to be read or run elsewhere."""
        return _PLACE.sub(
            lambda found: literal(self.parameters[found[1]]) if found[1] in self.parameters else str(found[0]),
            self.sql,
        )

    def where(self, condition: str, parameters: Mapping[str, object] | None = None) -> Query:
        """Return the query narrowed by a condition on its output columns."""
        inner = self._whole if self.limit is None and not self.offset else self.sql
        # The line break before the bracket keeps a comment at the end of the condition from swallowing it.
        select = f"SELECT * FROM (\n{inner}\n) AS found\nWHERE (\n{condition}\n)"
        return Query(select, self.order_by, {**self.parameters, **(parameters or {})})

    def page(self, offset: int, limit: int | None) -> Query:
        """Return the query cut to ``limit`` rows after ``offset`` rows of what it yields now."""
        left = None if self.limit is None else max(self.limit - offset, 0)
        known = [one for one in (left, limit) if one is not None]
        return replace(self, offset=self.offset + offset, limit=min(known) if known else None)


def literal(value: object) -> str:
    """Return a value as SQL text.

    Examples
    --------
    >>> literal("o'clock"), literal(3), literal(None), literal(["a"])
    ("'o''clock'", '3', 'NULL', "['a']")
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, datetime):
        return f"TIMESTAMP '{naive_utc(value).isoformat(sep=' ')}'"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(one) for one in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"


def naive_utc(value: datetime) -> datetime:
    """Return a time the way the workspace stores it: UTC, without a zone."""
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
