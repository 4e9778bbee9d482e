"""Baselines that count: posts, shared items, pairs within a window."""

from __future__ import annotations

import numpy as np

from undazzle.coordination.kernel import count_pairs_compiled
from undazzle.coordination.window_method import find_window_pairs
from undazzle.evaluation.baselines.descriptor import Pairing, Verdict, verdict_of_pairs
from undazzle.evaluation.shares import Shares

_NO_LIMIT = 200_000_000


def activity(shares: Shares) -> Verdict:
    """Rank accounts by how many different items they share."""
    return Verdict(shares.activity().astype(np.float64))


def items_together(shares: Shares, window: int) -> Pairing:
    """Return all pairs with the number of different items that they shared within ``window`` seconds."""
    pairs = count_pairs_compiled(shares.events(), window, 1)
    return Pairing(pairs.account_a, pairs.account_b, pairs.items.astype(np.float64))


def count_within_minute(shares: Shares) -> Verdict:
    """Rank accounts by the most items shared within a minute with one other account."""
    return Verdict(items_together(shares, 60).strongest(shares.accounts))


def count_within_hour(shares: Shares) -> Verdict:
    """Rank accounts by the most items shared within an hour with one other account."""
    return Verdict(items_together(shares, 3_600).strongest(shares.accounts))


def minute_threshold(shares: Shares) -> Verdict:
    """Return pairs with two or more posts of either that met one of the other within 60 seconds."""
    found = find_window_pairs(
        shares.events(), window=60, min_participation=1, edge_weight=0.0, max_co_actions=_NO_LIMIT
    )
    posts = np.maximum(found.pairs.posts_a, found.pairs.posts_b).astype(np.float64)
    return verdict_of_pairs(
        Pairing(found.pairs.account_a, found.pairs.account_b, posts).take(posts >= 2), shares.accounts
    )


def coortweet(shares: Shares) -> Verdict:
    """Return the network of CooRTweet's defaults: 10 s, two shares, weights above their median."""
    found = find_window_pairs(
        shares.events(),
        window=10,
        min_participation=2,
        edge_weight=0.5,
        weight="co_actions",
        max_co_actions=_NO_LIMIT,
    )
    kept = Pairing(found.pairs.account_a, found.pairs.account_b, found.weight).take(found.above)
    return verdict_of_pairs(kept, shares.accounts)
