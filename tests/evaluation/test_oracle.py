from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.builders import some_graft, some_stream
from undazzle.evaluation.oracle import WINDOWS, coins_tail, company_p_value, reachable
from undazzle.evaluation.shares import make_shares, shuffle_labels


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(0, 7))
def test_the_tail_of_unequal_coins_is_that_of_all_outcomes(chances: list[float], observed: int) -> None:
    tail = sum(
        np.prod([chance if head else 1 - chance for chance, head in zip(chances, heads, strict=True)])
        for heads in product([True, False], repeat=len(chances))
        if sum(heads) >= observed
    )
    assert coins_tail(np.array(chances), observed) == pytest.approx(float(tail), abs=1e-9)


def test_company_is_compared_with_the_slots_that_the_others_leave() -> None:
    # item 0: the cell 0, 1 within 10 s; strangers 2, 3 far away: one of three free slots is near the other member
    shares = make_shares(np.array([0, 1, 2, 3]), np.zeros(4, dtype=np.int64), np.array([0, 5, 900, 1_800]))
    cell = np.array([0, 1])
    assert company_p_value(shares, {0: slice(0, 4)}, cell, 0, 10) == pytest.approx(1 / 3)


def test_an_item_of_the_cell_alone_says_nothing() -> None:
    shares = make_shares(np.array([0, 1]), np.zeros(2, dtype=np.int64), np.array([0, 5]))
    assert company_p_value(shares, {0: slice(0, 2)}, np.array([0, 1]), 0, 10) == 1.0


def test_a_planted_cell_is_within_reach() -> None:
    planted = some_graft()
    assert reachable(planted.shares, planted.cells)[planted.truth].mean() > 0.8


def test_on_shuffled_labels_hardly_anybody_is_within_reach() -> None:
    shares = some_stream(1)
    found = total = 0
    for seed in range(6):
        random = np.random.default_rng(seed)
        cells = (random.permutation(200)[:10].astype(np.int64),)
        found += int(reachable(shuffle_labels(shares, random), cells, level=0.05 * len(WINDOWS)).sum())
        total += 10 * len(WINDOWS)
    assert found / total <= 0.06
