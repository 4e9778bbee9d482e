"""Grows a group on one half of the items: in comes who keeps company with it, out goes who does not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.chance import poisson_tails
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import AccountSlots
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.calibrated.standing_out import level_of_joining
from undazzle.coordination.events import BoolArray, IntArray

_ROUNDS = 5
_LARGEST = 500  # beyond, a group is a crowd; it is kept as it was before
_FEWEST_ITEMS = 2
_LONG = 8  # times as many slots as the group has items, from which on the items are looked up among them

SmallArray = npt.NDArray[np.int32]


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
    calm
        By item: whether it is looked at; all are if not given.
    """

    def __init__(self, slots: Slots, by_account: AccountSlots, window: int, calm: BoolArray | None = None) -> None:
        accounts = len(slots.events.account_keys)
        self.slots, self.by_account, self.window = slots, by_account, window
        self._item = slots.events.item[by_account.slot].astype(np.int32)  # in one place, account by account
        self._calm = None if calm is None or calm[: slots.shared].all() else calm
        self._inside = np.zeros(accounts, dtype=bool)
        self._count = np.zeros(accounts, dtype=np.int64)
        self._row_of = np.full(slots.shared, -1, dtype=np.int32)

    def around(self, group: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Return accounts near the group on at least two items, on how many, and how many chance would give."""
        rows, slot = self.by_account.rows, self.by_account.slot
        held = _held(rows, slot, group)
        held.sort()
        of = self.slots.events.item[held]
        if self._calm is not None:
            held, of = held[self._calm[of]], of[self._calm[of]]
        begins = np.ones(len(of), dtype=bool)
        begins[1:] = of[1:] != of[:-1]
        first = np.flatnonzero(begins)
        items = of[first]
        self._inside[group] = True
        self._row_of[items] = np.arange(len(items))
        events = self.slots.events
        accounts, near, mine, others = _near(
            events.at,
            events.account,
            self.slots.starts,
            items,
            np.append(first, len(held)).astype(np.int64),
            held,
            self.window,
            _FEWEST_ITEMS,
            self._inside,
            self._count,
        )
        means = _means(accounts, self._item, rows, items, self._row_of, self._inside, mine, others)
        self._inside[group], self._row_of[items] = False, -1
        return accounts, near, means


def grow_group(company: Company, group: IntArray, settings: CalibratedSettings) -> IntArray:
    """Return the group after a few rounds of taking in and letting go; sorted."""
    group = np.sort(group)
    for _ in range(_ROUNDS):
        accounts, items, expected = company.around(group)
        p_value = poisson_tails(expected, items)
        inside = group[np.searchsorted(group, accounts).clip(max=len(group) - 1)] == accounts
        limit = np.where(inside, settings.keep_p, level_of_joining(len(accounts), settings.discovery_p))
        grown = np.sort(accounts[p_value <= limit])
        if len(grown) < settings.min_members:
            return grown
        if len(grown) > _LARGEST or np.array_equal(grown, group):
            return group
        group = grown
    return group


@compiled
def _held(rows: IntArray, slot: IntArray, group: IntArray) -> IntArray:
    """Return the slots of a group, account by account."""
    total = 0
    for one in group:
        total += rows[one + 1] - rows[one]
    found, here = np.empty(total, np.int64), 0
    for one in group:
        for index in range(rows[one], rows[one + 1]):
            found[here] = slot[index]
            here += 1
    return found


@compiled
def _near(  # noqa: C901  # one compiled loop; calls inside it would cost more than they explain
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
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Walk what is near the group's slots: accounts near on enough items, on how many, and by item the chance of that.

    The chance of a member comes first, then that of anybody else. Of a crowded item only what lies within the window
    of a slot of the group is looked at. ``count`` is zero before and after.
    """
    touched, size = np.empty(1_024, np.int64), 0
    mine, others = np.empty(len(items)), np.empty(len(items))
    for row in range(len(items)):
        first, last = rows[row], rows[row + 1]
        start, end = starts[items[row]], starts[items[row] + 1]
        free = end - start - (last - first)
        low, high, covered, done = first, first, 0, start
        for place in range(first, last):
            here = held[place]
            index = here
            while index > done and at[index - 1] >= at[here] - window:
                index -= 1
            index = max(index, done)
            while index < end and at[index] <= at[here] + window:
                while low < last and at[held[low]] < at[index] - window:
                    low += 1
                while high < last and at[held[high]] <= at[index] + window:
                    high += 1
                one = account[index]
                if high - low - (1 if inside[one] else 0) > 0:
                    if count[one] == 0:
                        if size == len(touched):
                            larger = np.empty(2 * size, np.int64)
                            larger[:size] = touched
                            touched = larger
                        touched[size] = one
                        size += 1
                    count[one] += 1
                    if not inside[one]:
                        covered += 1
                index += 1
            done = max(done, index)
        mine[row] = (covered + 0.5) / (free + 1.0)
        others[row] = min(1.0, 1.0 if free == 0 else max(covered, 0.5) / free)
    found = 0
    accounts, items_near = np.empty(size, np.int64), np.empty(size, np.int64)
    for index in range(size):
        one = touched[index]
        if count[one] >= fewest:
            accounts[found], items_near[found] = one, count[one]
            found += 1
        count[one] = 0
    return accounts[:found], items_near[:found], mine, others


@compiled
def first_at_least(item: SmallArray, start: int, end: int, wanted: int) -> int:
    """Return the first place from ``start`` whose item is ``wanted`` or a later one; steps double, then halve."""
    step = 1
    while start < end and item[start] < wanted:
        if start + step < end and item[start + step] < wanted:
            start += step
            step *= 2
        elif step > 1:
            step //= 2
        else:
            start += 1
    return start


@compiled
def _means(
    accounts: IntArray,
    item: SmallArray,
    rows: IntArray,
    items: IntArray,
    row_of: SmallArray,
    inside: BoolArray,
    mine: FloatArray,
    others: FloatArray,
) -> FloatArray:
    """Return on how many of the group's items each account would be near by chance: item by item, in their order."""
    means = np.empty(len(accounts))
    for number in range(len(accounts)):
        one = accounts[number]
        share = mine if inside[one] else others
        mean, place, end = 1e-9, rows[one], rows[one + 1]
        if end - place > _LONG * len(items):
            for row in range(len(items)):
                place = first_at_least(item, place, end, items[row])
                if place == end:
                    break
                if item[place] == items[row]:
                    mean += share[row]
        else:
            for index in range(place, end):
                row = row_of[item[index]]
                if row >= 0:
                    mean += share[row]
        means[number] = mean
    return means
