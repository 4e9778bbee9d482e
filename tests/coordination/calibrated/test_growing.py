"""Who keeps company with a group, counted by windows, against a walk over every slot of every item of the group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.calibrated.worlds import DAY, WINDOW, crowd, planted, slots_of, some_slots
from undazzle.coordination.calibrated import candidates, discovery, growing, taking_out
from undazzle.coordination.calibrated.growing import Company
from undazzle.coordination.calibrated.members_on_items import slots_by_account
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots


def by_definition(slots: Slots, fold: int, group: list[int], window: int) -> dict[int, tuple[int, float]]:
    """Return by account on how many items it is near the group, at least two, and how many chance would give."""
    events, near, means = slots.events, dict[int, int](), dict[int, float]()
    for item in range(slots.shared):
        here = np.arange(slots.starts[item], slots.starts[item + 1])
        held = [index for index in here if events.account[index] in group]
        if not held or slots.fold[item] != fold:
            continue
        close = [
            index
            for index in here
            if any(index != other and abs(events.at[index] - events.at[other]) <= window for other in held)
        ]
        covered = sum(index not in held for index in close)
        free = len(here) - len(held)
        other = 1.0 if not free else min(1.0, max(covered, 0.5) / free)
        for index in here:
            account = int(events.account[index])
            near[account] = near.get(account, 0) + (index in close)
            means[account] = means.get(account, 0.0) + ((covered + 0.5) / (free + 1) if account in group else other)
    return {one: (count, means[one]) for one, count in near.items() if count >= 2}


def found_by_company(slots: Slots, fold: int, group: list[int], window: int) -> dict[int, tuple[int, float]]:
    company = Company(slots, slots_by_account(slots, fold), window)
    for _ in range(2):  # what it counts in is clean again after the first time
        found = company.around(np.array(group, dtype=np.int64))
    return {int(one): (int(items), float(mean)) for one, items, mean in zip(*found, strict=True)}


@settings(deadline=None)
@given(some_slots(), st.integers(0, 1), st.sets(st.integers(0, 4), min_size=1), st.sampled_from([0, WINDOW]))
def test_company_is_what_its_definition_says(slots: Slots, fold: int, group: set[int], window: int) -> None:
    members = sorted(one for one in group if one < len(slots.events.account_keys))
    expected = by_definition(slots, fold, members, window)
    found = found_by_company(slots, fold, members, window)
    assert {one: items for one, (items, _) in found.items()} == {one: items for one, (items, _) in expected.items()}
    for one, (_, mean) in expected.items():
        assert found[one][1] == pytest.approx(mean, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("long", [0, 10**9])
def test_both_ways_of_finding_an_accounts_items_give_the_same(long: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "_LONG", long)
    slots = slots_of(crowd(3), [WINDOW])[0]
    # as plain Python, which reads the length that was set
    monkeypatch.setattr(growing, "_means", growing._means.py_func)  # type: ignore[attr-defined]
    monkeypatch.setattr(growing, "first_at_least", growing.first_at_least.py_func)  # type: ignore[attr-defined]
    group = [0, 3, 5, 8]
    found, expected = found_by_company(slots, 0, group, 3_600), by_definition(slots, 0, group, 3_600)
    assert found.keys() == expected.keys()
    assert expected
    assert all(found[one] == (items, pytest.approx(mean)) for one, (items, mean) in expected.items())


@pytest.mark.parametrize("threads", [1, 3])
def test_the_number_of_threads_changes_nothing(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    slots = slots_of(planted(crowd(2), 2)[0], [60, 600])[0]
    usual = candidates.find_candidates(slots, [60, 600], DAY, CalibratedSettings())

    def with_threads(work, things):  # type: ignore[no-untyped-def]
        from undazzle.coordination.calibrated.side_by_side import side_by_side

        return side_by_side(work, things, threads)

    for module in (candidates, discovery, taking_out):
        monkeypatch.setattr(module, "side_by_side", with_threads)
    for module in (discovery, taking_out):
        monkeypatch.setattr(module, "THREADS", threads)
    again = candidates.find_candidates(slots, [60, 600], DAY, CalibratedSettings())
    assert [_shown(one) for one in again] == [_shown(one) for one in usual]
    assert any(candidates.is_confirmed(one, CalibratedSettings()) for one in usual)


def _shown(one: candidates.Candidate) -> tuple[object, ...]:
    tests = (one.p_value, one.spread, one.q_value, one.drop_best_item_p, one.drop_best_day_p)
    return one.split, one.fold, one.window, one.accounts.tolist(), one.member_q.tolist(), *tests
