"""What is written about networks, counted from arrays, equals what SQL counts from the tables."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination.brute_force import Share
from tests.coordination.builders import some_events, some_shares
from tests.coordination.test_detection import a_post, open_with, results
from undazzle.coordination.ordering import distinct_by_group
from undazzle.coordination.window_method import find_window_pairs, list_once
from undazzle.coordination.writing import write_networks

_MEMBERS = "SELECT * FROM members ORDER BY run_id, network_id, account_id"
_NETWORKS = "SELECT * FROM networks ORDER BY run_id, network_id"


def busy_posts(seed: int) -> list[dict[str, Any]]:
    """Return posts of three circles and of passers-by, over several days and with repeated links."""
    draw = random.Random(seed)
    posts = []
    for number in range(400):
        circle = draw.randrange(3)
        account = f"{'abc'[circle]}{draw.randrange(4)}" if draw.random() < 0.7 else f"reader{draw.randrange(30)}"
        link = f"https://town.example/{circle}/{draw.randrange(6)}"
        posts.append(a_post(number, account, draw.randrange(0, 4 * 86_400, 28_800) + draw.randrange(300), link))
    return posts


@pytest.mark.parametrize("seed", range(4))
def test_networks_and_members_equal_what_sql_counts(seed: int, tmp_path: Path) -> None:
    with open_with(busy_posts(seed), tmp_path) as workspace:
        run = workspace.detect(
            "link", method="window", time_window=["60s", "10min"], edge_weight=0.0, explain=False, trust=False
        )
        store = workspace.store
        members, networks = store.rows(_MEMBERS), store.rows(_NETWORKS)
        assert len(networks) >= 2
        by_window = store.rows("SELECT time_window, list(network_id ORDER BY network_id) FROM networks GROUP BY 1")
        store.execute("DELETE FROM networks")
        store.execute(
            "UPDATE members SET co_actions = NULL, partners = NULL, items = NULL, posts_in_co_actions = NULL,"
            " posts = NULL, days = NULL, weight = NULL"
        )
        for seconds, ids in sorted(by_window):
            write_networks(store, run.run_id, seconds, ids)
        assert store.rows(_MEMBERS) == members
        assert store.rows(_NETWORKS) == networks


@pytest.mark.parametrize("participation", [1, 2, 3])
def test_several_windows_in_one_run_equal_one_run_each(participation: int, tmp_path: Path) -> None:
    asked = {"min_participation": participation, "explain": False, "trust": False}
    with open_with(busy_posts(9), tmp_path) as workspace:
        together = results(workspace, time_window=["30s", "5min", "1h"], **asked)
        apart = [results(workspace, time_window=one, **asked) for one in ("30s", "5min", "1h")]
    for what in ("pairs", "evidence"):
        assert len(together[what]) > 0
        assert sorted(map(repr, together[what])) == sorted(repr(row) for one in apart for row in one[what])


@given(some_shares(), st.integers(0, 4), st.integers(0, 4), st.integers(1, 3))
def test_choosing_from_a_longer_window_equals_looking_again(
    shares: list[Share], window: int, longer: int, participation: int
) -> None:
    events, *_ = some_events(shares)
    asked: dict[str, Any] = {"min_participation": participation, "edge_weight": 0.5, "max_co_actions": 10_000}
    listed = list_once(events, window + longer, participation, 10_000)
    again = find_window_pairs(events, window=window, **asked)
    chosen = find_window_pairs(events, window=window, listed=listed, **asked)
    for name in ("account_a", "account_b", "post_a", "post_b", "item", "gap"):
        assert np.array_equal(getattr(chosen.co_actions, name), getattr(again.co_actions, name))


def test_too_many_co_actions_are_not_listed_at_once() -> None:
    events, *_ = some_events([Share("i", f"a{n}", f"p{n}", 0) for n in range(40)])
    assert list_once(events, 1, 1, 100) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-(2**62), 2**62) | st.integers(-2, 2)), max_size=40))
def test_distinct_values_are_counted_by_group(rows: list[tuple[int, int]]) -> None:
    group, value = (np.array([row[i] for row in rows], dtype=np.int64) for i in (0, 1))
    expected = [len({row[1] for row in rows if row[0] == number}) for number in range(5)]
    assert distinct_by_group(group, value, 5).tolist() == expected
