"""Groups of PDQ hashes among very many, exactly those of brute force: an index over sixteen pieces of 16 bits.

Two hashes that differ in at most ``d`` of 256 bits differ in at most ``d // 16`` bits in one of the pieces (else they
would differ in more than ``d`` in all), so only hashes with a piece that near are compared: multi-index hashing, after
Norouzi, Punjani and Fleet 2012, https://doi.org/10.1109/CVPR.2012.6248043. Compiled code; importing this module is
what costs, so it happens only for many hashes.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numba
import numpy as np

PIECES, WIDTH = 16, 16
# Up to here a piece has to be looked up under 137 keys; beyond, looking at everything is no slower.
MOST_BITS = 47
# Pairs of near hashes that are listed (8 bytes each). With more, in great heaps of copies, leaders look for their
# members one by one, which takes longer but no memory.
MOST_PAIRS = 50_000_000

_Array = np.ndarray[Any, np.dtype[Any]]


def grouped_leaders(words: _Array, max_distance: int) -> _Array:
    """Return for each hash the number of the hash that leads its group, as ``clustering.star_clusters`` does.

    Parameters
    ----------
    words
        Hashes as rows of four 64-bit words, the most frequent first.
    max_distance
        Bits of 256 in which a member may differ from its leader, at most ``MOST_BITS``.

    Returns
    -------
    numpy.ndarray
        For each hash the number of its leader (``int64``).
    """
    count = len(words)
    words = np.ascontiguousarray(words)
    pieces = words.view(np.uint16).reshape(count, PIECES)
    order = np.empty((PIECES, count), dtype=np.int32)
    # half of each hash in the order of each index: hashes that are far apart are seen to be so without a jump in memory
    halves = np.empty((PIECES, count, 2), dtype=np.uint64)
    starts = np.empty((PIECES, (1 << WIDTH) + 1), dtype=np.int64)
    for piece in range(PIECES):
        keys = pieces[:, piece]
        order[piece] = np.argsort(keys, kind="stable")
        for half in range(2):
            halves[piece, :, half] = words[order[piece], (piece // 4 + 1 + half) % 4]
        starts[piece, 0] = 0
        np.cumsum(np.bincount(keys, minlength=1 << WIDTH), out=starts[piece, 1:])
    flips = _flips(max_distance // PIECES)
    pairs = _near_pairs(words, pieces, order, halves, starts, flips, max_distance, MOST_PAIRS)
    leaders: _Array
    if len(pairs) < MOST_PAIRS:
        leaders = _lead_by_pairs(count, pairs[np.argsort(pairs[:, 0], kind="stable")])
    else:
        leaders = _lead(words, pieces, order, halves, starts, flips, max_distance)
    return leaders


def _flips(radius: int) -> _Array:
    """All sets of up to ``radius`` of 16 bits, as masks."""
    masks = [sum(1 << bit for bit in bits) for size in range(radius + 1) for bits in combinations(range(WIDTH), size)]
    return np.array(masks, dtype=np.uint16)


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _ones(word: np.uint64) -> np.uint64:
    """Count the bits that are set in a 64-bit word."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (word * np.uint64(0x0101010101010101)) >> np.uint64(56)


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _distance(one: _Array, other: _Array) -> np.uint64:
    """Count the bits in which two hashes differ."""
    distance = np.uint64(0)
    for word in range(len(one)):
        distance += _ones(one[word] ^ other[word])
    return distance


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _near_pairs(
    words: _Array,
    pieces: _Array,
    order: _Array,
    halves: _Array,
    starts: _Array,
    flips: _Array,
    max_distance: int,
    most: int,
) -> _Array:
    """List all pairs of near hashes (lower rank first), key by key, so that what is compared lies together."""
    found, used = np.empty((min(1024, most), 2), dtype=np.int32), 0
    for piece in range(PIECES):
        for key in range(len(starts[piece]) - 1):
            for flip in flips:
                near_key = key ^ np.int64(flip)
                last = starts[piece, key + 1] if near_key >= key else 0  # else seen from the other side
                for place in range(starts[piece, key], last):
                    first, second = halves[piece, place, 0], halves[piece, place, 1]
                    begin = place + 1 if near_key == key else starts[piece, near_key]
                    for near in range(begin, starts[piece, near_key + 1]):
                        one, other = order[piece, place], order[piece, near]
                        half = _ones(halves[piece, near, 0] ^ first) + _ones(halves[piece, near, 1] ^ second)
                        if half <= max_distance and _is_pair(words, pieces, one, other, piece, max_distance):
                            if used == len(found):
                                found = _grown(found, most)
                            found[used, 0], found[used, 1] = min(one, other), max(one, other)
                            used += 1
                            if used == most:
                                return found
    return found[:used]


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _is_pair(words: _Array, pieces: _Array, one: int, other: int, piece: int, max_distance: int) -> bool:
    """Whether two hashes are near, and no earlier piece was near too, by which the pair has been listed."""
    if _distance(words[one], words[other]) > max_distance:
        return False
    earlier = 0
    while earlier < piece and _ones(np.uint64(pieces[one, earlier] ^ pieces[other, earlier])) > max_distance // PIECES:
        earlier += 1
    return earlier == piece


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _grown(found: _Array, most: int) -> _Array:
    grown = np.empty((min(2 * len(found), most), 2), dtype=np.int32)
    grown[: len(found)] = found
    return grown


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _lead_by_pairs(count: int, pairs: _Array) -> _Array:
    """Do what ``_lead`` does with a list of all near pairs, sorted by the lower rank."""
    leader = np.full(count, -1, dtype=np.int64)
    at = 0
    for rank in range(count):
        is_free = leader[rank] < 0
        if is_free:
            leader[rank] = rank
        while at < len(pairs) and pairs[at, 0] == rank:
            if is_free and leader[pairs[at, 1]] < 0:
                leader[pairs[at, 1]] = rank
            at += 1
    return leader


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _lead(
    words: _Array,
    pieces: _Array,
    order: _Array,
    halves: _Array,
    starts: _Array,
    flips: _Array,
    max_distance: int,
) -> _Array:
    """Let each hash in turn that has no group lead one and take in every later free hash that is near."""
    count = len(words)
    leader = np.full(count, -1, dtype=np.int64)
    for rank in range(count):
        if leader[rank] >= 0:
            continue
        leader[rank] = rank
        for piece in range(PIECES):
            first, second = words[rank, (piece // 4 + 1) % 4], words[rank, (piece // 4 + 2) % 4]
            for flip in flips:
                key = np.int64(pieces[rank, piece] ^ flip)
                for place in range(starts[piece, key + 1] - 1, starts[piece, key] - 1, -1):
                    other = order[piece, place]
                    if other <= rank:  # places of one key are in the order of ranks
                        break
                    half = _ones(halves[piece, place, 0] ^ first) + _ones(halves[piece, place, 1] ^ second)
                    if half > max_distance or leader[other] >= 0:
                        continue
                    if _distance(words[rank], words[other]) <= max_distance:
                        leader[other] = rank
    return leader
