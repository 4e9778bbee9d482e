"""The few items that hold nearly all events near others (something went viral), laid out so that most are not visited.

Accounts fall into classes by which of these items they have. Two accounts that meet on ``k`` of them have ``k`` of them
in common, so an account looks only at the classes that share so many with its own, and reads off side by side when
those near on one of the items shared the others. ``dense_rows`` counts with this, exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from undazzle.coordination.compiling import compiled
from undazzle.coordination.events import IntArray

SmallArray = npt.NDArray[np.uint32]

MOST_DENSE = 5  # items; there are two to this power classes
NOBODY, SEVERAL = 2**32 - 1, 2**32 - 2  # in the table: the account has no event of the item, or more than one
IRREGULAR = 128  # set in the class of an account with several events of one dense item
# Laying out is worth it where the windows hold so many events, nearly all of them on few items that hardly anybody
# shared twice. Judged from timings of the benchmark's sets; nothing but the time depends on it.
_LEAST_WORK, _LEAST_SHARE, _MOST_IRREGULAR = 1_000_000_000, 0.9, 0.02


class Dense(NamedTuple):
    """The dense items; all arrays are empty where there are none.

    Attributes
    ----------
    items
        Their numbers, ascending. A class is a number whose bits say which of them an account has.
    class_of
        By account: its class, and ``IRREGULAR``.
    event_of
        By account and dense item, one after the other: its event, ``NOBODY`` or ``SEVERAL``.
    first
        By dense item and class, then those that are irregular: where its list begins; and one more.
    event, account
        The lists: events of the item by accounts of the class, ascending, and their accounts.
    others
        By dense item, as long as the lists: the event of that account and item.
    """

    items: SmallArray
    class_of: npt.NDArray[np.uint8]
    event_of: SmallArray
    first: IntArray
    event: SmallArray
    account: SmallArray
    others: npt.NDArray[np.uint32]


def find_dense(item: SmallArray, account: SmallArray, work: IntArray, accounts: int, *, force: bool | None) -> Dense:
    """Return the dense items, or none where they would not pay.

    Parameters
    ----------
    item, account
        By event, sorted by item and time: the item and the rank of the account, numbered from 0.
    work
        By item: the number of events in the windows of its events.
    accounts
        How many accounts there are.
    force
        Lay out the largest items whatever they hold (true), or nothing (false); judged by what it saves if not given.
    """
    chosen = _choose(work) if force is None else _largest(work) if force else np.zeros(0, dtype=np.int64)
    if len(chosen):
        found = _lay_out(item, account, chosen, accounts)
        if force or (found.class_of >= IRREGULAR).sum() <= _MOST_IRREGULAR * len(found.event):
            return found
    return _lay_out(item, account, np.zeros(0, dtype=np.int64), 0)


def _largest(work: IntArray) -> IntArray:
    """Return the items that hold most, largest first."""
    found = np.argpartition(work, -MOST_DENSE)[-MOST_DENSE:] if len(work) > MOST_DENSE else np.arange(len(work))
    return found[np.argsort(-work[found], kind="stable")]


def _choose(work: IntArray) -> IntArray:
    """Return the largest items if they hold nearly everything."""
    total = int(work.sum())
    if total < _LEAST_WORK or MOST_DENSE * int(work.max()) < _LEAST_SHARE * total:
        return np.zeros(0, dtype=np.int64)
    found = _largest(work)
    return found if work[found].sum() >= _LEAST_SHARE * total else found[:0]


def _lay_out(item: SmallArray, account: SmallArray, chosen: IntArray, accounts: int) -> Dense:
    items = np.sort(chosen).astype(np.uint32)
    return Dense(items, *_lay_out_compiled(item, account, items, accounts))


@compiled
def _lay_out_compiled(
    item: SmallArray, account: SmallArray, items: SmallArray, accounts: int
) -> tuple[npt.NDArray[np.uint8], SmallArray, IntArray, SmallArray, SmallArray, npt.NDArray[np.uint32]]:
    """Return the other fields of ``Dense``."""
    many = len(items)
    classes = (1 << many) + 1
    begins, ends = np.searchsorted(item, items), np.searchsorted(item, items, side="right")
    class_of = np.zeros(accounts, np.uint8)
    event_of = np.full(accounts * many, NOBODY, np.uint32)
    for dense in range(many):
        for index in range(begins[dense], ends[dense]):
            place = account[index] * many + dense
            if event_of[place] == NOBODY:
                event_of[place] = index
            else:
                event_of[place] = SEVERAL
                class_of[account[index]] |= IRREGULAR
            class_of[account[index]] |= 1 << dense
    first = np.zeros(many * classes + 1, np.int64)
    for dense in range(many):
        for index in range(begins[dense], ends[dense]):
            first[dense * classes + min(class_of[account[index]], classes - 1) + 1] += 1
    first[:] = np.cumsum(first)
    free, size = first.copy(), first[-1]
    event, whose, others = np.empty(size, np.uint32), np.empty(size, np.uint32), np.empty((many, size), np.uint32)
    for dense in range(many):
        for index in range(begins[dense], ends[dense]):
            you = account[index]
            place = free[dense * classes + min(class_of[you], classes - 1)]
            free[dense * classes + min(class_of[you], classes - 1)] = place + 1
            event[place], whose[place] = index, you
            for other in range(many):
                others[other, place] = event_of[you * many + other]
    return class_of, event_of, first, event, whose, others
