from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.evaluation.measures import average_precision, b_cubed, bootstrap_interval, precision_at, upper_bound

sklearn_metrics = pytest.importorskip("sklearn.metrics")
scipy_stats = pytest.importorskip("scipy.stats")


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=1, max_size=30))
def test_average_precision_is_that_of_scikit_learn_ties_included(rows: list[tuple[bool, int]]) -> None:
    truth = np.array([planted for planted, _ in rows])
    ranking = np.array([float(rank) for _, rank in rows])
    if not truth.any():
        assert np.isnan(average_precision(truth, ranking))
        return
    assert average_precision(truth, ranking) == pytest.approx(sklearn_metrics.average_precision_score(truth, ranking))


@given(st.integers(0, 60), st.integers(1, 3_000), st.sampled_from([0.9, 0.95]))
def test_the_bound_is_that_of_clopper_and_pearson(found: int, among: int, confidence: float) -> None:
    found = min(found, among)
    expected = 1.0 if found == among else scipy_stats.beta.ppf(confidence, found + 1, among - found)
    assert upper_bound(found, among, confidence) == pytest.approx(expected, rel=1e-6)


def test_precision_at_shares_the_last_places_among_equals() -> None:
    truth = np.array([True, True, False, False])
    assert precision_at(truth, np.zeros(4), 2) == pytest.approx(0.5)
    assert precision_at(truth, np.array([4.0, 3.0, 2.0, 1.0]), 2) == 1.0
    assert precision_at(truth, np.array([4.0, 3.0, 2.0, 1.0]), 100) == pytest.approx(0.5)


def test_b_cubed_of_the_truth_is_one_and_of_a_lump_loses_precision_only() -> None:
    cells = [{0, 1, 2}, {3, 4, 5}]
    assert b_cubed(cells, cells) == (1.0, 1.0)
    precision, recall = b_cubed([{0, 1, 2, 3, 4, 5}], cells)
    assert (precision, recall) == (0.5, 1.0)


def test_b_cubed_counts_an_account_that_was_not_found_as_a_group_of_its_own() -> None:
    precision, recall = b_cubed([], [{0, 1}])
    assert (precision, recall) == (1.0, 0.5)


def test_the_bootstrap_draws_operations_so_that_one_operation_gives_no_spread() -> None:
    low, high = bootstrap_interval({"one": [3.0, 4.0]}, lambda sums: float(sums[0] / sums[1]))
    assert low == high == 0.75
    low, high = bootstrap_interval({"one": [0.0, 4.0], "two": [4.0, 4.0]}, lambda sums: float(sums[0] / sums[1]))
    assert low < 0.5 < high
