"""Pictures that look alike among many: an index over pieces of their hashes, exact for the distance asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from undazzle.errors import TooLargeError

_BITS, _CHUNKS = 256, 16
_WIDTH = _BITS // _CHUNKS
_MASK = (1 << _WIDTH) - 1
MOST_BITS = 31
# A folder of ten thousand pictures that are nearly the same holds fifty million pairs: somebody may send one.
MOST_PAIRS = 2_000_000
# Longer lists of look-alikes are cut, and say so.
MOST_NAMED = 50


def nearest_pairs(hashes: Sequence[str], max_distance: int = MOST_BITS) -> list[tuple[int, int, int]]:
    """Return all pairs of hashes that differ in few bits: places of both, and the number of bits.

    Two hashes within 31 of 256 bits agree up to one bit in at least one of 16 pieces of 16 bits (else each piece
    would differ in two bits, 32 in all): only such candidates are compared. Up to that distance nothing is missed.

    Parameters
    ----------
    hashes
        PDQ hashes as 64 hexadecimal digits.
    max_distance
        At most 31.

    Raises
    ------
    TooLargeError
        If there are more than two million such pairs.

    Examples
    --------
    >>> nearest_pairs(["0" * 64, "0" * 63 + "3", "f" * 64])
    [(0, 1, 2)]
    """
    numbers = [int(one, 16) for one in hashes]
    by_piece: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    found: dict[tuple[int, int], int] = {}
    for place, number in enumerate(numbers):
        candidates = {one for piece in _near_pieces(number) for one in by_piece.get(piece, ())}
        for one in candidates:
            distance = (numbers[one] ^ number).bit_count()
            if distance <= min(max_distance, MOST_BITS):
                found[one, place] = distance
        if len(found) > MOST_PAIRS:
            raise TooLargeError("Pairs of pictures that look alike", len(found), MOST_PAIRS, "Give fewer at a time.")
        for chunk in range(_CHUNKS):
            by_piece[chunk, number >> chunk * _WIDTH & _MASK].append(place)
    return sorted((one, other, distance) for (one, other), distance in found.items())


def look_alikes(names: Sequence[str], hashes: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Return for each picture how many others look like it, and the names of the first fifty.

    Pictures with the same hash are compared once, however many there are.

    Parameters
    ----------
    names, hashes
        Name and PDQ hash of each picture.

    Raises
    ------
    TooLargeError
        If more than two million pairs of different hashes look alike.

    Examples
    --------
    >>> look_alikes(["a", "b", "c"], ["0" * 64, "0" * 64, "f" * 64])
    [(1, ('b',)), (1, ('a',)), (0, ())]
    """
    known = sorted(set(hashes))
    near: defaultdict[str, list[str]] = defaultdict(list)
    for left, right, _ in nearest_pairs(known):
        near[known[left]].append(known[right])
        near[known[right]].append(known[left])
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, pdq in enumerate(hashes):
        places[pdq].append(place)
    found = []
    for place, pdq in enumerate(hashes):
        alike = [pdq, *near[pdq]]
        first: list[int] = []
        for one in alike:
            first += [other for other in places[one][: MOST_NAMED + 1] if other != place]
        number = sum(len(places[one]) for one in alike) - 1
        found.append((number, tuple(names[other] for other in sorted(first)[:MOST_NAMED])))
    return found


def _near_pieces(number: int) -> Iterator[tuple[int, int]]:
    for chunk in range(_CHUNKS):
        piece = number >> chunk * _WIDTH & _MASK
        yield chunk, piece
        for bit in range(_WIDTH):
            yield chunk, piece ^ 1 << bit
