"""Co-actions one by one: two accounts, the same item, within a window, with both posts.

This is the evidence behind every pair. Enumeration is bounded: it is cut into chunks by exact counts, and
a total above the limit is refused before it starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.ordering import order_by
from undazzle.coordination.windows import window_ends

_CHUNK = 1_000_000


@dataclass(frozen=True)
class CoActions:
    """Co-actions as arrays of one length; account ``a`` always has the smaller number (and id)."""

    account_a: IntArray
    account_b: IntArray
    post_a: IntArray
    post_b: IntArray
    item: IntArray
    gap: IntArray

    def __len__(self) -> int:
        return len(self.account_a)

    def take(self, index: IntArray | BoolArray) -> CoActions:
        """Return the co-actions at the given positions."""
        return CoActions(
            self.account_a[index],
            self.account_b[index],
            self.post_a[index],
            self.post_b[index],
            self.item[index],
            self.gap[index],
        )

    def gap_seconds(self, tick_us: int) -> npt.NDArray[np.float64]:
        """Return the gaps in seconds."""
        return np.asarray(self.gap * (tick_us / 1e6), dtype=np.float64)


def enumerate_co_actions(
    events: Events, window: int, *, counts: BoolArray | None = None, chunk: int = _CHUNK
) -> Iterator[CoActions]:
    """Yield all co-actions within the window, in chunks of bounded size.

    Parameters
    ----------
    events
        Sorted by item and time; best pruned with ``has_other_account_near`` first.
    window
        Ticks, inclusive.
    counts
        By event: a co-action is kept if it counts for either side (CooRTweet's ``min_participation``);
        all are kept if not given.
    chunk
        Pairs of events looked at in one go.
    """
    ends = window_ends(events, window)
    here = np.arange(len(events), dtype=np.int64)
    later = ends - here - 1
    total = np.concatenate(([0], np.cumsum(later)))
    start = 0
    while start < len(events):
        stop = max(start + 1, int(np.searchsorted(total, total[start] + chunk, side="right")) - 1)
        found = _enumerate_range(events, later, start, min(stop, len(events)), counts)
        if len(found):
            yield found
        start = stop


def _enumerate_range(events: Events, later: IntArray, start: int, stop: int, counts: BoolArray | None) -> CoActions:
    many = later[start:stop]
    first = np.repeat(np.arange(start, stop, dtype=np.int64), many)
    offset = np.arange(len(first), dtype=np.int64) - np.repeat(np.cumsum(many) - many, many)
    second = first + 1 + offset
    keep = (events.account[first] != events.account[second]) & (events.post[first] != events.post[second])
    if counts is not None:
        keep &= counts[first] | counts[second]
    return pair_events(events, first[keep], second[keep])


def pair_events(events: Events, first: IntArray, second: IntArray) -> CoActions:
    """Return the co-actions of events at the given positions, one of ``first`` with one of ``second`` each."""
    swap = events.account[first] > events.account[second]
    left, right = np.where(swap, second, first), np.where(swap, first, second)
    return CoActions(
        events.account[left],
        events.account[right],
        events.post[left],
        events.post[right],
        events.item[left],
        np.abs(events.at[left] - events.at[right]),
    )


def join_co_actions(parts: list[CoActions]) -> CoActions:
    """Return several sets of co-actions as one, sorted by pair, gap and posts (so that ties never wander)."""
    if not parts:
        empty = np.zeros(0, dtype=np.int64)
        return CoActions(empty, empty, empty, empty, empty, empty)
    joined = CoActions(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("account_a", "account_b", "post_a", "post_b", "item", "gap")
        )
    )
    order = order_by(joined.account_a, joined.account_b, joined.gap, joined.post_a, joined.post_b, joined.item)
    return joined.take(order)
