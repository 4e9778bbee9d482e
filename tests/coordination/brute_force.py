"""Plain-Python definitions of the peers, slow and obviously right; every fast path is held against them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple


class Share(NamedTuple):
    """One trace: an account did something with an item, in a post, at a time in seconds."""

    item: str
    account: str
    post: str
    at: float


class Found(NamedTuple):
    """Co-actions by pair, sorted: ``(a, b) -> [(item, post of a, post of b, gap)]``."""

    pairs: dict[tuple[str, str], list[tuple[str, str, str, float]]]

    def weight(self) -> dict[tuple[str, str], int]:
        return {pair: len(rows) for pair, rows in self.pairs.items()}

    def items(self) -> dict[tuple[str, str], int]:
        return {pair: len({row[0] for row in rows}) for pair, rows in self.pairs.items()}

    def directed(self) -> dict[tuple[str, str], int]:
        """The Coordination Network Toolkit's weight: distinct posts of the first account."""
        posts: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (a, b), rows in self.pairs.items():
            for _, post_a, post_b, _ in rows:
                posts[a, b].add(post_a)
                posts[b, a].add(post_b)
        return {edge: len(found) for edge, found in posts.items()}


def coortweet(shares: Iterable[Share], window: float, min_participation: int = 1) -> Found:
    """CooRTweet 2.1.3 ``detect_groups``, steps 1 to 5, as published (every pair of rows is compared)."""
    rows = list(shares)
    counts = Counter(row.account for row in rows)
    rows = [row for row in rows if counts[row.account] >= min_participation]
    met = [
        (one, two)
        for one, two in combinations(rows, 2)
        if one.item == two.item
        and abs(one.at - two.at) <= window
        and one.account != two.account
        and one.post != two.post
    ]
    posts = {row.post for pair in met for row in pair}
    active = Counter(row.account for row in rows if row.post in posts)
    counting = {row.post for row in rows if row.post in posts and active[row.account] >= min_participation}
    pairs: dict[tuple[str, str], list[tuple[str, str, str, float]]] = defaultdict(list)
    for one, two in met:
        if one.post in counting or two.post in counting:
            a, b = sorted((one, two), key=lambda row: row.account)
            pairs[a.account, b.account].append((a.item, a.post, b.post, abs(a.at - b.at)))
    return Found({pair: sorted(rows) for pair, rows in pairs.items()})
