"""Reference: every null and test equals its definition, all outcomes written out."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.brute_force import Share
from tests.coordination.calibrated import reference
from tests.coordination.calibrated.worlds import DAY, WINDOW, one_item_each, slots_of, some_slots
from undazzle.coordination.calibrated.activity_null import expected_by_activity, lay_strata, measure_activity
from undazzle.coordination.calibrated.chance import coins_tail, poisson_tail
from undazzle.coordination.calibrated.closed_items import lay_ground, run_closed_test
from undazzle.coordination.calibrated.group_test import ODDS, count_group, group_p_value
from undazzle.coordination.calibrated.member_test import run_member_tests
from undazzle.coordination.calibrated.members_on_items import first_not_before, slots_by_account, slots_of_group
from undazzle.coordination.calibrated.multiplicity import combined_p, false_discovery_q
from undazzle.coordination.calibrated.pair_test import run_pair_tests
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.tempo import measure_tempo
from undazzle.coordination.events import BoolArray

CHANCES = st.lists(st.floats(0, 1), max_size=9)


def half(slots: Slots) -> int:
    """Return the half that holds more items."""
    return int(slots.fold[: slots.shared].mean() >= 0.5) if slots.shared else 0


@given(CHANCES, st.integers(0, 10))
def test_the_tail_of_unequal_coins_is_exact(chances: list[float], least: int) -> None:
    assert coins_tail(np.array(chances), least) == pytest.approx(reference.coins_tail(chances, least), abs=1e-12)


@given(st.floats(1e-6, 60), st.integers(0, 90))
def test_the_poisson_tail_is_the_sum_of_its_terms(mean: float, least: int) -> None:
    terms, term = [], np.exp(-mean)
    for count in range(400):
        terms.append(term)
        term *= mean / (count + 1)
    assert poisson_tail(mean, least) == pytest.approx(sum(reversed(terms[least:])), rel=1e-6, abs=1e-13)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_q_values_are_the_levels_at_which_benjamini_and_hochberg_reject(p_values: list[float]) -> None:
    found = false_discovery_q(np.array(p_values))
    assert found == pytest.approx(reference.false_discovery_q(p_values))


@settings(deadline=None)
@given(some_slots())
def test_the_pair_test_equals_going_through_all_pairs_of_slots(slots: Slots) -> None:
    by_account = slots_by_account(slots)
    a, b = np.array([0, 0, 1]), np.array([1, 2, 2])
    if len(slots.events.account_keys) < 3:
        return
    found = run_pair_tests(slots, by_account, a, b, WINDOW)
    for row in range(3):
        wanted = reference.pair_test(slots, int(a[row]), int(b[row]), WINDOW)
        assert (found.observed[row], found.expected[row], found.p_value[row]) == pytest.approx(wanted)


@given(st.lists(st.integers(0, 200), unique=True, max_size=80), st.lists(st.integers(0, 210), max_size=20))
def test_the_first_slot_of_an_item_is_found_by_steps_as_by_a_search(items: list[int], asked: list[int]) -> None:
    item = np.array(sorted(items), dtype=np.int64)
    slot = np.arange(len(item), dtype=np.int64)
    place = 0
    for wanted in sorted(asked):
        place = first_not_before(item, slot, place, len(item), wanted)
        assert place == np.searchsorted(item, wanted)


@settings(deadline=None, max_examples=60)
@given(some_slots(), st.sets(st.integers(0, 5), min_size=3, max_size=5))
def test_the_group_test_agrees_with_all_choices_of_slots(slots: Slots, group: set[int]) -> None:
    group = {one for one in group if one < len(slots.events.account_keys)}
    members, fold = np.array(sorted(group), dtype=np.int64), half(slots)
    held = slots_of_group(slots, slots_by_account(slots), members, fold)
    observed, mean, exact = reference.group_test(slots, group, fold, WINDOW, ODDS)
    assert exact >= reference.group_test(slots, group, fold, WINDOW)[2] - 1e-9
    counted = count_group(slots, held, WINDOW)
    assert (counted.observed, counted.expected) == pytest.approx((observed, mean))
    drawn, _ = group_p_value(slots, held, WINDOW, 4_000, 1)
    assert drawn == pytest.approx(
        exact, abs=5 * np.sqrt(max(exact, 0.001) * (1 - min(exact, 0.999)) / 20) * exact + 0.01
    )


@settings(deadline=None)
@given(some_slots(), st.sets(st.integers(0, 5), min_size=2, max_size=5))
def test_the_member_test_equals_going_through_all_free_slots(slots: Slots, group: set[int]) -> None:
    group = {one for one in group if one < len(slots.events.account_keys)}
    members, fold, by_account = np.array(sorted(group), dtype=np.int64), half(slots), slots_by_account(slots)
    held = slots_of_group(slots, by_account, members, fold)
    tests = run_member_tests(slots, by_account, measure_tempo(slots), members, held, WINDOW, 1.0)
    for place, member in enumerate(members.tolist()):
        observed, p_value = reference.member_test(slots, group, member, fold, WINDOW)
        assert (tests.observed[place], tests.exact_p[place]) == pytest.approx((observed, p_value))
        assert tests.p_value[place] >= tests.exact_p[place]


@settings(deadline=None)
@given(some_slots(), st.integers(2, 20))
def test_what_activity_gives_equals_its_formula_item_by_item(slots: Slots, block: int) -> None:
    activity = measure_activity(slots, lay_strata(slots, block), slots.of_fold(None), WINDOW)
    found = expected_by_activity(activity, np.array([0]), np.array([1]))
    wanted = reference.expected_by_activity(slots, 0, 1, WINDOW, block)
    assert found[0] == pytest.approx(wanted)
    most = wanted / 2
    in_part = expected_by_activity(activity, np.array([0]), np.array([1]), np.array([most]))[0]
    assert in_part == pytest.approx(wanted) or most < in_part <= wanted


@settings(deadline=None)
@given(some_slots(), st.sets(st.integers(0, 8), min_size=3, max_size=8))
def test_closed_items_are_those_that_nobody_else_shares(slots: Slots, group: set[int]) -> None:
    group = {one for one in group if one < len(slots.events.account_keys)}
    fold = half(slots)
    test = run_closed_test(slots, lay_ground(slots, fold, DAY), np.array(sorted(group), dtype=np.int64), DAY, DAY)
    assert len(test.items) == reference.closed_items(slots, group, fold)
    assert all((test.by_member >= 0) & (test.by_member <= len(test.items)))


def test_an_item_that_outsiders_share_in_posts_about_something_else_is_not_closed() -> None:
    shares = one_item_each({f"own{number}": {"a": 0.0, "b": 300.0, "c": 900.0} for number in range(4)})
    # one post with two items: it is given the popular one, but has shared the other as well
    shares += [Share(item, "stranger", "both", 10.0) for item in ("own0", "popular")]
    shares += one_item_each({"popular": {f"reader{number}": 10.0 * number for number in range(9)}})
    slots, items, accounts = slots_of(shares)
    group = np.array([accounts.index(name) for name in "abc"], dtype=np.int64)
    closed = [
        items[item]
        for fold in (0, 1)
        for item in run_closed_test(slots, lay_ground(slots, fold, DAY), group, DAY, DAY).items
    ]
    assert sorted(closed) == ["own1", "own2", "own3"]


def test_dependent_windows_are_combined_without_becoming_smaller_than_bonferroni_allows() -> None:
    p_values = np.array([[0.001, 1.0, 1.0, 1.0], [0.2, 0.2, 0.2, 0.2], [1e-18, 0.5, 1.0, 1.0]])
    combined = combined_p(p_values)
    assert 0.004 <= combined[0] <= 0.008
    assert combined[1] == pytest.approx(0.2)
    assert combined[2] == pytest.approx(4e-18, rel=0.1)


@settings(deadline=None)
@given(some_slots(), st.sets(st.integers(0, 8), max_size=6), st.sampled_from([None, 0, 1]))
def test_the_slots_of_a_group_are_those_on_items_of_two_members(
    slots: Slots, group: set[int], fold: int | None
) -> None:
    members = sorted(one for one in group if one < len(slots.events.account_keys))
    held = slots_of_group(slots, slots_by_account(slots), np.array(members, dtype=np.int64), fold)
    found = [
        (int(item), int(slot), int(member))
        for item, first, last in zip(held.item, held.rows[:-1], held.rows[1:], strict=True)
        for slot, member in zip(held.slot[first:last], held.member[first:last], strict=True)
    ]
    places = range(int(slots.starts[-1]))
    mine = [(int(slots.events.item[at]), at, int(slots.events.account[at])) for at in places]
    mine = [one for one in mine if one[2] in members and fold in (None, int(slots.fold[one[0]]))]
    many = {item: sum(one[0] == item for one in mine) for item, _, _ in mine}
    assert found == [(item, at, members.index(account)) for item, at, account in mine if many[item] >= 2]


@settings(deadline=None)
@given(some_slots(), st.integers(2, 20), st.integers(0, 1))
def test_activity_of_a_half_is_that_of_the_half_alone(slots: Slots, block: int, fold: int) -> None:
    inside = slots.of_fold(fold)
    activity = measure_activity(slots, lay_strata(slots, block), inside, WINDOW)
    alone = slots_of_events(slots, inside)
    wanted = measure_activity(alone, lay_strata(alone, block), alone.of_fold(None), WINDOW)
    a, b = (np.array(one, dtype=np.int64) for one in zip(*combinations(range(9), 2), strict=True))
    there = (a < len(slots.events.account_keys)) & (b < len(slots.events.account_keys))
    found = expected_by_activity(activity, a[there], b[there])
    assert found == pytest.approx(expected_by_activity(wanted, a[there], b[there]))


def slots_of_events(slots: Slots, inside: BoolArray) -> Slots:
    """Return slots that hold some of the events only; items keep their numbers."""
    events = slots.events.take(inside)
    rows = np.searchsorted(events.item, np.arange(slots.shared + 1)).astype(np.int64)
    return replace(slots, events=events, starts=rows)
