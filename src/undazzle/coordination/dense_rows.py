"""Counts the row of an account that has dense items (see ``dense_items``).

Whoever is met on an ordinary item is counted there, and then looked up in the table of the dense items. Everybody else
must be met on ``k`` dense ones: of ``m`` that the account has, whoever is met on ``k`` is met on one of the
``m - k + 1`` with the smallest windows, so only these are walked, and of them only classes with ``k`` items in common.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from undazzle.coordination.compiling import compiled
from undazzle.coordination.dense_items import MOST_DENSE, NOBODY, SEVERAL, SmallArray
from undazzle.coordination.pruning import Rows
from undazzle.coordination.rows import Scratch, drop_hopeless, first_at_least, items_of_row, walk_light

_BITS = np.array([bin(number).count("1") for number in range(2**MOST_DENSE)], dtype=np.int64)
_CLASS = 2**MOST_DENSE - 1  # the bits of a class


@compiled
def _find_dense(rows: Rows, scratch: Scratch, runs: int) -> int:
    """Write the runs of a row's dense items, smallest window first, which items these are and their windows.

    Marks the runs in ``visits`` as none of the ordinary ones; returns how many they are.
    """
    found, numbers, visits = scratch.heavy, scratch.numbers, scratch.visits
    many = 0
    for run in range(runs):
        item = rows.item[scratch.begins[run]]
        for number in range(len(rows.dense.items)):
            if rows.dense.items[number] == item:
                place = many
                while place > 0 and -1 - visits[found[place - 1]] > visits[run]:
                    found[place], numbers[place] = found[place - 1], numbers[place - 1]
                    place -= 1
                found[place], numbers[place] = run, number
                visits[run] = -1 - visits[run]
                many += 1
                break
    for place in range(many):
        here = scratch.begins[found[place]]  # its only event, as the account is regular
        scratch.lows[numbers[place]], scratch.highs[numbers[place]] = rows.starts[here], rows.ends[here]
    return many


@compiled
def _search(rows: Rows, you: int, low: int, high: int) -> int:
    """Return how many events from ``low`` up to ``high`` are by ``you``, found in its own row."""
    place = first_at_least(rows.event, rows.first[you], rows.first[you + 1], low)
    return first_at_least(rows.event, place, rows.first[you + 1], high) - place


@compiled
def _complete(rows: Rows, scratch: Scratch, mine: int, k: int, touched: int) -> int:
    """Add what those met on ordinary items make on dense ones; forget who cannot reach ``k``; return who is left."""
    counters, event_of, class_of = scratch.counters, rows.dense.event_of, rows.dense.class_of
    lows, highs, bits, kept = scratch.lows, scratch.highs, len(rows.dense.items), 0
    for index in range(touched):
        you = int(scratch.met[index])
        if counters[4 * you + 1] + _BITS[mine & class_of[you]] < k:
            counters[4 * you + 1], counters[4 * you + 2] = 0, 0
            continue
        for number in range(bits):
            event = int(event_of[you * bits + number])
            if mine >> number & 1 and event != NOBODY:
                near = int(lows[number] <= event < highs[number])
                if event == SEVERAL:
                    near = _search(rows, you, lows[number], highs[number])
                counters[4 * you + 1] += near > 0
                counters[4 * you + 2] += near
        scratch.met[kept] = you
        kept += 1
    return kept


@compiled
def _add_near(events: SmallArray, low: np.uint32, high: np.uint32, near: npt.NDArray[np.uint8]) -> None:
    """Count up where an event is from ``low`` up to ``high``; a plain loop, so that many are compared at a time."""
    for index in range(len(events)):
        near[index] += np.uint8((events[index] >= low) & (events[index] < high))


@compiled
def _walk_class(rows: Rows, scratch: Scratch, common: int, low: int, high: int) -> None:
    """Count in ``near`` on how many of the common items the accounts of a stretch of a list are near."""
    scratch.near[: high - low] = 0
    for number in range(len(rows.dense.items)):
        if common >> number & 1:
            bounds = np.uint32(scratch.lows[number]), np.uint32(scratch.highs[number])
            _add_near(rows.dense.others[number, low:high], bounds[0], bounds[1], scratch.near)


@compiled
def _collect(rows: Rows, scratch: Scratch, me: int, low: int, high: int, k: int, touched: int) -> int:
    """Write down who of a stretch of a list was near on ``k`` items and is not counted; return how many were met."""
    counters, near, accounts, met = scratch.counters, scratch.near, rows.dense.account, scratch.met
    for index in range(high - low):
        if near[index] >= k:
            you = int(accounts[low + index])
            if you > me and counters[4 * you + 1] == 0:
                counters[4 * you + 1], counters[4 * you + 2] = near[index], near[index]
                met[touched] = you
                touched += 1
    return touched


@compiled
def _walk_irregular(rows: Rows, scratch: Scratch, me: int, mine: int, low: int, high: int, k: int, touched: int) -> int:
    """Search for what those who shared a dense item several times make; return how many were met so far."""
    counters = scratch.counters
    for here in range(low, high):
        you = int(rows.dense.account[here])
        if you <= me or counters[4 * you + 1]:
            continue
        items, co_actions = 0, 0
        for number in range(len(rows.dense.items)):
            if mine >> number & 1:
                near = _search(rows, you, scratch.lows[number], scratch.highs[number])
                items += near > 0
                co_actions += near
        if items >= k:
            counters[4 * you + 1], counters[4 * you + 2] = items, co_actions
            scratch.met[touched] = you
            touched += 1
    return touched


@compiled
def _walk(rows: Rows, scratch: Scratch, me: int, mine: int, number: int, k: int, touched: int) -> int:
    """Count everybody near on one dense item who has ``k`` of them in common; return how many were met so far."""
    dense, classes = rows.dense, (1 << len(rows.dense.items)) + 1
    start, end = scratch.lows[number], scratch.highs[number]
    for theirs in range(classes):
        low, high = dense.first[number * classes + theirs], dense.first[number * classes + theirs + 1]
        regular = theirs < classes - 1
        if low == high or (regular and _BITS[mine & theirs & _CLASS] < k):
            continue
        low = first_at_least(dense.event, low, high, start)
        high = first_at_least(dense.event, low, high, end)
        if regular and low < high:
            _walk_class(rows, scratch, mine & theirs, low, high)
            touched = _collect(rows, scratch, me, low, high, k, touched)
        elif low < high:
            touched = _walk_irregular(rows, scratch, me, mine, low, high, k, touched)
    return touched


@compiled
def count_dense_row(rows: Rows, scratch: Scratch, me: int, k: int, stamp: int, base: int) -> tuple[int, int]:
    """Count the row of a regular account with dense items; parameters and result as of ``count_row``."""
    runs = items_of_row(rows, scratch, me)
    if runs < k:
        return 0, stamp
    mine, many = int(rows.dense.class_of[me]), _find_dense(rows, scratch, runs)
    touched = walk_light(rows, scratch, me, runs, stamp, base, max(1, min(k - many, 255)))
    touched = _complete(rows, scratch, mine, k, touched)
    for walked in range(many - k + 1):
        touched = _walk(rows, scratch, me, mine, scratch.numbers[walked], k, touched)
    return drop_hopeless(scratch, touched, k), stamp + runs
