"""The peers' networks in plain Python, written from their published definitions; everything is held against it.

A share is one row of CooRTweet's table: an object, an account, a content (post) and a time in seconds. Windows
are inclusive. Rows of one object are walked in order of time, so that also a day of 100,000 posts is quick.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple


class Share(NamedTuple):
    """One row: who shared what, in which post, when."""

    object_id: str
    account_id: str
    content_id: str
    at: float


class Edge(NamedTuple):
    """What is compared for each pair of accounts ``(a, b)`` with ``a < b``.

    ``weight`` is CooRTweet's (rows), ``posts_a`` and ``posts_b`` are the toolkit's directed weights a to b
    and b to a (distinct posts of the first), ``gap`` is CooRTweet's average time between the two posts.
    """

    weight: int
    posts_a: int
    posts_b: int
    gap: float


Network = dict[tuple[str, str], Edge]
RowPair = tuple[Share, Share]


def meeting_rows(shares: Iterable[Share], window: float) -> Iterator[RowPair]:
    """Yield each two rows of two accounts that share an object at most ``window`` seconds apart.

    CooRTweet also leaves out rows whose content is the object itself, and two rows of one content.
    """
    by_object: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        if share.object_id != share.content_id:
            by_object[share.object_id].append(share)
    for rows in by_object.values():
        rows.sort(key=lambda row: row.at)
        oldest = 0
        for newest, late in enumerate(rows):
            while late.at - rows[oldest].at > window:
                oldest += 1
            for early in rows[oldest:newest]:
                if early.account_id != late.account_id and early.content_id != late.content_id:
                    yield early, late


def participating(shares: Iterable[Share], least: int) -> list[Share]:
    """Return the rows of accounts with at least ``least`` rows."""
    rows = list(shares)
    count = Counter(row.account_id for row in rows)
    return [row for row in rows if count[row.account_id] >= least]


def coortweet_rows(shares: Iterable[Share], window: float, min_participation: int = 1) -> list[RowPair]:
    """Return CooRTweet's result of ``detect_groups`` as pairs of rows.

    After pairing, accounts count anew: only their rows with a content that is in some pair. A pair stays if
    the content on either side belongs to an account with enough of them. One pass, not repeated.
    """
    rows = participating(shares, min_participation)
    return _with_enough(rows, list(meeting_rows(rows, window)), min_participation)


def coortweet_fast_rows(
    shares: Iterable[Share], window: float, fast_window: float, min_participation: int
) -> list[RowPair]:
    """Return what ``flag_speed_share`` marks in a result: its faster pairs of rows, filtered once more."""
    rows = participating(shares, min_participation)
    slow = _with_enough(rows, list(meeting_rows(rows, window)), min_participation)
    return _with_enough(rows, [pair for pair in slow if abs(pair[0].at - pair[1].at) <= fast_window], min_participation)


def _with_enough(rows: list[Share], met: list[RowPair], least: int) -> list[RowPair]:
    in_pairs = {row.content_id for pair in met for row in pair}
    enough = {row.content_id for row in participating((row for row in rows if row.content_id in in_pairs), least)}
    return [(one, two) for one, two in met if one.content_id in enough or two.content_id in enough]


def network_of(rows: Iterable[RowPair]) -> Network:
    """Return pairs of rows as the edges of a network."""
    gaps: dict[tuple[str, str], list[float]] = defaultdict(list)
    posts: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for one, two in rows:
        a, b = (one, two) if one.account_id < two.account_id else (two, one)
        pair = a.account_id, b.account_id
        gaps[pair].append(abs(one.at - two.at))
        posts[pair][0].add(a.content_id)
        posts[pair][1].add(b.content_id)
    return {
        pair: Edge(len(found), len(posts[pair][0]), len(posts[pair][1]), sum(found) / len(found))
        for pair, found in gaps.items()
    }


def coortweet_network(shares: Iterable[Share], window: float, min_participation: int = 1) -> Network:
    """Return CooRTweet's network, with the toolkit's directed weights on the same pairs."""
    return network_of(coortweet_rows(shares, window, min_participation))


def toolkit_network(shares: Iterable[Share], window: float) -> dict[tuple[str, str], int]:
    """Return the toolkit's directed edges: ``(u, v)`` to the posts of u that some post of v meets."""
    posts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, two in meeting_rows(shares, window):
        posts[one.account_id, two.account_id].add(one.content_id)
        posts[two.account_id, one.account_id].add(two.content_id)
    return {edge: len(found) for edge, found in posts.items()}


def directed(network: Mapping[tuple[str, str], Edge]) -> dict[tuple[str, str], int]:
    """Return the directed weights that a network carries."""
    there = {(a, b): edge.posts_a for (a, b), edge in network.items()}
    return there | {(b, a): edge.posts_b for (a, b), edge in network.items()}


def type_seven_quantile(values: Iterable[int], share: float) -> float:
    """Return R's default quantile: linear between the order statistics around ``(n - 1) * share``."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def subgraph(network: Network, edge_weight: float) -> Network:
    """Return the edges with a weight above the quantile (CooRTweet's ``subgraph = 1``)."""
    least = type_seven_quantile((edge.weight for edge in network.values()), edge_weight)
    return {pair: edge for pair, edge in network.items() if edge.weight > least}


def accounts_of(network: Network) -> set[str]:
    """Return the accounts with an edge."""
    return {account for pair in network for account in pair}


def read_shares(path: Path) -> list[Share]:
    """Return the rows of a gzipped CSV in CooRTweet's layout."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [
            Share(row["object_id"], row["account_id"], row["content_id"], float(row["timestamp_share"]))
            for row in csv.DictReader(file)
        ]


def toolkit_text(message: str) -> str:
    """Return a message as the toolkit compares it: lower case, no @mentions, single spaces."""
    return " ".join(re.sub(r"@.*?(?=\s|$)", "", message.lower()).split())
