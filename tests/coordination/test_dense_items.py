"""Few items that hold nearly everything are laid out apart, and what is counted stays exactly the same."""

from __future__ import annotations

import numpy as np
import pytest

from tests.coordination.test_kernel import Counted, counted, crowd, listed
from undazzle.coordination.dense_items import IRREGULAR, MOST_DENSE, find_dense
from undazzle.coordination.events import Events
from undazzle.coordination.kernel import pairs_of_ranges
from undazzle.coordination.pruning import make_rows
from undazzle.coordination.row_ranges import count_range_compiled, cut_ranges
from undazzle.coordination.rows import row_work_compiled


def laid_out(events: Events, window: int, k: int, ranges: int = 1) -> Counted:
    rows = make_rows(events.item, events.account, events.at, window, k, dense=True)
    assert len(rows.dense.items) or not len(rows.event)
    cuts = cut_ranges(row_work_compiled(rows), ranges)
    return counted(pairs_of_ranges(rows, [count_range_compiled(rows, *cut, k) for cut in cuts]))


def once_each(seed: int, *, accounts: int = 120, viral: int = 5, ordinary: int = 400) -> Events:
    """Return events of which every account has each viral item once at most, as the layout is made for."""
    random = np.random.default_rng(seed)
    chosen = np.argwhere(random.random((viral, accounts)) < 0.6)
    item = np.concatenate((chosen[:, 0], random.integers(viral, viral + 40, ordinary)))
    account = np.concatenate((chosen[:, 1], random.integers(0, accounts, ordinary)))
    at = random.integers(0, 400, len(item))
    order = np.lexsort((at, item))
    count = int(item.max()) + 1
    return Events(
        item[order].astype(np.int64),
        account[order].astype(np.int64),
        np.arange(len(item), dtype=np.int64),
        at[order].astype(np.int64),
        np.arange(count),
        np.arange(accounts),
        np.zeros(count, dtype=np.int64),
        ("link",),
        1_000_000,
    )


@pytest.mark.parametrize("k", [2, 3, 4, 5, 7])
@pytest.mark.parametrize("window", [0, 15, 90, 1000])
def test_whoever_shared_each_once_is_counted_exactly(k: int, window: int) -> None:
    for seed in range(4):
        events = once_each(seed, viral=2 + 2 * (seed % 3))
        assert laid_out(events, window, k) == listed(events, window, k)


@pytest.mark.parametrize("k", [2, 3, 4, 6])
@pytest.mark.parametrize("window", [0, 3, 20, 300])
def test_whoever_shared_them_several_times_is_counted_exactly(k: int, window: int) -> None:
    for seed in range(4):
        events = crowd(seed, viral=1 + 2 * seed)
        assert laid_out(events, window, k) == listed(events, window, k)


def test_both_sorts_of_accounts_meet_and_ranges_change_nothing() -> None:
    mixed = 0
    for seed in range(12):
        events = crowd(seed, accounts=400, viral=4, events=700)
        rows = make_rows(events.item, events.account, events.at, 40, 2, dense=True)
        irregular = (rows.dense.class_of >= IRREGULAR).sum()
        mixed += 0 < irregular < len(rows.dense.class_of)
        assert laid_out(events, 40, 2, ranges=1 + seed) == listed(events, 40, 2)
    assert mixed > 6


def test_what_counts_for_one_side_only_is_not_laid_out() -> None:
    events = once_each(1)
    counts = np.arange(len(events)) % 2 == 0
    assert not len(make_rows(events.item, events.account, events.at, 50, 2, counts, dense=True).dense.items)
    assert not len(make_rows(events.item, events.account, events.at, 50, 1, dense=True).dense.items)


def layout(shares: list[int], work: list[int], *, twice: bool = False) -> int:
    """Return how many items are laid out, if so many accounts share each and its windows hold so much."""
    item = np.repeat(np.arange(len(shares)), shares).astype(np.uint32)
    account = np.concatenate([np.arange(count) // (1 + twice) for count in shares]).astype(np.uint32)
    return len(find_dense(item, account, np.array(work), max(shares), force=None).items)


def test_the_layout_is_only_made_where_it_pays() -> None:
    large = 300_000_000
    assert layout([90] * 5 + [2] * 9, [large] * 5 + [10] * 9) == MOST_DENSE
    assert layout([90] * 5 + [2] * 9, [large // 10] * 5 + [10] * 9) == 0  # too little altogether
    assert layout([90] * 14, [large] * 14) == 0  # spread over more items than can be laid out
    assert layout([90] * 5 + [2] * 9, [large] * 5 + [10] * 9, twice=True) == 0  # everybody shared them twice
    assert layout([90, 90], [large * 2] * 2) == 2
    assert layout([1], [0]) == 0
