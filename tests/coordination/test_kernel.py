"""The compiled kernel equals plain counting, whatever shortcut it takes, on however many threads and ranges."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.brute_force import Share
from tests.coordination.builders import some_events, some_shares
from undazzle.coordination.co_actions import enumerate_co_actions, join_co_actions
from undazzle.coordination.events import BoolArray, Events
from undazzle.coordination.kernel import CountedPairs, count_pairs_compiled, pairs_of_ranges
from undazzle.coordination.ordering import order_by
from undazzle.coordination.pairs import count_pairs
from undazzle.coordination.pruning import make_rows, prune_events_compiled
from undazzle.coordination.row_ranges import count_range_compiled, cut_ranges
from undazzle.coordination.rows import _put_last as put_last
from undazzle.coordination.rows import make_scratch, row_work_compiled
from undazzle.coordination.windows import window_ends

Counted = list[tuple[int, int, int, int]]


def crowd(seed: int, *, accounts: int = 60, viral: int = 3, events: int = 900) -> Events:
    """Return events of which ``viral`` items hold most: rows differ in which of the kernel's shortcuts pays."""
    random = np.random.default_rng(seed)
    item = np.where(random.random(events) < 0.7, random.integers(0, viral, events), random.integers(3, 60, events))
    at = random.integers(0, 200, events)
    order = np.lexsort((at, item))
    account = np.minimum(random.zipf(1.3, events), accounts) - 1
    count = int(item.max()) + 1
    return Events(
        item[order].astype(np.int64),
        account[order].astype(np.int64),
        np.arange(events, dtype=np.int64),
        at[order].astype(np.int64),
        np.arange(count),
        np.arange(accounts),
        np.zeros(count, dtype=np.int64),
        ("link",),
        1_000_000,
    )


def listed(events: Events, window: int, k: int, counts: BoolArray | None = None) -> Counted:
    """Count by listing every co-action."""
    pairs, _ = count_pairs(join_co_actions(list(enumerate_co_actions(events, window, counts=counts))))
    rows = zip(pairs.account_a, pairs.account_b, pairs.co_actions, pairs.items, strict=True)
    return [(int(a), int(b), int(n), int(d)) for a, b, n, d in rows if d >= k]


def counted(found: CountedPairs) -> Counted:
    rows = zip(found.account_a, found.account_b, found.co_actions, found.items, strict=True)
    return [(int(a), int(b), int(n), int(d)) for a, b, n, d in rows]


@pytest.mark.parametrize("k", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("window", [0, 3, 20, 300])
@pytest.mark.parametrize("viral", [1, 3])
def test_crowded_items_are_counted_exactly(k: int, window: int, viral: int) -> None:
    for seed in range(4):
        events = crowd(seed, viral=viral)
        assert counted(count_pairs_compiled(events, window, k)) == listed(events, window, k)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_co_actions_that_count_for_neither_side_are_left_out(k: int) -> None:
    for seed in range(6):
        events = crowd(seed)
        counts = np.random.default_rng(seed).random(len(events)) < 0.4
        assert counted(count_pairs_compiled(events, 10, k, counts=counts)) == listed(events, 10, k, counts)


def test_few_accounts_on_a_vast_item_are_looked_up_in_their_own_rows() -> None:
    random = np.random.default_rng(5)
    many = [Share("vast", f"a{n:04}", f"p{n}", float(random.integers(0, 50))) for n in range(1500)]
    few = [Share(f"i{n}", f"a{m:04}", f"q{n}-{m}", 0.0) for n in range(3) for m in (3, 700, 1400)]
    events, *_ = some_events(sorted(many + few))
    for k in (2, 3, 4):
        assert counted(count_pairs_compiled(events, 40, k)) == listed(events, 40, k)


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(0, 40), st.integers(1, 9))
def test_ranges_and_threads_change_nothing(seed: int, k: int, window: int, ranges: int) -> None:
    events = crowd(seed, events=300)
    rows = make_rows(events.item, events.account, events.at, window, k)
    cuts = cut_ranges(row_work_compiled(rows), ranges)
    parts = [count_range_compiled(rows, *cut, k) for cut in cuts]
    whole = count_pairs_compiled(events, window, k, threads=1)
    assert counted(pairs_of_ranges(rows, parts)) == counted(whole)
    assert counted(count_pairs_compiled(events, window, k, threads=ranges)) == counted(whole)


