"""Items that nobody outside a group shares: a test of item choice, where timing cannot speak.

An item is closed to a group if at least three members share it within a day and no other account shares it at all.
By chance the accounts of a trace kind and a day are exchangeable over its slots. A given set of ``n`` slots then falls
to the group with a chance of at most the product of the group's shares of these days, so the number of closed items is
at most Poisson with the sum of these products. This says how surprising the *choice of items* is, beside activity. It
cannot tell a ring from people with an interest that nobody else in the data has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np

from undazzle.coordination.calibrated.chance import poisson_tail
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import BoolArray, IntArray

_Numbers = TypeVar("_Numbers", IntArray, FloatArray)
FEWEST_MEMBERS = 3  # members on an item before it counts: two may have it from one another


@dataclass(frozen=True)
class ClosedGround:
    """The part of the slots on which item choice is tested: one half, items small enough to be closed.

    Attributes
    ----------
    slot
        Slots, in order of item and time.
    rows
        Where the slots of each item begin in ``slot``, and one past the last.
    item
        Number of each item.
    stratum
        Trace kind and day, by place in ``slot``.
    size
        Slots of each stratum, also those that are on no shared item.
    account
        Account by place in ``slot``.
    all_stratum, all_account
        The same of every slot of the half.
    """

    slot: IntArray
    rows: IntArray
    item: IntArray
    stratum: IntArray
    size: FloatArray
    account: IntArray
    all_stratum: IntArray
    all_account: IntArray

    def counts(self, inside: BoolArray) -> FloatArray:
        """Return the number of slots of some accounts by stratum."""
        held = inside[self.all_account]
        return np.bincount(self.all_stratum[held], minlength=len(self.size)).astype(np.float64)


@dataclass(frozen=True)
class ClosedTest:
    """What a group shares that nobody else does, on one half of the items.

    Attributes
    ----------
    items
        Numbers of the closed items.
    days
        Day of each.
    expected
        Mean number of closed items by chance, at most.
    p_value
        Chance of at least as many.
    shared
        Items that at least three members share, closed or not.
    by_member, expected_by_member, member_p
        By member: closed items it shares, at most how many chance gives, and the chance of at least as many.
    """

    items: IntArray
    days: IntArray
    expected: float
    p_value: float
    shared: int
    by_member: IntArray
    expected_by_member: FloatArray
    member_p: FloatArray


def lay_ground(slots: Slots, fold: int, day: int) -> ClosedGround:
    """Return the ground of one half.

    Parameters
    ----------
    slots
        All slots.
    fold
        The half.
    day
        Ticks in a day.
    """
    events = slots.events
    half = np.flatnonzero(slots.of_fold(fold))
    label = events.kind_of_item[events.item[half]] * (int(events.at.max(initial=0)) // day + 1) + events.at[half] // day
    _, stratum = np.unique(label, return_inverse=True)
    stratum = stratum.astype(np.int64)
    item = events.item[half]
    sizes = np.bincount(item, minlength=len(slots.fold))
    fits = sizes[item] >= FEWEST_MEMBERS
    items, rows = np.unique(item[fits], return_index=True)
    return ClosedGround(
        half[fits],
        np.append(rows, int(fits.sum())).astype(np.int64),
        items,
        stratum[fits],
        np.bincount(stratum).astype(np.float64),
        events.account[half[fits]],
        stratum,
        events.account[half],
    )


def run_closed_test(slots: Slots, ground: ClosedGround, group: IntArray, day: int, block: int) -> ClosedTest:
    """Return the test of a group on one half.

    Parameters
    ----------
    slots
        All slots.
    ground
        The half, as ``lay_ground`` gives it.
    group
        Accounts, ascending.
    day, block
        Ticks in a day, and in what stands for a day when repetition is counted.
    """
    inside = np.zeros(len(slots.events.account_keys), dtype=bool)
    inside[group] = True
    held = inside[ground.account]
    sizes = np.diff(ground.rows)
    many = _per_item(held.astype(np.int64), ground.rows)
    closed = (many == sizes) & (slots.outsiders(inside, ground.item) == 0) & _within(slots, ground, day)
    shares = ground.counts(inside) / np.maximum(1.0, ground.size)
    expected = float(np.exp(_per_item(np.log(np.maximum(shares[ground.stratum], 1e-300)), ground.rows)).sum())
    by_member, means = _members(ground, group, inside, closed)
    tails = [poisson_tail(float(mean), int(count)) for mean, count in zip(means, by_member, strict=True)]
    return ClosedTest(
        ground.item[closed],
        slots.events.at[ground.slot[ground.rows[:-1][closed]]] // block,
        expected,
        poisson_tail(expected, int(closed.sum())),
        int((many >= FEWEST_MEMBERS).sum()),
        by_member,
        means,
        np.array(tails),
    )


def _per_item(values: _Numbers, rows: IntArray) -> _Numbers:
    if len(rows) < 2:
        return values[:0]
    return cast("_Numbers", np.add.reduceat(values, rows[:-1]))


def _within(slots: Slots, ground: ClosedGround, day: int) -> BoolArray:
    """Return which items have all their slots within a day of the first."""
    at = slots.events.at[ground.slot]
    return np.asarray(at[ground.rows[1:] - 1] - at[ground.rows[:-1]] <= day)


def _members(
    ground: ClosedGround, group: IntArray, inside: BoolArray, closed: BoolArray
) -> tuple[IntArray, FloatArray]:
    """Return closed items by member, and how many each would share by chance, the others being where they are.

    A slot is within reach of a member if all other slots of its item are held by other members of the group. Its
    slots of a day fall on any of those that the others leave, so the mean is the member's number of slots times the
    share of slots within reach; drawing without putting back makes the true tail smaller than Poisson's.
    """
    sizes = np.diff(ground.rows)
    held = inside[ground.account]
    many = _per_item(held.astype(np.int64), ground.rows)
    item_of = np.repeat(np.arange(len(sizes)), sizes)
    place = np.full(len(inside), -1, dtype=np.int64)
    place[group] = np.arange(len(group))
    mine = np.flatnonzero(held & closed[item_of])
    by_member = np.bincount(place[ground.account[mine]], minlength=len(group))
    strata, free = len(ground.size), ground.size - ground.counts(inside)
    # a single slot that is left to outsiders is within reach of every member that is not on the item
    left = np.flatnonzero(~held & (many == sizes - 1)[item_of])
    open_to_all = np.bincount(ground.stratum[left], minlength=strata).astype(np.float64)
    own_reach = np.zeros((len(group), strata))
    np.add.at(own_reach, (place[ground.account[mine]], ground.stratum[mine]), 1.0)
    means = np.zeros(len(group))
    for number, account in enumerate(group.tolist()):
        own = np.bincount(ground.all_stratum[ground.all_account == account], minlength=strata)
        reach = open_to_all + own_reach[number]
        means[number] = float((own * reach / np.maximum(1.0, free + own)).sum())
    return by_member.astype(np.int64), means
