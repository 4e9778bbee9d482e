"""Builds workspaces of neutral accounts and posts for tests of signals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from undazzle.ingest.load import ingest_file
from undazzle.signals import Choice, Indicator, choose_accounts, read_signals
from undazzle.store import Store

START = datetime(2024, 3, 4)  # a Monday


def workspace(tmp_path: Path, rows: Iterable[Mapping[str, object]], name: str = "posts.csv") -> Store:
    """Return a workspace in memory with these posts; every row needs account_id, posted_at and text."""
    rows = list(rows)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: row.get(key, "") for key in columns})
    path = tmp_path / name
    path.write_text(text.getvalue(), encoding="utf-8")
    store = Store(":memory:")
    ingest_file(store, path)
    return store


def post(account: str, number: int, **more: object) -> dict[str, object]:
    """Return one post about ferries; one hour after the other."""
    at = START + timedelta(hours=number)
    return {
        "post_id": f"{account}-{number}",
        "account_id": account,
        "posted_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "text": f"The ferry number {number} leaves the harbour on time",
    } | more


def members_of(count: int) -> list[str]:
    """Return ids of the accounts of a group."""
    return [f"m{one}" for one in range(count)]


def read(store: Store, members: Iterable[str], signal: str, **more: object) -> Indicator:
    """Return one signal of a group of accounts against all others."""
    choice: Choice = choose_accounts(store, members)
    return read_signals(store, choice, signals=[signal], **more)[0]  # type: ignore[arg-type]  # options of one kind
