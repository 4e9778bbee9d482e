"""Overlapping pieces of a text, by which two texts are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from undazzle.traces.normal_text import UNSPACED

# Longer texts are compared by their beginning.
MAX_CHARACTERS = 4_000
_DENSE_LETTER = f"[{UNSPACED}\uac00-\ud7af]"
_DENSE_SHARE = 0.3
_LONG, _SHORT = 5, 2

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def shingle_length(text: str) -> int:
    """Return 2 for texts in dense scripts (Chinese, Japanese, Korean, Thai, ...), where 5 letters are a clause; else 5.

    Examples
    --------
    >>> shingle_length("the ferry is late"), shingle_length("渡轮晚点了")
    (5, 2)
    """
    text = text[:MAX_CHARACTERS]
    if text.isascii():
        return _LONG
    return _SHORT if len(re.findall(_DENSE_LETTER, text)) > _DENSE_SHARE * len(text) else _LONG


def shingles(text: str) -> set[str]:
    """Return the overlapping pieces of a text; a text shorter than one piece is a piece itself.

    Examples
    --------
    >>> sorted(shingles("ferries"))
    ['errie', 'ferri', 'rries']
    """
    length, text = shingle_length(text), text[:MAX_CHARACTERS]
    return {text[start : start + length] for start in range(max(1, len(text) - length + 1))}


def jaccard(one: set[str], other: set[str]) -> float:
    """Return the share of pieces that two sets have in common.

    Examples
    --------
    >>> jaccard({"a", "b"}, {"b", "c"})
    0.3333333333333333
    """
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def hashed_shingles(texts: Sequence[str]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the pieces of many texts as 64-bit numbers, one after the other, and where each text begins.

    Equal pieces have equal numbers; repeats within a text are kept. Different pieces can share a number, but hardly
    ever do: good for finding candidates, which are verified by ``shingles``.

    Parameters
    ----------
    texts
        Normalised texts; none is empty.

    Returns
    -------
    tuple of numpy.ndarray
        Hashes (``uint64``), and ``len(texts) + 1`` offsets into them (``uint64``).
    """
    lengths = np.array([min(len(text), MAX_CHARACTERS) for text in texts], dtype=np.int64)
    pieces = np.array([shingle_length(text) for text in texts], dtype=np.int64)
    pieces = np.minimum(pieces, lengths)
    joined = "".join(text[:MAX_CHARACTERS] for text in texts)
    letters = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    counts = lengths - pieces + 1
    offsets = np.concatenate([[0], np.cumsum(counts)])
    starts = np.repeat(np.cumsum(lengths) - lengths - offsets[:-1], counts) + np.arange(offsets[-1])
    sizes = np.unique(pieces).tolist()
    if len(sizes) == 1:
        hashes = _rolled(letters, sizes[0])[starts]
    else:
        hashes, size_of = np.empty(len(starts), dtype=np.uint64), np.repeat(pieces, counts)
        for size in sizes:
            here = size_of == size
            hashes[here] = _rolled(letters, size)[starts[here]]
    with np.errstate(over="ignore"):
        hashes = (hashes ^ (hashes >> np.uint64(29))) * _MIX
    return hashes ^ (hashes >> np.uint64(32)), offsets.astype(np.uint64)


def _rolled(letters: np.ndarray[Any, Any], size: int) -> np.ndarray[Any, Any]:
    """Return a number for every piece of a size, wherever it begins, across the ends of texts too."""
    one_more = letters + np.uint64(1)
    count = len(letters) - size + 1
    hashes = one_more[:count].copy()
    with np.errstate(over="ignore"):
        for step in range(1, size):
            hashes *= _FACTOR
            hashes += one_more[step : step + count]
    return hashes
