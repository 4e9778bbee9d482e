"""The compiled account-row kernel itself: one account at a time, and everybody it met on at least ``k`` items.

Two observations keep it short, both exact. Whoever shares ``k`` items with an account is met at least ``k - h`` times
outside the ``h`` items with the largest windows; so these come last, and on them only those met often enough before
are counted, by running over the window or by looking up their own rows. And whoever is to be met ``k - h`` times or
more is found by a sieve of small counters that stays in the processor's nearest memory: only those that pass it are
counted by item. ``h`` is chosen for each account by the exact sizes of its windows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from undazzle.coordination.compiling import compiled, inlined
from undazzle.coordination.events import IntArray
from undazzle.coordination.pruning import Rows, SmallArray

# What one event in a window costs, relative to running over it with a test: counted at once, sieved and then counted
# if it passed; and what looking up another account in its own row costs. Estimated, not
# measured; they decide nothing but the time.
_COUNT, _SIEVE, _LOOK_UP = 10, 3, 16
MOST_HEAVY = 16  # items that may come last, whatever ``k``
_SIEVE_STAMPS, _SIEVE_FULL = 255, 255


class Scratch(NamedTuple):
    """What the walk of a row writes to: counters by account, and the items of the row."""

    counters: SmallArray  # four a piece: latest item, items, co-actions, nothing
    sieve: npt.NDArray[np.uint16]  # number of the row in the upper half, times met in the lower
    met: SmallArray
    begins: IntArray
    visits: IntArray
    heavy: IntArray
    numbers: IntArray  # which dense items those in ``heavy`` are, where these stand there
    lows: IntArray  # by dense item: the window of the row's event
    highs: IntArray
    near: npt.NDArray[np.uint8]  # along a list of a dense item: how many items somebody is near on


@compiled
def make_scratch(accounts: int, longest: int, widest: int = 0) -> Scratch:
    """Return room for rows of up to ``longest`` events among so many accounts, and lists of up to ``widest``."""
    return Scratch(
        np.zeros(4 * accounts, np.uint32),
        np.zeros(accounts, np.uint16),
        np.empty(accounts, np.uint32),
        np.empty(longest + 1, np.int64),
        np.empty(longest + 1, np.int64),
        np.empty(MOST_HEAVY, np.int64),
        np.empty(MOST_HEAVY, np.int64),
        np.empty(MOST_HEAVY, np.int64),
        np.empty(MOST_HEAVY, np.int64),
        np.empty(widest, np.uint8),
    )


@inlined
def _count(counters: SmallArray, you: int, stamp: int) -> None:
    """Count a co-action with ``you`` on the item that ``stamp`` stands for."""
    if counters[4 * you] != stamp:
        counters[4 * you] = stamp
        counters[4 * you + 1] += 1
    counters[4 * you + 2] += 1


@compiled
def _count_all(rows: Rows, scratch: Scratch, me: int, run: int, stamp: int, mark: int, touched: int) -> int:
    """Count everybody above ``me`` near its events of one item; return how many were met so far."""
    flagged = len(rows.counts) > 0
    for place in range(scratch.begins[run], scratch.begins[run + 1]):
        mine = not flagged or rows.counts[rows.event[place]]
        for other in range(rows.starts[place], rows.ends[place]):
            you = rows.account[other]
            if you > me and (mine or rows.counts[other]):
                if scratch.counters[4 * you + 1] == 0:
                    scratch.met[touched] = you
                    scratch.sieve[you] = mark
                    touched += 1
                _count(scratch.counters, you, stamp)
    return touched


@compiled
def _sieve(rows: Rows, scratch: Scratch, me: int, run: int, base: int, mark: int, touched: int) -> int:
    """Count how often anybody is near; write down who reaches ``mark``."""
    sieve = scratch.sieve
    for place in range(scratch.begins[run], scratch.begins[run + 1]):
        for other in range(rows.starts[place], rows.ends[place]):
            you = rows.account[other]
            times = max(sieve[you], base) + 1
            sieve[you] = min(times, base + _SIEVE_FULL)
            if times == mark and you > me:
                scratch.met[touched] = you
                touched += 1
    return touched


@compiled
def _count_sieved(rows: Rows, scratch: Scratch, me: int, run: int, stamp: int, mark: int) -> None:
    """Count those near that passed the sieve."""
    flagged = len(rows.counts) > 0
    for place in range(scratch.begins[run], scratch.begins[run + 1]):
        mine = not flagged or rows.counts[rows.event[place]]
        for other in range(rows.starts[place], rows.ends[place]):
            you = rows.account[other]
            if scratch.sieve[you] >= mark and you > me and (mine or rows.counts[other]):
                _count(scratch.counters, you, stamp)


@compiled
def _count_known(rows: Rows, scratch: Scratch, run: int, stamp: int, mark: int) -> None:
    """Count those near that were counted before and not dropped since."""
    flagged = len(rows.counts) > 0
    for place in range(scratch.begins[run], scratch.begins[run + 1]):
        mine = not flagged or rows.counts[rows.event[place]]
        for other in range(rows.starts[place], rows.ends[place]):
            you = rows.account[other]
            if scratch.sieve[you] >= mark and scratch.counters[4 * you + 1] and (mine or rows.counts[other]):
                _count(scratch.counters, you, stamp)


@compiled
def first_at_least(events: SmallArray, low: int, high: int, event: int) -> int:
    """Return the first place from ``low`` up to ``high`` whose event is not before ``event``."""
    while low < high:
        middle = (low + high) >> 1
        if events[middle] < event:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _look_up(rows: Rows, scratch: Scratch, run: int, stamp: int, touched: int) -> None:
    """Count those met before whose own rows show an event near those of one item."""
    flagged = len(rows.counts) > 0
    for index in range(touched):
        you = scratch.met[index]
        stop = rows.first[you + 1]
        for mine in range(scratch.begins[run], scratch.begins[run + 1]):
            place = first_at_least(rows.event, rows.first[you], stop, rows.starts[mine])
            while place < stop and rows.event[place] < rows.ends[mine]:
                if not flagged or rows.counts[rows.event[mine]] or rows.counts[rows.event[place]]:
                    _count(scratch.counters, you, stamp)
                place += 1


@compiled
def drop_hopeless(scratch: Scratch, touched: int, least: int) -> int:
    """Forget those met on fewer than ``least`` items; return how many are left."""
    kept = 0
    for index in range(touched):
        you = scratch.met[index]
        if scratch.counters[4 * you + 1] >= least:
            scratch.met[kept] = you
            kept += 1
        else:
            scratch.counters[4 * you + 1] = 0
            scratch.counters[4 * you + 2] = 0
    return kept


@compiled
def items_of_row(rows: Rows, scratch: Scratch, me: int) -> int:
    """Write where the items of a row begin, and how many events their windows hold; return how many items."""
    runs = 0
    for place in range(rows.first[me], rows.first[me + 1]):
        if runs == 0 or rows.item[place] != rows.item[place - 1]:
            scratch.begins[runs], scratch.visits[runs] = place, 0
            runs += 1
        scratch.visits[runs - 1] += np.int64(rows.ends[place]) - np.int64(rows.starts[place])
    scratch.begins[runs] = rows.first[me + 1]
    return runs


@compiled
def _put_last(scratch: Scratch, runs: int, k: int) -> int:
    """Choose which items come last, smallest window first, and mark them in ``visits``; return how many."""
    visits, heavy = scratch.visits, scratch.heavy
    light = visits[:runs].sum()
    cheapest, many = light * (_SIEVE if k > 1 else _COUNT), 0
    last = 0
    for rank in range(min(k - 1, MOST_HEAVY)):
        best = visits[:runs].argmax()
        heavy[rank] = best
        light -= visits[best]
        last += visits[best]
        visits[best] = -1 - visits[best]
        cost = light * (_SIEVE if k - 1 - rank > 1 else _COUNT) + last
        if cost < cheapest:
            cheapest, many = cost, rank + 1
    for rank in range(many, min(k - 1, MOST_HEAVY)):
        visits[heavy[rank]] = -1 - visits[heavy[rank]]
    heavy[:many] = heavy[:many][::-1].copy()
    return many


@compiled
def walk_light(rows: Rows, scratch: Scratch, me: int, runs: int, stamp: int, base: int, times: int) -> int:
    """Count on all items but those that come last whoever is met ``times`` times there; return how many these are."""
    touched, mark = 0, base + times
    if times > 1:
        for run in range(runs):
            if scratch.visits[run] >= 0:
                touched = _sieve(rows, scratch, me, run, base, mark, touched)
        if touched == 0:
            return 0
    for run in range(runs):
        if scratch.visits[run] >= 0 and times > 1:
            _count_sieved(rows, scratch, me, run, stamp + run, mark)
        elif scratch.visits[run] >= 0:
            touched = _count_all(rows, scratch, me, run, stamp + run, mark, touched)
    return touched


@compiled
def count_row(rows: Rows, scratch: Scratch, me: int, k: int, stamp: int, base: int) -> tuple[int, int]:
    """Count the row of one account; return how many accounts reach ``k`` items, and the next unused stamp.

    Parameters
    ----------
    rows, scratch
        The rows, and room to write to; the accounts found are left in ``scratch.met`` and ``scratch.counters``.
    me
        Rank of the account; only higher ones are looked at.
    k
        Least number of items, at most 65,000.
    stamp
        A number above all that were used for items before.
    base
        A number above all that are in the sieve.
    """
    runs = items_of_row(rows, scratch, me)
    if runs < k:
        return 0, stamp
    many = _put_last(scratch, runs, k)
    times = min(k - many, _SIEVE_FULL)
    touched = walk_light(rows, scratch, me, runs, stamp, base, times)
    stamp += runs
    for index in range(many):
        run = scratch.heavy[index]
        touched = drop_hopeless(scratch, touched, k - (many - index))
        if touched * _LOOK_UP * (scratch.begins[run + 1] - scratch.begins[run]) < -1 - scratch.visits[run]:
            _look_up(rows, scratch, run, stamp + index, touched)
        else:
            _count_known(rows, scratch, run, stamp + index, base + times)
    return drop_hopeless(scratch, touched, k), stamp + many


@compiled
def row_work_compiled(rows: Rows) -> IntArray:
    """Return by account the exact number of events in the windows of its events: the most its row can cost."""
    work = np.zeros(len(rows.first) - 1, np.int64)
    for me in range(len(work)):
        for place in range(rows.first[me], rows.first[me + 1]):
            work[me] += np.int64(rows.ends[place]) - np.int64(rows.starts[place])
    return work
