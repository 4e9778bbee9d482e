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


def filled_store(*, name: str = "", q_value: float | None = None) -> Store:
    """Return a workspace in memory with one finished run and two networks."""
    store = Store(":memory:")
    add_posts(store)
    add_run(store, name=name, q_value=q_value)
    return store


def first_network(store: Store | None = None) -> Network:
    return Run.find(store or filled_store()).networks[1]


def add_posts(store: Store) -> None:
    store.execute(
        "INSERT INTO sources (path, file_name, sha256, posts_added, rejected, rows_in, warnings, format)"
        " VALUES ('harbour.csv', 'harbour.csv', 'abc', 9, 1, 10, ['one note'], 'csv')"
    )
    store.execute("INSERT INTO trace_sets (trace_set, kind) VALUES (1, 'link'), (2, 'near_text'), (3, 'repost')")
    kinds = {"link": 1, "near_text": 2, "repost": 3}
    for key, (kind, item) in ITEMS.items():
        store.execute("INSERT INTO items VALUES (?, ?, ?)", [kinds[kind], key, item])
    for key, (account_id, platform, handle) in ACCOUNTS.items():
        shown = handle.title() if handle else None
        store.execute("INSERT INTO accounts VALUES (?, ?, ?, ?, ?)", [key, account_id, platform, handle, shown])
    for key, (account, seconds, text) in POSTS.items():
        account_id, platform, _ = ACCOUNTS[account]
        store.execute(
            "INSERT INTO posts (post_key, post_id, platform, account_key, account_id, posted_at, text, source_id,"
            " source_row, url) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
            [key, f"{platform}:{key}", platform, account, account_id, START + timedelta(seconds=seconds), text, key,
             f"https://{platform}.example/{key}"],
        )  # fmt: skip


def add_run(store: Store, *, name: str = "", q_value: float | None = None) -> int:
    run = start_run(
        store, command="undazzle detect harbour.duckdb", method="window", name=name, seed=7,
        parameters={"time_windows": [60.0, 600.0], "min_participation": 2},
    )  # fmt: skip
    for window, item, a, b, post_a, post_b in CO_ACTIONS:
        gap = abs(POSTS[post_a][1] - POSTS[post_b][1])
        store.execute(
            "INSERT INTO co_actions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [run, window, ITEMS[item][0], item, a, b, post_a, post_b, gap],
        )
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
    expected = None if q_value is None else 0.25
    store.execute(
        "INSERT INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [run, window, kind, *accounts, *counts, float(counts[0]), inside, expected, q_value, q_value],
    )


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
    expected = None if q_value is None else 0.5
    store.execute(
        "INSERT INTO networks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [run, number, name, window, len(members), len({one[2:4] for one in held}), len(held),
         len({one[1] for one in held}), len({at.date() for at in times}), list(kinds), times[0], times[-1],
         float(len(held)), expected, q_value, q_value],
    )  # fmt: skip
    for key in members:
        mine = [one for one in held if key in one[2:4]]
        store.execute(
            "INSERT INTO members VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            [run, number, key, ACCOUNTS[key][0], len(mine), len({sum(one[2:4]) for one in mine}),
             len({one[1] for one in mine}), len({one[4 if one[2] == key else 5] for one in mine}),
             sum(post[0] == key for post in POSTS.values()), 1, float(len(mine))],
        )  # fmt: skip


def add_wide_network(store: Store, size: int) -> Network:
    """Add a run with one chain of ``size`` accounts, each pair with one co-action."""
    run = start_run(store, command="test", method="window", parameters={})
    kinds = {"run": run, "size": size, "at": START}
    store.execute(
        "INSERT INTO accounts SELECT 1000 + i, 'x:' || (1000 + i), 'x', 'reader_' || i, NULL FROM range($size) r(i)",
        {"size": size},
    )
    store.execute(
        "INSERT INTO posts (post_key, post_id, platform, account_key, account_id, posted_at, text)"
        " SELECT 1000 + i, 'x:p' || i, 'x', 1000 + i, 'x:' || (1000 + i), $at + to_seconds(i), 'Tide table'"
        " FROM range($size) r(i)",
        {"size": size, "at": START},
    )
    store.execute(
        "INSERT INTO members SELECT $run, 1, 1000 + i, 'x:' || (1000 + i), 2, 2, 1, 1, 1, 1, 2.0, NULL"
        " FROM range($size) r(i)",
        {"run": run, "size": size},
    )
    for first, second in pairwise(range(1000, 1000 + size)):
        store.execute("INSERT INTO co_actions VALUES (?, 60, 'link', 1, ?, ?, ?, ?, 1)", [run, *[first, second] * 2])
        add_pair(store, run, 60.0, "link", (first, second), (1, 1, 1, 1, 1.0), True, None)
    store.execute(
        "INSERT INTO networks SELECT $run, 1, 'wide-gull', 60, $size, $size - 1, $size - 1, 1, 1, ['link'], $at,"
        " $at + to_seconds($size), 1, NULL, NULL, NULL, NULL, NULL",
        kinds,
    )
    finish_run(store, run, warnings=[], summary={}, cpu_started=time.process_time())
    return Run.find(store, run).networks[1]
