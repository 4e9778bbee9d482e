"""Traces as arrays: who acted on which item when, ready for the kernel.

Accounts are numbered in the order of their ids, so that nothing computed from the numbers depends on the
order in which files were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from undazzle.coordination.ordering import order_by
from undazzle.store import Store

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Events:
    """Events sorted by item, then time; arrays of one length unless said otherwise.

    Attributes
    ----------
    item
        Dense item number, ascending.
    account
        Number of the account; ascending numbers follow ascending account ids.
    post
        ``posts.post_key``.
    at
        Time in ticks of ``tick_us`` microseconds since the first event.
    item_keys
        ``items.item_key`` by item number.
    account_keys
        ``accounts.account_key`` by account number.
    kind_of_item
        Position in ``kinds`` by item number.
    kinds
        Trace kinds, in the order given.
    tick_us
        Microseconds in one tick: the largest unit in which all times are whole.
    first_us
        Time of tick 0 in microseconds since 1970, UTC.
    """

    item: IntArray
    account: IntArray
    post: IntArray
    at: IntArray
    item_keys: IntArray
    account_keys: IntArray
    kind_of_item: IntArray
    kinds: tuple[str, ...]
    tick_us: int
    first_us: int = 0

    def __len__(self) -> int:
        return len(self.item)

    def take(self, keep: BoolArray) -> Events:
        """Return the events where ``keep`` is true, in the same order and with the same numbering."""
        return Events(
            self.item[keep],
            self.account[keep],
            self.post[keep],
            self.at[keep],
            self.item_keys,
            self.account_keys,
            self.kind_of_item,
            self.kinds,
            self.tick_us,
            self.first_us,
        )

    def window_ticks(self, seconds: float) -> int:
        """Return the longest gap in whole ticks that a window of ``seconds`` includes."""
        return round(seconds * 1e6) // self.tick_us


def load_events(store: Store, trace_sets: Sequence[int], kinds: Sequence[str], *, only_shared: bool = False) -> Events:
    """Return all traces of the given sets as one sorted set of events.

    Reads ``traces`` and ``accounts``.

    Parameters
    ----------
    store
        The workspace.
    trace_sets
        Numbers of the sets to stack; an item belongs to one set only.
    kinds
        Trace kind of each set.
    only_shared
        Leave out items of a single post: enough where nothing depends on how much an account did alone.
    """
    raw = store.arrays(
        "SELECT item_key, account_key, post_key, epoch_us(acted_at) AS at, trace_set FROM traces"
        f" WHERE {' OR '.join(conditions_of_sets(store, trace_sets, only_shared=only_shared))}"
    )
    account_keys, account = _number_accounts(store, _ints(raw["account_key"]))
    item_keys, item = _dense(_ints(raw["item_key"]))
    kind_of_item = np.zeros(len(item_keys), dtype=np.int64)
    kind_of_item[item] = _positions(_ints(raw["trace_set"]), trace_sets)
    at_us = _ints(raw["at"])
    at, tick_us = _ticks(at_us)
    order, item, renumbered = _sort(item, at, len(item_keys))
    return Events(
        item,
        account[order],
        _ints(raw["post_key"])[order],
        at[order],
        item_keys[renumbered],
        account_keys,
        kind_of_item[renumbered],
        tuple(kinds),
        tick_us,
        int(at_us.min()) if len(at_us) else 0,
    )


def count_traces(store: Store, trace_sets: Sequence[int], *, only_shared: bool) -> int:
    """Return how many traces ``load_events`` would read."""
    where = " OR ".join(conditions_of_sets(store, trace_sets, only_shared=only_shared))
    return int(store.rows(f"SELECT count(*) FROM traces WHERE {where}")[0][0])


def conditions_of_sets(store: Store, trace_sets: Sequence[int], *, only_shared: bool) -> list[str]:
    """Return an SQL condition on ``traces`` for each set; with plain numbers, so that whole blocks are passed over.

    Reads ``trace_sets``. With ``only_shared``, items of a single post are left out.
    """
    if not only_shared:
        return [f"trace_set = {int(number)}" for number in trace_sets]
    last = dict(store.rows("SELECT trace_set, last_shared_item FROM trace_sets"))
    return [f"(trace_set = {int(number)} AND item_key <= {int(last[number])})" for number in trace_sets]


def _sort(item: IntArray, at: IntArray, items: int) -> tuple[IntArray, IntArray, IntArray]:
    """Sort events by item and time, with items of one event last: these need no sort, and there are many.

    Returns the order of the events, the new item numbers in that order, and the old number of each new one.
    """
    count = np.bincount(item, minlength=items)
    several = count > 1
    renumbered = np.concatenate((np.flatnonzero(several), np.flatnonzero(~several))).astype(np.int64)
    number = np.empty(items, dtype=np.int64)
    number[renumbered] = np.arange(items)
    item = number[item]
    shared = item < int(several.sum())
    first = np.flatnonzero(shared)
    last = np.flatnonzero(~shared)
    first = first[order_by(item[first], at[first])]
    place = np.empty(len(last), dtype=np.int64)
    place[item[last] - int(several.sum())] = last
    order = np.concatenate((first, place))
    return order, item[order], renumbered


def _ints(values: npt.NDArray[Any]) -> IntArray:
    return np.asarray(values).astype(np.int64, copy=False)


def _positions(sets: IntArray, trace_sets: Sequence[int]) -> IntArray:
    known = np.array(trace_sets, dtype=np.int64)
    order = np.argsort(known)
    return order[np.searchsorted(known[order], sets)].astype(np.int64)


def _number_accounts(store: Store, keys: IntArray) -> tuple[IntArray, IntArray]:
    """Number accounts by the order of their ids."""
    ordered = _ints(store.arrays("SELECT account_key FROM accounts ORDER BY account_id")["account_key"])
    rank = np.zeros(int(ordered.max()) + 1 if len(ordered) else 1, dtype=np.int64)
    rank[ordered] = np.arange(len(ordered))
    return ordered, rank[keys] if len(keys) else keys


def _dense(keys: IntArray) -> tuple[IntArray, IntArray]:
    """Number keys densely in ascending order, without a sort where their range is small."""
    if not len(keys):
        return keys, keys
    low, high = int(keys.min()), int(keys.max())
    if high - low > 8 * len(keys) + 1_000_000:
        unique, inverse = np.unique(keys, return_inverse=True)
        return unique, inverse.astype(np.int64)
    present = np.zeros(high - low + 1, dtype=bool)
    present[keys - low] = True
    number = np.cumsum(present) - 1
    return np.flatnonzero(present).astype(np.int64) + low, number[keys - low].astype(np.int64)


def _ticks(at_us: IntArray) -> tuple[IntArray, int]:
    """Express times in the largest unit of 1 µs, 1 ms or 1 s in which all are whole."""
    if not len(at_us):
        return at_us, 1_000_000
    first = int(at_us.min())
    for tick in (1_000_000, 1_000):
        if not np.any(at_us % tick):
            return (at_us - first) // tick, tick
    return at_us - first, 1
