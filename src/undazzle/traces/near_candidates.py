"""Which texts could be alike: MinHash signatures that agree in a band."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

from undazzle.traces.shingles import hashed_shingles

_SEED = 20_241_105
_SIGNATURE = 128
_STEP = 10_000
# Of pairs exactly as alike as the threshold, the share that is found is 1 - (1 - t^rows)^bands, above 99.5 %.
_BANDS_FROM = ((0.65, 32), (0.5, 42), (0.3, 64))
# A signature of 128 estimates likeness with a standard error of at most 0.045. Pairs that reach the threshold but
# are estimated this much below it are fewer than one in ten thousand.
_MARGIN = 0.17
LOWEST_THRESHOLD = _BANDS_FROM[-1][0]

Indexes = np.ndarray[Any, np.dtype[np.int64]]
_NONE: Indexes = np.empty(0, dtype=np.int64)


class NearCandidates:
    """Texts that could be alike, by rank: those with the most likely partners first.

    Parameters
    ----------
    texts
        Distinct normalised texts, none empty.
    threshold
        Likeness (Jaccard, 0.3 to 1) that pairs must reach.

    Attributes
    ----------
    order
        Number of the text of each rank. Of texts with equally many partners, the one given first comes first.
    """

    def __init__(self, texts: Sequence[str], threshold: float) -> None:
        bands = next(bands for least, bands in _BANDS_FROM if threshold >= least)
        rows = _SIGNATURE // bands
        keys, signatures = _sketch(texts, bands, rows)
        partners = _partners(keys, len(texts))
        # Copies that were changed anew each time are alike by way of what they were copied from: that text has the
        # most partners, and should lead them.
        self.order: Indexes = np.argsort(-partners, kind="stable")
        self._lowest = threshold - _MARGIN
        partnered = self.order[: np.count_nonzero(partners)]
        self._signatures = signatures[partnered]
        self._bands = [_Band(key[partnered]) for key in keys]

    def of(self, rank: int) -> Indexes:
        """Return the ranks of all later texts that could be like the text of this rank, in ascending order."""
        if rank >= len(self._signatures):
            return _NONE
        later = [found for band in self._bands if len(found := band.later(rank))]
        if not later:
            return _NONE
        near: Indexes = np.unique(np.concatenate(later)).astype(np.int64)
        agreeing = (self._signatures[near] == self._signatures[rank]).mean(axis=1)
        likely: Indexes = near[agreeing >= self._lowest]
        return likely


class _Band:
    """Ranks with equal keys, found in one slice."""

    def __init__(self, keys: np.ndarray[Any, Any]) -> None:
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        ordered = keys[self._order]
        self._last = np.searchsorted(ordered, keys, side="right").astype(np.int32)
        self._after = np.empty(len(keys), dtype=np.int32)
        self._after[self._order] = np.arange(1, len(keys) + 1)

    def later(self, rank: int) -> np.ndarray[Any, Any]:
        """Return the ranks behind this one with the same key."""
        return self._order[self._after[rank] : self._last[rank]]


def _sketch(texts: Sequence[str], bands: int, rows: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the keys of each band, one row per band, and one byte of every number of the signatures.

    One byte is enough for an estimate; agreement by accident only adds a candidate. Whole signatures are only held of
    the texts of one step.
    """
    from rensa import RMinHash

    length = bands * rows
    keys = np.empty((bands, len(texts)), dtype=np.uint64)
    kept = np.empty((len(texts), length), dtype=np.uint8)
    for start in range(0, len(texts), _STEP):
        part = texts[start : start + _STEP]
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(*hashed_shingles(part), length, _SEED)
        flat = np.fromiter(chain.from_iterable(matrix.to_rows()), dtype=np.uint32, count=len(part) * length)
        signatures = flat.reshape(len(part), length)
        here = slice(start, start + len(part))
        kept[here] = signatures.astype(np.uint8)
        for band in range(bands):
            keys[band, here] = _band_keys(signatures[:, band * rows : (band + 1) * rows])
    return keys, kept


def _band_keys(part: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Fold the numbers of one band into one. Two bands that differ may meet in one key: only a candidate more."""
    key = np.zeros(len(part), dtype=np.uint64)
    for column in part.T:
        key = (key ^ column) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(31)
    return key


def _partners(keys: np.ndarray[Any, Any], count: int) -> Indexes:
    """Count for each text the other texts that agree with it, once for every band in which they do."""
    partners: Indexes = np.zeros(count, dtype=np.int64)
    for key in keys:
        _, place, size = np.unique(key, return_inverse=True, return_counts=True)
        partners += size[place] - 1
    return partners
