"""Pictures that look alike among many: an index over pieces of their hashes, exact for the distance asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

_BITS, _CHUNKS = 256, 16
_WIDTH = _BITS // _CHUNKS
_MASK = (1 << _WIDTH) - 1
MOST_BITS = 31


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
        for chunk in range(_CHUNKS):
            by_piece[chunk, number >> chunk * _WIDTH & _MASK].append(place)
    return sorted((one, other, distance) for (one, other), distance in found.items())


def _near_pieces(number: int) -> Iterator[tuple[int, int]]:
    for chunk in range(_CHUNKS):
        piece = number >> chunk * _WIDTH & _MASK
        yield chunk, piece
        for bit in range(_WIDTH):
            yield chunk, piece ^ 1 << bit
