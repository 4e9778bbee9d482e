"""Pairs of accounts: how often, on how many items and with how many posts two accounts acted together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import BoolArray, IntArray
from undazzle.coordination.ordering import distinct_by_group


@dataclass(frozen=True)
class Pairs:
    """Pairs as arrays of one length, sorted by both account numbers, ``account_a < account_b``.

    ``co_actions`` counts pairs of posts (CooRTweet's weight); ``items`` distinct items; ``posts_a`` the
    distinct posts of ``account_a`` that met one of ``account_b`` (the Coordination Network Toolkit's directed
    weight from a to b), ``posts_b`` the other way round.
    """

    account_a: IntArray
    account_b: IntArray
    co_actions: IntArray
    items: IntArray
    posts_a: IntArray
    posts_b: IntArray
    mean_gap_ticks: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.account_a)

    def take(self, keep: BoolArray) -> Pairs:
        """Return the pairs where ``keep`` is true."""
        return Pairs(
            self.account_a[keep],
            self.account_b[keep],
            self.co_actions[keep],
            self.items[keep],
            self.posts_a[keep],
            self.posts_b[keep],
            self.mean_gap_ticks[keep],
        )


def count_pairs(found: CoActions) -> tuple[Pairs, IntArray]:
    """Return the pairs behind co-actions, and for each co-action the position of its pair.

    Parameters
    ----------
    found
        Co-actions sorted by pair, as ``join_co_actions`` returns them.
    """
    count = len(found)
    new = np.ones(count, dtype=bool)
    if count:
        new[1:] = (found.account_a[1:] != found.account_a[:-1]) | (found.account_b[1:] != found.account_b[:-1])
    starts = np.flatnonzero(new)
    pair = (np.cumsum(new) - 1).astype(np.int64)
    sizes = np.diff(np.append(starts, count)).astype(np.int64)
    gaps = np.add.reduceat(found.gap.astype(np.float64), starts) if count else np.zeros(0)
    return Pairs(
        found.account_a[starts],
        found.account_b[starts],
        sizes,
        distinct_by_group(pair, found.item, len(starts)),
        distinct_by_group(pair, found.post_a, len(starts)),
        distinct_by_group(pair, found.post_b, len(starts)),
        gaps / np.maximum(sizes, 1),
    ), pair
