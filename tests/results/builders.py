"""A workspace with two small neutral networks, filled by hand: nothing of the detection is needed.

``amber-otter``: three accounts, windows of 60 s, links and texts. ``pale-heron``: two accounts on two platforms,
window of 600 s, reposts. One more pair acted together once and is in no network.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from undazzle.results import Network, Run
from undazzle.store import Store, finish_run, start_run

START = datetime(2024, 3, 1, 9, 0, 0)
ITEMS = {
    1: ("link", "https://ferry.example/timetable"),
    2: ("link", "https://library.example/hours"),
    3: ("near_text", "the ferry leaves at nine"),
    4: ("repost", "x:5000"),
}
# key: id, platform, handle
ACCOUNTS = {
    1: ("x:11", "x", "ferry_times"),
    2: ("x:12", "x", "library_hours"),
    3: ("x:13", "x", "Weather_Desk"),
    4: ("facebook:12", "facebook", "harbour.news"),
    5: ("x:15", "x", None),
}
# post: account, seconds after START, text
POSTS = {
    101: (1, 0, "The ferry leaves at nine https://ferry.example/timetable"),
    102: (2, 5, "The ferry leaves at nine https://ferry.example/timetable"),
    103: (3, 30, "=SUM(A1) the ferry leaves at nine <script>alert(1)</script>"),
    104: (1, 3600, "Library hours https://library.example/hours"),
    105: (2, 3602, "New library hours https://library.example/hours"),
    106: (4, 86400, "RT the harbour opens"),
    107: (5, 86500, "RT the harbour opens"),
    108: (3, 90000, "Rain at noon"),
    109: (4, 90010, "Rain at noon, too"),
}
# window, item, account a, account b, post a, post b
CO_ACTIONS = [
    (60.0, 1, 1, 2, 101, 102),
    (60.0, 3, 1, 2, 101, 102),
    (60.0, 2, 1, 2, 104, 105),
    (60.0, 3, 1, 3, 101, 103),
    (60.0, 3, 2, 3, 102, 103),
    (60.0, 2, 3, 4, 108, 109),
    (600.0, 4, 4, 5, 106, 107),
    (600.0, 3, 1, 2, 101, 102),
]


def insert(store: Store, table: str, **values: object) -> None:
    """Insert one row by column name, so that tables may gain columns."""
    places = ", ".join("?" * len(values))
    store.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", list(values.values()))


def filled_store(*, name: str = "", q_value: float | None = None) -> Store:
    """Return a workspace in memory with one finished run and two networks."""
    store = Store(":memory:")
    add_posts(store)
    add_run(store, name=name, q_value=q_value)
    return store


def first_network(store: Store | None = None) -> Network:
    return Run.find(store or filled_store()).networks[1]


def add_posts(store: Store) -> None:
    insert(
        store, "sources", path="harbour.csv", file_name="harbour.csv", sha256="abc", posts_added=9, rejected=1,
        rows_in=10, warnings=["one note"], format="csv",
    )  # fmt: skip
    kinds = {"link": 1, "near_text": 2, "repost": 3}
    for kind, trace_set in kinds.items():
        insert(store, "trace_sets", trace_set=trace_set, kind=kind)
    for key, (kind, item) in ITEMS.items():
        insert(store, "items", trace_set=kinds[kind], item_key=key, item=item)
    for key, (account_id, platform, handle) in ACCOUNTS.items():
        add_account(store, key, account_id, platform, handle)
    for key, (account, seconds, text) in POSTS.items():
        add_post(store, key, account, *ACCOUNTS[account][:2], seconds, text)


def add_account(store: Store, key: int, account_id: str, platform: str, handle: str | None) -> None:
    shown = handle.title() if handle else None
    insert(
        store, "accounts", account_key=key, account_id=account_id, platform=platform, handle=handle, display_name=shown
    )


def add_post(store: Store, key: int, account: int, account_id: str, platform: str, seconds: float, text: str) -> None:
    insert(
        store, "posts", post_key=key, post_id=f"{platform}:{key}", platform=platform, account_key=account,
        account_id=account_id, posted_at=START + timedelta(seconds=seconds), text=text, source_id=1, source_row=key,
        url=f"https://{platform}.example/{key}",
    )  # fmt: skip


def add_run(store: Store, *, name: str = "", q_value: float | None = None) -> int:
    run = start_run(
        store, command="undazzle detect harbour.duckdb", method="window", name=name, seed=7,
        parameters={"time_windows": [60.0, 600.0], "min_participation": 2},
    )  # fmt: skip
    for window, item, a, b, post_a, post_b in CO_ACTIONS:
        gap = abs(POSTS[post_a][1] - POSTS[post_b][1])
        add_co_action(store, run, window, item, (a, b), (post_a, post_b), gap)
    add_pair(store, run, 60.0, "link+near_text", (1, 2), (3, 3, 2, 2, 4.0), True, q_value)
    add_pair(store, run, 60.0, "near_text", (1, 3), (1, 1, 1, 1, 30.0), True, q_value)
    add_pair(store, run, 60.0, "near_text", (2, 3), (1, 1, 1, 1, 25.0), True, q_value)
    add_pair(store, run, 60.0, "link", (3, 4), (1, 1, 1, 1, 10.0), False, q_value)
    add_pair(store, run, 600.0, "repost", (4, 5), (1, 1, 1, 1, 100.0), True, q_value)
    add_pair(store, run, 600.0, "near_text", (1, 2), (1, 1, 1, 1, 5.0), False, q_value)
    add_network(store, run, 1, "amber-otter", 60.0, (1, 2, 3), ["link", "near_text"], q_value)
    add_network(store, run, 2, "pale-heron", 600.0, (4, 5), ["repost"], q_value)
    finish_run(store, run, warnings=["minutes only"], summary={}, cpu_started=time.process_time())
    return run


def add_co_action(
    store: Store, run: int, window: float, item: int, accounts: tuple[int, int], posts: tuple[int, int], gap: float
) -> None:
    insert(
        store, "co_actions", run_id=run, time_window=window, kind=ITEMS[item][0], item_key=item,
        account_a=accounts[0], account_b=accounts[1], post_a=posts[0], post_b=posts[1], gap_seconds=gap,
    )  # fmt: skip


def add_pair(
    store: Store,
    run: int,
    window: float,
    kind: str,
    accounts: tuple[int, int],
    counts: tuple[int, int, int, int, float],
    inside: bool,
    q_value: float | None,
) -> None:
    insert(
        store, "pairs", run_id=run, time_window=window, kind=kind, account_a=accounts[0], account_b=accounts[1],
        co_actions=counts[0], items=counts[1], posts_a=counts[2], posts_b=counts[3], mean_gap_seconds=counts[4],
        weight=float(counts[0]), in_network=inside, expected=None if q_value is None else 0.25,
        p_value=q_value, q_value=q_value,
    )  # fmt: skip


def add_network(
    store: Store,
    run: int,
    number: int,
    name: str,
    window: float | None,
    members: Sequence[int],
    kinds: Sequence[str],
    q_value: float | None = None,
) -> None:
    held = [
        one for one in CO_ACTIONS if (window is None or one[0] == window) and one[2] in members and one[3] in members
    ]
    times = sorted(START + timedelta(seconds=POSTS[post][1]) for one in held for post in one[4:])
    insert(
        store, "networks", run_id=run, network_id=number, name=name, time_window=window, members=len(members),
        pairs=len({one[2:4] for one in held}), co_actions=len(held), items=len({one[1] for one in held}),
        days=len({at.date() for at in times}), kinds=list(kinds), first_at=times[0], last_at=times[-1],
        weight=float(len(held)), expected=None if q_value is None else 0.5, p_value=q_value, q_value=q_value,
    )  # fmt: skip
    for key in members:
        mine = [one for one in held if key in one[2:4]]
        insert(
            store, "members", run_id=run, network_id=number, account_key=key, account_id=ACCOUNTS[key][0],
            co_actions=len(mine), partners=len({sum(one[2:4]) for one in mine}), items=len({one[1] for one in mine}),
            posts_in_co_actions=len({one[4 if one[2] == key else 5] for one in mine}),
            posts=sum(post[0] == key for post in POSTS.values()), days=1, weight=float(len(mine)),
        )  # fmt: skip


def add_wide_network(store: Store, size: int) -> Network:
    """Add a run with one chain of ``size`` accounts, each pair with one co-action."""
    run = start_run(store, command="test", method="window", parameters={})
    for key in range(1000, 1000 + size):
        add_account(store, key, f"x:{key}", "x", f"reader_{key}")
        add_post(store, key, key, f"x:{key}", "x", key - 1000, "Tide table")
        insert(
            store, "members", run_id=run, network_id=1, account_key=key, account_id=f"x:{key}", co_actions=2,
            partners=2, items=1, posts_in_co_actions=1, posts=1, days=1, weight=2.0,
        )  # fmt: skip
    for pair in pairwise(range(1000, 1000 + size)):
        add_co_action(store, run, 60.0, 1, pair, pair, 1.0)
        add_pair(store, run, 60.0, "link", pair, (1, 1, 1, 1, 1.0), True, None)
    insert(
        store, "networks", run_id=run, network_id=1, name="wide-gull", time_window=60.0, members=size,
        pairs=size - 1, co_actions=size - 1, items=1, days=1, kinds=["link"], first_at=START,
        last_at=START + timedelta(seconds=size), weight=1.0,
    )  # fmt: skip
    finish_run(store, run, warnings=[], summary={}, cpu_started=time.process_time())
    return Run.find(store, run).networks[1]
