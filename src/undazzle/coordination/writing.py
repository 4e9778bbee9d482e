"""Writes co-actions, pairs, members and networks of a run into the result tables, whatever the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.naming import name_network
from undazzle.coordination.network_facts import NetworkFacts
from undazzle.coordination.pairs import Pairs
from undazzle.store import Store


def write_co_actions(store: Store, run_id: int, seconds: float, events: Events, found: CoActions) -> None:
    """Write co-actions of one window. Writes ``co_actions``."""
    kinds = np.array(events.kinds, dtype=object)
    with (
        store.view("_kinds", {"number": np.arange(len(kinds)), "kind": kinds}),
        store.view(
            "_found",
            {
                "kind_number": events.kind_of_item[found.item],
                "item_key": events.item_keys[found.item],
                "account_a": events.account_keys[found.account_a],
                "account_b": events.account_keys[found.account_b],
                "post_a": found.post_a,
                "post_b": found.post_b,
                "gap_seconds": found.gap_seconds(events.tick_us),
            },
        ),
    ):
        store.execute(
            "INSERT INTO co_actions SELECT ?, ?, kind, item_key, account_a, account_b, post_a, post_b, gap_seconds"
            " FROM _found JOIN _kinds ON number = kind_number",
            [run_id, seconds],
        )


def write_pairs(
    store: Store, run_id: int, seconds: float, events: Events, pairs: Pairs, more: Mapping[str, Any]
) -> None:
    """Write pairs of one window. Writes ``pairs``.

    Parameters
    ----------
    store, run_id
        Where to.
    seconds
        The window.
    events
        What the numbers of accounts refer to.
    pairs
        The pairs.
    more
        Further columns of the table, as arrays: ``kind``, ``weight`` and ``in_network`` at least.
    """
    store.append(
        "pairs",
        {
            "run_id": np.full(len(pairs), run_id, dtype=np.int32),
            "time_window": np.full(len(pairs), seconds),
            "account_a": events.account_keys[pairs.account_a],
            "account_b": events.account_keys[pairs.account_b],
            "co_actions": pairs.co_actions,
            "items": pairs.items,
            "posts_a": pairs.posts_a,
            "posts_b": pairs.posts_b,
            "mean_gap_seconds": pairs.mean_gap_ticks * (events.tick_us / 1e6),
            **more,
        },
    )


def kinds_of_pairs(events: Events, found: CoActions, pair_of: IntArray, pairs: int) -> np.ndarray[Any, Any]:
    """Name the trace kinds behind each pair, e.g. ``link+repost``."""
    bits = np.zeros(pairs, dtype=np.int64)
    np.bitwise_or.at(bits, pair_of, np.left_shift(1, events.kind_of_item[found.item]))
    names = {
        int(mask): "+".join(sorted(name for i, name in enumerate(events.kinds) if int(mask) >> i & 1))
        for mask in np.unique(bits)
    }
    return np.array([names[int(mask)] for mask in bits], dtype=object)


def write_members(
    store: Store, run_id: int, events: Events, groups: Sequence[IntArray], network_ids: Sequence[int]
) -> None:
    """Write who belongs to which network. Writes ``members``."""
    numbers = np.repeat(np.array(network_ids, dtype=np.int64), [len(group) for group in groups])
    members = np.concatenate([np.asarray(group, dtype=np.int64) for group in groups]) if groups else numbers
    with store.view("_members", {"network_id": numbers, "account_key": events.account_keys[members]}):
        store.execute(
            "INSERT INTO members (run_id, network_id, account_key, account_id)"
            " SELECT ?, network_id, account_key, account_id FROM _members JOIN accounts USING (account_key)"
            " ORDER BY network_id, account_id",
            [run_id],
        )


def write_network_facts(
    store: Store, run_id: int, seconds: float, events: Events, facts: NetworkFacts, network_ids: Sequence[int]
) -> None:
    """Write networks of one window and their members as counted. Reads ``posts``. Writes ``members``, ``networks``."""
    numbers = np.array(network_ids, dtype=np.int64)
    members = dict(facts.members)
    members["account_key"] = events.account_keys[members.pop("account")]
    members["network_id"] = numbers[members.pop("network")]
    with store.view("_members", members):
        store.execute(_WRITE_MEMBERS, {"run": run_id})
    names = _names(store, run_id, network_ids)
    with store.view("_networks", {**facts.networks, "network_id": numbers, "name": np.array(names, dtype=object)}):
        store.execute(_WRITE_NETWORKS, {"run": run_id, "seconds": seconds})


def _names(store: Store, run_id: int, network_ids: Sequence[int]) -> list[str]:
    """Return a name for each network that no other of the run has."""
    ids = store.rows(
        "SELECT network_id, list(account_id) FROM members WHERE run_id = $run AND list_contains($ids, network_id)"
        " GROUP BY network_id ORDER BY network_id",
        {"run": run_id, "ids": list(network_ids)},
    )
    taken = [row[0] for row in store.rows("SELECT name FROM networks WHERE run_id = ? AND name IS NOT NULL", [run_id])]
    names: list[str] = []
    for _, members in ids:
        names.append(name_network(members, taken + names))
    return names


_WRITE_MEMBERS = """
INSERT INTO members (run_id, network_id, account_key, account_id, co_actions, partners, items, posts_in_co_actions,
    posts, days, weight)
SELECT $run, network_id, account_key, account_id, co_actions, partners, items, posts_in_co_actions, n.posts, days,
    weight
