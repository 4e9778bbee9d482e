"""Candidate groups, found on one half of the items and tested on the other, for several ways of halving."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.discovery import discover_groups
from undazzle.coordination.calibrated.families import distinct_q, families_of
from undazzle.coordination.calibrated.group_test import (
    GroupCount,
    count_group,
    group_p_value,
    near_pairs,
    open_part,
)
from undazzle.coordination.calibrated.member_test import MemberTests, run_member_tests
from undazzle.coordination.calibrated.members_on_items import (
    AccountSlots,
    GroupSlots,
    slots_by_account,
    slots_of_group,
)
from undazzle.coordination.calibrated.multiplicity import false_discovery_q
from undazzle.coordination.calibrated.packing import pack, unpack
from undazzle.coordination.calibrated.pair_ranges import Ranges
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.side_by_side import THREADS, side_by_side
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.calibrated.spreading import Columns, Spread, Step, spread_here
from undazzle.coordination.calibrated.taking_out import check_without_sharper
from undazzle.coordination.calibrated.tempo import Tempo, measure_tempo
from undazzle.coordination.calibrated.views import View, ViewPart, all_views, open_view
from undazzle.coordination.events import IntArray

_FEWEST_DRAWS, _MOST_DRAWS, _DRAWS_WITHOUT_BEST, _DRAWS_TO_SCREEN = 999, 19_999, 199, 99


@dataclass(frozen=True)
class Candidate:
    """One group: found in ``fold`` of ``split`` within ``window`` ticks, tested on the items of the other half.

    Attributes
    ----------
    split, fold, window, accounts
        Where it was found, and who it is; accounts in ascending order.
    group, days
        What it did on the other half, and on how many days.
    members
        The tests of its members.
    member_q
        Their p-values, corrected over the members of all candidates.
    p_value, spread
        The group test, with the standard deviation by chance. It is 1 where too few members or too little repetition
        make drawing needless; that only makes other q-values larger.
    q_value
        The p-value, corrected over all candidates and over distinct groups (``families``), the larger of both.
    drop_best_item_p, drop_best_day_p
        The group test without the item, or the day, that says most.
    """

    split: int
    fold: int
    window: int
    accounts: IntArray
    group: GroupCount
    days: int
    members: MemberTests
    member_q: FloatArray
    p_value: float = 1.0
    spread: float = 0.0
    q_value: float = 1.0
    drop_best_item_p: float = 1.0
    drop_best_day_p: float = 1.0


@dataclass(frozen=True)
class Ground:
    """What candidates are tested on: slots, those of each account, the tempo of items, and the length of a day."""

    slots: Slots
    by_account: AccountSlots
    tempo: Tempo
    day: int

    def held_out(self, one: Candidate) -> GroupSlots:
        """Return the slots of a candidate on the half that took no part in finding it."""
        return slots_of_group(self.slots.split(one.split), self.by_account, one.accounts, 1 - one.fold)


def find_candidates(
    slots: Slots,
    windows: list[int],
    day: int,
    settings: CalibratedSettings,
    spread: Spread = spread_here,
    surprise: FloatArray | None = None,
    ranges: Ranges | None = None,
) -> list[Candidate]:
    """Return all candidate groups of all splits, both halves and all windows, tested and corrected together.

    Parameters
    ----------
    slots
        All slots.
    windows
        Ticks.
    day
        Ticks in a day, or in what stands for it.
    settings
        Parameters of the method.
    spread
        Who searches the views.
    surprise
        By account; lowered to the p-value of its most surprising pair in any view (``joint_test``).
    ranges
        How the pairs that are surveyed are divided, for want of memory.
    """
    basis = Basis(slots, windows, day, settings, ranges)
    views = all_views(basis, spread)
    if surprise is not None:
        for view in views:
            np.minimum.at(surprise, view.joint.account_a, view.joint.p_value)
            np.minimum.at(surprise, view.joint.account_b, view.joint.p_value)
    found = [one for part in spread(SEARCH, basis, views) for one in unpack(Candidate, part)]
    ground = _ground(basis)
    found = _with_group_tests(basis, _with_member_q(found), spread)
    confirmed = [number for number, one in enumerate(found) if is_confirmed(one, settings)]
    return check_without_sharper(ground, found, confirmed, partial(_test_again, ground.day, settings), settings)


def _ground(basis: Basis) -> Ground:
    return Ground(basis.slots, basis.by_account, basis.tempo, basis.day)


def _search_view(basis: Basis, part: ViewPart) -> Columns:
    """Look for groups in one view, and test the members of those that pass where they were found."""
    view = open_view(basis, part)
    look = partial(_screen, _ground(basis), view, basis.settings)
    found = side_by_side(look, discover_groups(view, basis.settings))
    return pack(Candidate, [one for one in found if one is not None])


SEARCH = Step("search", _search_view, is_long=True)


def _screen(ground: Ground, view: View, settings: CalibratedSettings, group: IntArray) -> Candidate | None:
    """Test the members of a group, if it passes where it was found."""
    held = slots_of_group(view.slots, view.by_account, group, view.fold)
    if group_p_value(view.slots, held, view.window, _DRAWS_TO_SCREEN, settings.seed)[0] > settings.screen_p:
        return None
    return _test_members(ground, group, view.split, view.fold, view.window, settings)


def _test_again(day: int, settings: CalibratedSettings, slots: Slots, one: Candidate) -> tuple[Ground, Candidate]:
    """Test the members of a candidate on other slots."""
    ground = Ground(slots, slots_by_account(slots), measure_tempo(slots), day)
    return ground, _test_members(ground, one.accounts, one.split, one.fold, one.window, settings)


def _test_members(
    ground: Ground, group: IntArray, split: int, fold: int, window: int, settings: CalibratedSettings
) -> Candidate:
    slots = ground.slots.split(split)
    held = slots_of_group(slots, ground.by_account, group, 1 - fold)
    opened = open_part(slots, held)
    tests = run_member_tests(slots, ground.by_account, ground.tempo, group, opened, window, settings.tempo_margin)
    days = len(np.unique(meeting_days(slots, opened, window, ground.day)))
    count = count_group(slots, held, window)
    return Candidate(split, fold, window, group, count, days, tests, tests.p_value)


def meeting_days(slots: Slots, opened: GroupSlots, window: int, day: int) -> IntArray:
    """Return the days of members' posts on open items on which members met.

    Parameters
    ----------
    slots, opened
        All slots, and those of the group on open items.
    window, day
        Ticks in the window, and in a day.
    """
    kept = opened.take(near_pairs(slots.events.at[opened.slot], opened.rows, window) > 0)
    at = slots.events.at[kept.slot]
    near = np.zeros(len(at), dtype=bool)
    close = (np.diff(slots.events.item[kept.slot]) == 0) & (np.diff(at) <= window)
    near[1:] |= close
    near[:-1] |= close
    return np.asarray(at[near] // day)


def _with_member_q(found: list[Candidate]) -> list[Candidate]:
    if not found:
        return []
    member_q = false_discovery_q(np.concatenate([one.members.p_value for one in found]))
    ends = np.cumsum([len(one.accounts) for one in found])
    return [
        replace(one, member_q=member_q[end - len(one.accounts) : end]) for one, end in zip(found, ends, strict=True)
    ]


def _with_group_tests(basis: Basis, found: list[Candidate], spread: Spread) -> list[Candidate]:
    """Draw for those candidates that could become networks, and correct over all tests and over distinct groups."""
    settings = basis.settings
    hopeful = [number for number, one in enumerate(found) if is_hopeful(one, settings)]
    family, draws = families_of([one.accounts for one in found]), _draws(len(found), len(hopeful), settings.max_q)
    found = _drawn(basis, found, hopeful, draws, spread)
    undecided = _undecided(found, hopeful, family, draws, settings)
    found = _drawn(basis, found, undecided, _MOST_DRAWS, spread)
    found = [replace(one, q_value=float(q)) for one, q in zip(found, _group_q(found, family), strict=True)]
    passed = [number for number, one in enumerate(found) if one.q_value <= settings.max_q]
    for number, part in zip(passed, spread(LEAVE_OUT, basis, [found[one] for one in passed]), strict=True):
        p_item, p_day = part["p"].tolist()
        found[number] = replace(found[number], drop_best_item_p=p_item, drop_best_day_p=p_day)
    return found


def _group_q(found: list[Candidate], family: IntArray) -> FloatArray:
    """Return the larger of the q-values over all tests and over distinct groups."""
    p_values = np.array([one.p_value for one in found])
    return np.maximum(false_discovery_q(p_values), distinct_q(p_values, family))


def _undecided(
    found: list[Candidate], hopeful: list[int], family: IntArray, draws: int, settings: CalibratedSettings
) -> list[int]:
    """Return candidates that no draw reached, and that only too few draws keep from passing."""
    q_values = _group_q(found, family)
    return [
        number
        for number in hopeful
        if draws < _MOST_DRAWS and q_values[number] > settings.max_q and found[number].p_value <= 1 / (draws + 1)
    ]


def _drawn(basis: Basis, found: list[Candidate], which: list[int], draws: int, spread: Spread) -> list[Candidate]:
    """Return the candidates, some of them with a p-value from that many draws."""
    found = list(found)
    parts = [_Draw(found[number], draws, basis.settings.seed + 1_000_003 * number) for number in which]
    step = replace(DRAW, name=f"{DRAW.name} {draws}")
    for number, part in zip(which, spread(step, basis, parts), strict=True):
        p_value, width = part["drawn"].tolist()
        found[number] = replace(found[number], p_value=p_value, spread=width)
    return found


@dataclass(frozen=True)
class _Draw:
    """One candidate to be drawn for, and how."""

    candidate: Candidate
    draws: int
    seed: int


def _draw(basis: Basis, part: _Draw) -> Columns:
    """Return the p-value of a group and the standard deviation by chance."""
    held = _ground(basis).held_out(part.candidate)
    return {"drawn": np.array(group_p_value(basis.slots, held, part.candidate.window, part.draws, part.seed))}


DRAW = Step("draws", _draw, threads=THREADS)


def _draws(tests: int, hopeful: int, max_q: float) -> int:
    """Return how many draws let the hopeful ones pass the correction over all tests, five times over."""
    needed = math.ceil(5 * tests / (max_q * max(1, hopeful)))
    return min(_MOST_DRAWS, max(_FEWEST_DRAWS, needed))


def is_hopeful(one: Candidate, settings: CalibratedSettings) -> bool:
    """Return whether a candidate has the members and the repetition of a network."""
    return (
        one.group.items >= settings.min_items
        and one.days >= settings.min_days
        and len(certified(one, settings)) >= settings.min_members
    )


def is_confirmed(one: Candidate, settings: CalibratedSettings) -> bool:
    """Return whether a candidate is a network."""
    worst = max(one.q_value, one.drop_best_item_p, one.drop_best_day_p)
    return is_hopeful(one, settings) and worst <= settings.max_q


def certified(one: Candidate, settings: CalibratedSettings) -> IntArray:
    """Return the members that pass their own test."""
    passed = (one.member_q <= settings.max_q) & (one.members.p_value <= settings.member_p)
    return one.accounts[passed & (one.members.observed >= settings.min_member_items)]


def _without_best(basis: Basis, one: Candidate) -> Columns:
    """Test once more without the best item and without the best day."""
    ground = _ground(basis)
    opened = open_part(ground.slots, ground.held_out(one))
    excess, item_day = one.group.per_item, ground.slots.events.at[opened.slot[opened.rows[:-1]]] // ground.day
    days, number = np.unique(item_day, return_inverse=True)
    best_day = days[np.argmax(np.bincount(number, weights=excess))]
    best_item = np.arange(len(excess)) == np.argmax(excess)
    found = [
        group_p_value(ground.slots, opened.take(keep), one.window, _DRAWS_WITHOUT_BEST, basis.settings.seed + 1)[0]
        for keep in (~best_item, item_day != best_day)
    ]
    return {"p": np.array(found)}


LEAVE_OUT = Step("tests without the best", _without_best, threads=THREADS)
