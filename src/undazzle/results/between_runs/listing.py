"""Rows that were worked out in memory, shown and written like any other table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_SHOWN, _WIDTH = 20, 120


@dataclass(frozen=True, eq=False, repr=False)
class Listing:
    """A small table.

    Attributes
    ----------
    title
        What the rows are.
    columns
        Names of the columns.
    rows
        The rows, in their order.
    note
        One sentence to be read with them.
    """

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    note: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def to_csv(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write all rows as CSV that is harmless in spreadsheets; return the path.

        Raises
        ------
        OutputExistsError
            If the file exists and ``overwrite`` is not set.
        """
        from undazzle.results.output import write_rows

        write_rows(self.columns, self.rows, "csv", Path(path), overwrite=overwrite)
        return Path(path)

    def to_arrow(self) -> pa.Table:
        """Return the rows as a ``pyarrow.Table``."""
        from undazzle.results.table_files import arrow_of_rows

        return arrow_of_rows(self.columns, self.rows)

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a ``polars.DataFrame``.

        Raises
        ------
        MissingExtraError
            If Polars is not installed.
        """
        from undazzle.results.frames import polars_frame

        return polars_frame(self.to_arrow)

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a ``pandas.DataFrame``.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.
        """
        from undazzle.results.frames import pandas_frame

        return pandas_frame(self.to_arrow)

    def __repr__(self) -> str:
        from undazzle.results.output import render_rows

        shown = self.rows[:_SHOWN]
        table = render_rows(self.columns, shown, width=_WIDTH).rstrip("\n") if shown else "No rows."
        return "\n".join(line for line in (self.title, table, self._cut, self.note) if line)

    def _repr_html_(self) -> str:
        from undazzle.results.display import rows_html

        notes = [line for line in (self._cut, self.note) if line]
        return rows_html(self.title, list(self.columns), [list(row) for row in self.rows[:_SHOWN]], notes)

    @property
    def _cut(self) -> str:
        from undazzle.results.display import cut_line

        return cut_line(min(len(self.rows), _SHOWN), len(self.rows), "All of them: .rows, .to_csv(path)")
