"""Tests of many groups on several threads: compiled code runs without the interpreter lock.

Every test draws from a seed of its own, so that results depend neither on the number of threads nor on their order.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

# A task of a cluster has one core, and is told so by the name that the compiler reads.
THREADS = 1 if os.environ.get("NUMBA_NUM_THREADS") == "1" else 2

_Thing = TypeVar("_Thing")
_Found = TypeVar("_Found")


def side_by_side(work: Callable[[_Thing], _Found], things: Iterable[_Thing], threads: int = THREADS) -> list[_Found]:
    """Return what ``work`` returns for each thing, in the order of the things.

    Parameters
    ----------
    work
        Must not change anything that another call reads.
    things
        What to work on.
    threads
        How many at once; they change nothing but the time.

    Examples
    --------
    >>> side_by_side(abs, [-2, 1])
    [2, 1]
    """
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, things))
