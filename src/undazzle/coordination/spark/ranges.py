"""One task of the cluster: the rows of some adjacent accounts, with all events they can meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.kernel import (
    CountedPairs,
    pairs_of_ranges,
    window_ends_compiled,
    window_starts_compiled,
)
from undazzle.coordination.pruning import make_rows
from undazzle.coordination.row_ranges import count_range_compiled
from undazzle.coordination.spark.batches import as_events, dense, read_partition, write_batches

if TYPE_CHECKING:
    import pyarrow as pa

PAIR_SCHEMA = "account_a long, account_b long, co_actions long, items long"
CO_ACTION_SCHEMA = "account_a long, account_b long, post_a long, post_b long, item long, gap long"
_COLUMNS = ("place", "item", "account", "post", "at", "counts")
_CHUNK = 4_000_000


class RangeTask:
    """The events of one range of accounts, each once, sorted by item and time."""

    def __init__(self, found: dict[str, IntArray], first: int, last: int) -> None:
        """Take the columns of a partition; accounts from ``first`` to ``last - 1`` have rows here."""
        order = np.lexsort((found["post"], found["at"], found["item"]))
        item, post = found["item"][order], found["post"][order]
        # An event may have come from two blocks. No post has one item twice.
        new = np.ones(len(order), dtype=bool)
        new[1:] = (item[1:] != item[:-1]) | (post[1:] != post[:-1])
        order = order[new]
        self.first, self.last = first, last
        self.item_keys = found["item"][order]
        self.counts: BoolArray = found["counts"][order].astype(bool)
        self.events: Events = as_events(
            dense(self.item_keys), found["account"][order], found["post"][order], found["at"][order]
        )

    def count(self, window: int, k: int) -> CountedPairs:
        """Return the pairs with at least ``k`` shared items whose smaller account has its row here."""
        events = self.events
        rows = make_rows(events.item, events.account, events.at, window, k, self.counts)
        first, last = (int(one) for one in np.searchsorted(rows.number, [self.first, self.last]))
        return pairs_of_ranges(rows, [count_range_compiled(rows, first, last, k)])

    def co_actions(self, window: int, k: int) -> Iterator[CoActions]:
        """Yield the co-actions of the same pairs, in parts of bounded size."""
        wanted = self.count(window, k) if k > 1 else None
        starts = window_starts_compiled(self.events.item, self.events.at, window)
        ends = window_ends_compiled(self.events.item, self.events.at, window)
        mine = np.flatnonzero((self.events.account >= self.first) & (self.events.account < self.last))
        total = np.concatenate(([0], np.cumsum(ends[mine] - starts[mine])))
        start = 0
        while start < len(mine):
            stop = max(start + 1, int(np.searchsorted(total, total[start] + _CHUNK, side="right")) - 1)
            yield self._enumerate(mine[start:stop], starts, ends, wanted)
            start = stop

    def _enumerate(self, mine: IntArray, starts: IntArray, ends: IntArray, wanted: CountedPairs | None) -> CoActions:
        events, many = self.events, ends[mine] - starts[mine]
        left = np.repeat(mine, many)
        right = np.repeat(starts[mine], many) + np.arange(len(left)) - np.repeat(np.cumsum(many) - many, many)
        keep = (events.account[right] > events.account[left]) & (self.counts[left] | self.counts[right])
        left, right = left[keep], right[keep]
        if wanted is not None:
            high = int(events.account.max()) + 1
            pair = events.account[left] * high + events.account[right]
            kept = np.isin(pair, wanted.account_a * high + wanted.account_b)
            left, right = left[kept], right[kept]
        return CoActions(
            events.account[left],
            events.account[right],
            events.post[left],
            events.post[right],
            self.item_keys[left],
            np.abs(events.at[left] - events.at[right]),
        )


def _tasks(batches: Iterable[pa.RecordBatch], edges: IntArray, places: IntArray) -> Iterator[RangeTask]:
    """Yield the ranges of one partition, one at a time; usually it is one."""
    found = read_partition(batches, _COLUMNS)
    order = np.argsort(places)
    for place in np.unique(found["place"]):
        number = int(order[np.searchsorted(places[order], place)])
        here = found["place"] == place
        yield RangeTask(
            {name: values[here] for name, values in found.items()}, int(edges[number]), int(edges[number + 1])
        )


def count_ranges(
    batches: Iterable[pa.RecordBatch], *, window: int, k: int, edges: Any, places: Any
) -> Iterator[pa.RecordBatch]:
    """Yield pairs with at least ``k`` shared items. Runs on workers."""
    for task in _tasks(batches, edges.value, places.value):
        found = task.count(window, k)
        yield from write_batches(vars(found))


def list_ranges(
    batches: Iterable[pa.RecordBatch], *, window: int, k: int, edges: Any, places: Any
) -> Iterator[pa.RecordBatch]:
    """Yield the co-actions of pairs with at least ``k`` shared items. Runs on workers."""
    for task in _tasks(batches, edges.value, places.value):
        for found in task.co_actions(window, k):
            yield from write_batches(vars(found))
