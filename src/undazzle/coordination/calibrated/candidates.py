"""Candidate groups, found on one half of the items and tested on the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from undazzle.coordination.calibrated.discovery import discover_groups, find_surprising_pairs
from undazzle.coordination.calibrated.group_test import GroupTest, near_pairs, run_group_test
from undazzle.coordination.calibrated.member_test import MemberTests, run_member_tests
from undazzle.coordination.calibrated.members_on_items import (
    AccountSlots,
    GroupSlots,
    slots_by_account,
    slots_of_group,
)
from undazzle.coordination.calibrated.multiplicity import false_discovery_q
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import IntArray


@dataclass(frozen=True)
class Candidate:
    """One group: found in ``fold`` within ``window`` ticks, tested on the items of the other half.

    ``q_value`` and ``member_q`` are corrected over all candidates of a run and all their members.
    """

    fold: int
    window: int
    accounts: IntArray
    group: GroupTest
    members: MemberTests
    days: int
    q_value: float = 1.0
    member_q: FloatArray | None = None
    drop_best_item_p: float = 1.0
    drop_best_day_p: float = 1.0


def find_candidates(
    slots: Slots, windows: list[int], day: int, block: int, settings: CalibratedSettings
) -> list[Candidate]:
    """Return all candidate groups of both halves and all windows, tested and corrected together.

    Parameters
    ----------
    slots
        All slots.
    windows
        Ticks.
    day, block
        Ticks in a day (or what stands for it), and in a block of time.
    settings
        Parameters of the method.
    """
    by_account = slots_by_account(slots)
    found = []
    for window in windows:
        for fold in (0, 1):
            pairs = find_surprising_pairs(slots, fold, window, block, settings.discovery_p)
            for number, group in enumerate(discover_groups(pairs, settings.min_members, settings.seed)):
                seed = settings.seed + 1_000_003 * number + 7 * fold
                found.append(_test(slots, by_account, group, fold, window, day, settings.draws, seed))
    return _confirm(slots, by_account, _corrected(found), day, settings)


def _test(
    slots: Slots, by_account: AccountSlots, group: IntArray, fold: int, window: int, day: int, draws: int, seed: int
) -> Candidate:
    held = slots_of_group(slots, by_account, group, 1 - fold)
    return Candidate(
        fold,
        window,
        group,
        run_group_test(slots, held, window, draws, seed % 2**31),
        run_member_tests(slots, held, len(group), window),
        len(np.unique(_meeting_days(slots, held, window, day))),
    )


def _meeting_days(slots: Slots, held: GroupSlots, window: int, day: int) -> IntArray:
    """Return the days of members' posts on open items on which members met."""
    opened = held.take(np.diff(held.rows) < slots.sizes[held.item])
    met = near_pairs(slots.events.at[opened.slot], opened.rows, window) > 0
    kept = opened.take(met)
    at = slots.events.at[kept.slot]
    near = np.zeros(len(at), dtype=bool)
    same = np.diff(slots.events.item[kept.slot]) == 0
    close = same & (np.diff(at) <= window)
    near[1:] |= close
    near[:-1] |= close
    return np.asarray(at[near] // day)


def _corrected(found: list[Candidate]) -> list[Candidate]:
    if not found:
        return []
    group_q = false_discovery_q(np.array([one.group.p_value for one in found]))
    member_q = false_discovery_q(np.concatenate([one.members.p_value for one in found]))
    ends = np.cumsum([len(one.accounts) for one in found])
    return [
        replace(one, q_value=float(q), member_q=member_q[end - len(one.accounts) : end])
        for one, q, end in zip(found, group_q, ends, strict=True)
    ]


def _confirm(
    slots: Slots, by_account: AccountSlots, found: list[Candidate], day: int, settings: CalibratedSettings
) -> list[Candidate]:
    """Test the candidates that look good once more without their best item and without their best day."""
    return [
        _without_best(slots, by_account, one, day, settings) if is_promising(one, settings) else one for one in found
    ]


def is_promising(one: Candidate, settings: CalibratedSettings) -> bool:
    """Return whether a candidate passes all but the two tests without its best part."""
    return (
        one.q_value <= settings.max_q
        and one.group.items >= settings.min_items
        and one.days >= settings.min_days
        and len(certified(one, settings)) >= settings.min_members
    )


def is_confirmed(one: Candidate, settings: CalibratedSettings) -> bool:
    """Return whether a candidate is a network."""
    return is_promising(one, settings) and max(one.drop_best_item_p, one.drop_best_day_p) <= settings.max_q


def certified(one: Candidate, settings: CalibratedSettings) -> IntArray:
    """Return the members that pass their own test."""
    assert one.member_q is not None
    good = (one.member_q <= settings.max_q) & (one.members.observed >= settings.min_member_items)
    return one.accounts[good]


def _without_best(
    slots: Slots, by_account: AccountSlots, one: Candidate, day: int, settings: CalibratedSettings
) -> Candidate:
    held = slots_of_group(slots, by_account, one.accounts, 1 - one.fold)
    opened = held.take(np.diff(held.rows) < slots.sizes[held.item])
    excess, item_day = one.group.per_item, slots.events.at[opened.slot[opened.rows[:-1]]] // day
    days, number = np.unique(item_day, return_inverse=True)
    best_day = days[np.argmax(np.bincount(number, weights=excess))]
    best_item = np.arange(len(excess)) == np.argmax(excess)
    p_item, p_day = (
        run_group_test(slots, opened.take(keep), one.window, settings.draws, settings.seed + 1).p_value
        for keep in (~best_item, item_day != best_day)
    )
    return replace(one, drop_best_item_p=p_item, drop_best_day_p=p_day)
