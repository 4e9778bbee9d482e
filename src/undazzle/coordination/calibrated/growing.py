"""Grows a group on one half of the items: in comes who keeps company with it, out goes who does not."""

from __future__ import annotations

import numpy as np

from undazzle.coordination.calibrated.chance import poisson_tails
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import AccountSlots
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import BoolArray, IntArray

_ROUNDS = 5
_LARGEST = 500  # beyond, a group is a crowd; it is kept as it was before
_FEWEST_ITEMS = 2


class Company:
    """Counts how often every account is near a group, on one half of the items and within one window.

    Parameters
    ----------
    slots
        All slots.
    by_account
        Slots by account on this half only.
    window
        Ticks.
    """

    def __init__(self, slots: Slots, by_account: AccountSlots, window: int) -> None:
        accounts = len(slots.events.account_keys)
        self.slots, self.by_account, self.window = slots, by_account, window
        self._inside = np.zeros(accounts, dtype=bool)
        self._count, self._mean = np.zeros(accounts, dtype=np.int64), np.zeros(accounts)

    def around(self, group: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Return accounts near the group on at least two items, on how many, and how many chance would give."""
        rows, slot = self.by_account.rows, self.by_account.slot
        held = np.sort(np.concatenate([slot[rows[one] : rows[one + 1]] for one in group.tolist()]))
        items, first = np.unique(self.slots.events.item[held], return_index=True)
        self._inside[group] = True
        found = _around(
            self.slots.events.at,
            self.slots.events.account,
            self.slots.starts,
            items,
            np.append(first, len(held)).astype(np.int64),
            held,
            self.window,
            _FEWEST_ITEMS,
            self._inside,
            self._count,
            self._mean,
        )
        self._inside[group] = False
        return found


def grow_group(company: Company, group: IntArray, settings: CalibratedSettings) -> IntArray:
    """Return the group after a few rounds of taking in and letting go; sorted."""
    group = np.sort(group)
    for _ in range(_ROUNDS):
        accounts, items, expected = company.around(group)
        p_value = poisson_tails(expected, items)
        limit = np.where(np.isin(accounts, group), settings.keep_p, settings.discovery_p)
        grown = np.sort(accounts[p_value <= limit])
        if len(grown) < settings.min_members:
            return grown
        if len(grown) > _LARGEST or np.array_equal(grown, group):
            return group
        group = grown
    return group


@compiled
def _around(  # noqa: C901  # one compiled loop; calls inside it would cost more than they explain
    at: IntArray,
    account: IntArray,
    starts: IntArray,
    items: IntArray,
    rows: IntArray,
    held: IntArray,
    window: int,
    fewest: int,
    inside: BoolArray,
    count: IntArray,
    mean: FloatArray,
) -> tuple[IntArray, IntArray, FloatArray]:
    """Walk the items of the group; ``count`` and ``mean`` are zero before and after."""
    touched = np.empty(16, np.int64)
    size = 0
    for row in range(len(items)):
        first, last = rows[row], rows[row + 1]
        start, end = starts[items[row]], starts[items[row] + 1]
        free = end - start - (last - first)
        low, high, covered = first, first, 0
        for index in range(start, end):
            while low < last and at[held[low]] < at[index] - window:
                low += 1
            while high < last and at[held[high]] <= at[index] + window:
                high += 1
            one = account[index]
            near = high - low - (1 if inside[one] else 0)
            if mean[one] == 0.0:
                if size == len(touched):
                    larger = np.empty(2 * size, np.int64)
                    larger[:size] = touched
                    touched = larger
                touched[size] = one
                size += 1
                mean[one] = 1e-9
            if near > 0:
                count[one] += 1
                if not inside[one]:
                    covered += 1
        share = 1.0 if free == 0 else max(covered, 0.5) / free
        for index in range(start, end):
            one = account[index]
            mean[one] += (covered + 0.5) / (free + 1.0) if inside[one] else min(1.0, share)
    found = 0
    accounts, items_near, expected = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size)
    for index in range(size):
        one = touched[index]
        if count[one] >= fewest:
            accounts[found], items_near[found], expected[found] = one, count[one], mean[one]
            found += 1
        count[one], mean[one] = 0, 0.0
    return accounts[:found], items_near[:found], expected[:found]
