"""The classic method equals the peers' definitions, pair by pair and post by post."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination.brute_force import Share, coortweet
from tests.coordination.builders import as_found, some_events, some_shares
from undazzle.coordination.kernel import count_pairs_compiled
from undazzle.coordination.window_method import WindowResult, above_quantile, find_window_pairs
from undazzle.coordination.windows import count_window_pairs, has_other_account_near
from undazzle.errors import TooLargeError


def run(shares: list[Share], window: int, min_participation: int = 1, **more: object) -> WindowResult:
    events, *_ = some_events(shares)
    settings = {"edge_weight": 0.5, "max_co_actions": 10_000, **more}
    return find_window_pairs(events, window=window, min_participation=min_participation, **settings)  # type: ignore[arg-type]  # settings of mixed types


@given(some_shares(), st.integers(0, 6), st.integers(1, 4))
def test_co_actions_equal_the_brute_force(shares: list[Share], window: int, least: int) -> None:
    names = some_events(shares)[1:]
    assert as_found(run(shares, window, least).co_actions, *names) == coortweet(shares, window, least)


@given(some_shares(), st.integers(0, 6))
def test_pair_counts_equal_both_peers(shares: list[Share], window: int) -> None:
    pairs, expected = run(shares, window).pairs, coortweet(shares, window)
    _, _, accounts, _ = some_events(shares)
    keys = [(accounts[a], accounts[b]) for a, b in zip(pairs.account_a, pairs.account_b, strict=True)]
    assert dict(zip(keys, pairs.co_actions.tolist(), strict=True)) == expected.weight()
    assert dict(zip(keys, pairs.items.tolist(), strict=True)) == expected.items()
    directed = dict(zip(keys, pairs.posts_a.tolist(), strict=True))
    directed |= {(b, a): n for (a, b), n in zip(keys, pairs.posts_b.tolist(), strict=True)}
    assert directed == expected.directed()


@given(some_shares(), st.integers(0, 6), st.integers(1, 3), st.integers(1, 3))
def test_the_compiled_kernel_equals_the_brute_force(shares: list[Share], window: int, k: int, threads: int) -> None:
    events, _, accounts, _ = some_events(shares)
    counted = count_pairs_compiled(events, window, k, threads=threads)
    found = {
        (accounts[a], accounts[b]): (n, d)
        for a, b, n, d in zip(counted.account_a, counted.account_b, counted.co_actions, counted.items, strict=True)
    }
    # the kernel counts pairs of traces; two items in one pair of posts count twice there as well
    expected = coortweet(shares, window)
    assert found == {pair: (expected.weight()[pair], items) for pair, items in expected.items().items() if items >= k}


@given(some_shares(), st.integers(0, 6))
def test_pruning_drops_exactly_the_events_that_meet_nobody(shares: list[Share], window: int) -> None:
    events, items, _, posts = some_events(shares)
    near = has_other_account_near(events, window)
    kept = {(items[i], posts[p]) for i, p in zip(events.item[near], events.post[near], strict=True)}
    expected = {
        (item, post)
        for rows in coortweet(shares, window).pairs.values()
        for item, post_a, post_b, _ in rows
        for post in (post_a, post_b)
    }
    assert kept == expected


@given(some_shares(), st.integers(0, 6))
def test_window_pairs_are_counted_exactly(shares: list[Share], window: int) -> None:
    events, *_ = some_events(shares)
    brute = sum(
        one.item == two.item and abs(one.at - two.at) <= window for i, one in enumerate(shares) for two in shares[:i]
    )
    assert count_window_pairs(events, window) == brute


@given(some_shares(), st.integers(0, 5))
def test_a_wider_window_never_removes_co_actions(shares: list[Share], window: int) -> None:
    narrow, wide = run(shares, window), run(shares, window + 1)
    assert len(narrow.co_actions) <= len(wide.co_actions)


def test_the_window_is_inclusive() -> None:
    shares = [Share("i", "a", "p1", 0), Share("i", "b", "p2", 60)]
    assert len(run(shares, 60).pairs) == 1
    assert len(run(shares, 59).pairs) == 0


def test_directed_counts_differ_where_activity_differs() -> None:
    shares = [Share("i", "u", "p1", 0), *(Share("i", "v", f"q{n}", n) for n in range(3))]
    pairs = run(shares, 5).pairs
    assert (pairs.posts_a.tolist(), pairs.posts_b.tolist(), pairs.co_actions.tolist()) == ([1], [3], [3])


def test_too_many_co_actions_are_refused_with_the_number_and_the_remedy() -> None:
    shares = [Share("i", f"a{n}", f"p{n}", 0) for n in range(40)]
    with pytest.raises(TooLargeError, match=r"780.*--min-items 2") as caught:
        run(shares, 1, max_co_actions=100)
    assert caught.value.needed == 780


@given(some_shares())
def test_the_kernel_route_gives_the_same_rows_as_direct_enumeration(shares: list[Share]) -> None:
    direct = run(shares, 6, min_items=2)
    needed = max(len(direct.co_actions), 1)
    routed = run(shares, 6, min_items=2, max_co_actions=needed)
    for name in ("account_a", "account_b", "post_a", "post_b", "item", "gap"):
        assert np.array_equal(getattr(direct.co_actions, name), getattr(routed.co_actions, name))


def test_quantile_is_strict_and_of_type_seven() -> None:
    above, threshold = above_quantile(np.array([1.0, 1.0, 1.0, 2.0, 5.0]), 0.5)
    assert (above.tolist(), threshold) == ([False, False, False, True, True], 1.0)
    assert above_quantile(np.array([1.0, 2.0, 3.0, 4.0]), 0.5)[1] == 2.5


def test_one_post_with_two_items_weighs_one_and_a_flood_does_not_multiply() -> None:
    both = [Share(item, account, f"{account}1", 0) for item in ("link", "text") for account in ("a", "b")]
    flood = [Share("i", "c", f"c{n}", n) for n in range(5)] + [Share("i", "d", "d1", 2)]
    result = run(both + flood, 10)
    assert result.pairs.co_actions.tolist() == [2, 5]
    assert result.weight.tolist() == [1.0, 1.0]
    assert run(both + flood, 10, weight="co_actions").weight.tolist() == [2.0, 5.0]
