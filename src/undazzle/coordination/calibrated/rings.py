"""Rings with content of their own: groups that share, again and again, what nobody else shares.

Timing within such items says nothing: there is nobody to compare with. What can be tested is the choice of items.
A ring is found on one half of the items and has to repeat itself on the other, every member by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from undazzle.coordination.calibrated.activity_null import expected_by_activity, lay_strata, measure_activity
from undazzle.coordination.calibrated.chance import largest_mean, poisson_tail, poisson_tails
from undazzle.coordination.calibrated.closed_items import ClosedGround, ClosedTest, lay_ground, run_closed_test
from undazzle.coordination.calibrated.multiplicity import false_discovery_q
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.communities import find_communities
from undazzle.coordination.counting import count_pairs
from undazzle.coordination.events import BoolArray, IntArray
from undazzle.coordination.windows import has_other_account_near

_MOST_SHARERS = 60  # an item with more is no secret
_HEAVIEST = 15.0


@dataclass(frozen=True)
class Ring:
    """One group with items of its own: found on the half ``fold``, tested on the other.

    ``q_value`` and ``member_q`` are corrected over all rings of a run and all their members.
    """

    fold: int
    accounts: IntArray
    test: ClosedTest
    member_q: FloatArray
    q_value: float = 1.0
    drop_best_item_p: float = 1.0
    drop_best_day_p: float = 1.0

    @property
    def days(self) -> int:
        """Days with closed items on the other half."""
        return len(np.unique(self.test.days))


def find_rings(slots: Slots, day: int, block: int, settings: CalibratedSettings) -> list[Ring]:
    """Return all groups that share items of their own, of both halves, tested and corrected together.

    Parameters
    ----------
    slots
        All slots.
    day, block
        Ticks in a day, within which posts on one item belong together, and in what stands for a day when repetition is
        counted.
    settings
        Parameters of the method.
    """
    found = []
    for fold in (0, 1):
        held = lay_ground(slots, 1 - fold, day)
        for group in _discover(slots, fold, day, settings):
            test = run_closed_test(slots, held, group, day, block)
            found.append(Ring(fold, group, test, test.member_p, *_without_best(test)))
    return _corrected(found)


def _discover(slots: Slots, fold: int, day: int, settings: CalibratedSettings) -> list[IntArray]:
    """Return communities of accounts that share small items within a day more often than their activity gives.

    Each is reduced to those who take part in items that are closed to it on this half.
    """
    inside = slots.of_fold(fold)
    small = slots.events.take(small_items(slots, fold)[slots.events.item])
    pairs = count_pairs(small.take(has_other_account_near(small, day)), day, 2)
    a, b = pairs.account_a, pairs.account_b
    most = largest_mean(pairs.items, settings.activity_p)
    activity = measure_activity(slots, lay_strata(slots, day), inside, day)
    p_value = poisson_tails(expected_by_activity(activity, a, b, most), pairs.items)
    keep = p_value < settings.activity_p
    weight = np.minimum(_HEAVIEST, -np.log10(np.maximum(p_value[keep], 1e-300)))
    ground = lay_ground(slots, fold, day)
    groups = [
        _repeaters(slots, ground, np.array(one, dtype=np.int64), day)
        for one in find_communities(a[keep], b[keep], weight, seed=settings.seed)
        if len(one) >= settings.min_members
    ]
    return [one for one in groups if len(one) >= settings.min_members]


def small_items(slots: Slots, fold: int) -> BoolArray:
    """Return which items of a half are shared by few enough accounts to be a secret of theirs."""
    return np.asarray((slots.fold == fold) & (np.diff(slots.sharer_rows) <= _MOST_SHARERS))


def _repeaters(slots: Slots, ground: ClosedGround, group: IntArray, day: int) -> IntArray:
    """Return the members that share at least two items closed to the group."""
    return group[run_closed_test(slots, ground, group, day, day).by_member >= 2]


def _without_best(test: ClosedTest) -> tuple[float, float, float]:
    """Return q (not yet corrected), and p without one item and without the day that has most."""
    count = len(test.items)
    best_day = int(np.unique(test.days, return_counts=True)[1].max(initial=0))
    return (
        test.p_value,
        poisson_tail(test.expected, max(0, count - 1)),
        poisson_tail(test.expected, max(0, count - best_day)),
    )


def _corrected(found: list[Ring]) -> list[Ring]:
    if not found:
        return []
    member_q = false_discovery_q(np.concatenate([one.test.member_p for one in found]))
    ends = np.cumsum([len(one.accounts) for one in found])
    q_values = false_discovery_q(np.array([one.test.p_value for one in found]))
    return [
        replace(one, q_value=float(q), member_q=member_q[end - len(one.accounts) : end])
        for one, q, end in zip(found, q_values, ends, strict=True)
    ]


def certified_in_ring(one: Ring, settings: CalibratedSettings) -> IntArray:
    """Return the members that pass their own test and take part in at least two closed items."""
    return one.accounts[(one.member_q <= settings.max_q) & (one.test.by_member >= settings.min_closed_items)]


def is_ring(one: Ring, settings: CalibratedSettings) -> bool:
    """Return whether a group repeats itself on the other half, item by item and member by member."""
    worst = max(one.q_value, one.drop_best_item_p, one.drop_best_day_p)
    return (
        len(one.test.items) >= settings.min_items
        and one.days >= settings.min_days
        and len(one.test.items) >= settings.min_closed_share * one.test.shared
        and len(certified_in_ring(one, settings)) >= settings.min_members
        and worst <= settings.max_q
    )
