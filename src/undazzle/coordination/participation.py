"""CooRTweet's two participation filters: accounts that did too little are left out before and after pairing.

Before: accounts with fewer than ``min_participation`` traces. After: of the posts in co-actions, only those of
accounts with at least that many traces in such posts count; a co-action is kept if it counts for either side.
"""

from __future__ import annotations

import numpy as np

from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.ordering import distinct


def active_enough(events: Events, min_participation: int) -> BoolArray:
    """Return which events belong to accounts with at least ``min_participation`` events."""
    if min_participation <= 1:
        return np.ones(len(events), dtype=bool)
    counts = np.bincount(events.account, minlength=len(events.account_keys))
    return np.asarray(counts[events.account] >= min_participation)


def counting_posts(events: Events, near: BoolArray, min_participation: int) -> IntArray:
    """Return the posts that count after pairing, sorted.

    Parameters
    ----------
    events
        All events of the accounts that are active enough (also those that met nobody).
    near
        By event: whether it is part of a co-action.
    min_participation
        Least number of events of an account whose post is part of a co-action.
    """
    posts = distinct(events.post[near])
    in_posts = np.isin(events.post, posts)
    counts = np.bincount(events.account[in_posts], minlength=len(events.account_keys))
    return distinct(events.post[in_posts & (counts[events.account] >= min_participation)])
