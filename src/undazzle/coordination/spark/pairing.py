"""From events on a cluster to pairs and co-actions: prune, cut the accounts into ranges, run the kernel on each.

Shuffled are all events once to be pruned, what is left once more (twice with ``k`` above 1), and for each range of
accounts the events that its rows walk over. Only sums by group of accounts, and results, come back to this machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import IntArray
from undazzle.coordination.kernel import CountedPairs
from undazzle.coordination.spark.blocks import (
    COUNTED_SCHEMA,
    REACH_SCHEMA,
    WORK_SCHEMA,
    cut_into_blocks,
    keep_meeting_events,
    measure_work,
    spread_over_ranges,
)
from undazzle.coordination.spark.filters import active_events, flag_counting_events, with_enough_items
from undazzle.coordination.spark.planning import Plan, plan_ranges
from undazzle.coordination.spark.ranges import CO_ACTION_SCHEMA, PAIR_SCHEMA, count_ranges, list_ranges
from undazzle.coordination.spark.returning import bring_back
from undazzle.store.engines import Cluster

_EVENTS_IN_PARTITION = 1_000_000


class ClusterPairing:
    """The work of one window, pruned and cut; made by ``prepare_pairing``.

    Attributes
    ----------
    plan
        How it is cut, and how many pairs of events lie within the window.
    """

    def __init__(
        self, cluster: Cluster, blocks: Any, plan: Plan, window: int, k: int, keep: Callable[[Any], Any]
    ) -> None:
        self.plan, self._keep = plan, keep
        self._cluster, self._blocks, self._window, self._k = cluster, blocks, window, k
        self._reached = self._reach(plan)

    def total(self) -> tuple[int, int]:
        """Return how many pairs there are with at least ``k`` shared items, and how many co-actions they have."""
        self._reached = self._keep(self._reached)  # it is read again if there are not too many
        sums = self._map(count_ranges, PAIR_SCHEMA).selectExpr("count(*)", "coalesce(sum(co_actions), 0)")
        pairs, co_actions = self._cluster.run(sums.collect)[0]
        return int(pairs), int(co_actions)

    def pairs(self) -> CountedPairs:
        """Return the pairs with at least ``k`` shared items, sorted by both accounts."""
        found = bring_back(self._cluster, self._map(count_ranges, PAIR_SCHEMA), PAIR_SCHEMA)
        order = np.lexsort((found["account_b"], found["account_a"]))
        return CountedPairs(**{name: values[order] for name, values in found.items()})

    def co_actions(self, first: int = 0, last: int | None = None) -> CoActions:
        """Return the co-actions of the same pairs, in no order; ``item`` is the number that events gave.

        Parameters
        ----------
        first, last
            Only pairs whose lower account is one of ``first`` to ``last - 1``; all if not given.
        """
        whole = int(self.plan.edges[-1])
        plan = self.plan.between(self._cluster.session, first, whole if last is None else last)
        return CoActions(**bring_back(self._cluster, self._map(list_ranges, CO_ACTION_SCHEMA, plan), CO_ACTION_SCHEMA))

    def _reach(self, plan: Plan) -> Any:
        """Return by range the events that the rows of its accounts walk over."""
        spread = partial(
            spread_over_ranges,
            window=self._window,
            edges=self._cluster.broadcast(plan.edges),
            places=self._cluster.broadcast(plan.places),
        )
        return self._cluster.map(self._blocks, spread, REACH_SCHEMA).repartition(max(1, plan.ranges), "place")

    def _map(self, function: Callable[..., Iterator[Any]], schema: str, plan: Plan | None = None) -> Any:
        chosen = plan or self.plan
        task = partial(
            function,
            window=self._window,
            k=self._k,
            edges=self._cluster.broadcast(chosen.edges),
            places=self._cluster.broadcast(chosen.places),
        )
        return self._cluster.map(self._reached if chosen is self.plan else self._reach(chosen), task, schema)


@contextmanager
def prepare_pairing(
    cluster: Cluster,
    events: Any,
    *,
    count: int,
    accounts: int,
    window: int,
    k: int,
    min_participation: int = 1,
    ranges_at_least: Callable[[int], int] = lambda _pairs: 1,
) -> Iterator[ClusterPairing]:
    """Prune events and cut the work for one window; what the cluster keeps for it is let go of afterwards.

    Parameters
    ----------
    cluster
        The cluster.
    events
        A frame with ``item``, ``account``, ``post`` and ``at`` (ticks, none negative).
    count
        How many events, about: decides into how many partitions they are cut.
    accounts
        One more than the largest account number.
    window
        Ticks, inclusive.
    k
        Least number of distinct items of a pair.
    min_participation
        Least number of events of an account, before and after pairing.
    ranges_at_least
        Given the pairs of events within the window: least number of ranges to cut the accounts into.
    """
    kept: list[Any] = []

    def keep(frame: Any) -> Any:
        kept.append(frame.persist())
        return frame

    partitions = max(2 * cluster.cores, math.ceil(count / _EVENTS_IN_PARTITION))
    cluster.shuffle_into(partitions)
    prune = partial(keep_meeting_events, window=window)
    try:
        active = active_events(events, min_participation).selectExpr("*", "true AS counts")
        meeting = keep(cluster.map(cut_into_blocks(active, window, partitions), prune, COUNTED_SCHEMA))
        if min_participation > 1:
            meeting = flag_counting_events(meeting, active, min_participation)
        blocks = keep(cut_into_blocks(meeting, window, partitions))
        plan = _measure(cluster, blocks, window, accounts, ranges_at_least)
        if k > 1 and plan.work:
            again = cut_into_blocks(with_enough_items(meeting, k), window, partitions)
            meeting = with_enough_items(keep(cluster.map(again, prune, COUNTED_SCHEMA)), k)
            blocks = keep(cut_into_blocks(meeting, window, partitions))
            plan = plan.with_work_of(_measure(cluster, blocks, window, accounts, ranges_at_least))
        yield ClusterPairing(cluster, blocks, plan, window, k, keep)
    finally:
        for frame in kept:
            frame.unpersist()


def _measure(cluster: Cluster, blocks: Any, window: int, accounts: int, ranges_at_least: Callable[[int], int]) -> Plan:
    """Count the work by group of accounts, and cut the accounts into ranges of about equal work."""
    group = max(1, math.ceil(accounts / Plan.MOST_GROUPS))
    task = partial(measure_work, window=window, group=group)
    by_group = cluster.map(blocks, task, WORK_SCHEMA).groupBy("account_group").sum("work", "pairs")
    rows = cluster.run(by_group.collect)
    found: IntArray = np.array(sorted(tuple(row) for row in rows), dtype=np.int64).reshape(-1, 3)
    least = max(2 * cluster.cores, ranges_at_least(int(found[:, 2].sum())))
    return plan_ranges(cluster.session, found, group, accounts, least)
