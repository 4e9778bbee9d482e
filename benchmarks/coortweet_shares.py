"""Tables of shares as CooRTweet reads them, and its edges held against those of a workspace, one by one.

``python -m benchmarks.coortweet_shares write KIND SOURCE OUT.csv ROWS`` takes the links or the reposts of the first
posts of a Parquet file in the toolkit's columns, or of as many synthetic posts (``SOURCE`` is ``synthetic``).
``python -m benchmarks.coortweet_shares compare WORKSPACE EDGES.csv`` prints JSON.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.posts import COLUMNS, synthetic_rows

_LAYOUT = ("object_id", "account_id", "content_id", "timestamp_share")
Edges = dict[tuple[str, str], int]


def write_shares(kind: str, source: str, target: str, rows: int) -> int:
    """Write the shares of links or reposts among the first posts; return how many there are."""
    written = 0
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_LAYOUT)
        for row in _posts(source, rows):
            post = dict(zip(COLUMNS, row, strict=True))
            for item in _objects(kind, post):
                writer.writerow((item, post["user_id"], post["message_id"], post["timestamp"]))
                written += 1
    return written


def _objects(kind: str, post: dict[str, Any]) -> list[str]:
    """Return what a post shares, each once."""
    found = str(post["urls"] or "").split(" ") if kind == "link" else [str(post["repost_id"] or "")]
    return [one for one in dict.fromkeys(found) if one]


def _posts(source: str, rows: int) -> Iterator[Sequence[object]]:
    if source == "synthetic":
        yield from synthetic_rows(rows)
        return
    from pyarrow import parquet

    left = rows
    for batch in parquet.ParquetFile(source).iter_batches(50_000, columns=list(COLUMNS)):
        part = batch.slice(0, left)
        yield from zip(*(part.column(name).to_pylist() for name in COLUMNS), strict=True)
        left -= len(part)
        if not left:
            return


def coortweet_edges(path: str) -> Edges:
    """Return the weights of the edges that the R package wrote, by its two accounts in order of their names."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return {_ordered(row["from"], row["to"]): int(row["weight"]) for row in csv.DictReader(file)}


def run_edges(workspace: str) -> Edges:
    """Return the co-actions of the pairs of the latest run."""
    from undazzle.store import Store

    with Store(workspace, read_only=True) as store:
        rows = store.rows(
            "SELECT a.account_id, b.account_id, co_actions FROM pairs "
            "JOIN accounts a ON a.account_key = account_a JOIN accounts b ON b.account_key = account_b "
            "WHERE run_id = (SELECT max(run_id) FROM runs)"
        )
    return {_ordered(_own(one), _own(two)): weight for one, two, weight in rows}


def _ordered(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one < two else (two, one)


def _own(account_id: str) -> str:
    return account_id.partition(":")[2]


def main(arguments: Sequence[str]) -> None:
    """Run what the command line says."""
    what, *rest = arguments
    if what == "write":
        print(write_shares(*rest[:3], int(rest[3])))
        return
    ours = run_edges(rest[0])
    result: dict[str, Any] = {"edges": len(ours), "weight": sum(ours.values())}
    if len(rest) > 1:
        result["same"] = coortweet_edges(rest[1]) == ours
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1:])
