"""The slots that the members of a group hold on the items of one half."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.events import IntArray


@dataclass(frozen=True)
class AccountSlots:
    """Slots on shared items by account: ``slot[rows[a]:rows[a + 1]]`` are those of account ``a``, in item order."""

    rows: IntArray
    slot: IntArray


def slots_by_account(slots: Slots, fold: int | None = None) -> AccountSlots:
    """Return the slots of every account on shared items, of one half if ``fold`` is given."""
    accounts = len(slots.events.account_keys)
    fold_of = slots.fold if fold is not None else slots.fold[:0]
    shared = int(slots.starts[-1])
    return AccountSlots(*_by_account(slots.events.account, slots.events.item, shared, fold_of, fold or 0, accounts))


@compiled
def _by_account(
    account: IntArray, item: IntArray, shared: int, fold_of: IntArray, fold: int, accounts: int
) -> tuple[IntArray, IntArray]:
    """Sort slots by account by counting; slots of one account keep their order."""
    every = len(fold_of) == 0
    rows = np.zeros(accounts + 1, np.int64)
    for index in range(shared):
        if every or fold_of[item[index]] == fold:
            rows[account[index] + 1] += 1
    for one in range(accounts):
        rows[one + 1] += rows[one]
    free, slot = rows[:-1].copy(), np.empty(rows[-1], np.int64)
    for index in range(shared):
        if every or fold_of[item[index]] == fold:
            slot[free[account[index]]] = index
            free[account[index]] += 1
    return rows, slot


@dataclass(frozen=True)
class GroupSlots:
    """The slots of a group on items where at least two members are: slots of ``item[i]`` begin at ``rows[i]``.

    ``slot`` is in order of item and time; ``member`` is the place in the group of the account that holds it.
    """

    item: IntArray
    rows: IntArray
    slot: IntArray
    member: IntArray

    def take(self, keep: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> GroupSlots:
        """Return the slots on some of the items."""
        inside = np.repeat(keep, np.diff(self.rows))
        rows = np.concatenate(([0], np.cumsum(np.diff(self.rows)[keep])))
        return GroupSlots(self.item[keep], rows.astype(np.int64), self.slot[inside], self.member[inside])


def slots_of_group(slots: Slots, by_account: AccountSlots, group: IntArray, fold: int | None) -> GroupSlots:
    """Return the slots of a group on the items of a half (all if ``None``) that two members or more share."""
    slot, member = _slots_in_order(by_account.rows, by_account.slot, np.asarray(group, dtype=np.int64))
    item = slots.events.item[slot]
    if fold is not None:
        inside = slots.fold[item] == fold
        slot, member, item = slot[inside], member[inside], item[inside]
    first = np.ones(len(item), dtype=bool)
    first[1:] = item[1:] != item[:-1]
    begins = np.flatnonzero(first)
    every = GroupSlots(item[begins], np.append(begins, len(item)).astype(np.int64), slot, member)
    return every.take(np.diff(every.rows) >= 2)


def _slots_in_order(rows: IntArray, slot: IntArray, group: IntArray) -> tuple[IntArray, IntArray]:
    """Return the slots of a group, ascending, and the place in the group of the account that holds each."""
    if not len(group):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    keys = _packed(rows, slot, group)
    keys.sort()
    return keys // len(group), keys % len(group)


@compiled
def _packed(rows: IntArray, slot: IntArray, group: IntArray) -> IntArray:
    """Return slot and place in the group as one number each, account by account."""
    total = 0
    for one in group:
        total += rows[one + 1] - rows[one]
    found, here = np.empty(total, np.int64), 0
    for place in range(len(group)):
        for index in range(rows[group[place]], rows[group[place] + 1]):
            found[here] = slot[index] * len(group) + place
            here += 1
    return found


@compiled
def first_not_before(item: IntArray, slot: IntArray, start: int, end: int, wanted: int) -> int:
    """Return the first place from ``start`` whose slot is of item ``wanted`` or a later one; steps double, then halve.

    A short list beside a long one costs the short one only: accounts with very many posts meet nearly everybody.
    """
    step = 1
    while start < end and item[slot[start]] < wanted:
        if start + step < end and item[slot[start + step]] < wanted:
            start += step
            step *= 2
        elif step > 1:
            step //= 2
        else:
            start += 1
    return start
