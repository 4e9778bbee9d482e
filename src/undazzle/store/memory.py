"""How much memory a command may use: ``--memory 2GB`` becomes a limit of the database and sizes of batches.

The limit is meant for the whole process. Python, its libraries and compiled code need ``RESERVED`` of it, the database
gets ``DATABASE_SHARE`` of the rest and spills to disk beyond that, and what is computed outside the database sizes its
batches by :meth:`Memory.batch`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from undazzle.errors import ParameterError

_UNITS = {"": 1, "K": 1000, "M": 1000**2, "G": 1000**3, "T": 1000**4}
_BINARY_UNITS = {"KI": 1 << 10, "MI": 1 << 20, "GI": 1 << 30, "TI": 1 << 40}
_WRITTEN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]I?|)B?\s*", re.IGNORECASE)

RESERVED = 200_000_000  # bytes: Python with NumPy, Arrow and Numba (151 MB measured), and buffers of a reader
DATABASE_SHARE = 0.6
LEAST = 450_000_000  # bytes; a million posts are read with 140 MB for the database, not with 115 MB
_UNLIMITED_BATCH = 1 << 30
# What computes much has all libraries loaded by then, and compiled code: 326 MB, measured with 3,000 posts.
LOADED = 330_000_000
SMALLEST_DATABASE, IDLE_SHARE = 60_000_000, 0.1  # bytes, and share of all, for a database that is hardly asked anything


@dataclass(frozen=True, slots=True)
class Memory:
    """How much memory may be used.

    Attributes
    ----------
    total
        Bytes of the whole process; ``None`` if there is no limit.
    """

    total: int | None = None

    @property
    def database(self) -> int | None:
        """Bytes that the database may use before it spills to disk; ``None`` for its own default."""
        return None if self.total is None else int((self.total - RESERVED) * DATABASE_SHARE)

    @property
    def outside(self) -> int | None:
        """Bytes for arrays that are computed outside the database; ``None`` if there is no limit."""
        return None if self.total is None else self.total - RESERVED - int(self.database or 0)

    @property
    def idle_database(self) -> int | None:
        """Bytes for the database while arrays are computed and it is hardly asked anything."""
        return None if self.total is None else max(SMALLEST_DATABASE, int(self.total * IDLE_SHARE))

    @property
    def room(self) -> int | None:
        """Bytes for arrays while the database has no more than ``idle_database``; ``None`` if there is no limit."""
        return None if self.total is None else max(0, self.total - LOADED - int(self.idle_database or 0))

    def remedy(self, needed: int) -> str:
        """Return what ``--memory`` would give so much room for arrays, as a sentence.

        Examples
        --------
        >>> Memory(1_000_000_000).remedy(2_000_000_000)
        'Allow --memory 2.7GB.'
        """
        total = max((needed + LOADED) / (1 - IDLE_SHARE), needed + LOADED + SMALLEST_DATABASE)
        return f"Allow --memory {total / 1e9 + 0.1:.1f}GB."

    def batch(self, bytes_each: float, most: int | None = None) -> int:
        """Return how many things of a size fit into the memory outside the database at once, at least one.

        Parameters
        ----------
        bytes_each
            Bytes that one thing needs, with everything that is made of it at the same time.
        most
            A batch need never be larger than this.

        Examples
        --------
        >>> Memory(2_000_000_000).batch(7_200), Memory().batch(100, most=50_000)
        (100000, 50000)
        """
        room = _UNLIMITED_BATCH if self.outside is None else self.outside
        fits = max(1, int(room / bytes_each))
        return fits if most is None else min(most, fits)


def give_back() -> None:
    """Give memory that was freed back to the system, where its library keeps it for later (GNU's does)."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    import ctypes

    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None
    return found


def parse_memory(text: str | int | None) -> Memory:
    """Return what a user said about memory.

    Parameters
    ----------
    text
        ``2GB``, ``1.5 GB``, ``800MB``, ``2GiB`` or a number of bytes; ``None`` for no limit.

    Raises
    ------
    ParameterError
        If it is no amount of memory, or less than anything can be done with.

    Examples
    --------
    >>> parse_memory("2GB").total, parse_memory("1.5 GiB").total, parse_memory(None).total
    (2000000000, 1610612736, None)
    """
    if text is None:
        return Memory()
    found = _WRITTEN.fullmatch(str(text))
    if not found:
        raise ParameterError("memory", text, "Give a number and a unit, e.g. 2GB or 800MB.")
    unit = found[2].upper()
    total = int(float(found[1]) * (_UNITS.get(unit) or _BINARY_UNITS[unit]))
    if total < LEAST:
        raise ParameterError(
            "memory",
            text,
            f"Python and its libraries alone need half of the least that works: give --memory {LEAST // 10**6}MB or "
            "more, or leave it out.",
        )
    return Memory(total)
