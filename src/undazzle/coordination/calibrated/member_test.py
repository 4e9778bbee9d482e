"""Does each member keep company with the rest of its group? Two exact tests, one member at a time.

Given the slots of the other members, a member that shares an item with them takes by chance any of the slots that the
others leave. On each item it is either near one of them or not; with ``q`` the share of the free slots that are near,
the number of items with company is a sum of independent unequal coins, and its tail is computed exactly.

The second test takes the member's tempo into account (see ``tempo``) and asks for company at more than ``margin``
times the odds that tempo gives. A member passes by the larger of both p-values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.chance import coins_tail
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import AccountSlots, GroupSlots
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.calibrated.tempo import Tempo, habits_of
from undazzle.coordination.calibrated.tempo_company import chance_by_tempo, near_counts
from undazzle.coordination.events import IntArray


@dataclass(frozen=True)
class MemberTests:
    """By member of a group: what was seen on items where the test can say something, and what chance gives.

    Attributes
    ----------
    observed
        Items with company.
    expected, tempo_expected
        Their number by chance, and by the member's tempo.
    exact_p, tempo_p
        Chance of at least as many, by chance and by ``margin`` times the odds of the tempo.
    p_value
        The larger of both.
    """

    observed: IntArray
    expected: FloatArray
    tempo_expected: FloatArray
    exact_p: FloatArray
    tempo_p: FloatArray

    @property
    def p_value(self) -> FloatArray:
        """The larger p-value of both tests."""
        return np.maximum(self.exact_p, self.tempo_p)


def run_member_tests(
    slots: Slots,
    by_account: AccountSlots,
    tempo: Tempo,
    group: IntArray,
    held: GroupSlots,
    window: int,
    margin: float,
) -> MemberTests:
    """Return the leave-one-out tests of all members on the items that the group holds.

    Parameters
    ----------
    slots, by_account
        All slots, and those of each account.
    tempo
        Where slots of items lie.
    group
        Accounts of the group.
    held
        Slots of the group on items that took no part in finding the group.
    window
        Ticks.
    margin
        How many times the odds of company that tempo gives are not yet remarkable.
    """
    near, chance = _company(slots.events.at, slots.starts, held.item, held.rows, held.slot, window)
    by_tempo = chance_by_tempo(slots, held, tempo, habits_of(slots, by_account, tempo, group), window)
    order = np.argsort(held.member, kind="stable")
    rows = np.searchsorted(held.member[order], np.arange(len(group) + 1)).astype(np.int64)
    return MemberTests(*_tails(rows, near[order], chance[order], by_tempo[order], margin))


@compiled
def _company(  # noqa: C901  # one compiled loop; calls inside it would cost more than they explain
    at: IntArray, starts: IntArray, items: IntArray, rows: IntArray, held: IntArray, window: int
) -> tuple[IntArray, FloatArray]:
    """Return for each member's slot whether another member is near, and the chance of that (-1: closed item)."""
    near, chance = np.zeros(len(held), np.int64), np.full(len(held), -1.0)
    longest = 1
    for row in range(len(items)):
        longest = max(longest, starts[items[row] + 1] - starts[items[row]])
    count, is_held = np.zeros(longest, np.int64), np.zeros(longest, np.bool_)
    for row in range(len(items)):
        first, last = rows[row], rows[row + 1]
        start, end = starts[items[row]], starts[items[row] + 1]
        free = end - start - (last - first)
        if free == 0:
            continue
        near_counts(at, start, end, held, first, last, window, count)
        is_held[: end - start] = False
        for place in range(first, last):
            is_held[held[place] - start] = True
        covered = 0
        for index in range(end - start):
            if not is_held[index] and count[index] > 0:
                covered += 1
        for place in range(first, last):
            index, only_mine = held[place], 0
            for step in (-1, 1):
                other = index + step
                while start <= other < end and abs(at[other] - at[index]) <= window:
                    if not is_held[other - start] and count[other - start] == 1:
                        only_mine += 1
                    other += step
            near[place] = 1 if count[index - start] >= 2 else 0
            chance[place] = (covered - only_mine + near[place]) / (free + 1.0)
    return near, chance


@compiled
def _tails(
    rows: IntArray, near: IntArray, chance: FloatArray, by_tempo: FloatArray, margin: float
) -> tuple[IntArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    members = len(rows) - 1
    observed = np.zeros(members, np.int64)
    expected, tempo_expected = np.zeros(members), np.zeros(members)
    exact_p, tempo_p = np.ones(members), np.ones(members)
    for member in range(members):
        most = rows[member + 1] - rows[member]
        coins, tempo_coins, count = np.empty(most), np.empty(most), 0
        for index in range(rows[member], rows[member + 1]):
            if 0.0 < chance[index] < 1.0:  # a coin that always or never shows heads says nothing
                coins[count] = chance[index]
                tempo_coins[count] = margin * by_tempo[index] / (1.0 + (margin - 1.0) * by_tempo[index])
                expected[member] += chance[index]
                tempo_expected[member] += by_tempo[index]
                observed[member] += near[index]
                count += 1
        exact_p[member] = coins_tail(coins[:count], observed[member])
        tempo_p[member] = coins_tail(tempo_coins[:count], observed[member])
    return observed, expected, tempo_expected, exact_p, tempo_p
