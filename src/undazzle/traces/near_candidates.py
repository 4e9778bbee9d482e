"""Which texts could be alike: MinHash signatures that agree in a band."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import numpy as np

from undazzle.traces.shingles import hashed_shingles

_SEED = 20_241_105
_SIGNATURE = 128
_STEP = 10_000
_THREADS = 2
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
        # Late: the compiler is brought along, and commands that compare no texts do without it.
        from undazzle.traces.near_bands import count_partners, join_runs, later_and_likely, runs_of

        bands = next(bands for least, bands in _BANDS_FROM if threshold >= least)
        rows = _SIGNATURE // bands
        keys, signatures = _sketch(texts, bands, rows)
        with ThreadPoolExecutor(_THREADS) as pool:
            runs = list(pool.map(runs_of, keys))
        del keys
        partners = count_partners(runs, len(texts))
        # Copies that were changed anew each time are alike by way of what they were copied from: that text has the
        # most partners, and should lead them.
        self.order: Indexes = np.argsort(-partners, kind="stable")
        partnered = self.order[: np.count_nonzero(partners)]
        self._lowest = threshold - _MARGIN
        self._signatures = signatures[partnered]
        self._bands = join_runs(runs, partnered, len(texts))
        self._seen = np.zeros(len(partnered), dtype=np.bool_)
        self._later = later_and_likely

    def of(self, rank: int) -> Indexes:
        """Return the ranks of all later texts that could be like the text of this rank, in ascending order."""
        if rank >= len(self._signatures):
            return _NONE
        found: Indexes = self._later(rank, *self._bands, self._signatures, self._lowest, self._seen)
        return found


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
