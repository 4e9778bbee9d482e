"""CooRTweet's own data sets at the settings of its vignettes: every edge, and the numbers CooRTweet 2.1.3 gave."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.parity.coortweet_data import german_shares, russian_shares
from tests.parity.oracle import (
    Network,
    accounts_of,
    coortweet_fast_rows,
    coortweet_network,
    coortweet_rows,
    network_of,
    subgraph,
    type_seven_quantile,
)
from tests.parity.pipeline import assert_same, classic_run, detected, ingested, network_of_run, write_shares
from tests.real_data import data_set
from undazzle.workspace import Workspace

pytestmark = [pytest.mark.real_data, pytest.mark.slow]


class Printed(NamedTuple):
    """What CooRTweet gave: rows, accounts, edges, largest weight, median weight."""

    pairs: int
    accounts: int
    edges: int
    largest: int
    median: float


RUSSIAN = {
    (10, 1): Printed(1098, 1525, 1092, 3, 1),
    (10, 2): Printed(447, 525, 442, 3, 1),
    (10, 5): Printed(22, 23, 20, 3, 1),
    (60, 1): Printed(6281, 3954, 6206, 4, 1),
    (60, 2): Printed(3791, 2110, 3721, 4, 1),
    (60, 5): Printed(1235, 772, 1193, 4, 1),
}
# (window, least participation, edge weight) -> accounts and edges of the subgraph
RUSSIAN_SUBGRAPHS = {
    (10, 1, 0.5): (10, 5),
    (10, 2, 0.5): (8, 4),
    (10, 5, 0.5): (2, 1),
    (60, 1, 0.5): (97, 63),
    (60, 2, 0.5): (94, 60),
    (60, 2, 0.9): (94, 60),
    (60, 2, 0.95): (94, 60),
    (60, 2, 0.99): (14, 9),
    (60, 5, 0.5): (59, 36),
}
# what is shared, by whom, window -> numbers and subgraph at 0.5; least participation 2
GERMAN = {
    ("url", "", 30): (Printed(5658, 506, 1453, 251, 2), (238, 661)),
    ("phash", "", 30): (Printed(2131, 214, 337, 44, 2), (68, 113)),
    ("url", "fb_", 60): (Printed(6288, 503, 1645, 254, 2), (245, 754)),
}


def numbers_of(network: Network) -> Printed:
    weights = [edge.weight for edge in network.values()]
    median = type_seven_quantile(weights, 0.5)
    return Printed(sum(weights), len(accounts_of(network)), len(network), max(weights), median)


def size_of(network: Network) -> tuple[int, int]:
    return len(accounts_of(network)), len(network)


@cache
def russian_workspace() -> Workspace:
    return ingested(data_set("coortweet/russian_coord_tweets.parquet"))


@cache
def russian(min_participation: int) -> dict[float, Network]:
    return detected(russian_workspace(), "object", [10, 60], min_participation)


def german(folder: Path, what: str, accounts: str, windows: Sequence[float]) -> dict[float, Network]:
    shares = [one for one in german_shares(what) if one.account_id.startswith(accounts)]
    return detected(ingested(write_shares(folder / "shares.csv", shares)), "object", windows, 2)


@pytest.mark.parametrize(("window", "least"), RUSSIAN)
def test_russian_tweets_edge_by_edge(window: int, least: int) -> None:
    found = russian(least)[window]
    assert_same(found, coortweet_network(russian_shares(), window, least))
    assert numbers_of(found) == RUSSIAN[window, least]


@pytest.mark.parametrize(("window", "least", "edge_weight"), RUSSIAN_SUBGRAPHS)
def test_russian_tweets_subgraphs(window: int, least: int, edge_weight: float) -> None:
    ws = russian_workspace()
    run = classic_run(
        ws, "object", time_window=window, min_participation=least, edge_weight=edge_weight, weight="co_actions"
    )
    threshold = run.record.summary["windows"][0]["threshold"]
    network = network_of_run(ws, run.run_id, window)
    kept = {pair: edge for pair, edge in network.items() if edge.weight > threshold}
    assert size_of(kept) == RUSSIAN_SUBGRAPHS[window, least, edge_weight]
    assert kept == subgraph(network, edge_weight)


@pytest.mark.parametrize(("what", "accounts", "window"), GERMAN)
def test_german_elections_edge_by_edge(tmp_path: Path, what: str, accounts: str, window: int) -> None:
    found = german(tmp_path, what, accounts, [window])[window]
    shares = [one for one in german_shares(what) if one.account_id.startswith(accounts)]
    assert_same(found, coortweet_network(shares, window, 2))
    printed, strong = GERMAN[what, accounts, window]
    assert numbers_of(found) == printed
    assert size_of(subgraph(found, 0.5)) == strong


def test_a_second_shorter_window_gives_the_fast_network(tmp_path: Path) -> None:
    """``flag_speed_share`` filters the slow result anew; a run of its own at 10 s gives the same edges."""
    found = german(tmp_path, "url", "fb_", [60, 10])
    assert len(found[10]) == 983
    assert len(subgraph(found[10], 0.5)) == 464
    shares = [one for one in german_shares("url") if one.account_id.startswith("fb_")]
    assert_same(found[10], network_of(coortweet_fast_rows(shares, 60, 10, 2)))


def test_results_of_two_kinds_bound_together_give_the_stacked_network(tmp_path: Path) -> None:
    """The vignette binds the rows of two results: 7,789 rows, 671 accounts, 1,732 edges; above the median 298, 771."""
    both = [
        detected(ingested(write_shares(tmp_path / f"{what}.csv", german_shares(what))), "object", [30], 2)[30]
        for what in ("url", "phash")
    ]
    stacked = network_of(coortweet_rows(german_shares("url"), 30, 2) + coortweet_rows(german_shares("phash"), 30, 2))
    weights = {pair: sum(one[pair].weight for one in both if pair in one) for one in both for pair in one}
    assert weights == {pair: edge.weight for pair, edge in stacked.items()}
    assert (sum(weights.values()), len(accounts_of(stacked)), len(weights)) == (7789, 671, 1732)
    assert size_of(subgraph(stacked, 0.5)) == (298, 771)


def test_two_kinds_in_one_run_are_tables_stacked_before_detection(tmp_path: Path) -> None:
    shares = [*german_shares("url"), *german_shares("phash")]
    found = detected(ingested(write_shares(tmp_path / "shares.csv", shares)), "object", [30], 2)[30]
    assert_same(found, coortweet_network(shares, 30, 2))


def test_the_wide_table_gives_the_same_network_as_its_parts() -> None:
    ws = ingested(data_set("coortweet/german_elections.parquet"))
    settings = {"link": {"canonical": False, "include_reposts": True}}
    found = detected(ws, "link", [30], 2, settings)[30]
    assert_same(found, coortweet_network(german_shares("url"), 30, 2))
