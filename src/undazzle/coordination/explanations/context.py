"""What the explanations look at: the networks of one run, their posts, and accounts outside to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from undazzle.coordination.explanations.chance import Excess, excess
from undazzle.coordination.explanations.context_sql import CONTROLS, SCRIPTS, TABLES
from undazzle.coordination.explanations.identities import network_names
from undazzle.coordination.explanations.names import AccountName
from undazzle.coordination.explanations.sites import gather_sites
from undazzle.store import Store

# Fewer control accounts of one size class give no mean worth printing.
_FEWEST_CONTROLS = 5
# Outsiders stand for a public only if they outnumber the accounts of all networks clearly.
_PUBLIC_RATIO, _FEWEST_OUTSIDERS = 3, 20
_ACCOUNT_COLUMNS = ("handle", "display_name", "description", "is_automated", "is_verified")
_POST_COLUMNS = (
    "client", "text", "links", "domains", "mentions", "reply_to_account", "quote_of_account", "repost_of_account",
)  # fmt: skip


@dataclass(frozen=True)
class NetworkContext:
    """Networks of one run, gathered in temporary tables ``explained_…`` (see ``context_sql``).

    Attributes
    ----------
    store
        The open workspace.
    run_id
        The run.
    network_ids
        The networks to explain; one, or all of the run at once.
    """

    store: Store
    run_id: int
    network_ids: tuple[int, ...]
    _gathered_sites: list[bool] = field(default_factory=list, repr=False)

    @cached_property
    def sizes(self) -> dict[int, int]:
        """Number of accounts by network."""
        return self.numbers("SELECT network_id, count(*) FROM explained_members GROUP BY network_id")

    @cached_property
    def filled(self) -> frozenset[str]:
        """Columns of posts and accounts that are filled for at least one account of the networks."""
        return frozenset(self._filled("posts", _POST_COLUMNS) | self._filled("account_observations", _ACCOUNT_COLUMNS))

    def _filled(self, table: str, columns: Sequence[str]) -> set[str]:
        lists = ("links", "domains", "mentions")
        checks = ", ".join(
            f"coalesce(bool_or({f'len({one}) > 0' if one in lists else f'{one} IS NOT NULL'}), false)"
            for one in columns
        )
        row = self.store.rows(f"SELECT {checks} FROM {table} SEMI JOIN explained_members USING (account_key)")[0]
        return {column for column, is_filled in zip(columns, row, strict=True) if is_filled}

    @cached_property
    def resolution_seconds(self) -> float:
        """Coarsest resolution of times among the files of the networks' accounts, in seconds."""
        found = self.store.rows(
            "SELECT max(time_resolution_seconds) FROM sources SEMI JOIN"
            " (SELECT DISTINCT source_id FROM posts SEMI JOIN explained_members USING (account_key)) USING (source_id)"
        )[0][0]
        return float(found or 1.0)

    @cached_property
    def outsiders(self) -> int:
        """Number of accounts in no network of the run."""
        found = self.store.rows("SELECT count(*) FROM explained_sizes ANTI JOIN explained_insiders USING (account_key)")
        return int(found[0][0])

    @cached_property
    def missing_public(self) -> str:
        """Why nobody in this data can stand for a public, as a sentence; empty if outsiders can."""
        inside = int(self.store.rows("SELECT count(*) FROM explained_insiders")[0][0])
        if not self.store.rows("SELECT count(*) FROM traces SEMI JOIN explained_meetings USING (item_key)")[0][0]:
            return "The traces of this run were replaced: what others did with the items is no longer known."
        if self.outsiders >= max(_FEWEST_OUTSIDERS, _PUBLIC_RATIO * inside):
            return ""
        return (
            f"Only {self.outsiders:,} accounts of this data stand outside the networks, against {inside:,} inside: "
            "they cannot stand for a public."
        )

    @cached_property
    def names(self) -> dict[int, list[AccountName]]:
        """What the members call themselves, by network; empty where this data names nobody."""
        return network_names(self.store)

    def gather_sites(self) -> None:
        """Fill the tables of ``sites``, unless that was done."""
        if not self._gathered_sites:
            gather_sites(self.store)
            self._gathered_sites.append(True)

    @cached_property
    def chance(self) -> dict[int, Excess]:
        """How often members met, and others in their place would have, by network."""
        return excess(self.store)

    def numbers(self, sql: str, parameters: Mapping[str, object] | None = None) -> dict[int, Any]:
        """Return a query of two columns, the first being the network, as a dictionary."""
        return dict(self.store.rows(sql, parameters))

    def by_network(self, sql: str, parameters: Mapping[str, object] | None = None) -> dict[int, dict[str, Any]]:
        """Return a query with a column ``network_id`` as one record per network."""
        return {int(row["network_id"]): row for row in self.store.records(sql, parameters)}

    def controls(self, values_sql: str) -> dict[int, float]:
        """Return, by network, the mean of a value among outside accounts of the same activity as the members.

        Parameters
        ----------
        values_sql
            SELECT of ``account_key`` and ``value`` for any accounts; those of ``explained_accounts`` are enough.
        """
        return self.numbers(
            f"WITH found AS ({values_sql}), means AS ("
            " SELECT c.size, avg(f.value) AS mean FROM explained_controls c JOIN found f USING (account_key)"
            f" GROUP BY c.size HAVING count(*) >= {_FEWEST_CONTROLS})"
            " SELECT m.network_id, avg(means.mean) FROM explained_members m JOIN explained_sizes USING (account_key)"
            " JOIN means USING (size) GROUP BY m.network_id"
        )


@contextmanager
def gathered(store: Store, run_id: int, network_ids: Iterable[int]) -> Iterator[NetworkContext]:
    """Gather what the explanations look at; the temporary tables are dropped at the end.

    Parameters
    ----------
    store
        The workspace; may be read only.
    run_id
        The run.
    network_ids
        The networks.
    """
    context = NetworkContext(store, run_id, tuple(network_ids))
    scope = {"run": run_id, "networks": list(context.network_ids)}
    for sql in SCRIPTS:
        named = {name: value for name, value in scope.items() if f"${name}" in sql}
        store.execute(sql, named or None)
    store.script(CONTROLS)
    yield context
    # Not in a finally: after an error the surrounding transaction is void and takes the tables with it.
    store.script("; ".join(f"DROP TABLE IF EXISTS temp.explained_{table}" for table in TABLES))
