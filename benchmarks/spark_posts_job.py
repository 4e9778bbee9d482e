"""Reads a file of posts into a workspace, has a local cluster read the same posts from Parquet, compares; prints JSON.

``python -m benchmarks.spark_posts_job FILE``: the classic method, 60 s, two shared items, all usual traces.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.spark_job import MASTER, measured, shuffled_mb
from undazzle.store import Store
from undazzle.store.engines import SparkOptions, open_cluster
from undazzle.workspace import Workspace

_ASKED: dict[str, Any] = {"method": "window", "time_window": "60s", "min_items": 2, "trust": False, "explain": False}
# By names: numbers of accounts and posts are given out anew.
_RESULTS = (
    "SELECT a.account_id, b.account_id, p.* EXCLUDE (run_id, account_a, account_b) FROM pairs p JOIN accounts a"
    " ON a.account_key = p.account_a JOIN accounts b ON b.account_key = p.account_b",
    "SELECT * EXCLUDE run_id FROM co_action_view",
    "SELECT * EXCLUDE (run_id, account_key) FROM members",
    "SELECT * EXCLUDE run_id FROM networks",
)


def main(file: str) -> None:
    """Do it and compare pairs, co-actions, members and networks row by row."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace(folder / "here.duckdb") as here:
            read = here.ingest(file)[0]
            here.export_posts(folder / "posts")
            alone = measured(lambda: here.detect(**_ASKED))[0]
        options = SparkOptions(master=MASTER, wait=300)
        with open_cluster(options, folder / "none.duckdb") as cluster, Workspace(folder / "there.duckdb") as there:
            posts = str(folder / "posts")
            together = measured(lambda: there.detect(**_ASKED, spark=options, posts=posts))[0]
            shuffle = shuffled_mb(cluster)
        with (
            Store(folder / "here.duckdb", read_only=True) as one,
            Store(folder / "there.duckdb", read_only=True) as two,
        ):
            rows = [[store.rows(f"{sql} ORDER BY ALL") for store in (one, two)] for sql in _RESULTS]
            brought = two.rows("SELECT count(*) FROM posts")[0][0]
    result = {
        "posts": read.posts_added,
        "alone": alone,
        "cluster": together | {"shuffle_mb": shuffle},
        "rows": [len(here) for here, _ in rows],
        "posts_brought_back": brought,
        "same": all(here == there for here, there in rows),
    }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
