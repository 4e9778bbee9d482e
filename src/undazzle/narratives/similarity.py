"""Texts become vectors of weighted letter sequences, and near ones become groups.

Letter sequences need no word list and no model, and work in scripts without spaces. TF-IDF: Salton and Buckley 1988,
10.1016/0306-4573(88)90021-0; communities: Leiden (Traag et al. 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from undazzle.coordination.communities import find_communities
from undazzle.errors import MissingExtraError

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

IntArray = npt.NDArray[np.int64]
# numbers of two texts, the smaller first, and how near they are
Pairs = tuple[IntArray, IntArray, npt.NDArray[np.float64]]

_FEATURES = 2**18
_BLOCK = 1_000  # rows multiplied at a time
_NEAREST = 30  # most neighbours of a text that are kept: communities do not need all pairs of a thousand copies
_EXEMPLARS = 5
_COMMON_SHARE, _COMMON_LEAST = 0.02, 200  # a letter sequence in more texts than this is common
NONE = -1


def vectors(texts: Sequence[str]) -> csr_matrix:
    """Return one row of unit length per text.

    Raises
    ------
    MissingExtraError
        If scikit-learn is not installed.
    """
    try:
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
    except ImportError as error:
        raise MissingExtraError("narratives", "Narratives") from error
    hashed = HashingVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        n_features=_FEATURES,
        alternate_sign=False,
        norm=None,
        lowercase=False,
        dtype=np.float32,
    ).transform(texts)
    found: csr_matrix = TfidfTransformer(sublinear_tf=True).fit_transform(_without_common(hashed)).astype(np.float32)
    return found


def _without_common(hashed: csr_matrix) -> csr_matrix:
    """Drop letter sequences that very many texts hold: they weigh next to nothing and take nearly all of the time."""
    in_texts = np.bincount(hashed.indices, minlength=hashed.shape[1])
    keep = in_texts[hashed.indices] <= max(_COMMON_LEAST, _COMMON_SHARE * hashed.shape[0])
    rows = np.repeat(np.arange(hashed.shape[0]), np.diff(hashed.indptr))[keep]
    from scipy.sparse import csr_matrix

    return csr_matrix((hashed.data[keep], (rows, hashed.indices[keep])), shape=hashed.shape)


def near_pairs(rows: csr_matrix, similarity: float) -> Pairs:
    """Return pairs of rows at least this similar (first below second), with at most 30 neighbours a row."""
    first, second, near = [], [], []
    columns = rows.T.tocsr()
    for start in range(0, rows.shape[0], _BLOCK):
        product = (rows[start : start + _BLOCK] @ columns).tocoo()
        keep = (product.data >= similarity) & (product.row + start != product.col)
        row, column, cosine = product.row[keep] + start, product.col[keep], product.data[keep]
        kept = _nearest(row, cosine)
        first.append(np.minimum(row, column)[kept])
        second.append(np.maximum(row, column)[kept])
        near.append(cosine[kept])
    a, b = np.concatenate(first).astype(np.int64), np.concatenate(second).astype(np.int64)
    _, unique = np.unique(a * rows.shape[0] + b, return_index=True)
    return a[unique], b[unique], np.concatenate(near)[unique].astype(np.float64)


def _nearest(row: npt.NDArray[Any], cosine: npt.NDArray[Any]) -> IntArray:
    order = np.lexsort((-cosine, row))
    ranked = row[order]
    starts = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    rank = np.arange(len(ranked)) - np.repeat(starts, np.diff(np.concatenate((starts, [len(ranked)]))))
    return np.sort(order[rank < _NEAREST])


def groups_of(count: int, pairs: Pairs, seed: int) -> IntArray:
    """Return the group of each of ``count`` texts from its near pairs, or ``NONE`` where nothing is near."""
    a, b, near = pairs
    labels = np.full(count, NONE, dtype=np.int64)
    for number, members in enumerate(find_communities(a, b, near, seed=seed)):
        labels[members] = number
    return labels


def assign(rows: csr_matrix, exemplars: csr_matrix, group_of: IntArray, similarity: float) -> IntArray:
    """Return for each row the group of the nearest exemplar, or ``NONE`` if none is near enough."""
    found = np.full(rows.shape[0], NONE, dtype=np.int64)
    columns = exemplars.T.tocsr()
    for start in range(0, rows.shape[0], _BLOCK * 5):
        product = (rows[start : start + _BLOCK * 5] @ columns).tocsr()
        product.data[product.data < similarity] = 0
        product.eliminate_zeros()
        best = np.asarray(product.argmax(axis=1)).ravel()
        filled = np.diff(product.indptr) > 0
        found[start : start + product.shape[0]][filled] = group_of[best[filled]]
    return found


def exemplars_of(rows: csr_matrix, labels: IntArray) -> IntArray:
    """Return the row numbers of up to five texts per group that are most like the rest of it."""
    chosen = []
    for group in range(int(labels.max(initial=NONE)) + 1):
        members = np.flatnonzero(labels == group)
        centre = np.asarray(rows[members].sum(axis=0)).ravel()
        closeness = rows[members] @ centre
        chosen.append(members[np.lexsort((members, -closeness))[:_EXEMPLARS]])
    return np.concatenate(chosen).astype(np.int64) if chosen else np.zeros(0, dtype=np.int64)
