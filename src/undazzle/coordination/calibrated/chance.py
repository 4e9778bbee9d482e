"""Tail probabilities, compiled: Poisson, and sums of unequal coins (Poisson-binomial), exactly."""

from __future__ import annotations

import math

import numpy as np

from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.slots import FloatArray
from undazzle.coordination.events import IntArray

_FEWEST = 1e-300


@compiled
def poisson_tail(mean: float, least: int) -> float:
    """Return the probability that a Poisson number with ``mean`` is at least ``least``."""
    if least <= 0:
        return 1.0
    if mean <= 0.0:
        return 0.0
    term = math.exp(least * math.log(mean) - mean - math.lgamma(least + 1.0))
    if least > mean:  # sum the tail itself: no cancellation
        total, count = 0.0, float(least)
        while term > 1e-18 * total:
            total += term
            count += 1.0
            term *= mean / count
            if term <= _FEWEST:
                break
        return min(1.0, total)
    below, count = 0.0, float(least)
    while count >= 1.0:
        term *= count / mean
        count -= 1.0
        below += term
    return max(0.0, 1.0 - below)


@compiled
def poisson_tails(mean: FloatArray, least: IntArray) -> FloatArray:
    """Return ``poisson_tail`` for each mean and number."""
    found = np.empty(len(mean))
    for index in range(len(mean)):
        found[index] = poisson_tail(mean[index], least[index])
    return found


def largest_mean(least: IntArray, below: float) -> FloatArray:
    """Return for each number a mean from which on a Poisson number is at least that large with chance ``below``.

    The smallest such mean, or a little more. A mean that is known to be larger need not be known any better where only
    smaller chances matter.

    Parameters
    ----------
    least
        Numbers.
    below
        The chance, between 0 and 1.
    """
    numbers, place = np.unique(least, return_inverse=True)
    low, high = np.zeros(len(numbers)), numbers + 10.0 * np.sqrt(numbers) + 1.0 - np.log1p(-below)
    for _ in range(50):
        middle = (low + high) / 2
        reached = poisson_tails(middle, numbers) > below
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return np.asarray(high[place] * (1.0 + 1e-9), dtype=np.float64)


@compiled
def coins_tail(chance: FloatArray, least: int) -> float:
    """Return the probability that at least ``least`` of independent coins show heads (Poisson-binomial, exact).

    The distribution is built coin by coin; what reaches ``least`` is added up on its own, so that a small
    probability is not the difference of two large ones.
    """
    if least <= 0:
        return 1.0
    if least > len(chance):
        return 0.0
    exactly = np.zeros(least)
    exactly[0] = 1.0
    reached = 0.0
    for seen, one in enumerate(chance):
        reached += exactly[least - 1] * one
        for count in range(min(seen + 1, least - 1), 0, -1):
            exactly[count] = exactly[count] * (1.0 - one) + exactly[count - 1] * one
        exactly[0] *= 1.0 - one
    return min(1.0, reached)
