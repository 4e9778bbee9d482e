from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.signals.chance import binomial_tail, share_tail


@given(st.integers(0, 30), st.integers(0, 30), st.sampled_from([0.01, 0.2, 0.5, 0.93]))
def test_the_binomial_tail_is_the_sum_of_its_terms(hits, trials, share):
    exact = sum(
        comb(trials, k) * Fraction(share) ** k * (1 - Fraction(share)) ** (trials - k) for k in range(hits, trials + 1)
    )
    assert binomial_tail(hits, trials, share) == pytest.approx(float(exact), rel=1e-9, abs=1e-290)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_the_share_tail_is_fishers_test(hits, misses, away, rest):
    trials, marked, everything = hits + misses, hits + away, hits + misses + away + rest
    exact = sum(
        Fraction(comb(marked, k) * comb(everything - marked, trials - k), comb(everything, trials))
        for k in range(hits, min(trials, marked) + 1)
        if trials - k <= everything - marked
    )
    assert share_tail(hits, trials, marked, everything) == pytest.approx(float(exact), rel=1e-9)
