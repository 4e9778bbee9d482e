"""The trust page of a run: what shuffled copies hold, on which choices the networks hang, what was not testable."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.results.query import Query
from undazzle.results.table import Table
from undazzle.results.trust_words import Shuffles, Variant, sensitivity_words, shuffle_words, untested_words
from undazzle.store import Store

_VARIANTS = "['windows_halved', 'windows_doubled', 'half_the_data', 'another_seed']"
_SENSITIVITY = """SELECT variant, time_windows, seed, traces, networks, accounts, found_again, found_in_part, not_found,
    reason
FROM (SELECT * FROM sensitivity_checks WHERE run_id = $run) LEFT JOIN (
    SELECT variant, count(*) FILTER (verdict = 'found') AS found_again,
        count(*) FILTER (verdict = 'found_in_part') AS found_in_part,
        count(*) FILTER (verdict = 'not_found') AS not_found
    FROM sensitivity_matches WHERE run_id = $run GROUP BY variant
) USING (variant)"""
_MATCHES = """SELECT m.network_id, n.name, m.variant, m.verdict, m.shared_members, n.members, m.members_there, m.jaccard
FROM sensitivity_matches m JOIN networks n USING (run_id, network_id) WHERE m.run_id = $run"""


_ANY = " UNION ALL ".join(
    f"SELECT run_id FROM {table} WHERE run_id = $run" for table in ("shuffle_checks", "sensitivity_checks", "untested")
)
_ANY = f"SELECT count(*) FROM ({_ANY})"


@dataclass(frozen=True, eq=False, repr=False)
class Trust:
    """Checks of one run. Reads ``shuffle_checks``, ``sensitivity_checks``, ``sensitivity_matches``, ``untested``.

    Attributes
    ----------
    store
        The open workspace.
    run_id, method
        The run, and how it found networks.
    """

    store: Store
    run_id: int
    method: str

    @property
    def shuffles(self) -> Table:
        """What the same search found in each copy of the data with shuffled accounts."""
        select = "SELECT strata, shuffle, networks, accounts FROM shuffle_checks WHERE run_id = $run"
        return self._table(select, "strata, shuffle", "Shuffle check")

    @property
    def sensitivity(self) -> Table:
        """What was found with other windows, half the data and another seed, and how much of it was found before."""
        return self._table(_SENSITIVITY, f"list_position({_VARIANTS}, variant)", "Sensitivity")

    @property
    def matches(self) -> Table:
        """Each network, and the one most like it in each repetition."""
        return self._table(_MATCHES, f"network_id, list_position({_VARIANTS}, variant)", "Networks found again")

    @property
    def untested(self) -> Table:
        """What could not be tested with this data, and why; the whole run first, then network by network."""
        select = "SELECT network_id, topic, what, reason, n FROM untested WHERE run_id = $run"
        return self._table(select, "network_id NULLS FIRST, topic, what", "Not testable")

    def _table(self, select: str, order: str, title: str) -> Table:
        return Table(self.store, Query(select, order, {"run": self.run_id}), title, "", self.run_id)

    @property
    def lines(self) -> tuple[str, ...]:
        """The checks in a few sentences; none if none was made."""
        if not self.store.rows(_ANY, {"run": self.run_id})[0][0]:
            return ()  # reading the tables one by one would load Arrow for nothing
        networks, rings, shuffled = self._counts
        found = [Shuffles(strata, tuple(map(int, counts))) for strata, counts in shuffled]
        variants = [
            Variant(row["variant"], row["networks"], row["found_again"], row["reason"] or "")
            for row in self.sensitivity
        ]
        limits = [(row["network_id"], row["topic"], row["what"]) for row in self.untested]
        said = (
            shuffle_words(found, networks - rings, self.method),
            sensitivity_words(variants, networks),
            untested_words(limits),
        )
        return tuple(one for one in said if one)

    @property
    def _counts(self) -> tuple[int, int, list[tuple[str, list[int]]]]:
        networks, rings = self.store.rows(
            "SELECT count(*), count(*) FILTER (status = 'closed_content') FROM networks WHERE run_id = ?", [self.run_id]
        )[0]
        shuffled = self.store.rows(
            "SELECT strata, list(networks ORDER BY shuffle) FROM shuffle_checks WHERE run_id = ? GROUP BY strata"
            " ORDER BY strata",
            [self.run_id],
        )
        return int(networks), int(rings), [(str(strata), list(counts)) for strata, counts in shuffled]

    def __repr__(self) -> str:
        return "\n".join([f"Checks of run:{self.run_id}", *self.lines])

    def _repr_html_(self) -> str:
        from undazzle.results.display import table_html

        return table_html(self.sensitivity, shown=20, lead=" ".join(self.lines))
