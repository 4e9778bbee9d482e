"""The networks of a run: look them up by number or name, walk through them, see them as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undazzle.errors import UnknownNameError
from undazzle.results.network import Network
from undazzle.results.network_queries import networks_query
from undazzle.results.runs import Run
from undazzle.results.table import Table
from undazzle.store import Store

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa


@dataclass(frozen=True, eq=False, repr=False)
class Networks:
    """The networks of one run, in the order of their numbers (strongest first)."""

    run: Run

    @property
    def table(self) -> Table:
        """The networks as rows."""
        return Table(
            self.run.store,
            networks_query(self.run.run_id),
            "Networks",
            _chance_note(self.run),
            self.run.run_id,
        )

    @property
    def columns(self) -> list[str]:
        """Names of the columns of the table."""
        return self.table.columns

    @property
    def sql(self) -> str:
        """The SQL behind the table."""
        return self.table.sql

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Network]:
        return (Network(self.run, row) for row in self._rows())

    def _rows(self) -> list[dict[str, Any]]:
        """Return the rows as the table gives them; there are few, and no need to load Arrow for them."""
        query = networks_query(self.run.run_id)
        return [
            {name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for name, value in row.items()}
            for row in self.run.store.records(query.sql, query.parameters)
        ]

    def __getitem__(self, key: int | str) -> Network:
        """Return a network by number (from 1), as ``"network:1"``, or by name.

        Raises
        ------
        UnknownNameError
            If there is no such network.
        """
        wanted = str(key).strip().removeprefix("network:")
        rows = self._rows()
        for row in rows:
            if wanted == str(row["network_id"]) or wanted.casefold() == str(row["name"]).casefold():
                return Network(self.run, row)
        known = [name for row in rows for name in (row["name"], f"network:{row['network_id']}") if name]
        raise UnknownNameError(f"network in run:{self.run.run_id}", str(key), known)

    def head(self, rows: int = 20) -> Table:
        """Return the first networks as a table."""
        return self.table.head(rows)

    def filter(self, condition: str = "", /, **equal: object) -> Table:
        """Return the rows of the networks that meet a condition (see :meth:`Table.filter`)."""
        return self.table.filter(condition, **equal)

    def to_arrow(self) -> pa.Table:
        """Return the table as a ``pyarrow.Table``."""
        return self.table.to_arrow()

    def to_polars(self) -> pl.DataFrame:
        """Return the table as a ``polars.DataFrame``."""
        return self.table.to_polars()

    def to_pandas(self) -> pd.DataFrame:
        """Return the table as a ``pandas.DataFrame``."""
        return self.table.to_pandas()

    def to_csv(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write the table as CSV."""
        return self.table.to_csv(path, overwrite=overwrite)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Offer the table to any Arrow-speaking library."""
        return self.table.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return repr(self.table)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def find_network(store: Store, reference: int | str, run: int | str | None = None) -> Network:
    """Return a network by reference.

    Parameters
    ----------
    store
        The open workspace.
    reference
        ``1``, ``"network:1"``, ``"amber-otter"``, or any of these with a run in front:
        ``"run:2/network:1"``.
    run
        The run if the reference names none; the latest finished one if not given.

    Raises
    ------
    UnknownNameError
        If there is no such run or network.
    """
    before, slash, after = str(reference).rpartition("/")
    return Run.find(store, before if slash else run).networks[after]


def _chance_note(run: Run) -> str:
    """Return the caveat to be read with networks whose expected number was not computed."""
    computed, total = run.store.rows("SELECT count(expected), count(*) FROM networks WHERE run_id = ?", [run.run_id])[0]
    if computed or not total:
        return ""
    return "How often chance alone would bring this about was not computed: expected, p and q are empty."
