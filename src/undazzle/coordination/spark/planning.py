"""Ranges of accounts of about equal work, one task each; planned from exact counts before anything is enumerated."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from undazzle.coordination.events import IntArray

_WORK_IN_RANGE = 50_000_000  # events walked over by one task, and so at most as many that it holds
_MOST_RANGES = 10_000


@dataclass(frozen=True)
class Plan:
    """How the kernel's work on one window is cut.

    Attributes
    ----------
    pairs
        Pairs of events within the window, same account included.
    work
        Events that the rows of all accounts walk over.
    edges
        Range ``r`` is the accounts from ``edges[r]`` to ``edges[r + 1] - 1``.
    places
        By range: the key that Spark puts into partition ``r`` of as many partitions as there are ranges.
    """

    MOST_GROUPS: ClassVar[int] = 65_536

    pairs: int
    work: int
    edges: IntArray
    places: IntArray

    @property
    def ranges(self) -> int:
        """Number of ranges."""
        return len(self.edges) - 1

    def between(self, session: Any, first: int, last: int) -> Plan:
        """Return the plan of the accounts from ``first`` to ``last - 1`` alone; ranges are cut at both."""
        if first <= int(self.edges[0]) and last >= int(self.edges[-1]):
            return self
        edges = np.unique(np.clip(self.edges, first, last)).astype(np.int64)
        return replace(self, edges=edges, places=_places(session, len(edges) - 1))

    def with_work_of(self, other: Plan) -> Plan:
        """Return this plan with its work cut as in another, which was made after more pruning."""
        return replace(other, pairs=self.pairs)


def plan_ranges(session: Any, by_group: IntArray, group: int, accounts: int, least: int) -> Plan:
    """Return a plan from the work of groups of adjacent accounts.

    Parameters
    ----------
    session
        The ``SparkSession``: how it places keys is asked, not assumed.
    by_group
        Rows of group, work and pairs, by ascending group.
    group
        Accounts in a group.
    accounts
        One more than the largest account number.
    least
        Least number of ranges: twice as many as tasks run at one time, so that none is waited for long.
    """
    work, pairs = int(by_group[:, 1].sum()), int(by_group[:, 2].sum())
    ranges = min(_MOST_RANGES, max(least, math.ceil(work / _WORK_IN_RANGE)))
    edges = equal_work_edges(by_group[:, 0], by_group[:, 1], group, accounts, ranges)
    return Plan(pairs, work, edges, _places(session, len(edges) - 1))


def equal_work_edges(groups: IntArray, work: IntArray, group: int, accounts: int, ranges: int) -> IntArray:
    """Return the edges of at most ``ranges`` ranges of accounts with about equal work; no range is empty.

    Examples
    --------
    >>> equal_work_edges(np.array([0, 2, 5]), np.array([8, 1, 7]), 10, 57, 2).tolist()
    [0, 10, 57]
    """
    if not len(groups):
        return np.array([0, accounts], dtype=np.int64)
    total = np.cumsum(work)
    goals = total[-1] * np.arange(1, ranges) / ranges
    ends = (groups[np.searchsorted(total, goals)] + 1) * group
    inside = ends[(ends > 0) & (ends < accounts)]
    return np.unique(np.concatenate(([0], inside, [accounts]))).astype(np.int64)


def _places(session: Any, ranges: int) -> IntArray:
    """Return for each partition a key that Spark's hash puts there, so that each range has a task of its own."""
    if ranges < 1:
        return np.zeros(0, dtype=np.int64)
    keys = f"SELECT pmod(hash(id), {ranges}) AS place, min(id) AS key FROM range({40 * ranges + 1000})"
    found = session.sql(f"{keys} GROUP BY place ORDER BY place").collect()
    return np.array([row[1] for row in found], dtype=np.int64)
