"""Files that are read anywhere, as if they were memory, without more of them in memory than allowed."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from pathlib import Path

_AROUND = 1 << 16  # bytes that the system holds around each place that is read
_CHECKS = 8  # so often is looked how much is held, before it could be as much as allowed
_HELD = Path("/proc/self/statm")


class Window:
    """How much of mapped files may be held in memory.

    Parameters
    ----------
    size
        In bytes; nothing is mapped, and nothing is given back, if not given.

    Attributes
    ----------
    release
        What gives back what is held.
    """

    def __init__(self, size: int | None) -> None:
        self._size, self._read = size, 0
        self.release: tuple[Callable[[], None], ...] = ()
        self._begin = 0 if size is None else held_of_files()

    def note(self, places: int) -> None:
        """Note that so many places were read, and give back what is held if it is as much as allowed."""
        if self._size is None:
            return
        self._read += places
        if self._read * _AROUND * _CHECKS <= self._size:
            return
        self._read = 0
        held = held_of_files()
        if not held or held - self._begin >= self._size * (_CHECKS - 1) // _CHECKS:
            for one in self.release:
                one()


def held_of_files() -> int:
    """Return how many bytes of files this process holds in memory; 0 where the system does not say."""
    try:
        return int(_HELD.read_text("ascii").split()[2]) * mmap.PAGESIZE
    except (OSError, IndexError, ValueError):
        return 0
