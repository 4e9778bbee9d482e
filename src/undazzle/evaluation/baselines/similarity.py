"""Baselines that compare whom accounts resemble in what they share, whenever they share it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from undazzle.evaluation.baselines.descriptor import Pairing, Verdict, verdict_of_pairs
from undazzle.evaluation.baselines.matrices import import_scipy, projected
from undazzle.evaluation.shares import BoolArray, FloatArray, Shares

EDGE_QUANTILE = 0.995
LEAST_SUPPORT = 10  # shares of an account, as in the authors' code; below, a cosine of 1 is one shared item
_STEPS = 300


def rarity(shares: Shares) -> Verdict:
    """Rank accounts by their strongest pair, each shared item weighing 1/(sharers - 1)."""
    first = shares.distinct()
    weight = 1.0 / np.maximum(1, shares.sharers()[first.item] - 1)
    return Verdict(projected(first, np.sqrt(weight)).strongest(shares.accounts))


def cosine_pairs(shares: Shares) -> Pairing:
    """Return pairs with the cosine of their TF-IDF vectors of items, as scikit-learn defines them."""
    first = shares.distinct()
    first = first.take((shares.activity() > LEAST_SUPPORT)[first.account])
    sharers = first.sharers()
    first = first.take(sharers[first.item] > 1)
    active = len(np.unique(first.account))
    inverse = np.log((1 + active) / (1 + sharers[first.item])) + 1
    length = np.sqrt(np.bincount(first.account, weights=inverse**2, minlength=shares.accounts))
    return projected(first, inverse / length[first.account])


def cosine_edges(shares: Shares) -> Verdict:
    """Return the pairs whose cosine lies in the highest 0.5 %."""
    pairs = cosine_pairs(shares)
    if not len(pairs.weight):
        return Verdict(np.zeros(shares.accounts), np.zeros(shares.accounts, dtype=bool), pairs)
    return verdict_of_pairs(pairs.take(pairs.weight >= np.quantile(pairs.weight, EDGE_QUANTILE)), shares.accounts)


def fused_centrality(layers: Sequence[Shares]) -> Verdict:
    """Rank accounts by eigenvector centrality in the fused similarity network; the highest 0.5 % are flagged.

    Parameters
    ----------
    layers
        Shares of each trace; a pair weighs as much as in the layer where it weighs most.
    """
    accounts = layers[0].accounts
    pairs = fuse([cosine_pairs(one) for one in layers], accounts)
    centrality = eigenvector_centrality(pairs, accounts)
    flagged = np.zeros(accounts, dtype=bool)
    if len(pairs.weight):
        inside = centrality[np.unique(np.concatenate((pairs.account_a, pairs.account_b)))]
        flagged = (centrality >= np.quantile(inside, EDGE_QUANTILE)) & (centrality > 0)
    kept = pairs.take(flagged[pairs.account_a] & flagged[pairs.account_b])
    return Verdict(centrality, flagged, kept)


def fuse(layers: Sequence[Pairing], accounts: int) -> Pairing:
    """Return the union of pairs, each with its largest weight."""
    key = np.concatenate([one.account_a * np.int64(accounts) + one.account_b for one in layers])
    weight = np.concatenate([one.weight for one in layers])
    order = np.lexsort((-weight, key))
    key, weight = key[order], weight[order]
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    return Pairing(key[new] // accounts, key[new] % accounts, weight[new])


def eigenvector_centrality(pairs: Pairing, accounts: int) -> FloatArray:
    """Return the leading eigenvector of the weighted network, by power iteration on the shifted matrix."""
    sparse = import_scipy("sparse")
    half = sparse.csr_matrix((pairs.weight, (pairs.account_a, pairs.account_b)), shape=(accounts, accounts))
    network = half + half.T + sparse.identity(accounts, format="csr")
    centrality = np.ones(accounts)
    for _ in range(_STEPS):
        moved = network @ centrality
        moved /= np.linalg.norm(moved)
        if np.abs(moved - centrality).max() < 1e-9:
            break
        centrality = moved
    linked = np.bincount(pairs.account_a, minlength=accounts) + np.bincount(pairs.account_b, minlength=accounts) > 0
    return np.where(linked, moved, 0.0)


def tuned_with_labels(ranking: FloatArray, truth: BoolArray) -> BoolArray:
    """Return whom a threshold on a ranking flags if the threshold is chosen with the labels (percentiles by 0.5)."""
    best, chosen = -1.0, np.zeros(len(ranking), dtype=bool)
    for threshold in np.unique(np.percentile(ranking, np.arange(0, 100.1, 0.5))):
        flagged = ranking >= threshold
        quality = 2 * (flagged & truth).sum() / (flagged.sum() + truth.sum())
        if quality > best:
            best, chosen = float(quality), flagged
    return chosen
