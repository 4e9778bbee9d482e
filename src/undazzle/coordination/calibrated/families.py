"""Which tested groups are one group found several times: in other halves, another window, with a few accounts more.

A correction over tests counts each of them. Where a true group is found twenty times, twenty rejections raise the level
for everybody else, and one chance group among them is a small share of the *tests* but a large one of the *groups*: in
copies of the German links dealt anew with ten planted groups, 15 % of the groups rejected at q = 0.05 were chance, but
2 % of the tests (``python -m benchmarks --only distinct_groups``). So groups that are mostly the same accounts are one
family with one p-value, and families are corrected: 3 %. Which tests form a family depends on the data of both halves,
so that this is measured and not proved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from undazzle.coordination.calibrated.multiplicity import false_discovery_q, simes_p
from undazzle.coordination.calibrated.slots import FloatArray
from undazzle.coordination.events import IntArray

ALIKE = 0.5  # share of all accounts of two groups that are in both


def families_of(groups: Sequence[IntArray]) -> IntArray:
    """Return the family of each group, numbered from 0; nothing but the accounts is looked at.

    From the largest group on, each joins the family whose first group is most like it, if both share at least half of
    all their accounts; otherwise it is the first of a new one.

    Parameters
    ----------
    groups
        Accounts of each group, without repeats.

    Examples
    --------
    >>> families_of([np.array([1, 2, 3]), np.array([7, 8, 9]), np.array([1, 2, 3, 4])]).tolist()
    [0, 1, 0]
    """
    found = np.full(len(groups), -1, dtype=np.int64)
    firsts: list[int] = []  # the first group of each family
    holding: dict[int, list[int]] = defaultdict(list)  # families of whose first group an account is one
    for number in sorted(range(len(groups)), key=lambda one: (-len(groups[one]), one)):
        accounts = groups[number].tolist()
        common = np.bincount([family for one in accounts for family in holding[one]], minlength=len(firsts))
        sizes = np.array([len(groups[one]) for one in firsts], dtype=np.int64)
        alike = common / np.maximum(1, sizes + len(accounts) - common)
        best = int(np.argmax(alike)) if firsts else -1
        if best >= 0 and alike[best] >= ALIKE:
            found[number] = best
            continue
        found[number] = len(firsts)
        for one in accounts:
            holding[one].append(len(firsts))
        firsts.append(number)
    return _in_order(found)


def _in_order(family: IntArray) -> IntArray:
    """Return the same families, numbered by their first place."""
    _, first, number = np.unique(family, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[number]


def distinct_q(p_values: FloatArray, family: IntArray) -> FloatArray:
    """Return for each test the q-value of its family: Simes within families, Benjamini and Hochberg over them.

    Parameters
    ----------
    p_values
        One per test; 1 where nothing was drawn.
    family
        From ``families_of``.
    """
    if not len(p_values):
        return p_values
    return false_discovery_q(simes_p(p_values, family))[family]
