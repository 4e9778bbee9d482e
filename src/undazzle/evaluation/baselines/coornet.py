"""CooRnet: the interval is estimated from the data, shares are binned, and the heaviest tenth of the pairs is kept."""

from __future__ import annotations

import numpy as np

from undazzle.evaluation.baselines.descriptor import Verdict, verdict_of_pairs
from undazzle.evaluation.baselines.matrices import projected
from undazzle.evaluation.shares import IntArray, Shares

QUICKEST, REACHED, EDGE_PERCENTILE = 0.1, 0.5, 0.9


def coordination_interval(shares: Shares) -> int:
    """Return the median time in which the quickest items gather half of their shares, in seconds.

    Quickest are the items whose second share came as early as among the quickest tenth.
    """
    starts = np.searchsorted(shares.item, np.unique(shares.item))
    sizes = np.diff(np.append(starts, len(shares)))
    starts, sizes = starts[sizes > 1], sizes[sizes > 1]
    if not len(starts):
        return 1
    second = shares.at[starts + 1] - shares.at[starts]
    quick = second <= np.quantile(second, QUICKEST)
    # the first share at which more than half of all are there
    half = starts[quick] + np.floor(REACHED * sizes[quick]).astype(np.int64)
    return max(1, int(np.median(shares.at[half] - shares.at[starts[quick]])))


def coornet(shares: Shares) -> Verdict:
    """Return the network of accounts that shared the same items in bins with more than one share."""
    interval = coordination_interval(shares)
    first = np.full(shares.items, np.iinfo(np.int64).max)
    np.minimum.at(first, shares.item, shares.at)
    bins = (shares.at - first[shares.item]) // interval
    together = shares.take(_size_of_own(shares.item, bins) > 1).distinct()
    pairs = projected(together, np.ones(len(together)))
    if len(pairs.weight):
        pairs = pairs.take(pairs.weight >= np.quantile(pairs.weight, EDGE_PERCENTILE))
    return verdict_of_pairs(pairs, shares.accounts)


def _size_of_own(item: IntArray, bins: IntArray) -> IntArray:
    _, own, size = np.unique(np.stack((item, bins)), axis=1, return_inverse=True, return_counts=True)
    return np.asarray(size[own.ravel()], dtype=np.int64)
