"""Groups of texts that say nothing in common are split until they do, or given up.

Talk that is put together from the same few phrases chains: each text is near some others, all of them end in one
group, and what holds it together holds it to the talk outside as well. A group that tells one thing is dense (most of
its texts are near each other) or, where it is told in many ways, apart: what is like its texts is in it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from undazzle.narratives.similarity import NONE, Pairs, groups_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

IntArray = npt.NDArray[np.int64]

# Both were chosen on ``benchmarks/choosing_stories.py``. There, groups of plain stories have 0.59 to 0.86 of their
# pairs near each other, of rough ones 0.22 to 0.36, of talk 0.09 to 0.33; of what is like their texts, stories hold
# 0.85 to 1, talk 0.28 to 0.58.
LEAST_NEAR, LEAST_APART = 0.5, 0.7
_LIKE = 2 / 3  # of the cosine that makes two texts near: from there on they are like each other
_STEP, _CLOSEST = 0.1, 0.85
# Texts drawn from a group: 1,770 pairs say a share well enough, and so do twenty texts held against all others.
_DRAWN, _HELD = 60, 20


def cohesive_groups(rows: csr_matrix, pairs: Pairs, similarity: float, seed: int) -> IntArray:
    """Return the group of each text, or ``NONE``; every group is dense or apart.

    Parameters
    ----------
    rows
        Vectors of the texts.
    pairs
        Near pairs of them.
    similarity
        Cosine from which two texts are near. A loose group is split by asking for more, a tenth at a time, up to 0.85.
    seed
        Seed of the communities and of the draws.
    """
    found = np.full(rows.shape[0], NONE, dtype=np.int64)
    draws, columns = np.random.default_rng(seed), rows.T.tocsr()
    waiting, number = [(pairs, similarity)], 0
    while waiting:
        some, nearness = waiting.pop()
        labels = groups_of(rows.shape[0], some, seed)
        order = np.argsort(labels, kind="stable")
        bounds = np.searchsorted(labels[order], np.arange(int(labels.max(initial=NONE)) + 2))
        for first, last in pairwise(bounds.tolist()):
            members = order[first:last]
            is_kept = near_share(rows, members, similarity, draws) >= LEAST_NEAR
            if is_kept or share_apart(rows, columns, members, similarity, draws) >= LEAST_APART:
                found[members] = number
                number += 1
            elif nearness + _STEP <= _CLOSEST:
                tighter = _within(some, members, nearness + _STEP, rows.shape[0])
                if len(tighter[0]):
                    waiting.append((tighter, nearness + _STEP))
    return found


def near_share(rows: csr_matrix, members: IntArray, similarity: float, draws: np.random.Generator) -> float:
    """Return the share of pairs of a group's texts that are near, of at most 60 texts drawn from it."""
    chosen = _drawn(members, _DRAWN, draws)
    if len(chosen) < 2:
        return 1.0
    cosine = (rows[chosen] @ rows[chosen].T).toarray()
    return float((cosine[np.triu_indices(len(chosen), 1)] >= similarity).mean())


def share_apart(
    rows: csr_matrix, columns: csr_matrix, members: IntArray, similarity: float, draws: np.random.Generator
) -> float:
    """Return which share of the texts that are like at most twenty texts of a group, drawn from it, is in the group.

    ``columns`` is ``rows`` turned.
    """
    chosen = _drawn(members, _HELD, draws)
    product = (rows[chosen] @ columns).tocoo()
    like = product.col[(product.data >= _LIKE * similarity) & (chosen[product.row] != product.col)]
    return float(np.isin(like, members).mean()) if len(like) else 1.0


def _drawn(members: IntArray, most: int, draws: np.random.Generator) -> IntArray:
    return members if len(members) <= most else draws.choice(members, most, replace=False)


def _within(pairs: Pairs, members: IntArray, similarity: float, count: int) -> Pairs:
    """Return the pairs between members that are at least this near."""
    inside = np.zeros(count, dtype=np.bool_)
    inside[members] = True
    kept = (pairs[2] >= similarity) & inside[pairs[0]] & inside[pairs[1]]
    return pairs[0][kept], pairs[1][kept], pairs[2][kept]
