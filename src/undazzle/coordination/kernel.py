"""The compiled account-row kernel: pairs of accounts with at least ``k`` shared items, without enumerating co-actions.

For each account the windows around its events are walked, counting the other accounts met and the distinct
items shared with each (Gustavson's row-wise product). Only pairs with at least ``k`` items leave the loop, so
memory is events plus one row of counters per thread plus the result, also when one item went viral.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from undazzle.coordination.events import BoolArray, Events, IntArray


@dataclass(frozen=True)
class CountedPairs:
    """Pairs with at least ``k`` shared items; arrays of one length, sorted by both account numbers."""

    account_a: IntArray
    account_b: IntArray
    co_actions: IntArray
    items: IntArray

    def __len__(self) -> int:
        return len(self.account_a)


@numba.njit(cache=True, nogil=True)
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


@numba.njit(cache=True, nogil=True)
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


@numba.njit(cache=True, nogil=True)
def _count_rows(
    item: IntArray,
    account: IntArray,
    starts: IntArray,
    ends: IntArray,
    counts: BoolArray,
    row_events: IntArray,
    row_ends: IntArray,
    first: int,
    last: int,
    accounts: int,
    k: int,
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Count the rows of accounts ``first`` to ``last - 1``; one row is one account and all higher ones it meets."""
    actions = np.zeros(accounts, np.int64)
    items = np.zeros(accounts, np.int64)
    latest = np.full(accounts, -1, np.int64)
    met = np.empty(accounts, np.int64)
    size, room = 0, 1024
    out_a, out_b = np.empty(room, np.int64), np.empty(room, np.int64)
    out_n, out_d = np.empty(room, np.int64), np.empty(room, np.int64)
    for me in range(first, last):
        touched = 0
        for position in range(row_ends[me], row_ends[me + 1]):
            event = row_events[position]
            mine = counts[event]
            for other in range(starts[event], ends[event]):
                you = account[other]
                if you <= me or not (mine or counts[other]):
                    continue
                if actions[you] == 0:
                    met[touched] = you
                    touched += 1
                actions[you] += 1
                if latest[you] != item[event]:
                    latest[you] = item[event]
                    items[you] += 1
        for index in range(touched):
            you = met[index]
            if items[you] >= k:
                if size == room:
                    room *= 2
                    out_a, out_b = _grown(out_a, room), _grown(out_b, room)
                    out_n, out_d = _grown(out_n, room), _grown(out_d, room)
                out_a[size], out_b[size] = me, you
                out_n[size], out_d[size] = actions[you], items[you]
                size += 1
            actions[you], items[you], latest[you] = 0, 0, -1
    return out_a[:size], out_b[:size], out_n[:size], out_d[:size]


@numba.njit(cache=True, nogil=True)
def _grown(values: IntArray, room: int) -> IntArray:
    larger = np.empty(room, np.int64)
    larger[: len(values)] = values
    return larger


def count_pairs_compiled(
    events: Events, window: int, k: int = 1, *, counts: BoolArray | None = None, threads: int = 2
) -> CountedPairs:
    """Return all pairs of accounts that share at least ``k`` items within the window.

    Parameters
    ----------
    events
        Sorted by item and time; best pruned first (pruning is exact).
    window
        Ticks, inclusive.
    k
        Least number of distinct items.
    counts
        By event: a co-action is counted if it counts for either side.
    threads
        Threads; each takes ranges of accounts of about equal work.
    """
    rank, number = np.unique(events.account, return_inverse=True)
    account = number.astype(np.int64)
    starts = window_starts_compiled(events.item, events.at, window)
    ends = window_ends_compiled(events.item, events.at, window)
    flags = np.ones(len(events), dtype=bool) if counts is None else counts
    row_events = np.argsort(account, kind="stable")  # events of one account stay in item order
    row_ends = np.searchsorted(account[row_events], np.arange(len(rank) + 1)).astype(np.int64)
    work = np.bincount(account, weights=(ends - starts), minlength=len(rank)).astype(np.float64)
    cuts = _equal_work(work, threads * 8)

    def count(cut: tuple[int, int]) -> tuple[Any, ...]:
        rows: tuple[Any, ...] = _count_rows(
            events.item, account, starts, ends, flags, row_events, row_ends, cut[0], cut[1], len(rank), k
        )
        return rows

    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(count, cuts))
    return _sorted_pairs(parts, rank)


def _equal_work(work: npt.NDArray[np.float64], ranges: int) -> list[tuple[int, int]]:
    total = np.cumsum(work)
    if not len(total):
        return []
    goals = total[-1] * np.arange(1, ranges) / ranges
    edges = np.unique(np.concatenate(([0], np.searchsorted(total, goals) + 1, [len(work)])).clip(0, len(work)))
    return [(int(low), int(high)) for low, high in pairwise(edges)]


def _sorted_pairs(parts: list[tuple[Any, ...]], rank: IntArray) -> CountedPairs:
    empty = np.zeros(0, dtype=np.int64)
    a, b, n, d = (np.concatenate([part[i] for part in parts]) if parts else empty for i in range(4))
    order = np.lexsort((b, a))
    return CountedPairs(rank[a[order]], rank[b[order]], n[order], d[order])
