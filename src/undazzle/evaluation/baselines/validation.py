"""Baselines with a null model of who shares what: statistically validated projections of the bipartite network."""

from __future__ import annotations

import numpy as np

from undazzle.evaluation.baselines.descriptor import Pairing, Verdict
from undazzle.evaluation.baselines.matrices import import_scipy, shared_items
from undazzle.evaluation.shares import FloatArray, IntArray, Shares

FALSE_DISCOVERY = 0.05
_SMALLEST = 1e-300
_TERMS = 400


def validated_network(shares: Shares) -> Verdict:
    """Return the pairs that share more items than a hypergeometric draw gives (Tumminello et al. 2011)."""
    pairs, active = shared_items(shares), shares.activity()
    items = int((shares.sharers() > 0).sum())
    return _verdict(pairs, hypergeometric_tails(pairs, active, items), active)


def hypergeometric_tails(pairs: Pairing, active: IntArray, items: int) -> FloatArray:
    """Return for each pair the chance of at least as many shared items, all items being equally likely."""
    low = np.minimum(active[pairs.account_a], active[pairs.account_b])
    high = np.maximum(active[pairs.account_a], active[pairs.account_b])
    most = int(active.max(initial=0)) + 1
    key = (low * most + high) * most + pairs.weight.astype(np.int64)
    kinds, kind = np.unique(key, return_inverse=True)
    few, many, shared = kinds // most**2, kinds // most % most, kinds % most
    tail = np.zeros(len(few))
    for more in range(_TERMS):
        count = shared + more
        possible = count <= few
        if not possible.any():
            break
        term = _log_choose(few, count) + _log_choose(items - few, many - count) - _log_choose(items, many)
        tail += np.where(possible, np.exp(term), 0.0)
    return np.minimum(1.0, tail)[kind]


def _log_choose(total: IntArray | int, chosen: IntArray) -> FloatArray:
    log_gamma = import_scipy("special").gammaln
    impossible = (chosen < 0) | (chosen > total)
    chosen = np.where(impossible, 0, chosen)
    found = log_gamma(np.add(total, 1)) - log_gamma(chosen + 1) - log_gamma(np.subtract(total, chosen) + 1)
    return np.where(impossible, -np.inf, found)


def configuration_network(shares: Shares) -> Verdict:
    """Return the pairs that share more items than the bipartite configuration model gives (Saracco et al. 2017)."""
    pairs, active, sharers = shared_items(shares), shares.activity(), shares.sharers()
    if not len(shares):
        return _verdict(pairs, np.zeros(0), active)
    degrees, kind = np.unique(active, return_inverse=True)
    popularity, repeats = np.unique(sharers[sharers > 0], return_counts=True)
    chance = configuration_model(degrees, np.bincount(kind).astype(np.int64), popularity, repeats)
    mean = (chance * repeats) @ chance.T
    expected = mean[kind[pairs.account_a], kind[pairs.account_b]]
    # a sum of unequal coins is close to Poisson, and narrower: this errs on the safe side
    p_value = import_scipy("special").gammainc(pairs.weight, np.maximum(expected, 1e-12))
    return _verdict(pairs, p_value, active)


def configuration_model(rows: IntArray, many_rows: IntArray, columns: IntArray, many_columns: IntArray) -> FloatArray:
    """Return the chance of a link between a row and a column of given degrees, so that all degrees hold on average.

    Parameters
    ----------
    rows, columns
        Different degrees.
    many_rows, many_columns
        How many rows and columns have each.
    """
    total = float((rows * many_rows).sum())
    x, y = rows / np.sqrt(total), columns / np.sqrt(total)
    for _ in range(5_000):
        new_x = rows / (many_columns * y / (1 + np.outer(x, y))).sum(axis=1)
        new_y = columns / (many_rows[:, None] * new_x[:, None] / (1 + np.outer(new_x, y))).sum(axis=0)
        moved = max(np.abs(new_x - x).max() / x.max(), np.abs(new_y - y).max() / y.max())
        x, y = new_x, new_y
        if moved < 1e-10:
            break
    product = np.outer(x, y)
    return np.asarray(product / (1 + product))


def _verdict(pairs: Pairing, p_value: FloatArray, active: IntArray) -> Verdict:
    """Return the pairs that a false discovery rate over all pairs of active accounts validates."""
    accounts = int((active > 0).sum())
    tests = accounts * (accounts - 1) / 2
    order = np.sort(p_value)
    passed = np.flatnonzero(order <= FALSE_DISCOVERY * np.arange(1, len(order) + 1) / tests)
    level = order[passed[-1]] if len(passed) else -1.0
    surprise = -np.log10(np.maximum(p_value, _SMALLEST))
    kept = Pairing(pairs.account_a, pairs.account_b, surprise).take(p_value <= level)
    ranking = Pairing(pairs.account_a, pairs.account_b, surprise).strongest(len(active))
    flagged = np.zeros(len(active), dtype=bool)
    flagged[kept.account_a] = flagged[kept.account_b] = True
    return Verdict(ranking, flagged, kept)
