"""Every account that was tested has one row: its best test, and all of its tests as one."""

from __future__ import annotations

import numpy as np
import pytest

from tests.coordination.calibrated.worlds import DAY, crowd, planted, shuffled_within_items, slots_of
from undazzle.coordination.calibrated.candidates import find_candidates
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.tested_accounts import sum_up_accounts

WINDOWS = [10, 60, 600, 3_600]
SETTINGS = CalibratedSettings()


def test_an_account_is_as_good_as_its_best_test_and_simes_allows_for_their_number() -> None:
    slots, _, _ = slots_of(planted(crowd(1), 1)[0], WINDOWS)
    candidates = find_candidates(slots, WINDOWS, DAY, SETTINGS)
    tests: dict[int, list[float]] = {}
    for one in candidates:
        for account, p_value in zip(one.accounts.tolist(), one.members.p_value.tolist(), strict=True):
            tests.setdefault(account, []).append(p_value)
    found = sum_up_accounts(candidates)
    assert found.account.tolist() == sorted(tests)
    for row, account in enumerate(found.account.tolist()):
        p_values = sorted(tests[account])
        together = min(len(p_values) * p / rank for rank, p in enumerate(p_values, start=1))
        assert (found.best_p[row], found.tests[row]) == (p_values[0], len(p_values))
        assert found.account_p[row] == pytest.approx(min(1.0, together))
    assert (found.account_q >= found.account_p - 1e-12).all()


def test_planted_accounts_come_before_all_others() -> None:
    shares, members = planted(crowd(1), 1)
    slots, _, accounts = slots_of(shares, WINDOWS)
    found = sum_up_accounts(find_candidates(slots, WINDOWS, DAY, SETTINGS))
    first = found.account[np.argsort(found.best_p, kind="stable")][: len(members)]
    assert {accounts[one] for one in first.tolist()} == set(members)


def test_no_account_of_shuffled_crowds_passes_more_often_than_the_level_allows() -> None:
    ordinary = slots_of(crowd(3), WINDOWS)[0]
    wrong = 0
    for number in range(20):
        slots = shuffled_within_items(ordinary, np.random.default_rng([4, number]))
        found = sum_up_accounts(find_candidates(slots, WINDOWS, DAY, SETTINGS))
        wrong += bool((found.account_q <= 0.2).any())
    assert wrong <= 20 * 0.2 + 3 * (20 * 0.2 * 0.8) ** 0.5


def test_nothing_tested_is_an_empty_table() -> None:
    assert len(sum_up_accounts([]).account) == 0


def test_a_pair_counts_by_the_share_of_accounts_that_have_one_as_surprising() -> None:
    slots, _, accounts = slots_of(planted(crowd(1), 1)[0], WINDOWS)
    candidates = find_candidates(slots, WINDOWS, DAY, SETTINGS)
    surprise = np.ones(len(accounts))
    surprise[:4] = [0.0, 1e-8, 1e-8, 1e-6]
    found, tested = sum_up_accounts(candidates, surprise, 50), sum_up_accounts(candidates)
    assert set(found.account.tolist()) == set(tested.account.tolist()) | {0, 1, 2, 3}
    share = dict(zip(found.account.tolist(), found.pair_share.tolist(), strict=True))
    assert [share[one] for one in range(4)] == pytest.approx([1 / 50, 3 / 50, 3 / 50, 4 / 50])
    assert all(share[one] == 1.0 for one in tested.account.tolist() if one > 3)
    untested = ~np.isin(found.account, tested.account)
    assert (found.best_p[untested] == 1.0).all()
    assert not found.tests[untested].any()
    assert found.attention == pytest.approx(-np.log10(found.best_p) - np.log10(found.pair_share))


def test_where_everybody_has_a_surprising_pair_the_order_is_that_of_the_tests() -> None:
    slots, _, accounts = slots_of(planted(crowd(1), 1)[0], WINDOWS)
    candidates = find_candidates(slots, WINDOWS, DAY, SETTINGS)
    found = sum_up_accounts(candidates, np.full(len(accounts), 1e-9), len(accounts))
    by_test = found.account[np.lexsort((found.account, found.best_p))]
    assert found.account[np.lexsort((found.account, -found.attention))].tolist() == by_test.tolist()


def test_the_search_says_how_surprising_the_best_pair_of_each_account_is() -> None:
    shares, members = planted(crowd(1), 1)
    slots, _, accounts = slots_of(shares, WINDOWS)
    surprise = np.ones(len(accounts))
    with_it = find_candidates(slots, WINDOWS, DAY, SETTINGS, surprise=surprise)
    assert len(with_it) == len(find_candidates(slots, WINDOWS, DAY, SETTINGS))
    assert ((surprise < SETTINGS.joint_p) | (surprise == 1.0)).all()
    planted_ones = [number for number, name in enumerate(accounts) if name in members]
    assert (surprise[planted_ones] < 1.0).all()
