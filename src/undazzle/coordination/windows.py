"""Which events can meet within a window, counted exactly before anything is enumerated.

Windows are inclusive: two events at most ``window`` ticks apart on the same item meet.
"""

from __future__ import annotations

import numpy as np

from undazzle.coordination.events import BoolArray, Events, IntArray


def has_other_account_near(events: Events, window: int) -> BoolArray:
    """Return which events have an event of another account on the same item within the window.

    Exact, in time proportional to the number of events: the nearest event of another account is the one
    just before or just after the run of neighbouring events by the same account.

    Parameters
    ----------
    events
        Sorted by item and time.
    window
        Ticks, inclusive.
    """
    near = np.zeros(len(events), dtype=bool)
    if len(events) < 2:
        return near
    # Most events have no neighbour at all; only the others are worth the exact look.
    meets = (events.item[1:] == events.item[:-1]) & (events.at[1:] - events.at[:-1] <= window)
    near[1:] |= meets
    near[:-1] |= meets
    some = np.flatnonzero(near)
    near[some] = _other_account_near(events.item[some], events.account[some], events.at[some], window)
    return near


def _other_account_near(item: IntArray, account: IntArray, at: IntArray, window: int) -> BoolArray:
    count = len(item)
    new_run = np.ones(count, dtype=bool)
    new_run[1:] = (item[1:] != item[:-1]) | (account[1:] != account[:-1])
    starts = np.flatnonzero(new_run)
    run = np.cumsum(new_run) - 1
    before = starts[run] - 1
    after = np.append(starts[1:], count)[run]
    near = np.zeros(count, dtype=bool)
    safe = np.maximum(before, 0)
    near |= (before >= 0) & (item[safe] == item) & (at - at[safe] <= window)
    safe = np.minimum(after, count - 1)
    near |= (after < count) & (item[safe] == item) & (at[safe] - at <= window)
    return near


def window_ends(events: Events, window: int) -> IntArray:
    """Return for each event the position one past the last event of its item within the window after it."""
    if not len(events):
        return np.zeros(0, dtype=np.int64)
    span = int(events.at.max()) + window + 1
    if (int(events.item.max()) + 1) * span < 2**62:
        key = events.item * span + events.at
        return np.searchsorted(key, key + window, side="right").astype(np.int64)
    from undazzle.coordination.kernel import window_ends_compiled

    ends: IntArray = window_ends_compiled(events.item, events.at, window)
    return ends


def count_window_pairs(events: Events, window: int) -> int:
    """Return the exact number of pairs of events on one item within the window (same account included)."""
    ends = window_ends(events, window)
    return int((ends - np.arange(len(ends)) - 1).sum())
