"""The pairs of accounts that are surveyed, range by range of accounts, so that not all are in memory at once.

A pair belongs to its lower account. Ranges that follow one another give the pairs in the order in which all at once
would stand, so that what is found in them does not depend on how they were cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.events import BoolArray, IntArray
from undazzle.coordination.listing import sums_by_account
from undazzle.coordination.ordering import distinct
from undazzle.coordination.pruning import Rows, make_rows
from undazzle.coordination.row_ranges import count_range_compiled, cut_ranges
from undazzle.coordination.rows import row_work_compiled
from undazzle.coordination.windows import has_other_account_near

_COUNTED_IN = 64  # ranges in which pairs are counted for the plan, so that counting takes little memory itself


@dataclass(frozen=True)
class Wanted:
    """Pairs that are surveyed: those that met on some items within a window, on a least number of them."""

    items: BoolArray
    window: int
    least: int


@dataclass(frozen=True)
class Ranges:
    """How the pairs of a survey are divided.

    Attributes
    ----------
    cuts
        First account, and one past the last, of each range.
    most_edges
        So many surprising pairs can be kept.
    """

    cuts: list[tuple[int, int]]
    most_edges: int


def wanted_pairs(clear: BoolArray, calm: BoolArray, windows: list[int]) -> Iterator[Wanted]:
    """Yield what pairs are surveyed: those that met on two calm items, or on one that is clear.

    Meetings within a window are meetings within longer ones too, so that a shorter window adds those only on items
    that are crowded in all longer ones.

    Parameters
    ----------
    clear, calm
        By window and item: whether it is clear, and calm, in any half (``surveying.on_items``).
    windows
        Ticks, shortest first.
    """
    once, twice = np.zeros((2, clear.shape[1]), dtype=bool)
    for number in range(len(windows) - 1, -1, -1):
        here = clear[number] & ~once
        yield Wanted(here, windows[number], 1)
        once |= here
        here = calm[number] & ~twice
        if here.any():
            twice |= here
            yield Wanted(twice.copy(), windows[number], 2)


def rows_of(slots: Slots, wanted: Wanted) -> Rows:
    """Return the rows that the kernel walks for some pairs."""
    events = slots.events.take(wanted.items[slots.events.item])
    near = events.take(has_other_account_near(events, wanted.window))
    return make_rows(near.item, near.account, near.at, wanted.window, wanted.least)


def count_by_account(rows: Rows, least: int, accounts: int) -> IntArray:
    """Return exactly how many pairs each account is the lower one of."""
    found = np.zeros(accounts, dtype=np.int64)
    found[rows.number] += sums_by_account(rows, cut_ranges(row_work_compiled(rows), _COUNTED_IN), least)[0]
    return found


def pairs_in_range(every: list[tuple[Rows, int]], accounts: int, first: int, last: int) -> tuple[IntArray, IntArray]:
    """Return the distinct pairs whose lower account lies in a range, sorted by both.

    Parameters
    ----------
    every
        Rows, and the least number of items of a pair in them.
    accounts
        How many there are.
    first, last
        The range.
    """
    found = []
    for rows, least in every:
        begin, end = np.searchsorted(rows.number, (first, last)).tolist()
        a, b, _, _ = count_range_compiled(rows, begin, end, least)
        found.append(rows.number[a] * np.int64(max(1, accounts)) + rows.number[b])
    keys = distinct(np.concatenate(found))
    return keys // max(1, accounts), keys % max(1, accounts)
