"""Does each member keep company with the rest of its group? An exact test, one member at a time.

Given the slots of the other members, a member that shares an item with them takes by chance any of the slots that the
others leave. On each item it is either near one of them or not; with ``q`` the share of the free slots that are near,
the number of items with company is a sum of independent unequal coins, and its tail is computed exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.chance import coins_tail
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import GroupSlots
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import IntArray


@dataclass(frozen=True)
class MemberTests:
    """By member of a group: items with company, their expected number, and the chance of at least as many."""

    observed: IntArray
    expected: FloatArray
    p_value: FloatArray


def run_member_tests(slots: Slots, held: GroupSlots, members: int, window: int) -> MemberTests:
    """Return the leave-one-out tests of all members on the items that the group holds.

    Parameters
    ----------
    slots
        All slots.
    held
        Slots of the group on items that took no part in finding the group.
    members
        Accounts in the group.
    window
        Ticks.
    """
    near, chance = _company(
        slots.events.at, slots.starts[held.item], slots.sizes[held.item], held.rows, held.slot, window
    )
    order = np.argsort(held.member, kind="stable")
    rows = np.searchsorted(held.member[order], np.arange(members + 1)).astype(np.int64)
    return MemberTests(*_tails(rows, near[order], chance[order]))


@compiled
def _company(
    at: IntArray, start: IntArray, size: IntArray, rows: IntArray, slot: IntArray, window: int
) -> tuple[IntArray, FloatArray]:
    """Return for each member's slot whether another member is near, and the chance of that (-1: not testable)."""
    near = np.zeros(len(slot), np.int64)
    chance = np.full(len(slot), -1.0)
    only = np.zeros(len(slot), np.int64)
    for item in range(len(start)):
        first, last = rows[item], rows[item + 1]
        free = size[item] - (last - first)
        if free == 0:
            continue
        low, high, covered, place = first, first, 0, first
        for index in range(start[item], start[item] + size[item]):
            while low < last and at[slot[low]] < at[index] - window:
                low += 1
            while high < last and at[slot[high]] <= at[index] + window:
                high += 1
            if place < last and slot[place] == index:
                near[place] = 1 if high - low >= 2 else 0
                place += 1
            elif high > low:
                covered += 1
                if high - low == 1:
                    only[low] += 1
        for place in range(first, last):
            chance[place] = (covered - only[place] + near[place]) / (free + 1.0)
    return near, chance


@compiled
def _tails(rows: IntArray, near: IntArray, chance: FloatArray) -> tuple[IntArray, FloatArray, FloatArray]:
    members = len(rows) - 1
    observed, expected, p_value = np.zeros(members, np.int64), np.zeros(members), np.ones(members)
    for member in range(members):
        count, coins = 0, np.empty(rows[member + 1] - rows[member])
        for index in range(rows[member], rows[member + 1]):
            if 0.0 < chance[index] < 1.0:  # a coin that always or never shows heads says nothing
                coins[count] = chance[index]
                expected[member] += chance[index]
                observed[member] += near[index]
                count += 1
        p_value[member] = coins_tail(coins[:count], observed[member])
    return observed, expected, p_value
