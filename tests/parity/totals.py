"""Totals that the peers themselves gave on the real slices."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.parity.oracle import Network, accounts_of, directed
from tests.real_data import data_set


class Totals(NamedTuple):
    """The numbers of one network: CooRTweet's, then the toolkit's."""

    coor_pairs: int
    coor_edges: int
    coor_max_w: int
    coor_w_ge2: int
    coor_nodes: int
    cnt_directed_edges: int
    cnt_sum_w: int
    cnt_max_w: int
    cnt_w_ge2: int
    cnt_nodes: int


def totals_of(network: Network) -> Totals:
    """Return the totals of a network without a participation filter."""
    weights = [edge.weight for edge in network.values()]
    there_and_back = directed(network)
    return Totals(
        sum(weights),
        len(weights),
        max(weights, default=0),
        sum(weight > 1 for weight in weights),
        len(accounts_of(network)),
        len(there_and_back),
        sum(there_and_back.values()),
        max(there_and_back.values(), default=0),
        sum(weight > 1 for weight in there_and_back.values()),
        len({u for u, _ in there_and_back}),
    )


def expected_totals(name: str, window: float) -> Totals:
    """Return what the peers gave for a slice, e.g. ``10k_courl``, and a window in seconds."""
    return _all(data_set("parity/expected.jsonl"))[name, window]


@cache
def _all(path: Path) -> dict[tuple[str, float], Totals]:
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["mp"] == 1:
            key = Path(record["file"]).stem, record["window"]
            found[key] = Totals(*(record[field] for field in Totals._fields))
    return found
