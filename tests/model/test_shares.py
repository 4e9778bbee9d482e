"""The interval of a share: Wilson's bounds solve the equation that defines them."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.model import share_interval


@given(st.integers(1, 5_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_each_bound_lies_its_width_of_its_own_standard_errors_from_the_share(counted: tuple[int, int]) -> None:
    hits, trials = counted
    share = hits / trials
    for bound in share_interval(hits, trials):
        assert abs(share - bound) == pytest.approx(1.96 * sqrt(bound * (1 - bound) / trials), abs=1e-9)


def test_it_holds_the_share_and_narrows_with_more() -> None:
    for share in (0.0, 0.3, 1.0):
        few, many = share_interval(share * 4, 4), share_interval(share * 40, 40)
        assert few[0] <= share <= few[1] and many[1] - many[0] < few[1] - few[0]


def test_nothing_counted_says_nothing() -> None:
    assert share_interval(0, 0) == (0.0, 1.0)
