"""Charts are Altair charts with a text that says what they show, from plain records."""

from __future__ import annotations

import builtins
import subprocess
import sys
from datetime import datetime, timedelta

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.builders import add_wide_network, filled_store, first_network
from undazzle.charts import graph_chart, timeline_chart
from undazzle.charts.layout import place_nodes
from undazzle.errors import MissingExtraError

ROWS = [
    {"starts_at": datetime(2024, 3, 1) + timedelta(hours=hour), "kind": kind, "co_actions": hour + 1}
    for hour in range(3)
    for kind in ("link", "near_text")
]


def test_a_timeline_has_bars_in_utc_and_a_text() -> None:
    spec = timeline_chart(ROWS, step_seconds=3600).to_dict()
    assert spec["encoding"]["x"]["scale"] == {"type": "utc"}
    bars = spec["data"]["values"]
    assert [(bar["bottom"], bar["top"]) for bar in bars] == [(0, 1), (1, 2), (0, 2), (2, 4), (0, 3), (3, 6)]
    assert {bar["ends_at"] - bar["starts_at"] for bar in bars} == {3_600_000}
    assert spec["description"] == (
        "Bar chart: 12 co-actions in 3 of the intervals of 1 h from 2024-03-01 00:00 to 2024-03-01 02:00 UTC. "
        "Most at 2024-03-01 02:00: 6. By kind: link 6, near_text 6."
    )


def test_a_timeline_without_co_actions_says_so() -> None:
    assert "no co-actions" in timeline_chart([], step_seconds=60).to_dict()["description"]


def test_a_network_gives_its_charts() -> None:
    network = first_network()
    assert isinstance(network.timeline_chart(), alt.Chart)
    picture = network.graph_chart().to_dict()
    lines, circles = picture["layer"]
    assert len(lines["data"]["values"]) == len(network.pairs)
    assert len(circles["data"]["values"]) == len(network.members)
    assert "all 3 accounts and all 3 pairs" in picture["description"]


def test_a_large_network_is_cut_to_its_most_active_members_and_says_so() -> None:
    picture = add_wide_network(filled_store(), 250).graph_chart(max_nodes=200).to_dict()
    assert picture["title"]["subtitle"] == "200 of 250 accounts and 199 of 249 pairs"
    assert "200 of 250 accounts" in picture["description"]
    assert len(picture["layer"][1]["data"]["values"]) == 200


def test_a_graph_without_pairs_or_members_is_still_a_chart() -> None:
    members = [{"account_id": "x:1", "handle": None, "co_actions": 0}]
    assert "Most co-actions: x:1 with 0." in graph_chart(members, []).to_dict()["description"]
    assert "nobody" in graph_chart([], []).to_dict()["description"]


@given(st.permutations(["a", "b", "c", "d"]), st.permutations([("a", "b", 2.0), ("b", "c", 1.0), ("c", "d", 5.0)]))
def test_positions_do_not_depend_on_the_order_of_rows(nodes: list[str], edges: list[tuple[str, str, float]]) -> None:
    expected = place_nodes(["a", "b", "c", "d"], [("a", "b", 2.0), ("b", "c", 1.0), ("c", "d", 5.0)])
    assert place_nodes(nodes, edges) == expected
    assert all(-1.0 <= value <= 1.0 for place in expected.values() for value in place)


def test_without_altair_the_error_names_the_part_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: object, **named: object) -> object:
        if name == "altair":
            raise ImportError(name)
        return real(name, *rest, **named)  # type: ignore[arg-type]  # passes on what it got

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError, match=r"undazzle\[charts\]"):
        first_network().timeline_chart()


def test_importing_results_and_charts_imports_nothing_heavy() -> None:
    code = (
        "import sys, undazzle.results, undazzle.charts, undazzle.publish.exports;"
        "print([m for m in ('altair', 'pyarrow', 'pandas', 'polars', 'networkx', 'rich') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
