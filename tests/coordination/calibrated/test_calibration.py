"""Calibration: where chance alone is at work, p-values are uniform or larger, down to one in a thousand."""

from __future__ import annotations

from functools import cache
from math import exp

import numpy as np
import pytest

from tests.coordination.calibrated.worlds import DAY, crowd, seasons, shuffled_within_items, slots_of, some_groups
from undazzle.coordination.calibrated import group_test
from undazzle.coordination.calibrated.chance import poisson_tail
from undazzle.coordination.calibrated.closed_items import lay_ground, run_closed_test
from undazzle.coordination.calibrated.group_test import group_p_value
from undazzle.coordination.calibrated.member_test import run_member_tests
from undazzle.coordination.calibrated.members_on_items import slots_by_account, slots_of_group
from undazzle.coordination.calibrated.pair_test import run_pair_tests
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.calibrated.tempo import measure_tempo

LEVELS = (0.2, 0.05, 0.01, 0.001)
WINDOWS = (60, 3_600)


@cache
def ordinary(seed: int = 3) -> Slots:
    return slots_of(crowd(seed), WINDOWS)[0]


def shuffles(count: int) -> list[Slots]:
    return [shuffled_within_items(ordinary(), np.random.default_rng([7, number])) for number in range(count)]


def assert_not_too_small(p_values: FloatArray, levels: tuple[float, ...] = LEVELS) -> None:
    """Check that no level is undercut more often than a count of that mean is once in some hundred thousand times."""
    for level in levels:
        seen, mean = int((p_values <= level).sum()), level * len(p_values)
        assert poisson_tail(mean, seen) > 1e-5, f"{seen} of {len(p_values)} p-values <= {level}, {mean:.1f} by chance"


@pytest.mark.parametrize("window", WINDOWS)
def test_pairs(window: int) -> None:
    found = []
    for slots in shuffles(4):
        random = np.random.default_rng(window)
        a, b = random.integers(0, len(slots.events.account_keys), size=(2, 20_000))
        apart = a != b
        found.append(run_pair_tests(slots, slots_by_account(slots), a[apart], b[apart], window).p_value)
    p_values = np.concatenate(found)
    assert_not_too_small(p_values)
    assert (p_values < 0.2).any()


@pytest.mark.parametrize("window", WINDOWS)
def test_groups_and_members(window: int) -> None:
    groups, exact, tempo, both = [], [], [], []
    for slots in shuffles(12):
        by_account, speed = slots_by_account(slots), measure_tempo(slots)
        for number, group in enumerate(some_groups(slots, np.random.default_rng(window), 60, 8)):
            held = slots_of_group(slots, by_account, group, number % 2)
            groups.append(group_p_value(slots, held, window, 1_999, number)[0])
            tests = run_member_tests(slots, by_account, speed, group, held, window, 1.0)
            exact.append(tests.exact_p)
            tempo.append(tests.tempo_p)
            both.append(tests.p_value)
    assert_not_too_small(np.array(groups))
    assert_not_too_small(np.concatenate(exact))
    assert_not_too_small(np.concatenate(both))
    assert (np.concatenate(exact) <= 0.05).mean() > 0.005  # conservative, but not deaf


@pytest.mark.parametrize("odds", [1.0, group_test.ODDS])
def test_groups_of_one_season_meet_by_their_season_and_not_beyond_it(
    odds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is at work in the same month meets more often than any sharers of things that live for two."""
    monkeypatch.setattr(group_test, "ODDS", odds)
    p_values = []
    for seed in range(4):
        shares, season = seasons(seed)
        slots, _, accounts = slots_of(shares, WINDOWS)
        of_account = np.array([season[int(name[1:])] for name in accounts])
        by_account, random = slots_by_account(slots), np.random.default_rng(seed)
        for number in range(30):
            group = np.sort(random.choice(np.flatnonzero(of_account == number % 2), size=12, replace=False))
            held = slots_of_group(slots, by_account, group.astype(np.int64), number % 2)
            p_values.append(group_p_value(slots, held, 3_600, 1_999, number)[0])
    found = np.array(p_values)
    if odds == 1:  # what the test said before: that it fails here is what the odds are for
        assert (found <= 0.01).mean() > 0.05
    else:
        assert_not_too_small(found)


def test_closed_items_and_their_members_beside_posts_dealt_out_anew() -> None:
    slots = ordinary()
    events, random = slots.events, np.random.default_rng(5)
    stratum = events.at // DAY
    group_p, member_p = [], []
    for _ in range(40):
        account = np.empty_like(events.account)
        account[np.argsort(stratum, kind="stable")] = events.account[np.lexsort((random.random(len(account)), stratum))]
        dealt = slots.with_accounts(account)
        ground = lay_ground(dealt, 0, DAY)
        for _ in range(20):
            # half of the busiest accounts: small groups never hold an item alone
            group = np.sort(random.choice(len(events.account_keys), size=150, replace=False)).astype(np.int64)
            test = run_closed_test(dealt, ground, group, DAY, DAY)
            group_p.append(test.p_value)
            member_p.append(test.member_p)
    assert_not_too_small(np.concatenate(member_p))
    # tests of one deal overlap in what they look at, so that fewer independent ones stand behind the count
    p_values = np.array(group_p)
    assert (p_values <= 0.05).mean() <= 0.08
    assert (p_values <= 0.01).mean() <= 0.03


def test_a_closed_group_is_expected_as_often_as_its_share_of_posts_gives() -> None:
    assert poisson_tail(2.0, 1) == pytest.approx(1 - exp(-2.0))


@pytest.mark.parametrize("speed", [0.02, 1.0])
def test_quick_readers_meet_by_their_tempo_and_not_beyond_it(speed: float) -> None:
    """Accounts that are all quick meet more often than the exact test allows; the tempo test knows them."""
    random = np.random.default_rng(11)
    from tests.coordination.brute_force import Share

    shares = []
    for item in range(160):
        born = random.uniform(0, 13 * DAY)
        for account in random.choice(120, size=30, replace=False).tolist():
            lag = random.exponential(6 * 3_600) * (speed if account < 12 else 1.0)
            shares.append(Share(f"i{item}", f"a{account:03}", f"p{item}-{account}", float(int(born + lag))))
    slots, _, accounts = slots_of(shares, WINDOWS)
    group = np.array([accounts.index(f"a{number:03}") for number in range(12)], dtype=np.int64)
    by_account = slots_by_account(slots)
    held = slots_of_group(slots, by_account, group, 0)
    tests = run_member_tests(slots, by_account, measure_tempo(slots), group, held, 60, 3.0)
    if speed < 1:
        assert (tests.exact_p < 0.01).sum() >= 6
    assert (tests.p_value > 0.01).all()
