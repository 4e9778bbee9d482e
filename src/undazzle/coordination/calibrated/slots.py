"""Slots: the posts of all items after every post was given one item and every account one post per item.

Under every null of this package the slots (item, time) stay where they are and only the accounts on them move.
Nothing here looks at which account holds a slot, except to drop repeats.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.kernel import window_ends_compiled
from undazzle.coordination.ordering import distinct, numbered, order_by

FloatArray = npt.NDArray[np.float64]
_SPLITS = 16  # ways of putting items into halves that are remembered


@dataclass(frozen=True)
class Slots:
    """Slots sorted by item and time; items with several accounts come first and are numbered from 0.

    Attributes
    ----------
    events
        One event per post, and one per account and item.
    fold
        0 or 1 by item: the half it belongs to.
    bits
        By item: a number whose bits are one way of putting the items into two halves each; ``fold`` is its lowest bit.
    shared
        Number of items with at least two accounts; these are the items 0 to ``shared - 1``.
    starts
        Position of the first slot of each shared item, and one past the last.
    sharer_rows, sharer
        Every account that shares an item at all, also by posts that were given another item: those of item ``i`` are
        ``sharer[sharer_rows[i]:sharer_rows[i + 1]]``.
    """

    events: Events
    fold: IntArray
    bits: IntArray
    shared: int
    starts: IntArray
    sharer_rows: IntArray
    sharer: IntArray
    _shares: dict[int, tuple[IntArray, FloatArray]] = field(default_factory=dict, repr=False, compare=False)
    _folds: dict[int, tuple[IntArray, IntArray]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def sizes(self) -> IntArray:
        """Number of slots (and of accounts) of each shared item."""
        return np.diff(self.starts)

    def near_share(self, window: int) -> FloatArray:
        """Return for each item the share of its pairs of slots that are near each other; worked out once."""
        times, share = self._shares.get(window, (None, None))
        if share is None or times is not self.events.at:
            share = near_share(self.events, window)
            self._shares[window] = (self.events.at, share)
        return share

    def with_accounts(self, account: IntArray) -> Slots:
        """Return the same slots held by other accounts; who else shares an item is forgotten."""
        rows = np.searchsorted(self.events.item, np.arange(len(self.fold) + 1)).astype(np.int64)
        return replace(self, events=replace(self.events, account=account), sharer_rows=rows, sharer=account)

    def outsiders(self, inside: BoolArray, items: IntArray) -> IntArray:
        """Return by item the number of accounts that share it and are not ``inside``."""
        total = np.concatenate(([0], np.cumsum(~inside[self.sharer])))
        return np.asarray(total[self.sharer_rows[items + 1]] - total[self.sharer_rows[items]])

    def split(self, number: int) -> Slots:
        """Return the same slots with the items put into halves in another way; number 0 gives ``fold`` as it was."""
        bits, fold = self._folds.get(number, (None, None))
        if fold is None or bits is not self.bits:  # millions of items, asked for with every group that is tested
            fold = (self.bits >> number) & 1
            self._folds[number] = (self.bits, fold)
        return replace(self, fold=fold)

    def of_fold(self, fold: int | None) -> BoolArray:
        """Return which slots belong to a half; all if ``fold`` is ``None``."""
        if fold is None:
            return np.ones(len(self.events), dtype=bool)
        return np.asarray(self.fold[self.events.item] == fold)


def make_slots(events: Events, item_hash: npt.NDArray[np.uint64], windows: list[int]) -> Slots:
    """Return the slots of events: one item per post, and the first post of an account on an item.

    A post with several items (a link, a text, a row of hashtags) keeps the one on which meeting others at that
    moment says most: the largest, over windows, of posts near by times ``-log`` of the share of all pairs of posts
    of that item that are as near. The choice depends on times and items only, so it holds under every relabelling.
    The exact text of a post gives way to its near-identical text, where that was asked for.

    Parameters
    ----------
    events
        All traces, sorted by item and time.
    item_hash
        By item: a hash of its text, which decides ties, order and halves.
    windows
        Ticks.
    """
    events = _first_events(_without_covered(events))
    return _renumbered(events.take(_chosen_items(events, item_hash, windows)), item_hash, events)


def _without_covered(events: Events) -> Events:
    """Leave out the text of posts that have a near-identical text too: whoever has the one has the other."""
    if not {"text", "near_text"} <= set(events.kinds):
        return events
    kind = events.kind_of_item[events.item]
    near = distinct(events.post[kind == events.kinds.index("near_text")])
    return events.take(~((kind == events.kinds.index("text")) & np.isin(events.post, near)))


def _first_events(events: Events) -> Events:
    """Keep the first event of every account on every item; ties fall by post."""
    order = order_by(events.item, events.at, events.account, events.post)
    item, account = events.item[order], events.account[order]
    key = item * np.int64(len(events.account_keys)) + account
    by_key = order_by(key)  # of equal keys the one that came first stays first
    first = np.zeros(len(order), dtype=bool)
    first[by_key[:1]] = True
    first[by_key[1:][key[by_key[1:]] != key[by_key[:-1]]]] = True
    return _ordered(events, order[first])


def _ordered(events: Events, order: IntArray) -> Events:
    return replace(
        events,
        item=events.item[order],
        account=events.account[order],
        post=events.post[order],
        at=events.at[order],
    )


def _chosen_items(events: Events, item_hash: npt.NDArray[np.uint64], windows: list[int]) -> BoolArray:
    """Return which events are the one that their post keeps."""
    post = numbered(events.post)[1]
    keep = np.asarray(np.bincount(post)[post] == 1)
    several = np.flatnonzero(~keep)
    if not len(several):
        return keep
    item = events.item[several]
    sizes = np.bincount(events.item, minlength=len(events.item_keys))
    order = np.lexsort(
        (item_hash[item], events.kind_of_item[item], -sizes[item], -_said(events, windows)[several], post[several])
    )
    ordered = post[several][order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    keep[several[order[first]]] = True
    return keep


def _said(events: Events, windows: list[int]) -> FloatArray:
    """Return how much the posts near each event say: their number times ``-log`` of the share of such pairs."""
    said = np.zeros(len(events))
    for window in windows:
        near, share = neighbours(events, window), near_share(events, window)
        with np.errstate(divide="ignore", invalid="ignore"):
            worth = np.where(near > 0, -np.log(share[events.item]) * near, 0.0)
        said = np.maximum(said, np.round(worth, 9))
    return said


def neighbours(events: Events, window: int) -> IntArray:
    """Return for each event the number of other events of its item within the window, before or after."""
    ends = window_ends_compiled(events.item, events.at, window)
    here = np.arange(len(events), dtype=np.int64)
    later = ends - here - 1
    opened = np.bincount(here + 1, minlength=len(events) + 1) - np.bincount(ends, minlength=len(events) + 1)
    # an event is earlier and near for every one after it whose window it opens
    earlier = np.cumsum(opened)[: len(events)]
    return np.asarray(later + earlier, dtype=np.int64)


def near_share(events: Events, window: int) -> FloatArray:
    """Return for each item the share of its pairs of events that lie within the window of each other."""
    return share_of_pairs(events, meetings(events, window))


def later_near(events: Events, window: int) -> IntArray:
    """Return for each event the number of later events of its item within the window."""
    ends = window_ends_compiled(events.item, events.at, window)
    return np.asarray(ends - np.arange(1, len(events) + 1, dtype=np.int64))


def meetings(events: Events, window: int) -> FloatArray:
    """Return for each item the number of its pairs of events that lie within the window of each other."""
    return np.asarray(
        np.bincount(events.item, weights=later_near(events, window), minlength=len(events.item_keys)), dtype=np.float64
    )


def share_of_pairs(events: Events, met: FloatArray) -> FloatArray:
    """Return for each item what share of all pairs of its events a number of them is."""
    size = np.bincount(events.item, minlength=len(events.item_keys)).astype(np.float64)
    pairs = size * (size - 1) / 2
    return np.divide(met, pairs, out=np.zeros(len(met)), where=pairs > 0)


def _renumbered(events: Events, item_hash: npt.NDArray[np.uint64], before: Events) -> Slots:
    """Number shared items by their hash, then the lone ones; so nothing depends on the order of files."""
    sizes = np.bincount(events.item, minlength=len(events.item_keys))
    by_hash = np.lexsort((np.arange(len(sizes)), item_hash, sizes < 2))
    by_hash = by_hash[sizes[by_hash] > 0]
    number = np.full(len(sizes), -1, dtype=np.int64)
    number[by_hash] = np.arange(len(by_hash))
    item = number[events.item]
    order = order_by(item, events.at, events.account)
    ordered = replace(
        _ordered(replace(events, item=item), order),
        item_keys=events.item_keys[by_hash],
        kind_of_item=events.kind_of_item[by_hash],
    )
    shared = int((sizes[by_hash] > 1).sum())
    starts = np.searchsorted(ordered.item, np.arange(shared + 1)).astype(np.int64)
    bits = (item_hash[by_hash] & np.uint64(2**_SPLITS - 1)).astype(np.int64)
    return Slots(ordered, bits & 1, bits, shared, starts, *_sharers(before, number, len(by_hash)))


def _sharers(before: Events, number: IntArray, items: int) -> tuple[IntArray, IntArray]:
    item = number[before.item]
    account = before.account[item >= 0]
    item = item[item >= 0]
    order = order_by(item)
    return np.searchsorted(item[order], np.arange(items + 1)).astype(np.int64), account[order]