FROM _members JOIN accounts USING (account_key)
JOIN (SELECT account_key, count(*) AS posts FROM posts GROUP BY account_key) n USING (account_key)
ORDER BY network_id, account_id
"""

_WRITE_NETWORKS = """
INSERT INTO networks (run_id, network_id, name, time_window, members, pairs, co_actions, items, days, kinds,
    first_at, last_at, weight)
SELECT $run, network_id, name, $seconds, members, pairs, co_actions, items, days, string_split(kinds, '+'),
    make_timestamp(first_us), make_timestamp(last_us), weight
FROM _networks ORDER BY network_id
"""


def write_networks(store: Store, run_id: int, seconds: float, network_ids: Sequence[int]) -> None:
    """Write networks of one window from their members, pairs and co-actions, and fill in their members.

    Reads ``posts``. Writes ``networks`` and ``members``.
    """
    if not network_ids:
        return
    scope = {"run": run_id, "seconds": seconds, "ids": list(network_ids)}
    store.execute(_NETWORK_EDGES, scope)
    store.execute(_EDGE_POSTS)
    store.execute(_POSTS_OF_ACCOUNTS)
    store.execute(_FILL_MEMBERS, {"run": run_id, "seconds": seconds})
    store.execute(_FILL_NETWORKS, scope)
    for table in ("_edges", "_edge_posts", "_posts_of_accounts"):
        store.execute(f"DROP TABLE {table}")
    names = _names(store, run_id, network_ids)
    numbers = np.sort(np.array(network_ids, dtype=np.int64))
    named = {"network_id": numbers, "name": np.array(names, dtype=object)}
    with store.view("_named", named):
        store.execute(
            "UPDATE networks SET name = n.name FROM _named n WHERE run_id = ? AND networks.network_id = n.network_id",
            [run_id],
        )


# Every co-action between two members of one network whose pair is strong enough to be an edge.
_NETWORK_EDGES = """
CREATE OR REPLACE TEMP TABLE _edges AS
SELECT m.network_id, c.*
FROM co_actions c
JOIN pairs p ON p.run_id = c.run_id AND p.time_window = c.time_window
    AND p.account_a = c.account_a AND p.account_b = c.account_b AND p.in_network
JOIN members m ON m.run_id = c.run_id AND m.account_key = c.account_a AND list_contains($ids, m.network_id)
WHERE c.run_id = $run AND c.time_window = $seconds
"""

# All posts are read once for their times and once to be counted; everything after reads only these.
_EDGE_POSTS = """
CREATE OR REPLACE TEMP TABLE _edge_posts AS
SELECT post_key, posted_at FROM posts
SEMI JOIN (SELECT post_a AS post_key FROM _edges UNION SELECT post_b FROM _edges) USING (post_key)
"""

_POSTS_OF_ACCOUNTS = """
CREATE OR REPLACE TEMP TABLE _posts_of_accounts AS
SELECT account_key, count(*) AS posts FROM posts GROUP BY account_key
"""

_FILL_MEMBERS = """
UPDATE members SET co_actions = s.co_actions, partners = s.partners, items = s.items,
    posts_in_co_actions = s.posts, days = s.days, weight = w.weight, posts = n.posts
FROM (
    SELECT account_key, sum(weight) AS weight
    FROM (
        SELECT account_a AS account_key, weight FROM pairs WHERE run_id = $run AND time_window = $seconds AND in_network
        UNION ALL
        SELECT account_b, weight FROM pairs WHERE run_id = $run AND time_window = $seconds AND in_network
    ) GROUP BY account_key
) w, (
    SELECT network_id, account_key, count(*) AS co_actions, count(DISTINCT partner) AS partners,
        count(DISTINCT item_key) AS items, count(DISTINCT post_key) AS posts,
        count(DISTINCT posted_at::DATE) AS days
    FROM (
        SELECT network_id, account_a AS account_key, account_b AS partner, item_key, post_a AS post_key FROM _edges
        UNION ALL
        SELECT network_id, account_b, account_a, item_key, post_b FROM _edges
    ) JOIN _edge_posts USING (post_key)
    GROUP BY network_id, account_key
) s, _posts_of_accounts n
WHERE members.run_id = $run AND members.network_id = s.network_id AND members.account_key = s.account_key
    AND w.account_key = s.account_key AND n.account_key = s.account_key
"""

_FILL_NETWORKS = """
INSERT INTO networks (run_id, network_id, time_window, members, pairs, co_actions, items, days, kinds,
    first_at, last_at, weight)
SELECT $run, network_id, $seconds, m.members, e.pairs, e.co_actions, e.items, e.days, e.kinds, e.first_at,
    e.last_at, m.weight
FROM (SELECT network_id, count(*) AS members, sum(weight) / 2 AS weight FROM members
    WHERE run_id = $run AND list_contains($ids, network_id) GROUP BY network_id) m
JOIN (
    SELECT network_id, count(DISTINCT (account_a, account_b)) AS pairs, count(*) AS co_actions,
        count(DISTINCT item_key) AS items, count(DISTINCT greatest(a.posted_at, b.posted_at)::DATE) AS days,
        list_sort(list(DISTINCT kind)) AS kinds, min(least(a.posted_at, b.posted_at)) AS first_at,
        max(greatest(a.posted_at, b.posted_at)) AS last_at
    FROM _edges JOIN _edge_posts a ON a.post_key = post_a JOIN _edge_posts b ON b.post_key = post_b
    GROUP BY network_id
) e USING (network_id)
ORDER BY network_id
"""
