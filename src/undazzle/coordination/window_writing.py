"""Writes what a window of the classic method gave into the result tables, networks and their members included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.communities import find_communities
from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.network_facts import count_network_facts
from undazzle.coordination.ordering import order_by
from undazzle.coordination.pairs import Pairs
from undazzle.coordination.window_method import WindowResult, above_quantile
from undazzle.coordination.writing import (
    kinds_of_pairs,
    write_co_actions,
    write_members,
    write_network_facts,
    write_networks,
    write_pairs,
)
from undazzle.store import Store

if TYPE_CHECKING:
    from undazzle.coordination.settings import DetectionSettings
    from undazzle.coordination.work import Detection


def write_window(
    store: Store,
    run_id: int,
    seconds: float,
    events: Events,
    result: WindowResult,
    settings: DetectionSettings,
    first_network: int,
) -> dict[str, Any]:
    """Write pairs, co-actions, networks and members of one window; returns counts for the run's summary.

    Writes ``co_actions``, ``pairs``, ``networks``, ``members``.
    """
    ranked, inside = _networks(events, result, settings)
    write_co_actions(store, run_id, seconds, events, result.co_actions)
    kinds = kinds_of_pairs(events, result.co_actions, result.pair_of, len(result.pairs))
    write_pairs(
        store, run_id, seconds, events, result.pairs, {"kind": kinds, "weight": result.weight, "in_network": inside}
    )
    network_ids = [first_network + i for i in range(len(ranked))]
    if not len(events):  # found elsewhere, by numbers only: the tables know the times
        write_members(store, run_id, events, [np.array(one, dtype=np.int64) for one in ranked], network_ids)
        write_networks(store, run_id, seconds, network_ids)
    elif ranked:
        facts = count_network_facts(
            events, ranked, result.co_actions, result.pair_of, result.pairs, result.weight, inside
        )
        write_network_facts(store, run_id, seconds, events, facts, network_ids)
    return _summary(seconds, result, len(ranked))


def write_ranged_networks(work: Detection, seconds: float, first_network: int) -> dict[str, Any]:
    """Find and write the networks of a window whose pairs and co-actions stand in the tables already.

    Reads ``pairs``. Writes ``pairs``, ``networks``, ``members``. The same as ``write_window`` gives.
    """
    store, run_id, events, settings = work.store, work.run_id, work.events, work.settings
    ranged = work.ranged[seconds]
    result = _read_pairs(store, run_id, seconds, events, settings, ranged.looked_at)
    ranked, inside = _networks(events, result, settings)
    edges = {
        "a": events.account_keys[result.pairs.account_a[inside]],
        "b": events.account_keys[result.pairs.account_b[inside]],
    }
    with store.view("_inside", edges):
        store.execute(
            "UPDATE pairs SET in_network = true FROM _inside"
            " WHERE run_id = ? AND time_window = ? AND account_a = a AND account_b = b",
            [run_id, seconds],
        )
    network_ids = [first_network + i for i in range(len(ranked))]
    write_members(store, run_id, events, [np.array(one, dtype=np.int64) for one in ranked], network_ids)
    write_networks(store, run_id, seconds, network_ids)
    cut = {"ranges": ranged.ranges} if ranged.ranges else {}
    return {**_summary(seconds, result, len(ranked)), "co_actions": ranged.co_actions, **cut}


def _read_pairs(
    store: Store, run_id: int, seconds: float, events: Events, settings: DetectionSettings, looked_at: int
) -> WindowResult:
    """Return the pairs in the tables in the order of their accounts' numbers, without co-actions."""
    columns = store.arrays(
        "SELECT account_a, account_b, items, weight FROM pairs WHERE run_id = ? AND time_window = ?", [run_id, seconds]
    )
    number = np.zeros(int(events.account_keys.max(initial=0)) + 1, dtype=np.int64)
    number[events.account_keys] = np.arange(len(events.account_keys))
    a, b = number[columns["account_a"]], number[columns["account_b"]]
    order = order_by(a, b)
    nothing = np.zeros(0, dtype=np.int64)
    items = columns["items"].astype(np.int64)[order]
    pairs = Pairs(a[order], b[order], items, items, items, items, items.astype(np.float64))
    weight = columns["weight"].astype(np.float64)[order]
    above, threshold = above_quantile(weight, settings.edge_weight)
    co_actions = CoActions(nothing, nothing, nothing, nothing, nothing, nothing)
    return WindowResult(pairs, co_actions, nothing, weight, above, threshold, looked_at)


def _networks(events: Events, result: WindowResult, settings: DetectionSettings) -> tuple[list[list[int]], BoolArray]:
    """Return the accounts of each network, the most repeated first, and which pairs lie inside one."""
    groups = _communities(result, settings)
    group_of = np.full(len(events.account_keys), -1, dtype=np.int64)
    for number, members in enumerate(groups):
        group_of[members] = number
    inside = result.above & (group_of[result.pairs.account_a] >= 0)
    inside &= group_of[result.pairs.account_a] == group_of[result.pairs.account_b]
    return _rank(groups, result, inside, group_of), inside


def _summary(seconds: float, result: WindowResult, networks: int) -> dict[str, Any]:
    return {
        "time_window": seconds,
        "window_pairs": result.looked_at,
        "co_actions": len(result.co_actions),
        "pairs": len(result.pairs),
        "accounts": _accounts(result),
        "threshold": result.threshold,
        "pairs_above": int(result.above.sum()),
        "networks": networks,
    }


def _accounts(result: WindowResult) -> int:
    return len(np.union1d(result.pairs.account_a, result.pairs.account_b))


def _communities(result: WindowResult, settings: DetectionSettings) -> list[list[int]]:
    strong = result.pairs.take(result.above)
    found = find_communities(strong.account_a, strong.account_b, result.weight[result.above], seed=settings.seed)
    return [members for members in found if len(members) >= settings.min_members]


def _rank(groups: list[list[int]], result: WindowResult, inside: BoolArray, group_of: IntArray) -> list[list[int]]:
    """Order networks by repetition: distinct items per pair summed, then size, then members."""
    strength = np.bincount(
        group_of[result.pairs.account_a[inside]], weights=result.pairs.items[inside], minlength=len(groups)
    )
    order = sorted(range(len(groups)), key=lambda one: (-strength[one], -len(groups[one]), groups[one]))
    return [groups[one] for one in order]
