from __future__ import annotations

import numpy as np
import pytest

from tests.evaluation.builders import some_graft, some_stream
from undazzle.evaluation.detector import detect_calibrated
from undazzle.evaluation.measures import average_precision
from undazzle.evaluation.methods import ask_baselines, ask_calibrated, then_by
from undazzle.evaluation.oracle import reachable
from undazzle.evaluation.shares import shuffle_labels


def test_planted_cells_are_named_and_nobody_else() -> None:
    found, true, named = 0.0, 0, 0
    for seed in range(3):
        planted = some_graft(seed)
        ceiling = reachable(planted.shares, planted.cells)
        accounts = detect_calibrated(planted.shares).accounts
        named += len(accounts)
        true += int(planted.truth[accounts].sum())
        found += int(ceiling[accounts].sum()) / max(1, int(ceiling.sum()))
    assert found / 3 >= 0.6, "recall of the reachable fell"
    assert (named - true) / named <= 0.05, "false discovery rose"


def test_on_shuffled_labels_nobody_is_named() -> None:
    stream = some_stream(5)
    for seed in range(4):
        assert not len(detect_calibrated(shuffle_labels(stream, np.random.default_rng(seed))).accounts)


def test_going_on_with_another_ranking_leaves_the_named_first() -> None:
    planted = some_graft()
    answer, found = ask_calibrated(planted.shares)
    count = ask_baselines(planted.shares, ["count_60s"])["count_60s"]
    going_on = then_by(answer, count.ranking)
    named = np.zeros(planted.shares.accounts, dtype=bool)
    named[found.accounts] = True
    assert going_on.ranking[named].min() > going_on.ranking[~named].max()
    assert average_precision(planted.truth, going_on.ranking) >= average_precision(planted.truth, answer.ranking)


@pytest.mark.parametrize("max_q", [0.01, 0.5])
def test_a_claimed_q_is_never_above_what_was_asked_for(max_q: float) -> None:
    claimed = detect_calibrated(some_graft().shares, max_q=max_q).claimed_q
    assert claimed
    assert max(claimed.values()) <= max_q
