"""Events with shuffled accounts: everything else stays where it was.

Two ways, because each keeps what the other breaks. *Within items* keeps who shared what, and how often each thing was
shared when; it breaks who was early and who was late. *Within time* keeps who was active when; it breaks who shared
what.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from undazzle.coordination.events import Events, IntArray

WITHIN_ITEMS, WITHIN_TIME = "within_items", "within_time"
# Activity is held fixed within a quarter of a day: people's hours differ, and so do events'.
BLOCK_SECONDS = 21_600.0


def shuffle_within_items(events: Events, random: np.random.Generator) -> Events:
    """Return the first event of every account on every item, with the accounts of each item shuffled among them."""
    key = events.item * np.int64(len(events.account_keys)) + events.account
    kept = events.take(_first_of_each(key))
    return replace(kept, account=_shuffled(kept.account, kept.item, random))


def shuffle_within_time(events: Events, block: int, random: np.random.Generator) -> Events:
    """Return events whose posts changed accounts with other posts of the same block of time.

    Parameters
    ----------
    events
        All traces.
    block
        Ticks in a block.
    random
        Source of chance.
    """
    _, first, post = np.unique(events.post, return_index=True, return_inverse=True)
    account = _shuffled(events.account[first], events.at[first] // max(1, block), random)
    return replace(events, account=account[post])


def _first_of_each(key: IntArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    first = np.zeros(len(key), dtype=bool)
    first[np.unique(key, return_index=True)[1]] = True
    return first


def _shuffled(values: IntArray, stratum: IntArray, random: np.random.Generator) -> IntArray:
    """Return values in another order within each stratum."""
    places = np.argsort(stratum, kind="stable")
    drawn = np.lexsort((random.random(len(values)), stratum))
    found = np.empty_like(values)
    found[places] = values[drawn]
    return found
