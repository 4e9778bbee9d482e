"""Sketches of texts: MinHash signatures, and one key for every band of them, text after text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np

from undazzle.traces.near_storage import Shelf, Spill
from undazzle.traces.shingles import MAX_CHARACTERS, hashed_shingles

_SEED = 20_241_105
_SIGNATURE = 128
_STEP, _LETTERS = 10_000, 1_000_000  # texts, and letters, of which whole signatures are held at once
_GATHER = 1 << 17  # signatures read at once
# Of pairs exactly as alike as the threshold, the share that is found is 1 - (1 - t^rows)^bands, above 99.5 %.
_BANDS_FROM = ((0.65, 32), (0.5, 42), (0.3, 64))
LOWEST_THRESHOLD = _BANDS_FROM[-1][0]

Numbers = np.ndarray[Any, np.dtype[Any]]


def bands_for(threshold: float) -> tuple[int, int]:
    """Return how many bands a signature is cut into, and how many numbers of it there are.

    Examples
    --------
    >>> bands_for(0.7)
    (32, 128)
    """
    bands = next(bands for least, bands in _BANDS_FROM if threshold >= least)
    return bands, bands * (_SIGNATURE // bands)


class Sketches:
    """The keys of each band, and one byte of every number of the signatures, of texts in their order.

    One byte is enough for an estimate of likeness; agreement by accident only adds a candidate.

    Parameters
    ----------
    count, threshold
        How many texts there will be, and the likeness that pairs must reach.
    spill
        Makes files that keep the numbers; memory is used if not given.
    letters
        Of so many letters whole signatures are held at once.

    Attributes
    ----------
    bands, length
        As ``bands_for`` returns them.
    bytes_of
        By text: bytes of its beginning, which is compared.
    """

    def __init__(self, count: int, threshold: float, spill: Spill | None = None, letters: int = _LETTERS) -> None:
        self.count, self._letters = count, letters
        self.bands, self.length = bands_for(threshold)
        self._keys = Shelf(self.bands * count, np.uint64, spill)
        self._kept = Shelf(self.length * count, np.uint8, spill)
        self.bytes_of = np.zeros(count, dtype=np.uint16)
        self._done = 0

    def add(self, texts: Sequence[str]) -> None:
        """Take in the next texts; none is empty. Whatever the batches, the sketches are the same."""
        for part in _steps(texts, self._letters):
            self._add(part)

    def _add(self, texts: Sequence[str]) -> None:
        from rensa import RMinHash

        matrix = RMinHash.digest_matrix_from_flat_token_hashes(*hashed_shingles(texts), self.length, _SEED)
        flat = np.fromiter(chain.from_iterable(matrix.to_rows()), dtype=np.uint32, count=len(texts) * self.length)
        signatures, rows = flat.reshape(len(texts), self.length), self.length // self.bands
        self._kept.put(self._done * self.length, signatures.astype(np.uint8))
        for band in range(self.bands):
            part = signatures[:, band * rows : (band + 1) * rows]
            self._keys.put(band * self.count + self._done, _band_keys(part))
        sizes = [len(text[:MAX_CHARACTERS].encode()) for text in texts]
        self.bytes_of[self._done : self._done + len(texts)] = sizes
        self._done += len(texts)

    def keys(self, band: int, piece: int, pieces: int) -> tuple[Numbers, Numbers | None]:
        """Return the keys of one band that fall into one of several pieces of all keys, and of which texts they are.

        The second is ``None`` where there is one piece only: then they are those of all texts in order.
        """
        start = band * self.count
        if pieces == 1:
            return self._keys.get(start, self.count), None
        texts, keys = [], []
        for first in range(0, self.count, _GATHER):
            part = self._keys.get(start + first, min(_GATHER, self.count - first))
            here = np.flatnonzero((part >> np.uint64(48)) * np.uint64(pieces) >> np.uint64(16) == piece)
            texts.append((first + here).astype(np.int32))
            keys.append(part[here])
        return np.concatenate(keys), np.concatenate(texts)

    def signatures(self, texts: Numbers) -> Numbers:
        """Return the signatures of some texts, one byte of every number, one row per text, in the order given."""
        found = np.empty((len(texts), self.length), dtype=np.uint8)
        order = np.argsort(texts, kind="stable")
        ends = np.searchsorted(texts, np.arange(0, self.count + _GATHER, _GATHER), sorter=order)
        for number, (begin, end) in enumerate(pairwise(ends.tolist())):
            if begin == end:
                continue
            first = number * _GATHER
            kept = self._kept.get(first * self.length, min(_GATHER, self.count - first) * self.length)
            here = order[begin:end]
            found[here] = kept.reshape(-1, self.length)[texts[here] - first]
        return found

    def mapped(self) -> tuple[Numbers, Callable[[], None]]:
        """Return the signatures of all texts, and what gives back the memory that reading them took."""
        kept, release = self._kept.mapped()
        return kept.reshape(-1, self.length), release

    def forget_keys(self) -> None:
        """Give back what the keys take up."""
        self._keys.close()


def _steps(texts: Sequence[str], letters: int) -> Iterator[Sequence[str]]:
    """Cut texts into batches of so many letters, at least one text each."""
    ends = np.cumsum([min(len(text), MAX_CHARACTERS) for text in texts])
    first = 0
    while first < len(texts):
        before = int(ends[first - 1]) if first else 0
        last = int(np.searchsorted(ends, before + letters, side="right"))
        last = min(max(last, first + 1), first + _STEP)
        yield texts[first:last]
        first = last


def _band_keys(part: Numbers) -> Numbers:
    """Fold the numbers of one band into one. Two bands that differ may meet in one key: only a candidate more."""
    key = np.zeros(len(part), dtype=np.uint64)
    for column in part.T:
        key = (key ^ column) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(31)
    return key
