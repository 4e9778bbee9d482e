"""The sampled rows as a small table of their own, so that guesses are checked with the very SQL that reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any

from undazzle.errors import QueryError
from undazzle.ingest.columns import ColumnSample
from undazzle.store import Store

_NESTED = ("STRUCT", "MAP", "UNION")


def quoted(name: str) -> str:
    """Return a column name as an SQL identifier."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def literal(text: str) -> str:
    """Return a text as an SQL string."""
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def one_of(expression: str, words: Iterable[str]) -> str:
    """Return SQL that says whether a text is one of a few short words.

    Not written with ``IN``: from five words on, the engine makes a join of it, which costs more and does not keep
    the rows in the order of the file.

    Examples
    --------
    >>> one_of("x", ["", "NA"])
    "(strlen(x) <= 2 AND (x = '' OR x = 'NA'))"
    """
    listed = list(words)
    longest = max(len(word.encode()) for word in listed)
    return f"(strlen({expression}) <= {longest} AND ({' OR '.join(f'{expression} = {literal(w)}' for w in listed)}))"


class SampleTable:
    """Up to 2,000 rows of a file in memory, on which SQL expressions are tried out.

    Parameters
    ----------
    samples
        The columns; values at the same place belong to the same row.
    """

    def __init__(self, samples: Sequence[ColumnSample]) -> None:
        self.samples = {one.name: one for one in samples}
        self.rows = max((len(one.values) for one in samples), default=0)
        self._store = Store(threads=1)
        if samples:
            self._fill(samples)

    def _fill(self, samples: Sequence[ColumnSample]) -> None:
        columns, parameters = [], []
        for sample in samples:
            is_list = sample.sql_type.endswith("[]")
            given = "VARCHAR[][]" if is_list else "VARCHAR[]"
            kind = "VARCHAR" if sample.sql_type.startswith(_NESTED) else sample.sql_type
            columns.append(f"TRY_CAST(unnest(?::{given}) AS {kind}) AS {quoted(sample.name)}")
            parameters.append([_as_text(value) for value in sample.values])
        self._store.execute(f"CREATE TEMP TABLE sample AS SELECT {', '.join(columns)}", parameters)

    def values(self, *expressions: str) -> list[tuple[Any, ...]]:
        """Return what the expressions yield, row by row.

        Raises
        ------
        QueryError
            If an expression is no valid SQL (a wrong date format, for instance).
        """
        if not self.samples:
            return []
        return self._store.query(f"SELECT {', '.join(expressions)} FROM sample")[1]

    def single(self, *expressions: str) -> tuple[Any, ...]:
        """Return one row of aggregates over the sample.

        Raises
        ------
        QueryError
            If an expression is no valid SQL.
        """
        return self.values(*expressions)[0] if self.samples else ()

    def works(self, expression: str) -> bool:
        """Say whether an expression can be computed on the sample at all."""
        try:
            self.single(f"count({expression})")
        except QueryError:
            return False
        return True

    def knows_timezone(self, name: str) -> bool:
        """Say whether the database knows a time zone of this name."""
        sql = "SELECT count(*) FROM pg_timezone_names() WHERE lower(name) = lower(?)"
        return bool(self._store.rows(sql, [name])[0][0])

    def close(self) -> None:
        """Let go of the memory."""
        self._store.close()

    def __enter__(self) -> SampleTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _as_text(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return [_as_text(one) for one in value]
    return str(value)
