"""Levels of looking among very many pairs, and what is not looked at where very much meets."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.calibrated.worlds import WINDOW, crowd, planted, slots_of, some_slots
from undazzle.coordination.calibrated import surveying
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.growing import Company, grow_group
from undazzle.coordination.calibrated.members_on_items import slots_by_account
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.standing_out import (
    FEWER,
    LUCKY,
    level_of_joining,
    level_of_pairs,
    level_of_products,
    sharing_pairs,
)
from undazzle.coordination.calibrated.surveying import on_items, survey_pairs
from undazzle.coordination.calibrated.views import all_views, open_view

WINDOWS = [WINDOW, 3 * WINDOW]


def test_as_many_pass_by_luck_as_are_wanted_and_all_that_is_real() -> None:
    random = np.random.default_rng(1)
    real, luck = random.uniform(0, 1e-9, 5_000), random.uniform(0, 0.01, 40_000)
    level = level_of_pairs(np.concatenate((real, luck)), 0.01)
    assert (real < level).all()
    assert 0.7 * FEWER < (luck < level).sum() < 1.3 * FEWER


def test_real_pairs_alone_do_not_lower_a_level() -> None:
    assert level_of_pairs(np.full(1_000_000, 1e-6), 0.01) == 0.01
    assert level_of_pairs(np.zeros(0), 0.01) == 0.01


def test_as_many_products_pass_by_luck_as_are_wanted() -> None:
    pairs = 3_000_000
    products = np.prod(np.random.default_rng(2).uniform(size=(2, pairs)), axis=0)
    level = level_of_products(pairs, 0.01)
    assert level < 0.01
    assert 0.85 * LUCKY < (products < level).sum() < 1.15 * LUCKY


@pytest.mark.parametrize("level", [0.0, 1e-5, 0.9])
def test_few_pairs_leave_the_level_of_products_as_it_is(level: float) -> None:
    assert level_of_products(500, level) == level


@given(some_slots(), st.integers(0, 7))
def test_sharing_pairs_are_those_on_clear_items_of_a_half(slots: Slots, bits: int) -> None:
    clear = np.full((1, len(slots.bits)), bits, dtype=np.uint16)
    found = sharing_pairs(slots, clear, 3).tolist()
    for split in range(3):
        for fold in (0, 1):
            here = slots.split(split)
            wanted = [n for n in range(slots.shared) if here.fold[n] == fold and (bits >> split) & 1]
            expected = sum(len(list(combinations(range(int(slots.sizes[n])), 2))) for n in wanted)
            assert found[2 * split + fold] == expected


def met_by_definition(slots: Slots, clear: np.ndarray, calm: np.ndarray) -> set[tuple[int, int]]:  # type: ignore[type-arg]
    """Return pairs that met on a clear item, or on two that are calm in this window or a longer one."""
    events, found = slots.events, set()
    for a, b in combinations(range(len(events.account_keys)), 2):
        for number, window in enumerate(WINDOWS):
            met = [
                item
                for item in range(slots.shared)
                for one in events.at[(events.item == item) & (events.account == a)]
                for other in events.at[(events.item == item) & (events.account == b)]
                if abs(one - other) <= window
            ]
            if any(clear[number, item] for item in met) or sum(any(calm[number:, item]) for item in set(met)) >= 2:
                found.add((a, b))
    return found


@settings(deadline=None)
@given(some_slots(), st.integers(0, 4), st.integers(0, 9))
def test_pairs_that_met_are_those_on_items_that_are_looked_at(slots: Slots, most: int, repeated: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surveying, "MOST_MEETINGS", most)
        patch.setattr(surveying, "MOST_REPEATED", repeated)
        _, clear, calm = on_items(Basis(slots, WINDOWS, 10, CalibratedSettings()))
        found = surveying._pairs_that_met(slots, clear, calm, WINDOWS)
    assert set(zip(*(one.tolist() for one in found), strict=True)) == met_by_definition(slots, clear, calm)


@settings(deadline=None)
@given(some_slots(), st.integers(0, 1), st.sets(st.integers(0, 4), min_size=1), st.sets(st.integers(0, 5)))
def test_company_on_calm_items_is_that_of_slots_without_the_others(
    slots: Slots, fold: int, group: set[int], crowded: set[int]
) -> None:
    members = np.array(sorted({one % len(slots.events.account_keys) for one in group}), dtype=np.int64)
    calm = ~np.isin(np.arange(len(slots.fold)), sorted(crowded))
    by_account = slots_by_account(slots, fold)
    found = Company(slots, by_account, WINDOW, calm).around(members)
    half = np.where(calm, slots.fold, 7)  # the others are of no half
    other = Slots(slots.events, half, slots.bits, slots.shared, slots.starts, slots.sharer_rows, slots.sharer)
    expected = Company(other, slots_by_account(other, fold), WINDOW).around(members)
    for one, same in zip(found, expected, strict=True):
        assert one.tolist() == pytest.approx(same.tolist())


def test_what_is_crowded_for_one_half_is_not_looked_at_in_its_view(monkeypatch: pytest.MonkeyPatch) -> None:
    slots = slots_of(planted(crowd(2), 2)[0], [60, 600])[0]

    def looked_at() -> list[int]:
        basis = Basis(slots, [60, 600], 86_400, CalibratedSettings())
        return [len(open_view(basis, part).near) for part in all_views(basis)]

    usual = looked_at()
    monkeypatch.setattr(surveying, "MOST_REPEATED", 300)
    fewer = looked_at()
    assert all(0 < few < all_of_them for few, all_of_them in zip(fewer, usual, strict=True))


def test_a_planted_group_is_seen_among_many_lucky_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    shares, _ = planted(crowd(2), 2)
    slots, _, accounts = slots_of(shares, [60, 600])
    generous = CalibratedSettings(discovery_p=0.3)
    usual = survey_pairs(Basis(slots, [60, 600], 86_400, generous))
    monkeypatch.setattr("undazzle.coordination.calibrated.standing_out.LUCKY", 1.0)
    monkeypatch.setattr("undazzle.coordination.calibrated.standing_out.FEWER", 1.0)
    strict = survey_pairs(Basis(slots, [60, 600], 86_400, generous))
    assert sum(len(one.account_a) for one in strict.close) < 0.7 * sum(len(one.account_a) for one in usual.close)
    group = {number for number, name in enumerate(accounts) if name.startswith("z")}
    for few in strict.close:
        pairs = zip(few.account_a.tolist(), few.account_b.tolist(), strict=True)
        assert sum(a in group and b in group for a, b in pairs) >= 20


@pytest.mark.parametrize(("accounts", "level"), [(0, 0.01), (1_000, 0.01), (1_001, 1 / 1_001), (50_000, 1 / 50_000)])
def test_about_one_account_joins_by_luck_where_very_many_are_near(accounts: int, level: float) -> None:
    assert level_of_joining(accounts, 0.01) == level


def test_a_planted_group_still_grows_whole_where_very_many_are_near(monkeypatch: pytest.MonkeyPatch) -> None:
    slots, _, accounts = slots_of(planted(crowd(2), 2)[0], [60])
    group = [number for number, name in enumerate(accounts) if name.startswith("z")]
    company = Company(slots, slots_by_account(slots, 0), 60)
    start = np.array(group[:3], dtype=np.int64)
    assert set(group) <= set(grow_group(company, start, CalibratedSettings()).tolist())
    monkeypatch.setattr("undazzle.coordination.calibrated.standing_out.JOINING", 0.0)
    assert set(grow_group(company, start, CalibratedSettings()).tolist()) == set(group)
