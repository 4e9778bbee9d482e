"""One group found many times counts once, and the level holds for groups, not only for tests."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination.calibrated import reference
from tests.coordination.calibrated.worlds import DAY, crowd, planted, slots_of
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates
from undazzle.coordination.calibrated.families import distinct_q, families_of
from undazzle.coordination.calibrated.group_test import group_p_value
from undazzle.coordination.calibrated.members_on_items import slots_by_account, slots_of_group
from undazzle.coordination.calibrated.multiplicity import dependent_q, false_discovery_q, simes_p
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import IntArray

WINDOWS = [60, 600, 3_600]
GROUPS = st.lists(st.sets(st.integers(0, 9), min_size=1, max_size=6), max_size=12)


@given(GROUPS)
def test_families_are_those_of_the_definition(groups: list[set[int]]) -> None:
    arrays = [np.array(sorted(one), dtype=np.int64) for one in groups]
    found = families_of(arrays).tolist()
    firsts: list[int] = []
    family: dict[int, int] = {}
    for number in sorted(range(len(groups)), key=lambda one: (-len(groups[one]), one)):
        alike = [len(groups[number] & groups[one]) / len(groups[number] | groups[one]) for one in firsts]
        if alike and max(alike) >= 0.5:
            family[number] = firsts[alike.index(max(alike))]
        else:
            firsts.append(number)
            family[number] = number
    assert [found[one] == found[other] for one in range(len(groups)) for other in range(len(groups))] == [
        family[one] == family[other] for one in range(len(groups)) for other in range(len(groups))
    ]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=10), st.integers(1, 4))
def test_several_tests_of_one_thing_are_one_by_simes(p_values: list[float], things: int) -> None:
    group = np.unique(np.arange(len(p_values)) % things, return_inverse=True)[1]
    found = simes_p(np.array(p_values), group)
    for number in range(int(group.max()) + 1):
        mine = sorted(p for p, one in zip(p_values, group.tolist(), strict=True) if one == number)
        wanted = min(1.0, *(len(mine) * p / (rank + 1) for rank, p in enumerate(mine)))
        assert found[number] == pytest.approx(wanted)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_dependent_q_values_are_larger_by_the_harmonic_number(p_values: list[float]) -> None:
    harmonic = sum(1 / number for number in range(1, len(p_values) + 1))
    levels = [
        min(other * len(p_values) / sum(p <= other for p in p_values) for other in p_values if other >= one)
        for one in p_values
    ]
    assert dependent_q(np.array(p_values)) == pytest.approx([min(1.0, harmonic * one) for one in levels])
    assert (dependent_q(np.array(p_values)) >= np.array(reference.false_discovery_q(p_values)) - 1e-12).all()


def test_a_group_found_twenty_times_does_not_let_a_chance_group_pass() -> None:
    """One true group in twenty tests and one chance group in a single one: it passes over tests, not over groups."""
    p_values = np.array([1e-4] * 20 + [0.045])
    family = np.array([0] * 20 + [1])
    assert false_discovery_q(p_values)[-1] <= 0.05
    assert distinct_q(np.append(p_values, [0.9] * 3), np.append(family, [2, 3, 4]))[20] > 0.05


def all_p(slots: Slots, found: list[Candidate]) -> FloatArray:
    """Return the group test of every candidate, hopeful or not, by which q alone would decide."""
    by_account = slots_by_account(slots)
    tests = []
    for number, one in enumerate(found):
        held = slots_of_group(slots.split(one.split), by_account, one.accounts, 1 - one.fold)
        tests.append(group_p_value(slots, held, one.window, 499, number)[0])
    return np.array(tests)


def test_among_true_groups_few_of_the_distinct_groups_that_q_alone_rejects_are_chance() -> None:
    """A planted cell stands in many views; all others are dealt anew, so that whatever else seems close is chance.

    A group with two accounts of the cell is none of chance. Neither members nor repetition are asked for here.
    """
    false, every, wrong, passed = 0, 0, 0, 0
    for seed in range(4):
        slots, cell = planted_in_chance(seed)
        found = find_candidates(slots, WINDOWS, DAY, CalibratedSettings())
        family = families_of([one.accounts for one in found])
        q_values = distinct_q(all_p(slots, found), family)
        is_true = np.array([len(np.intersect1d(one.accounts, cell)) >= 2 for one in found])
        rejected = np.unique(family[q_values <= 0.05])
        every += len(rejected)
        false += sum(not is_true[family == one].any() for one in rejected.tolist())
        by_q = np.unique(np.concatenate([one.accounts[one.member_q <= 0.05] for one in found]))
        passed += len(by_q)
        wrong += len(np.setdiff1d(by_q, cell))
    assert every >= 4
    assert false <= 1
    assert passed >= 4 * 6
    assert wrong <= 0.1 * passed


def planted_in_chance(seed: int) -> tuple[Slots, IntArray]:
    """Return a crowd whose accounts were dealt anew within items, with one planted group left where it is."""
    shares, names = planted(crowd(seed), seed)
    slots, _, accounts = slots_of(shares, WINDOWS)
    keys = [accounts[int(key)] for key in slots.events.account_keys]
    cell = np.array(sorted(keys.index(name) for name in names), dtype=np.int64)
    others = ~np.isin(slots.events.account, cell)
    item, account = slots.events.item[others], slots.events.account.copy()
    order = np.lexsort((np.random.default_rng(seed).random(len(item)), item))
    account[others] = account[others][order]
    return slots.with_accounts(account), cell
