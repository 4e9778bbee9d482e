"""Many tests at once: false discovery rate, and several dependent tests of one thing as one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.slots import FloatArray


def false_discovery_q(p_values: FloatArray, tests: int | None = None, *, cap: float = 1.0) -> FloatArray:
    """Return q-values by Benjamini and Hochberg (1995).

    Parameters
    ----------
    p_values
        p-values of the tests that were computed.
    tests
        Number of tests in all; those not computed count with p = 1. The number of ``p_values`` if not given.
    cap
        Largest q-value returned.

    Examples
    --------
    >>> false_discovery_q(np.array([0.01, 0.02, 0.9]), 100).round(2).tolist()
    [1.0, 1.0, 1.0]
    """
    count = len(p_values)
    tests = max(count, tests or count)
    order = np.argsort(p_values, kind="stable")
    scaled = p_values[order] * tests / np.arange(1, count + 1)
    found = np.empty(count)
    found[order] = np.minimum(cap, np.minimum.accumulate(scaled[::-1])[::-1])
    return found


def simes_p(p_values: FloatArray, group: npt.NDArray[np.int64]) -> FloatArray:
    """Return one p-value per group of tests of one thing (Simes 1986): the smallest of ``n p / rank`` over ``n`` tests.

    Parameters
    ----------
    p_values
        One per test.
    group
        Number of the group of each test, from 0; every number up to the largest occurs.

    Examples
    --------
    >>> simes_p(np.array([0.01, 0.04, 0.5]), np.array([0, 0, 1])).tolist()
    [0.02, 0.5]
    """
    order = np.lexsort((p_values, group))
    first = np.flatnonzero(np.append(True, np.diff(group[order]) != 0)) if len(order) else order
    tests = np.diff(np.append(first, len(order)))
    rank = np.arange(len(order)) - np.repeat(first, tests) + 1
    each = np.repeat(tests, tests) * p_values[order] / rank
    return np.minimum(1.0, np.minimum.reduceat(each, first)) if len(first) else np.zeros(0)


def dependent_q(p_values: FloatArray) -> FloatArray:
    """Return q-values that hold however the tests depend on each other (Benjamini and Yekutieli 2001).

    Parameters
    ----------
    p_values
        p-values of all tests.

    Examples
    --------
    >>> dependent_q(np.array([0.01, 0.02])).round(3).tolist()
    [0.03, 0.03]
    """
    harmonic = float((1.0 / np.arange(1, len(p_values) + 1)).sum())
    return np.minimum(1.0, harmonic * false_discovery_q(p_values, cap=np.inf))


def combined_p(p_values: FloatArray) -> FloatArray:
    """Return one p-value per row of dependent ones by the Cauchy combination (Liu and Xie 2020).

    A p-value of 1 is taken as 0.99, or one discrete test that says nothing would undo all others.

    Parameters
    ----------
    p_values
        One row per thing tested, one column per test.
    """
    if p_values.shape[1] == 1:
        return p_values[:, 0]
    small = 1e-15  # below, the tangent is 1 / (pi p) to machine precision
    bounded = np.clip(p_values, 1e-300, 0.99)
    heavy = np.where(bounded < small, 1 / (np.pi * bounded), np.tan((0.5 - np.maximum(bounded, small)) * np.pi))
    mean = heavy.mean(axis=1)
    with np.errstate(divide="ignore"):
        tail = np.where(mean > 1e14, 1 / (np.pi * np.maximum(mean, 1e-300)), 0.5 - np.arctan(mean) / np.pi)
    return np.asarray(np.clip(tail, 0.0, 1.0), dtype=np.float64)
