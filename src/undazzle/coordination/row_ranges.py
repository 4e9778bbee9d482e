"""Ranges of accounts counted by the compiled kernel: the unit of work of a thread, of a Spark task and of a resume."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from undazzle.coordination.compiling import compiled
from undazzle.coordination.dense_items import IRREGULAR
from undazzle.coordination.dense_rows import count_dense_row
from undazzle.coordination.events import IntArray
from undazzle.coordination.pruning import Rows, SmallArray
from undazzle.coordination.rows import count_row, make_scratch

_ROWS_IN_SIEVE = 255  # numbers of rows that the sieve can tell apart


@compiled
def count_range_compiled(
    rows: Rows, first: int, last: int, k: int
) -> tuple[SmallArray, SmallArray, SmallArray, SmallArray]:
    """Return pairs of the accounts ``first`` to ``last - 1`` with higher ones: both ranks, co-actions and items.

    Sorted by both ranks.
    """
    longest = 0
    for me in range(first, last):
        longest = max(longest, rows.first[me + 1] - rows.first[me])
    scratch = make_scratch(len(rows.first) - 1, longest, len(rows.dense.event))
    counters, met = scratch.counters, scratch.met
    size, room, stamp, in_sieve, dense = 0, 1024, 1, 0, len(rows.dense.items) > 0
    out_a, out_b = np.empty(room, np.uint32), np.empty(room, np.uint32)
    out_n, out_d = np.empty(room, np.uint32), np.empty(room, np.uint32)
    for me in range(first, last):
        in_sieve += 1
        if in_sieve > _ROWS_IN_SIEVE:
            in_sieve = 1
            scratch.sieve[:] = 0
        if dense and 0 < rows.dense.class_of[me] < IRREGULAR:
            found, stamp = count_dense_row(rows, scratch, me, k, stamp, in_sieve << 8)
        else:
            found, stamp = count_row(rows, scratch, me, k, stamp, in_sieve << 8)
        if size + found > room:
            room = max(2 * room, size + found)
            out_a, out_b = _grown(out_a, room), _grown(out_b, room)
            out_n, out_d = _grown(out_n, room), _grown(out_d, room)
        met[:found].sort()
        for index in range(found):
            you = met[index]
            out_a[size], out_b[size] = me, you
            out_d[size], out_n[size] = counters[4 * you + 1], counters[4 * you + 2]
            counters[4 * you + 1], counters[4 * you + 2] = 0, 0
            size += 1
    return out_a[:size], out_b[:size], out_n[:size], out_d[:size]


@compiled
def _grown(values: SmallArray, room: int) -> SmallArray:
    larger = np.empty(room, np.uint32)
    larger[: len(values)] = values
    return larger


def cut_ranges(work: IntArray, ranges: int) -> list[tuple[int, int]]:
    """Return about ``ranges`` ranges of accounts with about the same exact work; empty ones are left out.

    Parameters
    ----------
    work
        By account, as ``row_work_compiled`` returns it.
    ranges
        How many are wanted; an account is never divided.
    """
    if not len(work):
        return []
    total = np.cumsum(work)
    goals = total[-1] * np.arange(1, ranges) / ranges
    edges = np.unique(np.concatenate(([0], np.searchsorted(total, goals) + 1, [len(work)])).clip(0, len(work)))
    return [(int(low), int(high)) for low, high in pairwise(edges)]
