"""What methods ask of a cluster: the co-actions of a window, or pairs of any events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from undazzle.coordination.calibrated.spreading import Spread
from undazzle.coordination.co_actions import join_co_actions
from undazzle.coordination.events import Events
from undazzle.coordination.kernel import CountedPairs, count_pairs_compiled
from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.spark.exporting import ExportedTraces, send_events
from undazzle.coordination.spark.landing import PostsOnCluster
from undazzle.coordination.spark.landing_traces import LandedPosts
from undazzle.coordination.spark.pairing import prepare_pairing
from undazzle.coordination.spark.parts import PartWriter
from undazzle.coordination.spark.searching import SparkSearch
from undazzle.coordination.window_method import WindowResult, finish_window, too_many_co_actions
from undazzle.coordination.window_ranges import RangedWindow
from undazzle.coordination.windows import count_window_pairs
from undazzle.store import Store
from undazzle.store.engines import Cluster

# Pairs of events within the window; this machine counts fewer in about a second.
WORTH_A_JOB = 20_000_000


@dataclass(frozen=True)
class SparkEngine:
    """The heavy parts of a detection on a cluster.

    Attributes
    ----------
    cluster
        The cluster.
    exported
        All traces, where the cluster reads them; ``None`` where the method sends what it made of them.
    landed
        Posts that the cluster read and whose traces are in the workspace.
    """

    cluster: Cluster
    exported: ExportedTraces | PostsOnCluster | None = None
    landed: LandedPosts | None = None

    @property
    def holds_all_posts(self) -> bool:
        """Whether the workspace holds what all posts share, or only the posts behind co-actions."""
        return self.exported is None or self.exported.holds_all_posts

    def search(self) -> Spread:
        """Return a way of working on the parts of a calibrated search: as tasks of the cluster."""
        return SparkSearch(self.cluster)

    @property
    def posts_digest(self) -> str:
        """What posts that a cluster read are known by; nothing if the workspace holds them."""
        held = self.exported if isinstance(self.exported, PostsOnCluster) else self.landed
        return held.posts.digest if held is not None else ""

    @property
    def filled_columns(self) -> frozenset[str] | None:
        """Columns of ``posts`` that are filled, where only the cluster knows."""
        return self.landed.posts.filled if self.landed is not None else None

    def bring_posts(self, store: Store, run_id: int) -> None:
        """Bring the whole posts that the results of a run ask for, where the workspace lacks them. Writes ``posts``."""
        if self.landed is not None:
            self.landed.complete(store, run_id)

    def count_posts_of_members(self, store: Store, run_id: int) -> None:
        """Write how many posts members made in all, where only the cluster knows. Writes ``members``."""
        if isinstance(self.exported, PostsOnCluster):
            self.exported.count_posts_of_members(store, run_id)

    def write_parts(
        self, store: Store, run_id: int, settings: DetectionSettings, say: Callable[[str], None]
    ) -> tuple[Events, dict[float, RangedWindow]]:
        """Write co-actions and pairs of every window part by part; what an interrupted run wrote is passed over.

        Writes ``co_actions`` and ``pairs``. Returns the numbering of accounts, and what was written by window; nothing
        where the method sends its own events.

        Parameters
        ----------
        store, run_id
            Where to; several transactions.
        settings
            What was asked for.
        say
            Called with a line about each part.

        Raises
        ------
        TooLargeError
            If there are more co-actions than ``max_co_actions``.
        ClusterFailedError
            If the cluster stops.
        """
        if self.exported is None:
            raise ValueError("the method sends its own events")
        writer = PartWriter(self.cluster, self.exported, store, run_id, settings, say)
        written = writer.write()
        return writer.numbering(), written

    def find_window_pairs(
        self, store: Store, traces: ExportedTraces | PostsOnCluster, seconds: float, settings: DetectionSettings
    ) -> tuple[Events, WindowResult]:
        """Return what ``window_method.find_window_pairs`` returns, and what its numbers mean.

        Reads ``items``.

        Parameters
        ----------
        store
            The workspace.
        traces
            All traces, where the cluster reads them.
        seconds
            The window.
        settings
            What was asked for.

        Raises
        ------
        TooLargeError
            If there are more co-actions than ``max_co_actions``.
        ClusterFailedError
            If the cluster stops.
        """
        with prepare_pairing(
            self.cluster,
            self.cluster.run(lambda: self.cluster.read(traces.address)),
            count=traces.count,
            accounts=traces.accounts,
            window=traces.window_ticks(seconds),
            k=settings.min_items,
            min_participation=settings.min_participation,
        ) as pairing:
            looked_at, limit = pairing.plan.pairs, settings.max_co_actions
            if looked_at > limit:
                pairs, total = pairing.total()
                if total > limit:
                    raise too_many_co_actions(pairs, total, settings.min_items, limit)
            found = pairing.co_actions()
        events, found = traces.named(store, found)
        result = finish_window(
            join_co_actions([found]),
            looked_at,
            edge_weight=settings.edge_weight,
            weight=settings.weight,
            min_items=settings.min_items,
        )
        return events, result

    def count_pairs(self, events: Events, window: int, k: int) -> CountedPairs:
        """Return what ``kernel.count_pairs_compiled`` returns for events in memory, counted on the cluster.

        Few pairs are counted here: sending them would take longer.

        Parameters
        ----------
        events
            Sorted by item and time; no post has an item twice.
        window
            Ticks, inclusive.
        k
            Least number of distinct items.

        Raises
        ------
        ClusterFailedError
            If the cluster stops.
        """
        if count_window_pairs(events, window) < WORTH_A_JOB:
            return count_pairs_compiled(events, window, k)
        address = send_events(events, self.cluster.folder)
        with prepare_pairing(
            self.cluster,
            self.cluster.run(lambda: self.cluster.read(address)),
            count=len(events),
            accounts=len(events.account_keys),
            window=window,
            k=k,
        ) as pairing:
            return pairing.pairs()
