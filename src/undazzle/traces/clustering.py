"""Groups of look-alikes that do not chain: every member is like the leader of its group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Indexes = np.ndarray[Any, np.dtype[np.int64]]


def star_clusters(
    count: int, similar: Callable[[int, Indexes], Indexes], candidates: Callable[[int], Indexes]
) -> Indexes:
    """Return the leader of each thing, where things are numbered by rank, those that should lead first.

    Each thing in turn that has no group yet leads a new one and takes in every later thing without a group that is
    like it. So the result depends on the ranks alone, never on the order of rows, and A ~ B ~ C does not put A and C
    together unless both are like the leader.

    Parameters
    ----------
    count
        Number of things.
    similar
        ``similar(leader, others)`` returns those of ``others`` that are like the leader.
    candidates
        ``candidates(leader)`` returns the numbers of things that could be like it, without repeats; more is allowed.

    Returns
    -------
    numpy.ndarray
        For each thing the number of its leader; a leader has its own number.
    """
    leader = np.full(count, -1, dtype=np.int64)
    for rank in range(count):
        if leader[rank] >= 0:
            continue
        leader[rank] = rank
        others = candidates(rank)
        if len(others):
            others = others[(others > rank) & (leader[others] < 0)]
        if len(others):
            leader[similar(rank, others)] = rank
    return leader
