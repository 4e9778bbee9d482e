"""Compiled, exact pruning, and the rows that the kernel walks: what can be told apart before any pair is counted.

A pair with at least ``k`` shared items needs events that meet another account, and accounts with at least ``k``
items among these. Either rule takes events away that the other then no longer counts, so both are repeated.
Arrays are 32 bits wide: half the memory, and twice as much of it in reach of the processor.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from undazzle.coordination.compiling import compiled
from undazzle.coordination.dense_items import Dense, find_dense
from undazzle.coordination.events import BoolArray, IntArray
from undazzle.errors import TooLargeError

SmallArray = npt.NDArray[np.uint32]
MAX_EVENTS = 2**32 - 2
_ROUNDS = 8


class Rows(NamedTuple):
    """Events by account, ready to be walked; plain arrays, so that they travel between threads and processes.

    Events are numbered in the order of items and times. A row holds the events of one account in that order.

    Attributes
    ----------
    account
        By event: rank of the account among those that are left (ascending ranks follow ascending numbers).
    event
        By place in the rows: the event.
    item
        By place: the item, numbered from 0 in ascending order.
    starts, ends
        By place: the first event of the item within the window, and one past the last.
    first
        By rank, and one more: the place where the row of the account begins.
    counts
        By event: whether a co-action counts for its side; empty if all do.
    number
        By rank: the number of the account before ranking.
    position
        By event: its place among the events before pruning.
    dense
        The few items that hold nearly everything, if there are such.
    """

    account: SmallArray
    event: SmallArray
    item: SmallArray
    starts: SmallArray
    ends: SmallArray
    first: IntArray
    counts: BoolArray
    number: IntArray
    position: SmallArray
    dense: Dense


@compiled
def _mark_meeting(item: IntArray, account: IntArray, at: IntArray, window: int, keep: BoolArray) -> int:
    """Unmark kept events without another account on their item within the window; return how many are left."""
    before = np.zeros(len(item), np.bool_)
    last, other = -1, -1  # the kept event just before, and the last kept one by another account
    for index in range(len(item)):
        if keep[index]:
            if last >= 0 and item[last] != item[index]:
                last, other = -1, -1
            if last >= 0 and account[last] != account[index]:
                other = last
            before[index] = other >= 0 and at[index] - at[other] <= window
            last = index
    left, last, other = 0, -1, -1
    for index in range(len(item) - 1, -1, -1):
        if keep[index]:
            if last >= 0 and item[last] != item[index]:
                last, other = -1, -1
            if last >= 0 and account[last] != account[index]:
                other = last
            keep[index] = before[index] or (other >= 0 and at[other] - at[index] <= window)
            left += keep[index]
            last = index
    return left


@compiled
def _mark_active(item: IntArray, account: IntArray, accounts: int, k: int, keep: BoolArray) -> int:
    """Unmark kept events of accounts with fewer than ``k`` items among these; return how many are left."""
    latest, items = np.full(accounts, -1, np.int64), np.zeros(accounts, np.int32)
    for index in range(len(item)):
        if keep[index] and latest[account[index]] != item[index]:
            latest[account[index]] = item[index]
            items[account[index]] += 1
    left = 0
    for index in range(len(item)):
        keep[index] = keep[index] and items[account[index]] >= k
        left += keep[index]
    return left


@compiled
def prune_events_compiled(
    item: IntArray, account: IntArray, at: IntArray, accounts: int, window: int, k: int
) -> BoolArray:
    """Return which events can belong to a pair with at least ``k`` shared items; exact, though not all that could go.

    Parameters
    ----------
    item, account, at
        Events sorted by item and time.
    accounts
        One more than the largest account number.
    window
        Ticks, inclusive.
    k
        Least number of distinct items.
    """
    keep = np.ones(len(item), np.bool_)
    left = _mark_meeting(item, account, at, window, keep)
    for _ in range(_ROUNDS if k > 1 else 0):
        active = _mark_active(item, account, accounts, k, keep)
        if active == left:
            break
        left = _mark_meeting(item, account, at, window, keep)
        if left > active - active // 64:  # what is still to be had is not worth another look at everything
            break
    return keep


@compiled
def _rank_accounts(account: IntArray, keep: BoolArray, accounts: int) -> tuple[SmallArray, IntArray]:
    """Return the rank of each account with kept events, and the account of each rank."""
    rank = np.zeros(accounts, np.uint32)
    for index in range(len(account)):
        if keep[index]:
            rank[account[index]] = 1
    number = np.empty(rank.sum(), np.int64)
    here = 0
    for one in range(accounts):
        if rank[one]:
            rank[one] = here
            number[here] = one
            here += 1
    return rank, number


@compiled
def _pack(
    item: IntArray, account: IntArray, keep: BoolArray, rank: SmallArray
) -> tuple[SmallArray, SmallArray, SmallArray]:
    """Return items and accounts of kept events in 32 bits, items numbered anew, and the positions of the events."""
    left = keep.sum()
    small_item, small_account = np.empty(left, np.uint32), np.empty(left, np.uint32)
    position = np.empty(left, np.uint32)
    here, number = 0, -1
    previous = np.int64(-1)
    for index in range(len(item)):
        if keep[index]:
            if number < 0 or item[index] != previous:
                number += 1
                previous = item[index]
            small_item[here], small_account[here] = number, rank[account[index]]
            position[here] = index
            here += 1
    return small_item, small_account, position


@compiled
def _row_begins(account: SmallArray, accounts: int) -> IntArray:
    """Return where the row of each account begins, and one past the last place."""
    first = np.zeros(accounts + 1, np.int64)
    for one in account:
        first[one + 1] += 1
    for one in range(accounts):
        first[one + 1] += first[one]
    return first


@compiled
def _lay_out(
    item: SmallArray, account: SmallArray, at: IntArray, position: SmallArray, window: int, first: IntArray
) -> tuple[SmallArray, SmallArray, SmallArray, SmallArray, IntArray]:
    """Return by place in the rows: event, item, first event within the window, and one past the last; work by item."""
    count = len(item)
    work = np.zeros(item[-1] + 1 if count else 0, np.int64)
    event, items = np.empty(count, np.uint32), np.empty(count, np.uint32)
    starts, ends = np.empty(count, np.uint32), np.empty(count, np.uint32)
    free = first[:-1].copy()
    start, end = 0, 0
    for index in range(count):
        now = at[position[index]]
        while item[start] != item[index] or now - at[position[start]] > window:
            start += 1
        end = max(end, index + 1)
        while end < count and item[end] == item[index] and at[position[end]] - now <= window:
            end += 1
        place = free[account[index]]
        free[account[index]] = place + 1
        event[place], items[place], starts[place], ends[place] = index, item[index], start, end
        work[item[index]] += end - start
    return event, items, starts, ends, work


def make_rows(
    item: IntArray,
    account: IntArray,
    at: IntArray,
    window: int,
    k: int,
    counts: BoolArray | None = None,
    dense: bool | None = None,
) -> Rows:
    """Prune events and lay out what is left for the kernel.

    Parameters
    ----------
    item, account, at
        Events sorted by item and time. Account numbers may have gaps, also large ones.
    window
        Ticks, inclusive.
    k
        Least number of distinct items of a pair.
    counts
        By event: whether a co-action counts for its side; all do if not given.
    dense
        Whether to lay out the largest items apart; judged by what it saves if not given. Changes nothing but the time.

    Raises
    ------
    TooLargeError
        For more than four billion events.
    """
    if len(item) > MAX_EVENTS:
        remedy = "Split the data by time, or take fewer traces."
        raise TooLargeError("Traces in one go", len(item), MAX_EVENTS, remedy)
    accounts = int(account.max()) + 1 if len(account) else 0
    names = None
    if accounts > 8 * len(account) + 1_000_000:
        names, account = np.unique(account, return_inverse=True)
        accounts = len(names)
    keep = prune_events_compiled(item, account, at, accounts, window, k)
    rank, number = _rank_accounts(account, keep, accounts)
    small_item, small_account, position = _pack(item, account, keep, rank)
    first = _row_begins(small_account, len(number))
    event, items, starts, ends, work = _lay_out(small_item, small_account, at, position, window, first)
    if counts is not None or k == 1:  # counts of either side are not laid out, and every account is wanted
        dense = False
    apart = find_dense(small_item, small_account, work, len(number), force=dense)
    flags = np.zeros(0, dtype=bool) if counts is None else counts[position]
    names = number if names is None else names[number]
    return Rows(small_account, event, items, starts, ends, first, flags, names, position, apart)
