"""The SQL on the page for users of other tools, run as it stands there, gives what those tools gave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.parity.oracle import Network, Share, coortweet_network, directed, read_shares, subgraph, type_seven_quantile
from tests.parity.other_peers import Weights, coornet, cosine, pycoornet_differential
from tests.parity.pipeline import START, classic_run, ingested, own_id, write_messages, write_shares
from tests.real_data import data_set
from undazzle.workspace import Workspace

PAGE = Path(__file__).resolve().parents[2] / "docs" / "peers.md"
Row = tuple[str, str, float]


@cache
def recipes() -> dict[str, str]:
    page = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- recipe: (\w+) -->\n```sql\n(.*?)```", page, flags=re.DOTALL))


def run_recipe(ws: Workspace, name: str, *changes: tuple[str, str]) -> Weights:
    """Return the first three columns of a recipe; a change replaces words that must be there."""
    sql = recipes()[name]
    for old, new in changes:
        assert old in sql
        sql = sql.replace(old, new)
    return {(own_id(row[0]), own_id(row[1])): float(row[2]) for row in ws.store.query(sql)[1]}


def shares_of_links(name: str) -> list[Share]:
    return read_shares(data_set(f"parity/{name}.csv.gz"))


@cache
def workspace_of(name: str) -> Workspace:
    """Return a workspace with the traces of a slice; its objects stand in for links."""
    ws = ingested(data_set(f"parity/{name}.csv.gz"))
    classic_run(ws, "object", min_participation=1)
    return ws


OBJECTS = ("kind = 'link'", "kind = 'object'")


def some_shares() -> list[Share]:
    """Return shares that tell sliding windows, bins and chains apart: gaps of 50 s, over three bins of 60 s."""
    chain = [Share("chain", f"a{n}", f"chain {n}", START + 50 * n) for n in range(4)]
    two_bins = [Share("far", f"a{n}", f"far {n}", START + at) for n, at in enumerate((0, 10, 500, 505, 2000))]
    twice = [Share("twice", "a0", f"twice {n}", START + n) for n in range(2)] + [
        Share("twice", "a9", "late", START + 900)
    ]
    return chain + two_bins + twice


def assert_close(found: Weights, expected: Weights) -> None:
    assert found == {pair: pytest.approx(weight) for pair, weight in expected.items()}
    assert found


def at_least_quantile(weights: Weights, share: float) -> Weights:
    least = type_seven_quantile((int(weight) for weight in weights.values()), share)
    return {pair: weight for pair, weight in weights.items() if weight >= least}


def test_every_recipe_has_a_test() -> None:
    tested = {"toolkit", "coortweet", "coortweet_stacked", "coornet", "pycoornet_differential", "cosine"}
    assert set(recipes()) == tested


def test_the_toolkits_edge_list(tmp_path: Path) -> None:
    posts = [("u", 30), ("v", 0), ("v", 20), ("v", 60), ("w", 75)]
    messages = [{"user_id": account, "repost_id": "r", "at": at} for account, at in posts]
    ws = ingested(write_messages(tmp_path / "posts.csv", messages))
    classic_run(ws, "repost", min_participation=1)
    shares = [Share("r", account, f"m{n}", at) for n, (account, at) in enumerate(posts)]
    assert run_recipe(ws, "toolkit") == directed(coortweet_network(shares, 60))
    strong = run_recipe(ws, "toolkit", ("weight >= 1", "weight >= 2"))
    assert strong == {("v", "u"): 3, ("v", "w"): 2}


def test_coortweets_subgraph(tmp_path: Path) -> None:
    shares = [
        Share(f"{pair} {n}", account, f"{pair} {n} by {account}", START + 1000 * n)
        for pair, repeats in (("ab", 1), ("cd", 1), ("ef", 1), ("gh", 2), ("ij", 5))
        for n in range(repeats)
        for account in pair
    ]
    ws = ingested(write_shares(tmp_path / "shares.csv", shares))
    classic_run(ws, "object", min_participation=1, time_window=[10, 60])
    expected = subgraph(coortweet_network(shares, 60), 0.5)
    assert run_recipe(ws, "coortweet") == weights_of(expected)


@pytest.mark.real_data
@pytest.mark.slow
def test_two_coortweet_results_bound_together() -> None:
    ws = ingested(data_set("coortweet/german_elections.parquet"))
    classic_run(ws, "link", time_window=30, trace_settings={"link": {"canonical": False}})
    classic_run(ws, "image", time_window=30)
    found = run_recipe(ws, "coortweet_stacked")
    assert (sum(found.values()), len({one for pair in found for one in pair}), len(found)) == (7789, 671, 1732)


def weights_of(network: Network) -> Weights:
    return {pair: float(edge.weight) for pair, edge in network.items()}


PROJECTIONS: list[tuple[str, Callable[[Iterable[Share], int], Weights]]] = [
    ("coornet", coornet),
    ("pycoornet_differential", pycoornet_differential),
]


@pytest.mark.parametrize(("name", "definition"), PROJECTIONS)
@pytest.mark.parametrize("share", [0.0, 0.9])
def test_projections_follow_their_definition(
    tmp_path: Path, name: str, definition: Callable[[Iterable[Share], int], Weights], share: float
) -> None:
    ws = ingested(write_shares(tmp_path / "shares.csv", some_shares()))
    classic_run(ws, "object", min_participation=1)
    found = run_recipe(ws, name, OBJECTS, ("0.9", str(share)))
    assert found == at_least_quantile(definition(some_shares(), 60), share)


def test_the_cosine_follows_its_definition(tmp_path: Path) -> None:
    ws = ingested(write_shares(tmp_path / "shares.csv", some_shares()))
    classic_run(ws, "object", min_participation=1)
    assert_close(run_recipe(ws, "cosine", OBJECTS), cosine(some_shares()))


# slice, recipe, quantile -> accounts, edges, sum of weights (None: not published)
PYCOORNET = {
    ("10k_courl", "coornet", "0.0"): (66, 134, 277),
    ("10k_courl", "pycoornet_differential", "0.0"): (95, 302, 593),
    ("10k_courl", "pycoornet_differential", "0.9"): (29, 33, None),
    ("100k_courl", "pycoornet_differential", "0.0"): (247, 2599, None),
}


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.parametrize(("name", "recipe", "share"), PYCOORNET)
def test_pycoornet_gave_the_same_numbers(name: str, recipe: str, share: str) -> None:
    found = run_recipe(workspace_of(name), recipe, OBJECTS, ("0.9", share))
    accounts, edges, total = PYCOORNET[name, recipe, share]
    assert (len({one for pair in found for one in pair}), len(found)) == (accounts, edges)
    assert total in {None, sum(found.values())}
    definition = dict(PROJECTIONS)[recipe]
    assert found == at_least_quantile(definition(shares_of_links(name), 60), float(share))


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "edges", "total"),
    [("10k_courl", 1013, 249.696333), ("10k_coretweet", 1097, 240.080733), ("100k_coretweet", 4483, 459.358167)],
)
def test_coordinated_activity_gave_the_same_numbers(name: str, edges: int, total: float) -> None:
    found = run_recipe(workspace_of(name), "cosine", OBJECTS)
    assert len(found) == edges
    assert sum(found.values()) == pytest.approx(total, abs=1e-6)
    assert_close(found, cosine(shares_of_links(name)))
