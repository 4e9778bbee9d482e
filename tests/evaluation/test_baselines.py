from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tests.evaluation.builders import some_graft, some_stream
from undazzle.evaluation.baselines import BASELINES, Pairing
from undazzle.evaluation.baselines.coornet import coordination_interval, coornet
from undazzle.evaluation.baselines.counting import count_within_minute, minute_threshold
from undazzle.evaluation.baselines.matrices import shared_items
from undazzle.evaluation.baselines.similarity import (
    LEAST_SUPPORT,
    cosine_pairs,
    eigenvector_centrality,
    fuse,
    rarity,
    tuned_with_labels,
)
from undazzle.evaluation.baselines.validation import configuration_model, hypergeometric_tails
from undazzle.evaluation.shares import Shares, make_shares

scipy_stats = pytest.importorskip("scipy.stats")


def items_of(shares: Shares) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for account, item in zip(shares.account.tolist(), shares.item.tolist(), strict=True):
        found.setdefault(account, set()).add(item)
    return found


def as_dict(pairs: Pairing) -> dict[tuple[int, int], float]:
    ends = zip(pairs.account_a.tolist(), pairs.account_b.tolist(), pairs.weight.tolist(), strict=True)
    return {(a, b): weight for a, b, weight in ends}


def test_shared_items_are_those_of_a_brute_force() -> None:
    shares = some_stream(accounts=40, items=60, shares=500)
    items = items_of(shares)
    expected = {
        (a, b): float(len(items[a] & items[b])) for a, b in combinations(sorted(items), 2) if items[a] & items[b]
    }
    assert as_dict(shared_items(shares)) == expected


def test_a_rare_item_weighs_more_than_a_popular_one() -> None:
    # accounts 0 and 1 share an item of their own; accounts 2 to 6 share one among five
    account, item = np.array([0, 1, 2, 3, 4, 5, 6]), np.array([0, 0, 1, 1, 1, 1, 1])
    ranking = rarity(make_shares(account, item, np.arange(7))).ranking
    assert ranking[:2] == pytest.approx([1.0, 1.0], abs=1e-6)
    assert ranking[2:] == pytest.approx([0.25] * 5, abs=1e-6)


def test_the_cosine_is_that_of_scikit_learn() -> None:
    text = pytest.importorskip("sklearn.feature_extraction.text")
    shares = some_stream(accounts=30, items=50, shares=900).distinct()
    busy = shares.activity() > LEAST_SUPPORT
    kept = shares.take(busy[shares.account])
    kept = kept.take((kept.sharers() > 1)[kept.item])
    table = np.zeros((30, 50))
    table[kept.account, kept.item] = 1
    rows = np.flatnonzero(table.any(axis=1))
    columns = np.flatnonzero(table.any(axis=0))
    vectors = text.TfidfTransformer().fit_transform(table[np.ix_(rows, columns)]).toarray()
    expected = vectors @ vectors.T
    for (a, b), weight in as_dict(cosine_pairs(shares)).items():
        assert weight == pytest.approx(expected[np.searchsorted(rows, a), np.searchsorted(rows, b)])


def test_eigenvector_centrality_is_the_leading_eigenvector() -> None:
    random = np.random.default_rng(0)
    a, b = np.array(list(combinations(range(8), 2))).T
    pairs = Pairing(a, b, random.uniform(0.1, 1, len(a)))
    table = np.zeros((8, 8))
    table[a, b] = table[b, a] = pairs.weight
    leading = np.abs(np.linalg.eigh(table)[1][:, -1])
    assert eigenvector_centrality(pairs, 8) == pytest.approx(leading, abs=1e-5)


def test_a_fused_pair_has_the_weight_of_the_layer_where_it_weighs_most() -> None:
    one = Pairing(np.array([0, 1]), np.array([1, 2]), np.array([0.2, 0.9]))
    two = Pairing(np.array([0]), np.array([1]), np.array([0.7]))
    assert as_dict(fuse([one, two], 3)) == {(0, 1): 0.7, (1, 2): 0.9}


def test_a_threshold_chosen_with_the_labels_separates_what_can_be_separated() -> None:
    truth = np.array([True, True, False, False, False])
    assert tuned_with_labels(np.array([5.0, 4.0, 1.0, 2.0, 0.0]), truth).tolist() == truth.tolist()


def test_the_hypergeometric_tail_is_that_of_scipy() -> None:
    shares = some_stream(accounts=40, items=60, shares=500)
    pairs, active = shared_items(shares), shares.activity()
    expected = scipy_stats.hypergeom.sf(pairs.weight - 1, 60, active[pairs.account_a], active[pairs.account_b])
    assert hypergeometric_tails(pairs, active, 60) == pytest.approx(expected, rel=1e-6)


def test_the_configuration_model_keeps_every_degree_on_average() -> None:
    shares = some_stream(accounts=60, items=90, shares=900)
    rows, many_rows = np.unique(shares.activity()[shares.activity() > 0], return_counts=True)
    columns, many_columns = np.unique(shares.sharers()[shares.sharers() > 0], return_counts=True)
    chance = configuration_model(rows, many_rows, columns, many_columns)
    assert (chance * many_columns).sum(axis=1) == pytest.approx(rows, rel=1e-4)
    assert (chance * many_rows[:, None]).sum(axis=0) == pytest.approx(columns, rel=1e-4)


def test_the_configuration_model_of_equal_degrees_is_a_constant() -> None:
    chance = configuration_model(np.array([3]), np.array([10]), np.array([5]), np.array([6]))
    assert chance == pytest.approx(0.5)


def test_the_coordination_interval_is_the_time_of_the_quickest_items_to_half_their_shares() -> None:
    # item 0: shares at 0, 4, 10, 100; more than half are there at 10. Item 1 is slow
    item, at = np.array([0, 0, 0, 0, 1, 1]), np.array([0, 4, 10, 100, 0, 999])
    assert coordination_interval(make_shares(np.arange(6), item, at)) == 10


def test_coornet_joins_accounts_of_items_with_two_shares_in_one_bin() -> None:
    account, item, at = np.array([0, 1, 2]), np.zeros(3, dtype=np.int64), np.array([0, 0, 9_000])
    verdict = coornet(make_shares(account, item, at))
    assert verdict.flagged is not None
    assert verdict.flagged.tolist() == [True, True, False]


def test_the_minute_threshold_asks_for_two_posts() -> None:
    account = np.array([0, 1, 0, 1, 2, 3])
    item = np.array([0, 0, 1, 1, 2, 2])
    at = np.array([0, 60, 0, 30, 0, 10])
    shares = make_shares(account, item, at)
    verdict = minute_threshold(shares)
    assert verdict.flagged is not None
    assert verdict.flagged.tolist() == [True, True, False, False]
    assert count_within_minute(shares).ranking[:2] == pytest.approx([2.0, 2.0], abs=1e-6)


@pytest.mark.parametrize("name", list(BASELINES))
def test_every_baseline_ranks_everybody_and_survives_empty_shares(name: str) -> None:
    planted = some_graft()
    ranking = BASELINES[name].run(planted.shares).ranking
    assert ranking.shape == (planted.shares.accounts,)
    assert np.isfinite(ranking).all()
    nothing = planted.shares.take(np.zeros(len(planted.shares), dtype=bool))
    assert not BASELINES[name].run(nothing).ranking.any()
