"""The compiled account-row kernel: pairs of accounts with at least ``k`` shared items, without enumerating co-actions.

For each account the windows around its events are walked, counting the other accounts met and the distinct
items shared with each (Gustavson's row-wise product). Only pairs with at least ``k`` items leave the loop, so
memory is events plus one row of counters per thread plus the result, also when one item went viral.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from undazzle.coordination.compiling import compiled
from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.pruning import Rows, SmallArray, make_rows
from undazzle.coordination.row_ranges import count_range_compiled, cut_ranges
from undazzle.coordination.rows import row_work_compiled


@dataclass(frozen=True)
class CountedPairs:
    """Pairs with at least ``k`` shared items; arrays of one length, sorted by both account numbers."""

    account_a: IntArray
    account_b: IntArray
    co_actions: IntArray
    items: IntArray

    def __len__(self) -> int:
        return len(self.account_a)


@compiled
def window_ends_compiled(item: IntArray, at: IntArray, window: int) -> IntArray:
    """Return for each event the position one past the last event of its item within the window after it."""
    count = len(item)
    ends = np.empty(count, np.int64)
    end = 0
    for index in range(count):
        end = max(end, index + 1)
        while end < count and item[end] == item[index] and at[end] - at[index] <= window:
            end += 1
        ends[index] = end
    return ends


@compiled
def window_starts_compiled(item: IntArray, at: IntArray, window: int) -> IntArray:
    """Return for each event the position of the first event of its item within the window before it."""
    count = len(item)
    starts = np.empty(count, np.int64)
    start = 0
    for index in range(count):
        while item[start] != item[index] or at[index] - at[start] > window:
            start += 1
        starts[index] = start
    return starts


def count_pairs_compiled(
    events: Events, window: int, k: int = 1, *, counts: BoolArray | None = None, threads: int = 2
) -> CountedPairs:
    """Return all pairs of accounts that share at least ``k`` items within the window.

    Parameters
    ----------
    events
        Sorted by item and time; they are pruned here.
    window
        Ticks, inclusive.
    k
        Least number of distinct items.
    counts
        By event: a co-action is counted if it counts for either side.
    threads
        Threads; each takes ranges of accounts of about equal work. They change nothing but the time.
    """
    rows = make_rows(events.item, events.account, events.at, window, k, counts)
    work = row_work_compiled(rows)
    cuts = cut_ranges(work, threads * 8 if threads > 1 else 1)
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(lambda cut: count_range_compiled(rows, cut[0], cut[1], k), cuts))
    return pairs_of_ranges(rows, parts)


def pairs_of_ranges(rows: Rows, parts: Sequence[tuple[SmallArray, ...]]) -> CountedPairs:
    """Return what ascending ranges of ranked accounts gave as one, by the accounts' own numbers.

    Parameters
    ----------
    rows
        The rows.
    parts
        What ``count_range_compiled`` returned.
    """
    total = sum(len(part[0]) for part in parts)
    joined = [np.empty(total, dtype=np.int64) for _ in range(4)]
    here = 0
    for part in parts:
        stop = here + len(part[0])
        for column in (0, 1):
            np.take(rows.number, part[column], out=joined[column][here:stop], mode="clip")
        for column in (2, 3):
            joined[column][here:stop] = part[column]
        here = stop
    return CountedPairs(*joined)
