"""How near-identical texts are compared within a limit of memory: what is kept, in how many pieces and parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from undazzle.errors import TooLargeError
from undazzle.store.memory import Memory
from undazzle.traces.near_sketches import bands_for

TEXT_BYTES = 40  # of every text: partners, bands, length, root, part, rank and leader, and one order of them
SORTED_BYTES = 64  # of a text while the keys of a band are sorted
LETTER_BYTES = 64  # of a letter while sketches are made
PIECE_BYTES = 110  # of an overlapping piece of a text, as Python holds it
PARTNERED_BYTES = 60  # of a text that is compared, besides its signature and its beginning
MAPPED_BYTES = 48  # the same, where signatures, beginnings and what agrees are read from files
SMALLEST_WINDOW = 8_000_000  # bytes of such files that are held at once
AGREEMENT_BYTES = 12  # of a band in which a text agrees with another
USUAL_ROOM, USUAL_DATABASE = 2_000_000_000, 700_000_000  # bytes that are used without a limit
_IN_MEMORY = 128_000_000  # bytes of sketches beyond which they go to a file
_MOST_LETTERS, _FEWEST_LETTERS = 1_000_000, 100_000
_MOST_PIECES, _FEWEST_PIECES = 500_000, 50_000

Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class NearPlan:
    """What is done at once.

    Attributes
    ----------
    texts
        How many different texts there are, or at most are.
    bands, length
        Of signatures (``near_sketches.bands_for``).
    memory
        What may be used.
    """

    texts: int
    bands: int
    length: int
    memory: Memory

    @property
    def database(self) -> int:
        """Bytes for the database, which only hands out texts meanwhile."""
        return self.memory.idle_database or USUAL_DATABASE

    @property
    def room(self) -> int:
        """Bytes for arrays."""
        return USUAL_ROOM if self.memory.room is None else self.memory.room

    @property
    def sketch_bytes(self) -> int:
        """Bytes of all sketches, in memory or in files."""
        return self.texts * (8 * self.bands + self.length)

    @property
    def on_disk(self) -> bool:
        """Whether sketches go to files."""
        return self.sketch_bytes > min(_IN_MEMORY, self.room // 4)

    @property
    def letters(self) -> int:
        """Letters of which whole signatures are held at once."""
        return min(_MOST_LETTERS, max(_FEWEST_LETTERS, self.room // 8 // LETTER_BYTES))

    @property
    def cached_pieces(self) -> int:
        """Overlapping pieces of texts that are kept for the next comparison."""
        return min(_MOST_PIECES, max(_FEWEST_PIECES, self.room // 8 // PIECE_BYTES))

    @property
    def pieces(self) -> int:
        """In how many pieces the keys of a band are sorted."""
        return max(1, -(-self.texts * SORTED_BYTES // max(1, self.room // 4)))

    @property
    def part_room(self) -> int:
        """Bytes for texts that are compared at once."""
        kept = 0 if self.on_disk else self.sketch_bytes
        return self.room - kept - self.least

    @property
    def least(self) -> int:
        """Bytes without which nothing is compared."""
        sorting = SORTED_BYTES * -(-self.texts // self.pieces)
        return self.texts * TEXT_BYTES + sorting + self.cached_pieces * PIECE_BYTES

    def check(self) -> None:
        """Refuse texts that do not fit.

        Raises
        ------
        TooLargeError
            Says how many bytes are needed, how much memory would do, and what else.
        """
        if self.memory.total is not None and self.least > self.room:
            raise TooLargeError(
                f"Bytes for what is kept of {self.texts:,} different texts", self.least, self.room, self._remedy(0)
            )

    def beforehand(self) -> str:
        """Return in words what will be done, with at most so many texts."""
        where = "on disk" if self.on_disk else "in memory"
        pieces = f"each in {self.pieces:,} pieces" if self.pieces > 1 else "each in one go"
        return (
            f"near-identical texts: at most {self.texts:,} ({self.texts * TEXT_BYTES / 1e6:,.0f} MB kept of all) of "
            f"the {self.room / 1e6:,.0f} MB for arrays; sketches of {self.sketch_bytes / 1e6:,.0f} MB {where}, "
            f"{self.bands} bands sorted one after the other, {pieces}; what may be alike compared in memory up to "
            f"{self.part_room / 1e6:,.0f} MB, else from files"
        )

    def window(self, texts: int, needed: int) -> int | None:
        """Return how many bytes of files are held at once while texts are compared; ``None`` if memory is enough.

        Parameters
        ----------
        texts, needed
            How many texts have partners, and what they would need in memory.

        Raises
        ------
        TooLargeError
            If not even that fits.
        """
        if needed <= self.part_room:
            return None
        left = self.part_room - texts * MAPPED_BYTES
        if left < SMALLEST_WINDOW and self.memory.total is not None:
            what = f"Bytes for what is kept of {texts:,} texts that may be like another"
            more = SMALLEST_WINDOW - left
            raise TooLargeError(what, self.room + more, self.room, self._remedy(more))
        return max(left, SMALLEST_WINDOW)

    def needed(self, lengths: Numbers, bands_of: Numbers) -> int:
        """Return the bytes that texts would need if they were compared in memory.

        Parameters
        ----------
        lengths, bands_of
            By text: its bytes, and the bands in which it agrees with another.
        """
        fixed = len(lengths) * (self.length + PARTNERED_BYTES)
        return int(fixed + lengths.sum(dtype=np.int64) + AGREEMENT_BYTES * bands_of.sum(dtype=np.int64))

    def _remedy(self, more: int) -> str:
        allow = self.memory.remedy(max(self.least, self.room) + more).rstrip(".")
        return f"{allow}, or leave out the trace near_text (name the others with --trace)" + (
            ", or ask for more likeness (--trace-setting near_text.threshold=0.9)." if more else "."
        )


def plan_for(texts: int, threshold: float, memory: Memory) -> NearPlan:
    """Return the plan for so many different texts that must be as alike as a threshold says."""
    return NearPlan(texts, *bands_for(threshold), memory)
