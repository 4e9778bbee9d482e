"""An operation without a crowd around it: how much of it is placed in networks, and whether these follow its roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from undazzle.coordination import DetectionSettings, detect
from undazzle.coordination.communities import find_communities
from undazzle.errors import MissingExtraError
from undazzle.evaluation.baselines import BASELINES, Pairing
from undazzle.evaluation.baselines.counting import items_together
from undazzle.evaluation.baselines.similarity import cosine_pairs
from undazzle.evaluation.shares import IntArray, Shares
from undazzle.evaluation.stores import shares_of_store, store_of_file

Row = dict[str, Any]
COLUMNS = {"account_id": "author_id", "posted_at": "posted_at", "text": "text", "links": "urls", "hashtags": "hashtags"}


def run_alone(folder: Path, *, say: Callable[[str], None]) -> Iterator[Row]:
    """Yield one row for each method: share of accounts in networks, and agreement with the published categories.

    Baselines keep their strongest pairs until they place as many accounts as the detection under test does; their
    groups are the communities of these pairs.

    Parameters
    ----------
    folder
        Of the real data.
    say
        Told about progress.
    """
    path = folder / "ira_2015_2016/tweets.parquet"
    store = store_of_file(path, "auto", COLUMNS)
    try:
        run = detect(store, DetectionSettings(method="calibrated", shuffles=0, explain=False, trust=False))
        cpu = store.rows("SELECT cpu_seconds FROM runs WHERE run_id = ?", [run])[0][0]
        rows = store.rows(
            "SELECT m.account_id, n.network_id, n.status FROM members m JOIN networks n USING (run_id, network_id)"
            " WHERE run_id = ? AND is_certified",
            [run],
        )
        shares, accounts = shares_of_store(store)
    finally:
        store.close()
    number = {account: place for place, account in enumerate(accounts)}
    category = _categories(path, accounts)
    place = np.full(len(accounts), -1, dtype=np.int64)
    for account, network, _ in rows:
        place[number[account]] = network
    size = int((place >= 0).sum())
    rings = len({account for account, _, status in rows if status == "closed_content"})
    mine = {"method": "calibrated", "cpu_seconds": float(cpu), "in_rings": rings} | _agreement(place, category)
    for row in (mine, *_baselines(shares, category, size)):
        say(f"{row['method']:14} {row['placed']} of {row['accounts']} accounts placed, agreement {row['ami']:.2f}")
        yield row


def _baselines(shares: Shares, category: IntArray, size: int) -> Iterator[Row]:
    pairs: dict[str, Pairing] = {
        "count_60s": items_together(shares, 60),
        "count_1h": items_together(shares, 3_600),
        "cosine": cosine_pairs(shares),
    }
    for name in ("threshold_60s", "coortweet", "coornet", "bicm"):
        kept = BASELINES[name].run(shares).kept
        if kept is not None:
            pairs[name] = kept
    for name, found in pairs.items():
        yield {"method": name} | _agreement(_placed(found, shares.accounts, size), category)


def _placed(pairs: Pairing, accounts: int, size: int) -> IntArray:
    """Return the community of each account among the strongest pairs that cover ``size`` accounts; -1 outside."""
    order = np.argsort(-pairs.weight, kind="stable")
    covered: set[int] = set()
    taken = 0
    ends = zip(pairs.account_a[order].tolist(), pairs.account_b[order].tolist(), strict=True)
    for account_a, account_b in ends:
        if len(covered) >= size:
            break
        covered |= {account_a, account_b}
        taken += 1
    kept = order[:taken]
    place = np.full(accounts, -1, dtype=np.int64)
    groups = find_communities(pairs.account_a[kept], pairs.account_b[kept], pairs.weight[kept])
    for number, group in enumerate(groups):
        place[group] = number
    return place


def _agreement(place: IntArray, category: IntArray) -> Row:
    """Return how many accounts are placed, and the adjusted mutual information of places and categories."""
    try:
        metrics = import_module("sklearn.metrics")
    except ImportError as error:
        raise MissingExtraError("bench", "The agreement of networks with categories") from error
    inside = place >= 0
    return {
        "accounts": len(place),
        "placed": int(inside.sum()),
        "networks": len(np.unique(place[inside])),
        "ami": float(metrics.adjusted_mutual_info_score(category[inside], place[inside])) if inside.any() else 0.0,
    }


def _categories(path: Path, accounts: list[str]) -> IntArray:
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["author_id", "account_category"])
    known = dict(zip(table["author_id"].to_pylist(), table["account_category"].to_pylist(), strict=True))
    names = [known.get(account, known.get(account.partition(":")[2])) or "Unknown" for account in accounts]
    return np.unique(names, return_inverse=True)[1].astype(np.int64)
