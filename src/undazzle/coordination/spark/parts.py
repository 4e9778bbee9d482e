"""Results of a cluster written part by part, so that an interrupted detection goes on behind the last one written.

A part is some ranges of adjacent accounts. A pair belongs to its lower account, so parts need no merging. Each part is
one transaction with a note of the account it ended before; what is written does not depend on how parts were cut.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from undazzle.coordination.co_actions import CoActions, join_co_actions
from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.spark.exporting import ExportedTraces
from undazzle.coordination.spark.landing import PostsOnCluster
from undazzle.coordination.spark.pairing import ClusterPairing, prepare_pairing
from undazzle.coordination.window_method import too_many_co_actions
from undazzle.coordination.window_ranges import RangedWindow, write_part
from undazzle.model import format_duration
from undazzle.store import Store
from undazzle.store.engines import Cluster

PROGRESS = "finished_on_cluster"  # in ``runs.summary``
PAIRS_IN_PART = 10_000_000  # pairs of events within the window: no part has more co-actions
_MOST_PARTS = 32  # each reads what is left of the events once more


@dataclass
class _Progress:
    """How far one window came: the account it goes on with, and what was counted before."""

    start: int = 0
    looked_at: int = 0
    co_actions: int = 0
    pairs: int = 0
    checked: bool = False


@dataclass(frozen=True)
class PartWriter:
    """One detection whose events are on a cluster.

    Attributes
    ----------
    cluster, traces
        Where the events are.
    store, run_id, settings
        Where results go, and what was asked for.
    say
        Called with a line about each part.
    """

    cluster: Cluster
    traces: ExportedTraces | PostsOnCluster
    store: Store
    run_id: int
    settings: DetectionSettings
    say: Callable[[str], None]

    def write(self) -> dict[float, RangedWindow]:
        """Write co-actions and pairs of every window; parts that stand in the workspace already are passed over.

        Writes ``co_actions`` and ``pairs``, what these name of posts that a cluster read, and notes in ``runs``.

        Raises
        ------
        TooLargeError
            If there are more co-actions than ``max_co_actions``.
        ClusterFailedError, SourceError
            If the cluster stops, or a file is broken.
        """
        done = read_progress(self.store, self.run_id)
        found = {}
        for seconds in self.settings.windows:
            progress = _Progress(**done.get(str(seconds), {}))
            if progress.start < self.traces.accounts:
                self._write_window(seconds, done, progress)
            found[seconds] = RangedWindow(progress.looked_at, progress.co_actions, progress.pairs, 0)
        return found

    def _write_window(self, seconds: float, done: dict[str, Any], progress: _Progress) -> None:
        settings, within = self.settings, format_duration(seconds)
        self.say(f"Pairing {self.traces.count:,} traces within {within}")
        with prepare_pairing(
            self.cluster,
            self.cluster.run(lambda: self.cluster.read(self.traces.address)),
            count=self.traces.count,
            accounts=self.traces.accounts,
            window=self.traces.window_ticks(seconds),
            k=settings.min_items,
            min_participation=settings.min_participation,
            ranges_at_least=lambda pairs: 2 * self.cluster.cores * _parts(pairs),
        ) as pairing:
            progress.looked_at = pairing.plan.pairs
            if not progress.checked:
                self._check(pairing)
                progress.checked = True
            cuts = cut_parts(pairing.plan.edges, _parts(pairing.plan.pairs), progress.start)
            if progress.start:
                self.say(f"Within {within}: going on with account {progress.start:,} of {self.traces.accounts:,}")
            for number, (first, last) in enumerate(cuts):
                self.say(f"Part {number + 1} of {len(cuts)} within {within}")
                self._write_part(seconds, pairing.co_actions(first, last), done, progress, last)

    def _check(self, pairing: ClusterPairing) -> None:
        limit = self.settings.max_co_actions
        if pairing.plan.pairs > limit:
            pairs, total = pairing.total()
            if total > limit:
                raise too_many_co_actions(pairs, total, self.settings.min_items, limit)

    def _write_part(
        self, seconds: float, found: CoActions, done: dict[str, Any], progress: _Progress, last: int
    ) -> None:
        with self.store.transaction():
            events, found = self.traces.named(self.store, found)
            written = write_part(
                self.store, self.run_id, seconds, events, join_co_actions([found]), self.settings.weight
            )
            progress.start = last
            progress.co_actions += written[0]
            progress.pairs += written[1]
            done[str(seconds)] = vars(progress)
            self.store.execute(
                "UPDATE runs SET summary = ? WHERE run_id = ?", [json.dumps({PROGRESS: done}), self.run_id]
            )

    def numbering(self) -> Events:
        """Return events that hold nothing but the accounts of the workspace in the order of their ids."""
        return self.traces.numbering(self.store)


def read_progress(store: Store, run_id: int) -> dict[str, Any]:
    """Return what ``PartWriter`` noted of a run, by window. Reads ``runs``."""
    summary = json.loads(store.rows("SELECT summary FROM runs WHERE run_id = ?", [run_id])[0][0])
    return dict(summary.get(PROGRESS, {}))


def _parts(pairs: int) -> int:
    return min(_MOST_PARTS, max(1, math.ceil(pairs / PAIRS_IN_PART)))


def cut_parts(edges: IntArray, parts: int, start: int) -> list[tuple[int, int]]:
    """Return from which account to before which each part reaches, from ``start`` on: whole ranges, equally many.

    Examples
    --------
    >>> import numpy as np
    >>> cut_parts(np.array([0, 4, 7, 9, 12]), 2, 0), cut_parts(np.array([0, 4, 7, 9, 12]), 2, 5)
    ([(0, 7), (7, 12)], [(5, 7), (7, 12)])
    """
    ranges = len(edges) - 1
    ends = [int(edges[ranges * (part + 1) // parts]) for part in range(parts)]
    firsts = [int(edges[0]), *ends[:-1]]
    return [(max(first, start), last) for first, last in zip(firsts, ends, strict=True) if last > max(first, start)]
