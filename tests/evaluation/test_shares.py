from __future__ import annotations

import numpy as np

from tests.evaluation.builders import some_stream
from undazzle.evaluation.shares import make_shares, shuffle_labels


def test_shares_are_in_order_and_equal_rows_count_once() -> None:
    made = make_shares(np.array([2, 0, 2, 1]), np.array([1, 1, 1, 0]), np.array([9, 3, 9, 7]))
    assert list(zip(made.item.tolist(), made.at.tolist(), made.account.tolist(), strict=True)) == [
        (0, 7, 1),
        (1, 3, 0),
        (1, 9, 2),
    ]


def test_the_first_share_of_an_account_and_item_is_the_one_that_counts() -> None:
    made = make_shares(np.array([0, 0, 1]), np.array([0, 0, 0]), np.array([9, 3, 5])).distinct()
    assert made.at.tolist() == [3, 5]


def test_shuffled_labels_keep_the_times_of_items_and_the_items_of_accounts() -> None:
    shares = some_stream()
    shuffled = shuffle_labels(shares, np.random.default_rng(0))
    assert shuffled.sharers().tolist() == shares.sharers().tolist()
    assert shuffled.activity().tolist() == shares.activity().tolist()
    assert np.mean(shuffled.account[: len(shares)] == shares.account[: len(shuffled)]) < 0.5
