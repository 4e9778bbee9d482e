from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.impact.builders import workspace_with
from undazzle.impact import measure_impact, structural_virality


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=25))
def test_structural_virality_is_the_mean_distance_between_posts(draws: list[int]) -> None:
    parents: dict[str, str | None] = {"0": None}
    for number, draw in enumerate(draws, start=1):
        parents[str(number)] = str(draw % number)
    graph = nx.Graph([(post, parent) for post, parent in parents.items() if parent is not None])
    pairs = list(combinations(parents, 2))
    mean = sum(nx.shortest_path_length(graph, a, b) for a, b in pairs) / len(pairs)
    assert structural_virality(parents) == pytest.approx(mean)


def test_a_ring_of_posts_is_refused() -> None:
    with pytest.raises(ValueError, match="ring"):
        structural_virality({"a": None, "b": "c", "c": "b"})


def test_two_first_posts_are_refused() -> None:
    with pytest.raises(ValueError, match="one first post"):
        structural_virality({"a": None, "b": None})


def test_depth_and_size_are_those_of_the_cascades_that_the_network_began() -> None:
    posts = [
        {"id": "1", "account": "ferry"},
        {"id": "2", "account": "baker", "reply_to": "x:1"},
        {"id": "3", "account": "angler", "reply_to": "x:2"},
        {"id": "4", "account": "angler", "reply_to": "x:1"},
        {"id": "5", "account": "stranger"},
        {"id": "6", "account": "angler", "reply_to": "x:5"},
    ]
    spread = measure_impact(workspace_with(posts, ["ferry"]), 1).spread
    assert (spread.cascades, spread.largest, spread.deepest) == (1, 4, 2)
    assert spread.virality == pytest.approx((1 + 2 + 1 + 1 + 2 + 3) / 6)


def test_stars_leave_depth_unknown() -> None:
    posts = [{"id": "1", "account": "ferry"}]
    posts += [{"id": str(n), "account": f"a{n}", "repost_of": "x:1"} for n in range(2, 6)]
    spread = measure_impact(workspace_with(posts, ["ferry"]), 1).spread
    assert (spread.largest, spread.virality) == (5, None)
    assert "depth is unknown" in spread.note


def test_posts_that_point_at_each_other_do_not_hang_it() -> None:
    posts = [
        {"id": "1", "account": "ferry", "reply_to": "x:2"},
        {"id": "2", "account": "baker", "reply_to": "x:1"},
        {"id": "3", "account": "ferry", "reply_to": "x:3"},
    ]
    assert measure_impact(workspace_with(posts, ["ferry"]), 1).spread.cascades == 0


def test_ways_of_travelling_that_the_data_do_not_give_are_named() -> None:
    posts = [{"id": "1", "account": "ferry"}, {"id": "2", "account": "baker", "reply_to": "x:1"}]
    sentence = measure_impact(workspace_with(posts, ["ferry"]), 1).spread.sentence
    assert "Spread by reposts or quotes cannot be tested" in sentence
    posts += [{"id": "3", "account": "baker", "quote_of": "x:1"}, {"id": "4", "account": "angler", "repost_of": "x:1"}]
    assert "cannot be tested" not in measure_impact(workspace_with(posts, ["ferry"]), 1).spread.sentence


def test_nothing_that_travelled_is_no_null_result_where_it_could_not_be_seen() -> None:
    sentence = measure_impact(workspace_with([{"id": "1", "account": "ferry"}], ["ferry"]), 1).spread.sentence
    assert "Spread by reposts, quotes or replies cannot be tested" in sentence


def test_an_original_known_by_its_text_alone_names_no_post() -> None:
    posts = [{"id": "1", "account": "ferry"}, {"id": "2", "account": "baker", "repost_of": "x:text-7f3a"}]
    assert "Spread by reposts" in measure_impact(workspace_with(posts, ["ferry"]), 1).spread.sentence
