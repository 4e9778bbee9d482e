"""A result as a lazy table: it knows its query and runs it when somebody looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, overload

from undazzle.errors import UnknownNameError
from undazzle.results.conditions import equal_condition
from undazzle.results.query import Query
from undazzle.store import Store

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from undazzle.results.table_files import Writer

_SHOWN = 20


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """Rows of a result, computed when looked at; narrowing one gives another.

    Attributes
    ----------
    store
        The open workspace.
    query
        What to run, or its SQL.
    title
        What the rows are, for displays.
    note
        One sentence to be read with them (a caveat), for displays.
    run_id
        The run the rows belong to, if they belong to one.
    shown_first
        Columns that a narrow display shows before the others.
    """

    shown_first: ClassVar[tuple[str, ...]] = ()

    store: Store
    query: Query | str
    title: str = "Rows"
    note: str = ""
    run_id: int | None = None

    # --- what it is ---------------------------------------------------------------------------------
    @property
    def sql(self) -> str:
        """The SQL behind the table, values written in."""
        return self._query.text

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._schema.names)

    @cached_property
    def _query(self) -> Query:
        return Query(self.query) if isinstance(self.query, str) else self.query

    @cached_property
    def _schema(self) -> pa.Schema:
        nothing = self._query.page(0, 0)
        return utc_schema(self.store.arrow(nothing.sql, nothing.parameters).schema)

    @cached_property
    def _count(self) -> int:
        return self._query.kept(self.store.rows(self._query.count_sql, self._query.parameters)[0][0])

    def __len__(self) -> int:
        return self._count

    # --- rows ---------------------------------------------------------------------------------------
    def __iter__(self) -> Iterator[dict[str, Any]]:
        columns = self.columns
        return (dict(zip(columns, row, strict=True)) for row in self.tuples())

    def tuples(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows as tuples, in the order of the columns."""
        for batch in self.store.batches(self._query.sql, self._query.parameters):
            yield from zip(*(_values(column) for column in batch.columns), strict=True)

    @overload
    def __getitem__(self, key: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    @overload
    def __getitem__(self, key: str) -> list[Any]: ...
    def __getitem__(self, key: int | slice | str) -> dict[str, Any] | Self | list[Any]:
        """Return one row by position, some rows as a table, or the values of one column.

        Raises
        ------
        IndexError
            If there is no such row, or a slice has a step.
        UnknownNameError
            If there is no such column.
        """
        if isinstance(key, str):
            if key not in self.columns:
                raise UnknownNameError("column", key, self.columns)
            return [row[key] for row in self]
        if isinstance(key, slice):
            return self._slice(key)
        position = key if key >= 0 else len(self) + key
        row = next(iter(self._page(position, 1)), None) if position >= 0 else None
        if row is None:
            raise IndexError(f"There is no row {key}; the table has {len(self):,}.")
        return row

    def _slice(self, key: slice) -> Self:
        if key.step not in (None, 1):
            raise IndexError("Only slices without a step can be taken; use to_arrow() for more.")
        negative = any(bound is not None and bound < 0 for bound in (key.start, key.stop))
        start, stop = key.indices(len(self))[:2] if negative else (key.start or 0, key.stop)
        return self._page(start, None if stop is None else max(stop - start, 0))

    def _page(self, offset: int, limit: int | None) -> Self:
        return replace(self, query=self._query.page(offset, limit))

    def head(self, rows: int = _SHOWN) -> Self:
        """Return the first ``rows`` rows as a table."""
        return self._page(0, max(rows, 0))

    def filter(self, condition: str = "", /, **equal: object) -> Self:
        """Return the rows that meet an SQL condition, and whose columns have the given values.

        Parameters
        ----------
        condition
            SQL on the columns, e.g. ``"gap_seconds < 5"``.
        **equal
            Column and value; ``None`` means empty, a list means any of these.

        Raises
        ------
        QueryError
            If the condition is wrong or does anything but read.
        UnknownNameError
            If a column does not exist.
        """
        query = self._query
        if equal:
            lists = {field.name: str(field.type).startswith("list") for field in self._schema}
            query = query.where(*equal_condition(equal, lists, len(query.parameters)))
        if condition.strip():
            query = query.where(condition)
            self.store.query(query.page(0, 0).sql, dict(query.parameters) or None)
        return replace(self, query=query)

    # --- other shapes -------------------------------------------------------------------------------
    def to_arrow(self) -> pa.Table:
        """Return all rows as a ``pyarrow.Table``; times are UTC."""
        return self.store.arrow(self._query.sql, self._query.parameters).cast(self._schema)

    def to_batches(self) -> pa.RecordBatchReader:
        """Return the rows as a stream of Arrow record batches; times are UTC."""
        import pyarrow as pa

        batches = self.store.batches(self._query.sql, self._query.parameters)
        return pa.RecordBatchReader.from_batches(self._schema, (batch.cast(self._schema) for batch in batches))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Offer the rows to any Arrow-speaking library (PyCapsule interface)."""
        return self.to_batches().__arrow_c_stream__(requested_schema)

    def to_polars(self) -> pl.DataFrame:
        """Return all rows as a ``polars.DataFrame``.

        Raises
        ------
        MissingExtraError
            If Polars is not installed.
        """
        from undazzle.results.frames import polars_frame

        return polars_frame(self.to_arrow)

    def to_pandas(self) -> pd.DataFrame:
        """Return all rows as a ``pandas.DataFrame``.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.
        """
        from undazzle.results.frames import pandas_frame

        return pandas_frame(self.to_arrow)

    # --- files --------------------------------------------------------------------------------------
    def to_csv(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write all rows as CSV (UTF-8) that is harmless in spreadsheets; return the path.

        Raises
        ------
        OutputExistsError
            If the file exists and ``overwrite`` is not set.
        """
        from undazzle.results.table_files import csv_lines

        return self._to_text(path, csv_lines, overwrite)

    def to_json(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write all rows as a JSON array of objects; return the path.

        Raises
        ------
        OutputExistsError
            If the file exists and ``overwrite`` is not set.
        """
        from undazzle.results.table_files import json_lines

        return self._to_text(path, partial(json_lines, as_array=True), overwrite)

    def to_parquet(
        self, path: Path | str, *, overwrite: bool = False, metadata: Mapping[str, str] | None = None
    ) -> Path:
        """Write all rows as Parquet, values as they are; return the path.

        Parameters
        ----------
        path, overwrite
            Where to, and whether a file there may be replaced.
        metadata
            Texts to keep in the file.

        Raises
        ------
        OutputExistsError
            If the file exists and ``overwrite`` is not set.
        """
        from undazzle.results.new_files import new_file
        from undazzle.results.table_files import parquet_file

        with new_file(path, overwrite=overwrite) as part:
            parquet_file(self.to_batches(), part, metadata=metadata)
        return Path(path)

    def _to_text(self, path: Path | str, write: Writer, overwrite: bool) -> Path:
        from undazzle.results.new_files import new_file
        from undazzle.results.table_files import write_text

        with new_file(path, overwrite=overwrite) as part:
            write_text(part, write, self.columns, self.tuples())
        return Path(path)

    # --- display ------------------------------------------------------------------------------------
    def __repr__(self) -> str:
        from undazzle.results.display import table_text

        return table_text(self, shown=_SHOWN)

    def _repr_html_(self) -> str:
        from undazzle.results.display import table_html

        return table_html(self, shown=_SHOWN)


def utc_schema(schema: pa.Schema) -> pa.Schema:
    """Return a schema whose times say that they are UTC (the workspace stores them without a zone)."""
    import pyarrow as pa

    def zoned(kind: pa.DataType) -> pa.DataType:
        return pa.timestamp("us", "UTC") if pa.types.is_timestamp(kind) else kind

    return pa.schema([pa.field(field.name, zoned(field.type)) for field in schema])


def _values(column: pa.Array) -> list[Any]:
    """Return the values of a column; times get the zone they are in."""
    values: list[Any] = column.to_pylist()
    if str(column.type).startswith("timestamp"):
        return [value and value.replace(tzinfo=UTC) for value in values]
    return values