@given(some_shares(), st.integers(0, 6), st.integers(1, 3))
def test_pruning_keeps_everything_that_a_pair_needs(shares: list[Share], window: int, k: int) -> None:
    events, *_ = some_events(shares)
    accounts = len(events.account_keys)
    keep = prune_events_compiled(events.item, events.account, events.at, accounts, window, k)
    assert listed(events.take(keep), window, k) == listed(events, window, k)
    items = Counter(account for account, _ in {*zip(events.account[keep], events.item[keep], strict=True)})
    assert all(items[account] >= min(k, 1) for account in events.account[keep])


def test_pruning_goes_on_until_nobody_falls_out() -> None:
    # c meets nobody twice without b, and b nobody twice without c's item: one look is not enough
    shares = [Share("i", "a", "p1", 0), Share("i", "b", "p2", 0), Share("j", "b", "p3", 0), Share("j", "c", "p4", 0)]
    events, *_ = some_events(shares)
    assert prune_events_compiled(events.item, events.account, events.at, 3, 5, 2).tolist() == [False] * 4


def test_account_numbers_may_have_vast_gaps() -> None:
    item, at = np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64)
    rows = make_rows(item, np.array([5, 2**40, 2**50]), at, 1, 1)
    found = pairs_of_ranges(rows, [count_range_compiled(rows, 0, 3, 1)])
    assert counted(found) == [(5, 2**40, 1, 1), (5, 2**50, 1, 1), (2**40, 2**50, 1, 1)]


def test_no_events_give_no_pairs() -> None:
    events, *_ = some_events([])
    assert len(count_pairs_compiled(events, 60, 2)) == 0


def test_work_is_the_number_of_events_in_all_windows() -> None:
    events = crowd(1)
    keep = prune_events_compiled(events.item, events.account, events.at, 60, 300, 1)
    rows = make_rows(events.item, events.account, events.at, 300, 1)
    ends = window_ends(events.take(keep), 300)
    assert row_work_compiled(rows).sum() == 2 * (ends - np.arange(len(ends)) - 1).sum() + keep.sum()


@pytest.mark.parametrize(
    ("visits", "k", "last"),
    [
        ([5, 5, 5, 5, 5, 5], 2, []),  # the sieve is cheaper than counting five of six at once
        ([2, 3, 4000], 2, [2]),  # one vast item comes last
        ([2, 900, 3, 800, 4], 3, [3, 1]),  # two, the smaller of them first
        ([7], 1, []),  # with k = 1 nothing may come last
    ],
)
def test_vast_items_come_last_where_that_is_cheaper(visits: list[int], k: int, last: list[int]) -> None:
    scratch = make_scratch(1, 10)
    scratch.visits[: len(visits)] = visits
    many = put_last(scratch, len(visits), k)
    assert scratch.heavy[:many].tolist() == last
    assert [run for run in range(len(visits)) if scratch.visits[run] < 0] == sorted(last)


@given(
    st.lists(
        st.tuples(st.integers(-(2**62), 2**62), st.integers(-3, 3), st.integers(0, 2**40), st.integers(0, 1)),
        max_size=60,
    )
)
def test_packed_sorting_equals_sorting_column_by_column(rows: list[tuple[int, int, int, int]]) -> None:
    columns = [np.array([row[i] for row in rows], dtype=np.int64) for i in range(4)]
    for chosen in (columns, columns[1:], columns[1:2] + columns[3:], columns[::-1]):
        assert order_by(*chosen).tolist() == np.lexsort(chosen[::-1]).tolist()
