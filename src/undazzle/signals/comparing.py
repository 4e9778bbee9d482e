"""Numbers of accounts in a group beside those of other accounts: means, intervals, and a rank test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

FEWEST_ACCOUNTS = 5
# With thousands of accounts trifles are significant: a group must also rank clearly higher or lower. This is the
# chance that a random account of it has the larger number than a random other one; 0.5 is no difference.
LEAST_RANK = 0.65


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sets of numbers.

    Attributes
    ----------
    mean, low, high
        Mean of the group with its 95 % interval.
    control_mean
        Mean of the others.
    rank
        Chance that a random account of the group has the larger number; ties count half.
    p_value
        Two-sided, Wilcoxon's rank sum.
    """

    mean: float
    low: float
    high: float
    control_mean: float
    rank: float
    p_value: float

    @property
    def is_clear(self) -> bool:
        """Whether the difference is large, whatever the number of accounts."""
        return self.rank >= LEAST_RANK or self.rank <= 1 - LEAST_RANK


def compare(inside: Sequence[float], outside: Sequence[float]) -> Comparison:
    """Compare the numbers of a group with those of others.

    Parameters
    ----------
    inside, outside
        One number per account; at least one each.
    """
    mine, others = np.asarray(inside, dtype=np.float64), np.asarray(outside, dtype=np.float64)
    low, high = mean_interval(mine)
    rank, p_value = _rank_sum(mine, others)
    return Comparison(float(mine.mean()), low, high, float(others.mean()), rank, p_value)


def mean_interval(values: NDArray[np.float64], *, draws: int = 2000) -> tuple[float, float]:
    """Return the 95 % interval of a mean: by bootstrap for few values, else by the normal law."""
    if len(values) < 2:
        return float(values.min()), float(values.max())
    if len(values) >= 50:
        half = 1.96 * float(values.std(ddof=1)) / sqrt(len(values))
        return float(values.mean()) - half, float(values.mean()) + half
    chosen = np.random.default_rng(0).integers(0, len(values), (draws, len(values)))
    low, high = np.quantile(values[chosen].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def _rank_sum(mine: NDArray[np.float64], others: NDArray[np.float64]) -> tuple[float, float]:
    together = np.concatenate([mine, others])
    _, places, counts = np.unique(together, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    first, second, number = len(mine), len(others), len(together)
    over = float(ranks[:first].sum()) - first * (first + 1) / 2
    ties = float((counts.astype(np.float64) ** 3 - counts).sum()) / (number * max(1, number - 1))
    spread = sqrt(max(0.0, first * second / 12 * (number + 1 - ties)))
    away = max(0.0, abs(over - first * second / 2) - 0.5)
    return over / (first * second), erfc(away / spread / sqrt(2)) if spread else 1.0
