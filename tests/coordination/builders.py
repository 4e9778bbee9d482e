"""Builders for small sets of traces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from tests.coordination.brute_force import Found, Share
from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import Events


def some_events(shares: Sequence[Share]) -> tuple[Events, list[str], list[str], list[str]]:
    """Return events of shares, and the names behind the numbers of items, accounts and posts."""
    items = sorted({one.item for one in shares})
    accounts = sorted({one.account for one in shares})
    posts = sorted({one.post for one in shares})
    item = np.array([items.index(one.item) for one in shares], dtype=np.int64)
    at = np.array([round(one.at) for one in shares], dtype=np.int64)
    order = np.lexsort((at, item))
    events = Events(
        item[order],
        np.array([accounts.index(one.account) for one in shares], dtype=np.int64)[order],
        np.array([posts.index(one.post) for one in shares], dtype=np.int64)[order],
        at[order],
        np.arange(len(items), dtype=np.int64),
        np.arange(len(accounts), dtype=np.int64),
        np.zeros(len(items), dtype=np.int64),
        ("link",),
        1_000_000,
    )
    return events, items, accounts, posts


def as_found(found: CoActions, items: list[str], accounts: list[str], posts: list[str]) -> Found:
    """Return co-actions in the form of the brute force."""
    pairs: dict[tuple[str, str], list[tuple[str, str, str, float]]] = {}
    for row in range(len(found)):
        pair = accounts[found.account_a[row]], accounts[found.account_b[row]]
        entry = (
            items[found.item[row]],
            posts[found.post_a[row]],
            posts[found.post_b[row]],
            float(found.gap[row]),
        )
        pairs.setdefault(pair, []).append(entry)
    return Found({pair: sorted(rows) for pair, rows in pairs.items()})


@st.composite
def some_shares(draw: st.DrawFn) -> list[Share]:
    """Draw up to 40 shares; a post has one account and one time but may hold several items."""
    count = draw(st.integers(0, 25))
    shares: set[Share] = set()
    for number in range(count):
        account = f"a{draw(st.integers(0, 5))}"
        at = draw(st.integers(0, 12))
        for item in draw(st.sets(st.integers(0, 3), min_size=1, max_size=2)):
            shares.add(Share(f"i{item}", account, f"p{number}", float(at)))
    return sorted(shares)
