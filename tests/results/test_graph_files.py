"""Graphs carry their evidence on every edge, read back as written, and survive hostile names."""

from __future__ import annotations

from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.builders import add_network, filled_store, first_network
from undazzle.errors import OutputExistsError
from undazzle.results import Run

EDGE = {
    "weight": 3.0, "co_actions": 3, "items": 3, "posts_a": 2, "posts_b": 2, "mean_gap_seconds": 4.0,
    "kinds": "link; near_text", "time_window": 60.0, "account_a": "x:11", "account_b": "x:12",
}  # fmt: skip
NODE = {"account_id": "x:11", "handle": "ferry_times", "label": "ferry_times", "posts": 2, "co_actions": 4}


def test_a_graph_has_the_members_the_pairs_and_their_counts() -> None:
    network = first_network()
    graph = network.to_networkx()
    assert set(graph) == set(network.members["account_id"])
    assert graph.edges["x:11", "x:12"] == EDGE
    assert NODE.items() <= graph.nodes["x:11"].items()
    assert graph.number_of_edges() == len(network.pairs)


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_a_graph_file_reads_back_as_the_graph(name: str, tmp_path) -> None:
    network = first_network()
    path = getattr(network, f"to_{name}")(tmp_path / f"otter.{name}")
    graph = getattr(nx, f"read_{name}")(path)
    assert isinstance(graph, nx.Graph)
    for one, data in network.to_networkx().nodes(data=True):
        assert data.items() <= graph.nodes[one].items()
    for a, b, data in network.to_networkx().edges(data=True):
        assert data.items() <= graph.edges[a, b].items()
    assert (tmp_path / f"otter.{name}.run.json").exists()


def test_gephi_finds_the_weight_where_it_looks_for_it(tmp_path) -> None:
    path = first_network().to_gexf(tmp_path / "otter.gexf")
    edges = ElementTree.parse(path).getroot().iter("{http://www.gexf.net/1.2draft}edge")
    assert [edge.get("weight") for edge in edges] == ["3.0", "1.0", "1.0"]


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_edges_have_stable_ids_and_the_file_is_the_same_every_time(name: str, tmp_path) -> None:
    network = first_network()
    first, second = (getattr(network, f"to_{name}")(tmp_path / f"{number}.{name}") for number in range(2))
    assert first.read_bytes() == second.read_bytes()
    assert b'"x:11|x:12"' in first.read_bytes()


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_the_file_names_its_run(name: str, tmp_path) -> None:
    network = first_network()
    text = getattr(network, f"to_{name}")(tmp_path / f"otter.{name}").read_text(encoding="utf-8")
    assert network.run.fingerprint in text
    assert "min_participation" in text


@given(st.lists(st.text(max_size=8), min_size=3, max_size=3, unique=True), st.text(max_size=20))
def test_any_names_make_files_that_can_be_read(tmp_path_factory, ids: list[str], handle: str) -> None:
    ids = [one.encode("utf-8", "replace").decode() for one in ids]
    handle = handle.encode("utf-8", "replace").decode()
    store = filled_store()
    for key, account_id in enumerate(ids, start=1):
        store.execute("UPDATE accounts SET account_id = ?, handle = ? WHERE account_key = ?", [account_id, handle, key])
        store.execute("UPDATE members SET account_id = ? WHERE account_key = ?", [account_id, key])
    expected = 3 if len(set(ids)) == 3 else len(set(ids))
    for name in ("gexf", "graphml"):
        path = getattr(first_network(store), f"to_{name}")(tmp_path_factory.mktemp("graph") / f"any.{name}")
        assert len(getattr(nx, f"read_{name}")(path)) == expected


def test_pairs_found_in_several_windows_are_one_edge_with_the_widest() -> None:
    store = filled_store()
    store.execute("UPDATE pairs SET in_network = true WHERE account_a = 1 AND account_b = 2")
    store.execute("UPDATE pairs SET kind = 'link+near_text', co_actions = 9 WHERE time_window = 600 AND account_a = 1")
    add_network(store, 1, 3, "tall-crane", None, (1, 2), ["link", "near_text"])
    edge = Run.find(store).networks[3].to_networkx().edges["x:11", "x:12"]
    assert (edge["time_window"], edge["co_actions"]) == (600.0, 9)


def test_pairs_found_in_several_kinds_are_one_edge_with_the_sum() -> None:
    store = filled_store(q_value=0.01)
    store.execute("UPDATE pairs SET in_network = true WHERE account_a = 1 AND account_b = 2")
    add_network(store, 1, 3, "tall-crane", None, (1, 2), ["link", "near_text"])
    edge = Run.find(store).networks[3].to_networkx().edges["x:11", "x:12"]
    assert (edge["co_actions"], edge["items"], edge["weight"], edge["posts_a"]) == (4, 4, 4.0, 2)
    assert edge["mean_gap_seconds"] == pytest.approx((3 * 4 + 5) / 4)
    assert "q_value" not in edge


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_neither_the_graph_nor_its_card_is_replaced_unasked(name: str, tmp_path) -> None:
    path = tmp_path / "otter"
    (tmp_path / "otter.run.json").write_text("mine")
    with pytest.raises(OutputExistsError):
        getattr(first_network(), f"to_{name}")(path)
    assert not path.exists()
    getattr(first_network(), f"to_{name}")(path, overwrite=True)
    assert "mine" not in (tmp_path / "otter.run.json").read_text()
