"""What is measured: rankings, named accounts, groups, and how sure a figure is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import comb

import numpy as np

from undazzle.evaluation.shares import BoolArray, FloatArray


def average_precision(truth: BoolArray, ranking: FloatArray) -> float:
    """Return the average precision of a ranking, equal values being one step, as scikit-learn counts it.

    Parameters
    ----------
    truth
        Which accounts are planted.
    ranking
        Higher is earlier.

    Examples
    --------
    >>> import numpy as np
    >>> float(average_precision(np.array([True, False, True]), np.array([3.0, 2.0, 2.0])))
    0.8333333333333333
    """
    if not truth.any():
        return float("nan")
    values, place = np.unique(-ranking, return_inverse=True)
    found = np.cumsum(np.bincount(place, weights=truth, minlength=len(values)))
    listed = np.cumsum(np.bincount(place, minlength=len(values)))
    return float(np.sum(np.diff(found, prepend=0.0) * found / listed) / truth.sum())


def precision_at(truth: BoolArray, ranking: FloatArray, count: int) -> float:
    """Return the share of planted accounts among the first ``count``; equals share the places that are left.

    Examples
    --------
    >>> import numpy as np
    >>> precision_at(np.array([True, False, True]), np.array([3.0, 2.0, 2.0]), 2)
    0.75
    """
    count = min(count, len(truth))
    if not count:
        return float("nan")
    last = np.sort(ranking)[-count]
    sure, tied = ranking > last, ranking == last
    return float((truth[sure].sum() + truth[tied].mean() * (count - sure.sum())) / count)


def b_cubed(groups: Sequence[Collection[int]], truth: Sequence[Collection[int]]) -> tuple[float, float]:
    """Return B-cubed precision and recall over all accounts that are in a group, found or true.

    An account in no found group, or in no true one, is a group of its own (Bagga and Baldwin 1998).

    Examples
    --------
    >>> precision, recall = b_cubed([{1, 2, 3}], [{1, 2}])
    >>> round(precision, 3), recall
    (0.556, 1.0)
    """
    everyone = sorted(set().union(*map(set, groups), *map(set, truth)))
    if not everyone:
        return float("nan"), float("nan")
    found, true = _group_of(groups, everyone), _group_of(truth, everyone)
    both = {one: len(found[one] & true[one]) for one in everyone}
    precision = sum(both[one] / len(found[one]) for one in everyone) / len(everyone)
    recall = sum(both[one] / len(true[one]) for one in everyone) / len(everyone)
    return precision, recall


def _group_of(groups: Sequence[Collection[int]], everyone: Sequence[int]) -> dict[int, set[int]]:
    group_of = {one: {one} for one in everyone}
    for group in groups:
        group_of |= {one: set(group) for one in group}
    return group_of


def upper_bound(found: int, among: int, confidence: float = 0.95) -> float:
    """Return the largest rate that still leaves ``found`` or fewer among ``among`` possible (Clopper and Pearson).

    Parameters
    ----------
    found, among
        What was counted, and out of how many.
    confidence
        Of the one-sided bound.

    Examples
    --------
    >>> round(upper_bound(0, 3_000), 6)  # the rule of three
    0.000998
    """
    if found >= among:
        return 1.0
    low, high = found / among, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(found, among, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _at_most(found: int, among: int, rate: float) -> float:
    """Return the chance of at most ``found`` among ``among``, each with probability ``rate``."""
    return sum(
        comb(among, count) * rate**count * (1 - rate) ** (among - count)
        if among < 900
        else np.exp(_log_binomial(among, count) + count * np.log(rate) + (among - count) * np.log1p(-rate))
        for count in range(found + 1)
    )


def _log_binomial(among: int, count: int) -> float:
    return float(np.sum(np.log(np.arange(among - count + 1, among + 1)) - np.log(np.arange(1, count + 1))))


def bootstrap_interval(
    by_operation: Mapping[str, Sequence[float]],
    figure: Callable[[FloatArray], float],
    *,
    draws: int = 1_000,
    seed: int = 0,
) -> tuple[float, float]:
    """Return the middle 95 % of a figure when operations, not accounts, are drawn anew.

    Parameters
    ----------
    by_operation
        Numbers of each operation, summed over whatever was repeated with it.
    figure
        Takes the sums over the operations drawn.
    draws, seed
        Number of draws, and their seed.
    """
    table = np.array(list(by_operation.values()), dtype=np.float64)
    random = np.random.default_rng(seed)
    drawn = [figure(table[random.integers(len(table), size=len(table))].sum(axis=0)) for _ in range(draws)]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return float(low), float(high)
