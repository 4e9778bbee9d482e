"""Whatever the cutting into blocks, partitions and ranges, the tasks of a cluster give what one machine gives."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination.brute_force import Share, coortweet
from tests.coordination.builders import some_events, some_shares
from tests.coordination.spark.simulated import cut, simulate
from undazzle.coordination.spark import blocks
from undazzle.coordination.spark.batches import read_partition
from undazzle.coordination.windows import count_window_pairs, has_other_account_near


@given(some_shares(), st.integers(0, 4), st.integers(1, 3), st.integers(1, 4), st.integers(1, 5), st.integers(1, 4))
def test_pairs_and_co_actions_equal_the_brute_force(
    shares: list[Share], window: int, k: int, partitions: int, ranges: int, windows_in_stretch: int
) -> None:
    events, items, accounts, posts = some_events(shares)
    # Stretches far shorter than in earnest, so that windows reach over their edges.
    with patch.object(blocks, "_WINDOWS_IN_STRETCH", windows_in_stretch):
        pairs, found, looked_at = simulate(events, window, k, partitions=partitions, ranges=ranges)
    expected = coortweet(shares, window)
    wanted = {pair for pair, count in expected.items().items() if count >= k}
    keys = [(accounts[a], accounts[b]) for a, b in zip(pairs["account_a"], pairs["account_b"], strict=True)]
    assert len(keys) == len(set(keys))
    assert dict(zip(keys, pairs["items"].tolist(), strict=True)) == {p: expected.items()[p] for p in wanted}
    assert dict(zip(keys, pairs["co_actions"].tolist(), strict=True)) == {p: expected.weight()[p] for p in wanted}
    listed = sorted(
        (accounts[a], accounts[b], items[i], posts[p], posts[q], gap)
        for a, b, i, p, q, gap in zip(
            *(found[name].tolist() for name in ("account_a", "account_b", "item", "post_a", "post_b", "gap")),
            strict=True,
        )
    )
    assert listed == sorted(
        (a, b, item, post_a, post_b, int(gap)) for a, b in wanted for item, post_a, post_b, gap in expected.pairs[a, b]
    )
    near = has_other_account_near(events, window)
    assert looked_at == count_window_pairs(events.take(near), window)


def test_a_viral_item_is_cut_into_many_blocks_and_no_task_holds_it() -> None:
    many = 2_000
    columns = {
        "item": np.zeros(many, dtype=np.int64),
        "account": np.arange(many),
        "post": np.arange(many),
        "at": np.arange(many) * 60,
        "counts": np.ones(many, dtype=bool),
    }
    found = cut(columns, 60)
    sizes = np.bincount(found["stretch"])
    assert sizes.max() <= 18  # sixteen windows of one event each, and a copy at both ends
    assert len(found["stretch"]) <= many * 18 / 16 + 2


def test_an_empty_partition_gives_empty_columns() -> None:
    assert {name: len(values) for name, values in read_partition([], ["item", "at"]).items()} == {"item": 0, "at": 0}
