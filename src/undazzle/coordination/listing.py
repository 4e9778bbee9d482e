"""Co-actions of given pairs, read off the rows: evidence for a range of accounts without looking at everybody else.

Where a pair must share several items, most co-actions belong to no such pair. So the kernel says first which pairs
there are, and here only their events are looked up: in the row of the partner, or in the windows of the account.
"""

from __future__ import annotations

import numpy as np

from undazzle.coordination.co_actions import CoActions, join_co_actions, pair_events
from undazzle.coordination.compiling import compiled
from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.pruning import Rows, SmallArray
from undazzle.coordination.row_ranges import count_range_compiled
from undazzle.coordination.rows import first_at_least

_LOOK_UP = 16  # events of a window that cost as much to run over as one look-up in another row


@compiled
def _list_by_windows(rows: Rows, me: int, wanted: BoolArray, mine: SmallArray, theirs: SmallArray, size: int) -> int:
    """Write the events of ``me`` and of wanted accounts near it; return how many are written so far."""
    flagged = len(rows.counts) > 0
    for place in range(rows.first[me], rows.first[me + 1]):
        counts = not flagged or rows.counts[rows.event[place]]
        for other in range(rows.starts[place], rows.ends[place]):
            if wanted[rows.account[other]] and (counts or rows.counts[other]):
                mine[size], theirs[size] = rows.event[place], other
                size += 1
    return size


@compiled
def _list_by_rows(rows: Rows, me: int, you: int, mine: SmallArray, theirs: SmallArray, size: int) -> int:
    """Write the events of ``me`` and of ``you`` near them, found in the row of ``you``."""
    flagged = len(rows.counts) > 0
    stop = rows.first[you + 1]
    for place in range(rows.first[me], rows.first[me + 1]):
        here = first_at_least(rows.event, rows.first[you], stop, rows.starts[place])
        while here < stop and rows.event[here] < rows.ends[place]:
            if not flagged or rows.counts[rows.event[place]] or rows.counts[rows.event[here]]:
                mine[size], theirs[size] = rows.event[place], rows.event[here]
                size += 1
            here += 1
    return size


@compiled
def list_pairs_compiled(rows: Rows, a: SmallArray, b: SmallArray, total: int) -> tuple[SmallArray, SmallArray]:
    """Return the events on either side of every co-action of pairs of ranks, sorted by ``a``.

    Parameters
    ----------
    rows
        The rows that the pairs were counted on.
    a, b
        Ranks of the pairs, sorted by ``a``.
    total
        Co-actions of all of them, as the kernel counted.
    """
    mine, theirs = np.empty(total, np.uint32), np.empty(total, np.uint32)
    wanted = np.zeros(len(rows.first) - 1, np.bool_)
    size, first = 0, 0
    while first < len(a):
        me, last, visits = a[first], first, np.int64(0)
        while last < len(a) and a[last] == me:
            last += 1
        for place in range(rows.first[me], rows.first[me + 1]):
            visits += np.int64(rows.ends[place]) - np.int64(rows.starts[place])
        if (last - first) * (rows.first[me + 1] - rows.first[me]) * _LOOK_UP < visits:
            for pair in range(first, last):
                size = _list_by_rows(rows, me, b[pair], mine, theirs, size)
        else:
            wanted[b[first:last]] = True
            size = _list_by_windows(rows, me, wanted, mine, theirs, size)
            wanted[b[first:last]] = False
        first = last
    return mine[:size], theirs[:size]


def list_range(events: Events, rows: Rows, first: int, last: int, k: int) -> CoActions:
    """Return the co-actions of the pairs with at least ``k`` items whose lower account has a rank in the range.

    Parameters
    ----------
    events
        The events that ``rows`` were made of.
    rows, first, last, k
        As for ``count_range_compiled``.

    Returns
    -------
    CoActions
        Sorted like those of ``join_co_actions``; ascending ranges follow one another in that order.
    """
    a, b, co_actions, _ = count_range_compiled(rows, first, last, k)
    mine, theirs = list_pairs_compiled(rows, a, b, int(co_actions.sum()))
    return join_co_actions(
        [pair_events(events, rows.position[mine].astype(np.int64), rows.position[theirs].astype(np.int64))]
    )


def sums_by_account(rows: Rows, cuts: list[tuple[int, int]], k: int) -> tuple[IntArray, IntArray]:
    """Return exactly, by rank of the lower account, how many pairs with at least ``k`` items and how many co-actions.

    Nothing else is kept, so that the plan of a large detection costs no memory.
    """
    accounts = len(rows.first) - 1
    pairs, total = np.zeros(accounts, dtype=np.int64), np.zeros(accounts, dtype=np.int64)
    for first, last in cuts:
        a, _, co_actions, _ = count_range_compiled(rows, first, last, k)
        pairs += np.bincount(a, minlength=accounts)
        total += np.bincount(a, weights=co_actions, minlength=accounts).astype(np.int64)
    return pairs, total
