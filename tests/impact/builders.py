"""A workspace with one network, its posts, and whoever answers them; filled by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from undazzle.store import Store, finish_run, start_run

START = datetime(2024, 3, 1, 9)


def workspace_with(
    posts: Sequence[Mapping[str, Any]], members: Sequence[str], other_members: Sequence[str] = ()
) -> Store:
    """Return a store: ``posts`` are rows of the table with ``id`` and ``account`` in short; the run is 1."""
    store = Store(":memory:")
    accounts = list(dict.fromkeys(one["account"] for one in posts))
    key = {name: number for number, name in enumerate(accounts, start=1)}
    for name, number in key.items():
        store.execute(
            "INSERT INTO accounts (account_key, account_id, platform, handle) VALUES (?, ?, 'x', ?)",
            [number, f"x:{name}", name],
        )
    for number, one in enumerate(posts, start=1):
        row = {
            "post_key": number,
            "post_id": f"x:{one['id']}",
            "platform": "x",
            "account_key": key[one["account"]],
            "account_id": f"x:{one['account']}",
            "posted_at": START + timedelta(minutes=number),
            "is_repost": "repost_of" in one,
            **{name: value for name, value in one.items() if name not in ("id", "account")},
        }
        names = ", ".join(row)
        store.execute(f"INSERT INTO posts ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    run = start_run(store, command="detect", method="window", parameters={})
    for network, names_ in ((1, members), (2, other_members)):
        if names_:
            store.execute("INSERT INTO networks (run_id, network_id, members) VALUES (?, ?, ?)", [run, network, 1])
        for name in names_:
            store.execute(
                "INSERT INTO members (run_id, network_id, account_key, account_id) VALUES (?, ?, ?, ?)",
                [run, network, key[name], f"x:{name}"],
            )
    finish_run(store, run, warnings=[], summary={}, cpu_started=0)
    return store
