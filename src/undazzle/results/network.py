"""One network: its members, its pairs, and the posts behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undazzle.model import format_duration
from undazzle.results.evidence import Evidence, evidence_query, find_member, resolution_note
from undazzle.results.network_queries import (
    Scope,
    explanations_query,
    members_query,
    pairs_query,
    posts_query,
    timeline_query,
)
from undazzle.results.runs import Run
from undazzle.results.surprise import CLOSED_CONTENT
from undazzle.results.table import Table
from undazzle.store import Store

if TYPE_CHECKING:
    import networkx as nx

    from undazzle.charts.chart_types import Chart, LayerChart

# Lengths of an interval on the timeline; the first that needs at most _MOST_STEPS intervals is taken.
_STEPS = (60, 300, 900, 3600, 6 * 3600, 86400, 7 * 86400, 28 * 86400)
_MOST_STEPS = 200


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """Accounts that acted together more than the run's settings ask for.

    Attributes
    ----------
    run
        The run that found it.
    facts
        Its row in the table of networks: counted and computed values by column name.
    """

    run: Run
    facts: Mapping[str, Any] = field(repr=False)

    # --- what it is ---------------------------------------------------------------------------------
    @property
    def store(self) -> Store:
        """The open workspace."""
        return self.run.store

    @property
    def network_id(self) -> int:
        """Number of the network in its run, from 1."""
        return int(self.facts["network_id"])

    @property
    def name(self) -> str:
        """Name made from the members, e.g. ``amber-otter``."""
        return str(self.facts["name"] or f"network:{self.network_id}")

    @property
    def reference(self) -> str:
        """What to write in a command to mean this network in this run, e.g. ``run:2/network:1``."""
        return f"run:{self.run.run_id}/network:{self.network_id}"

    @property
    def time_window(self) -> float | None:
        """Largest gap of a co-action, in seconds; ``None`` if several windows were used."""
        window = self.facts["time_window"]
        return None if window is None else float(window)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of trace among the co-actions."""
        return tuple(self.facts["kinds"] or ())

    @property
    def first_at(self) -> datetime | None:
        """Time of the first post in a co-action."""
        return self.facts["first_at"]  # type: ignore[no-any-return]  # the table says it is a time

    @property
    def last_at(self) -> datetime | None:
        """Time of the last post in a co-action."""
        return self.facts["last_at"]  # type: ignore[no-any-return]  # the table says it is a time

    @property
    def explained_by(self) -> str | None:
        """Name of the innocent explanation that fits, e.g. ``page_family``; ``None`` if none does."""
        found = self.facts["explained_by"]
        return None if found is None else str(found)

    @property
    def is_closed(self) -> bool:
        """Whether nobody else shares what the members share, so that timing cannot test the network."""
        return bool(self.facts.get("status") == CLOSED_CONTENT)

    @property
    def summary(self) -> str:
        """What was measured and what explains it, in words that claim no more than that."""
        from undazzle.results.summaries import network_summary

        return network_summary(self.name, self.facts)

    # --- tables -------------------------------------------------------------------------------------
    @property
    def _scope(self) -> Scope:
        return Scope(self.run.run_id, self.network_id, self.time_window)

    @property
    def members(self) -> Table:
        """The member accounts, most co-actions first."""
        return Table(self.store, members_query(self._scope), f"Members of {self.name}", "", self.run.run_id)

    @property
    def pairs(self) -> Table:
        """The pairs that hold the network together, most co-actions first."""
        return Table(self.store, pairs_query(self._scope), f"Pairs of {self.name}", "", self.run.run_id)

    @property
    def explanations(self) -> Table:
        """Ordinary reasons for the network, each with its test: those that fit first."""
        title = f"Innocent explanations of {self.name}"
        return Table(self.store, explanations_query(self._scope), title, "", self.run.run_id)

    @property
    def co_actions(self) -> Evidence:
        """All co-actions of these pairs with both posts, closest in time first."""
        return self.evidence()

    @property
    def posts(self) -> Table:
        """The posts that are part of these co-actions, in order of time."""
        title = f"Posts in co-actions of {self.name}"
        return Table(self.store, posts_query(self._scope), title, "", self.run.run_id)

    def evidence(self, a: str | None = None, b: str | None = None, *, limit: int | None = None) -> Evidence:
        """Return the co-actions with both posts, the item and the gap, closest in time first.

        Parameters
        ----------
        a, b
            Members, by id (with or without the platform) or handle: only what ``a`` did together with
            ``b``, or with anybody if ``b`` is not given. The posts of ``a`` stand first.
        limit
            Most rows.

        Raises
        ------
        UnknownNameError
            If no member is called that.
        ParameterError
            If several members are called that.
        """
        if a is None:
            a, b = b, None
        keys = [self._member(one) for one in (a, b) if one is not None]
        title = f"Evidence of {self.name}" + (f": {' and '.join(filter(None, (a, b)))}" if a else "")
        found = Evidence(
            self.store, evidence_query(self._scope, *keys), title, resolution_note(self.store), self.run.run_id
        )
        return found if limit is None else found.head(limit)

    def _member(self, name: str) -> int:
        return find_member(self.store, self.run.run_id, self.network_id, name, self.name)

    def timeline(self, step_seconds: int | None = None) -> Table:
        """Return co-actions, accounts and posts by interval and kind.

        Parameters
        ----------
        step_seconds
            Length of an interval; one that gives at most 200 intervals if not given.
        """
        step = step_seconds or self._step_seconds
        title = f"Timeline of {self.name}, by {format_duration(step)}"
        return Table(self.store, timeline_query(self._scope, step), title, "", self.run.run_id)

    @property
    def _step_seconds(self) -> int:
        span = (self.last_at - self.first_at).total_seconds() if self.first_at and self.last_at else 0.0
        return next((step for step in _STEPS if span / step < _MOST_STEPS), _STEPS[-1])

    # --- pictures and graphs ------------------------------------------------------------------------
    def timeline_chart(self) -> Chart:
        """Return a chart of the co-actions over time, by kind.

        Raises
        ------
        MissingExtraError
            If Altair is not installed.
        """
        from undazzle.charts import timeline_chart

        step = self._step_seconds
        return timeline_chart(list(self.timeline(step)), step_seconds=step, title=f"Co-actions of {self.name}")

    def graph_chart(self, *, max_nodes: int = 200) -> LayerChart:
        """Return a picture of the network: the members with most co-actions, and the pairs between them.

        Parameters
        ----------
        max_nodes
            Most members to draw; the chart says how many are left out.

        Raises
        ------
        MissingExtraError
            If Altair is not installed.
        """
        from undazzle.charts import graph_chart

        members = list(self.members.head(max(max_nodes, 1)))
        shown = [row["account_id"] for row in members]
        return graph_chart(
            members,
            list(self.pairs.filter(account_a=shown, account_b=shown)),
            max_nodes=max_nodes,
            title=self.name,
            member_count=len(self.members),
            pair_count=len(self.pairs),
        )

    def to_networkx(self) -> nx.Graph[str]:
        """Return an undirected ``networkx.Graph``: members with their counts, pairs with theirs."""
        from undazzle.results.graph_files import build_graph

        return build_graph(self)

    # --- files --------------------------------------------------------------------------------------
    def to_gexf(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write GEXF for Gephi, with evidence counts on every edge; return the path.

        Raises
        ------
        OutputExistsError
            If the file exists and ``overwrite`` is not set.
        """
        from undazzle.results.graph_files import write_gexf

        return write_gexf(self, path, overwrite=overwrite)[0]

    def to_graphml(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write GraphML with evidence counts on every edge; return the path.

        Raises
        ------
        OutputExistsError
            If the file exists and ``overwrite`` is not set.
        """
        from undazzle.results.graph_files import write_graphml

        return write_graphml(self, path, overwrite=overwrite)[0]

    # --- display ------------------------------------------------------------------------------------
    def __repr__(self) -> str:
        return f"{self.summary}\n{self.members!r}"

    def _repr_html_(self) -> str:
        from undazzle.results.display import table_html

        return table_html(self.members, shown=20, lead=self.summary)
