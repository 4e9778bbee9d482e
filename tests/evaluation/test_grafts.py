from __future__ import annotations

import numpy as np
import pytest

from tests.evaluation.builders import some_carrier, some_graft, some_operation
from undazzle.evaluation.grafts import LEAST_SHARERS, draw_replay, graft
from undazzle.evaluation.operations import DAY, HISTORY_DAYS, find_cells


def test_cells_are_found_from_the_months_before_only() -> None:
    operation = some_operation()
    start = int(operation.shares.at.min()) + HISTORY_DAYS * DAY
    cells = find_cells(operation.shares, start)
    assert sorted(tuple(sorted(one.tolist())) for one in cells) == [tuple(range(k, k + 6)) for k in (0, 6, 12, 18)]
    assert find_cells(operation.shares, int(operation.shares.at.min())) == []


@pytest.mark.parametrize("dose", [5, 15])
def test_no_planted_account_has_more_shares_than_the_dose(dose: int) -> None:
    planted = some_graft(dose=dose)
    counts = np.bincount(planted.shares.account, minlength=planted.shares.accounts)
    assert counts[planted.truth].max() <= dose
    assert counts[planted.truth].mean() > 0.8 * dose


def test_planted_shares_are_of_items_that_are_popular_in_the_carrier() -> None:
    planted, carrier = some_graft(), some_carrier()
    used = np.unique(planted.shares.item[planted.truth[planted.shares.account]])
    assert carrier.shares.sharers()[used].min() >= LEAST_SHARERS


def test_who_acted_together_within_a_minute_still_does() -> None:
    planted = some_graft()
    own = planted.shares.take(planted.truth[planted.shares.account])
    alone = 0
    for item in np.unique(own.item):
        at = np.sort(own.at[own.item == item])
        gaps = np.diff(at)
        near = np.append(gaps, 10**9) <= 60
        near |= np.append(10**9, gaps) <= 60
        alone += int((~near).sum())
    assert alone / len(own) < 0.1


def test_a_graft_with_its_own_items_shares_none_with_the_carrier() -> None:
    planted = some_graft(swapped=False)
    inside = planted.truth[planted.shares.account]
    assert not set(planted.shares.item[inside]) & set(planted.shares.item[~inside])


def test_the_hour_and_the_weekday_of_planted_shares_stay() -> None:
    operation, carrier = some_operation(), some_carrier()
    replay = draw_replay(operation, carrier.plant_days, np.random.default_rng(0))
    planted = graft(carrier, carrier.shares, replay, 10_000, np.random.default_rng(1))
    own = planted.shares.at[planted.truth[planted.shares.account]]
    assert set(own % (7 * DAY)) <= set(replay.shares.at % (7 * DAY))
