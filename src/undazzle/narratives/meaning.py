"""Groups of texts that lie near each other in the user's vectors become one, whatever their languages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undazzle.coordination.communities import find_communities
from undazzle.narratives.embeddings import Embeddings
from undazzle.narratives.similarity import NONE

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

_BLOCK, _NEAREST = 1_000, 30
_EXEMPLARS = 5
_RANDOM_PAIRS = 20_000
_MOST_RANDOM = 0.05


@dataclass(frozen=True)
class Joined:
    """What vectors joined.

    Attributes
    ----------
    label
        Group of each text; groups by wording keep their texts together.
    by_vectors
        Numbers of groups that vectors made or joined.
    random_share
        Share of random pairs of texts that lie as near as is asked for, 0 to 1: where it is large, the cosine tells
        nothing.
    """

    label: IntArray
    by_vectors: frozenset[int]
    random_share: float

    def notes(self, similarity: float) -> tuple[str, ...]:
        """Say what the vectors did, and where their cosine is too low to tell anything."""
        said = (
            f"Vectors made or joined {len(self.by_vectors):,} groups at a cosine of {similarity} or more; the "
            "stability is that of the groups by wording, before that.",
        )
        if self.random_share <= _MOST_RANDOM:
            return said
        return (
            *said,
            f"{self.random_share:.0%} of random pairs of texts lie that near: unless most posts say one thing, the "
            "vectors show a common topic or style at this cosine, and no message. Raise --embedding-similarity.",
        )


def join_by_vectors(label: IntArray, held: Embeddings, similarity: float, seed: int) -> Joined:
    """Join groups whose mean vectors, and single texts whose vectors, are at least this near.

    Groups by wording are never broken up. What lies near is grouped by the Leiden algorithm, so that a chain of
    neighbours does not become one group.

    Parameters
    ----------
    label
        Group of each text by wording, ``NONE`` for a text without one.
    held
        Vectors of the texts.
    similarity
        Least cosine.
    seed
        Seed of the draws.
    """
    units, unit_of = _units(label, held)
    groups = int(label.max(initial=NONE)) + 1
    a, b, near = _near_units(units, similarity)
    found = label.copy()
    joined = set()
    for number, members in enumerate(find_communities(a, b, near, seed=seed), start=groups):
        found[np.isin(unit_of, members) & (unit_of != NONE)] = number
        joined.add(number)
    used = np.unique(found[found != NONE])
    again = np.full(groups + len(joined) + 1, NONE, dtype=np.int64)
    again[used] = np.arange(len(used))
    by_vectors = frozenset(int(again[one]) for one in joined if again[one] != NONE)
    renumbered = np.where(found == NONE, NONE, again[found])
    return Joined(renumbered, by_vectors, _random_share(held, similarity, seed))


def exemplars_by_vectors(label: IntArray, held: Embeddings, have: IntArray) -> IntArray:
    """Return up to five texts nearest to the mean of each group that none of the texts in ``have`` stands for."""
    lacking = np.setdiff1d(np.unique(label[label != NONE]), label[have])
    chosen = []
    for group in lacking:
        members = np.flatnonzero((label == group) & held.has_vector)
        closeness = held.vector[members] @ held.vector[members].sum(axis=0)
        chosen.append(members[np.lexsort((members, -closeness))[:_EXEMPLARS]])
    return np.concatenate([have, *chosen]).astype(np.int64)


def _units(label: IntArray, held: Embeddings) -> tuple[FloatArray, IntArray]:
    """Return vectors of groups and of single texts, of unit length, and the unit of each text that has a vector."""
    groups = int(label.max(initial=NONE)) + 1
    unit_of = np.full(len(label), NONE, dtype=np.int64)
    grouped = held.has_vector & (label != NONE)
    unit_of[grouped] = label[grouped]
    alone = np.flatnonzero(held.has_vector & (label == NONE))
    unit_of[alone] = groups + np.arange(len(alone))
    units = np.zeros((groups + len(alone), held.dimensions), dtype=np.float32)
    np.add.at(units, unit_of[unit_of != NONE], held.vector[unit_of != NONE])
    length = np.linalg.norm(units, axis=1)
    units[length > 0] /= length[length > 0, None]
    # Texts of a group that have no vector of their own go where their group goes.
    unit_of[(label != NONE) & ~held.has_vector] = label[(label != NONE) & ~held.has_vector]
    return units, unit_of


def _near_units(units: FloatArray, similarity: float) -> tuple[IntArray, IntArray, npt.NDArray[np.float64]]:
    """Return pairs of units at least this near, each with its 30 nearest, the smaller number first."""
    first, second, near = [], [], []
    for start in range(0, len(units), _BLOCK):
        cosine = units[start : start + _BLOCK] @ units.T
        cosine[np.arange(len(cosine)), start + np.arange(len(cosine))] = -1
        if len(units) > _NEAREST:
            cut = np.partition(cosine, -_NEAREST, axis=1)[:, -_NEAREST]
            cosine = np.where(cosine >= cut[:, None], cosine, -1)
        row, column = np.nonzero(cosine >= similarity)
        first.append(np.minimum(row + start, column))
        second.append(np.maximum(row + start, column))
        near.append(cosine[row, column])
    a, b = np.concatenate(first).astype(np.int64), np.concatenate(second).astype(np.int64)
    _, unique = np.unique(a * len(units) + b, return_index=True)
    return a[unique], b[unique], np.concatenate(near)[unique].astype(np.float64)


def _random_share(held: Embeddings, similarity: float, seed: int) -> float:
    rows = np.flatnonzero(held.has_vector)
    if len(rows) < 2:
        return 0.0
    draws = np.random.default_rng(seed)
    a, b = draws.choice(rows, _RANDOM_PAIRS), draws.choice(rows, _RANDOM_PAIRS)
    apart = a != b
    cosine = np.einsum("ij,ij->i", held.vector[a[apart]], held.vector[b[apart]])
    return float((cosine >= similarity).mean())
