"""A run as an object: its parameters, its warnings, its networks, pairs and co-actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undazzle.errors import UnknownNameError
from undazzle.results.evidence import Evidence, evidence_query, resolution_note
from undazzle.results.network_queries import Scope, pairs_query
from undazzle.results.query import literal
from undazzle.results.summaries import count_of
from undazzle.results.table import Table
from undazzle.store import RunRecord, Store, find_run

if TYPE_CHECKING:
    from undazzle.results.networks import Networks
    from undazzle.results.trust import Trust

_RESULT_TABLES = (
    "co_actions", "pairs", "networks", "members", "co_action_view", "shuffle_checks", "sensitivity_checks",
    "sensitivity_matches", "expected_hours", "untested", "tested_accounts",
)  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """What one detection found, and everything needed to repeat it.

    Attributes
    ----------
    store
        The open workspace.
    record
        The run's row in ``runs``.
    """

    store: Store
    record: RunRecord

    @classmethod
    def find(cls, store: Store, run: int | str | None = None) -> Run:
        """Return a run by number, as ``"run:3"``, by name, or the latest finished one.

        Raises
        ------
        UnknownNameError
            If there is no such run.
        """
        return cls(store, find_run(store, run))

    # --- how it was made ----------------------------------------------------------------------------
    @property
    def run_id(self) -> int:
        """Number of the run."""
        return self.record.run_id

    @property
    def name(self) -> str:
        """Name given by the user, or ``run:3``."""
        return self.record.name or f"run:{self.run_id}"

    @property
    def method(self) -> str:
        """How pairs became networks, e.g. ``window``."""
        return self.record.method

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Every setting of the run."""
        return dict(self.record.parameters)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What can change how the result reads."""
        return tuple(self.record.warnings)

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of the software that can influence the result."""
        return dict(self.record.versions)

    @property
    def fingerprint(self) -> str:
        """Hash of everything that had been ingested."""
        return self.record.input_fingerprint

    # --- what it found ------------------------------------------------------------------------------
    @property
    def networks(self) -> Networks:
        """The networks, by number or name."""
        from undazzle.results.networks import Networks

        return Networks(self)

    @property
    def trust(self) -> Trust:
        """What shuffled copies hold, on which choices the networks hang, and what could not be tested."""
        from undazzle.results.trust import Trust

        return Trust(self.store, self.run_id, self.method)

    @property
    def pairs(self) -> Table:
        """All pairs of accounts that acted together, also those below the threshold."""
        return Table(self.store, pairs_query(Scope(self.run_id)), "Pairs", run_id=self.run_id)

    @property
    def co_actions(self) -> Evidence:
        """All co-actions with both posts, closest in time first."""
        return Evidence(
            self.store, evidence_query(Scope(self.run_id)), "Co-actions", resolution_note(self.store), self.run_id
        )

    def sql(self, table: str) -> str:
        """Return SQL that yields the run's rows of a result table.

        Raises
        ------
        UnknownNameError
            If it is no result table.
        """
        if table not in _RESULT_TABLES:
            raise UnknownNameError("result table", table, _RESULT_TABLES)
        return f"SELECT * FROM {table} WHERE run_id = {literal(self.run_id)}"

    # --- display ------------------------------------------------------------------------------------
    def __repr__(self) -> str:
        return "\n".join([self._heading, *self._lines])

    def _repr_html_(self) -> str:
        from undazzle.results.display import rows_html

        settings: list[list[object]] = [[name, _shown(value)] for name, value in sorted(self.record.parameters.items())]
        return rows_html(self._heading, ["parameter", "value"], settings, self._lines)

    @property
    def _heading(self) -> str:
        named = f" ({self.record.name})" if self.record.name else ""
        return f"run:{self.run_id}{named} · {self.method} · {self.record.state}"

    @property
    def _lines(self) -> list[str]:
        counts = count_of(len(self.networks), "network")
        made = f"Undazzle {self.versions.get('undazzle', '?')}, input {self.fingerprint[:12]}, seed {self.record.seed}"
        return [counts, made, *(f"Warning: {one}" for one in self.warnings)]


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
