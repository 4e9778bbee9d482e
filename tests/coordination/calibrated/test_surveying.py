"""The one walk over all pairs finds what the two tests of looking find, view by view, by their definitions."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.calibrated import reference
from tests.coordination.calibrated.worlds import DAY, WINDOW, crowd, one_item_each, planted, slots_of, some_slots
from undazzle.coordination.calibrated import surveying
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.chance import coins_tail, largest_mean, poisson_tails
from undazzle.coordination.calibrated.pair_loops import tail_at_most, tail_is_half
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots, meetings
from undazzle.coordination.calibrated.surveying import Edges, Survey, survey_pairs, uncrowded

WINDOWS = [WINDOW, 3 * WINDOW]
Found = dict[tuple[int, int], float]


def survey(slots: Slots, windows: list[int], levels: CalibratedSettings) -> Survey:
    return survey_pairs(Basis(slots, windows, DAY, levels))


def as_dict(edges: Edges) -> Found:
    pairs = zip(edges.account_a.tolist(), edges.account_b.tolist(), strict=True)
    return dict(zip(pairs, edges.p_value.tolist(), strict=True))


def by_definition(slots: Slots, fold: int, window: int, levels: CalibratedSettings) -> tuple[Found, Found]:
    """Return close and joint pairs of one view, every test written out."""
    close: Found = {}
    joint: Found = {}
    for a, b in combinations(range(len(slots.events.account_keys)), 2):
        met, p_value = reference.pair_test_of_half(slots, a, b, fold, window)
        if met >= 2 and p_value < levels.discovery_p:
            close[a, b] = p_value
        surprise = reference.joint_surprise(slots, a, b, fold, window)
        if met >= 1 and surprise < levels.joint_p:
            joint[a, b] = surprise
    return close, joint


@settings(deadline=None)
@given(some_slots(), st.sampled_from([0.2, 0.45, 0.9, 1.0]))
def test_every_view_has_the_pairs_that_its_definition_gives(slots: Slots, level: float) -> None:
    levels = CalibratedSettings(discovery_p=level, joint_p=level, splits=3)
    found = survey(slots, WINDOWS, levels)
    for split in range(3):
        here = slots.split(split)
        for fold in (0, 1):
            for window in WINDOWS:
                number = found.view(split, fold, window)
                close, joint = by_definition(here, fold, window, levels)
                assert as_dict(found.close[number]) == pytest.approx(close)
                assert as_dict(found.joint[number]) == pytest.approx(joint, abs=1e-12)


def test_pairs_are_sorted_by_both_accounts() -> None:
    slots = slots_of(planted(crowd(2), 2)[0], [60, 600])[0]
    found = survey(slots, [60, 600], CalibratedSettings())
    assert sum(len(one.account_a) for one in found.close) > 20
    for one in (*found.close, *found.joint):
        key = one.account_a * 10_000 + one.account_b
        assert np.array_equal(key, np.unique(key))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9), st.integers(1, 9))
def test_the_bounds_hold_for_every_sum_of_coins(chances: list[float], least: int) -> None:
    mean, exact = float(sum(chances)), reference.coins_tail(chances, least)
    assert tail_at_most(mean, least) >= exact - 1e-12
    if tail_is_half(mean, least):
        assert exact >= 0.5 - 1e-9


def test_a_tail_that_is_bounded_away_is_as_small_as_the_bound_says() -> None:
    coins = np.full(40, 0.01)
    assert coins_tail(coins, 20) <= tail_at_most(0.4, 20) < 1e-16


@given(st.lists(st.integers(1, 400), min_size=1, max_size=20), st.sampled_from([1e-3, 1e-2, 0.3]))
def test_a_mean_beyond_the_largest_leaves_no_small_tail(least: list[int], below: float) -> None:
    numbers = np.array(least)
    mean = largest_mean(numbers, below)
    assert (poisson_tails(mean, numbers) >= below).all()
    assert (poisson_tails(mean * (1 - 1e-6), numbers) <= below).all()


def test_the_most_crowded_items_are_left_out_first(monkeypatch: pytest.MonkeyPatch) -> None:
    shares = one_item_each({"big": {f"a{n}": float(n) for n in range(30)}, "small": {"x": 0.0, "y": 5.0, "z": 9.0}})
    slots, items, _ = slots_of(shares, (60,))
    monkeypatch.setattr(surveying, "MOST_MEETINGS", 10)
    clear = uncrowded(slots, meetings(slots.events, 60), 3, 10)
    assert {items[number]: int(bits) for number, bits in enumerate(clear)} == {"big": 0, "small": 7}


def test_a_pair_that_met_on_crowded_items_only_is_close_and_not_joint(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = {f"r{number}": 1_000.0 * number for number in range(12)}
    shares = one_item_each({f"i{number}": {"a": 50.0, "b": 51.0, **readers} for number in range(12)})
    slots, _, accounts = slots_of(shares, (60,))
    pair = (accounts.index("a"), accounts.index("b"))
    levels = CalibratedSettings(joint_p=0.9)
    both = survey(slots, [60], levels)
    assert all(pair in as_dict(one) for one in both.close)
    assert any(pair in as_dict(one) for one in both.joint)
    monkeypatch.setattr(surveying, "MOST_MEETINGS", 0)
    crowded = survey(slots, [60], levels)
    assert [as_dict(one) for one in crowded.close] == [as_dict(one) for one in both.close]
    assert not any(len(one.account_a) for one in crowded.joint)
