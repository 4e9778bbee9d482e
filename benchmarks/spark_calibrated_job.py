"""Searches synthetic posts by the calibrated method here, on a local cluster twice, and from Parquet; prints JSON.

``python -m benchmarks.spark_calibrated_job ROWS``: all usual traces of one post, the default windows, without
explanations and checks. What comes out is compared row by row. One application: its first run pays for what Java and
the workers compile.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.spark_job import MASTER, measured
from benchmarks.ten_million_posts import write_posts
from undazzle.coordination.calibrated import run
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.spreading import Columns, Step, spread_here
from undazzle.coordination.spark import searching
from undazzle.coordination.spark.sending import send_basis
from undazzle.store import Store
from undazzle.store.engines import SparkOptions, open_cluster
from undazzle.workspace import Workspace

_ASKED: dict[str, Any] = {"traces": ["repost", "link", "text"], "trust": False, "explain": False}
_RESULTS = ("co_actions", "pairs", "networks", "members", "tested_accounts")


class Timed:
    """Works here and keeps the CPU seconds of every step, and of every view; also what a cluster would be sent."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = defaultdict(float)
        self.views: list[float] = []
        self.slots, self.sent_mb = 0, 0.0

    def __call__(self, step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
        self.slots = len(basis.slots.events)
        self.sent_mb = self.sent_mb or _megabytes(send_basis(basis))
        bundles = [[part] for part in parts] if step.name == "search" else [parts]
        for bundle in bundles:
            started = time.process_time()
            found = list(spread_here(step, basis, bundle))
            self.steps[step.name.split()[0]] += time.process_time() - started
            if step.name == "search":
                self.views.append(time.process_time() - started)
            yield from found


def _megabytes(sent: Any) -> float:
    """Return the bytes of all arrays in what is sent."""
    if hasattr(sent, "nbytes"):
        return float(sent.nbytes) / 2**20
    if isinstance(sent, type):
        return 0.0
    inner = sent.values() if isinstance(sent, dict) else vars(sent).values() if hasattr(sent, "__dict__") else ()
    return sum(_megabytes(one) for one in inner)


def main(rows: int) -> None:
    """Do it and compare."""
    with tempfile.TemporaryDirectory(prefix="undazzle-benchmark-") as name:
        folder = Path(name)
        write_posts(folder / "made.parquet", rows)
        with Workspace(folder / "here.duckdb") as here:
            here.ingest(folder / "made.parquet")
            here.export_posts(folder / "posts")
            timed = Timed()
            here.detect(**_ASKED, method="window", min_items=50)  # extracts the traces, for all that follow
            with patch.object(run, "_who_searches", lambda _work: timed):
                alone, first = measured(lambda: here.detect(**_ASKED).run_id)
            options = SparkOptions(master=MASTER, wait=300)
            started = time.perf_counter()
            searching.WORTH_SENDING = 0
            with open_cluster(options, folder / "none.duckdb"):
                start = time.perf_counter() - started
                cases = [measured(lambda: here.detect(**_ASKED, spark=options).run_id) for _ in range(2)]
                with Workspace(folder / "there.duckdb") as there:
                    posts = str(folder / "posts")
                    read, run_there = measured(lambda: there.detect(**_ASKED, spark=options, posts=posts).run_id)
        with Store(folder / "here.duckdb", read_only=True) as store:
            expected = _rows(store, first)
            same = [_rows(store, number) == expected for _, number in cases]
            networks = store.rows("SELECT count(*) FROM networks WHERE run_id = ?", [first])[0][0]
        with Store(folder / "there.duckdb", read_only=True) as store:
            same.append(_rows(store, run_there) == expected)
        result = {
            "posts": rows,
            "slots": timed.slots,
            "sent_mb": timed.sent_mb,
            "networks": networks,
            "tested_accounts": len(expected[-1]),
            "start_seconds": start,
            "alone": alone,
            "steps": dict(timed.steps),
            "views": timed.views,
            "runs": [used for used, _ in cases],
            "from_parquet": read,
            "workspace_mb": [(folder / f"{one}.duckdb").stat().st_size / 2**20 for one in ("here", "there")],
            "same": all(same),
        }
    json.dump(result, sys.stdout)


def _rows(store: Store, number: int) -> list[Any]:
    return [
        store.rows(f"SELECT * EXCLUDE run_id FROM {table} WHERE run_id = {number} ORDER BY ALL") for table in _RESULTS
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]))
