"""Counts all pairs of one synthetic event set on a local cluster of several processes, twice, and here; prints JSON.

``python -m benchmarks.spark_job SET WINDOW LEAST_ITEMS``. One application: its first run pays for what Java compiles.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.kernel_job import events_of
from benchmarks.process_trees import tree_usage
from undazzle.coordination.events import Events
from undazzle.coordination.kernel import CountedPairs, count_pairs_compiled
from undazzle.coordination.spark.exporting import send_events
from undazzle.coordination.spark.pairing import prepare_pairing
from undazzle.coordination.windows import has_other_account_near
from undazzle.store.engines import Cluster, SparkOptions, open_cluster

MASTER = "local-cluster[2,1,1024]"
_LOOK = 0.5  # seconds


def measured(work: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    """Return wall and CPU seconds of all processes, the most memory they held together, and the result."""
    cpu, wall = tree_usage(os.getpid())[0], time.perf_counter()
    with PeakMemory() as peak:
        result = work()
    used = tree_usage(os.getpid())[0]
    return {"wall": time.perf_counter() - wall, "cpu": used - cpu, "memory_mb": peak.megabytes}, result


class PeakMemory:
    """The most memory that this process and all it started held at one time, looked at twice a second."""

    def __init__(self) -> None:
        self.megabytes, self._ended = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            self.megabytes = max(self.megabytes, tree_usage(os.getpid())[1])

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()
        self.megabytes = max(self.megabytes, tree_usage(os.getpid())[1])


def shuffled_mb(cluster: Cluster) -> float:
    """Return what all workers wrote for shuffles since the application began, in megabytes of 2**20 bytes."""
    executors = cluster.session.sparkContext._jsc.sc().statusStore().executorList(False)
    return sum(executors.apply(one).totalShuffleWrite() for one in range(executors.size())) / 2**20


def alone(events: Events, window: int, least_items: int) -> CountedPairs:
    return count_pairs_compiled(events.take(has_other_account_near(events, window)), window, least_items)


def same(one: CountedPairs, two: CountedPairs) -> bool:
    """Return whether two sets of pairs are equal, row for row."""
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in vars(one))


def main(name: str, window: int, least_items: int) -> None:
    """Count and compare."""
    events = events_of(name)
    alone(events.take(np.arange(len(events)) < 1000), window, least_items)  # compile
    usage, expected = measured(lambda: alone(events, window, least_items))
    result: dict[str, Any] = {
        "set": name,
        "window_seconds": window,
        "least_items": least_items,
        "events": len(events),
        "pairs": len(expected),
        "alone": usage,
        "runs": [],
    }
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        options = SparkOptions(master=MASTER, wait=300)
        with open_cluster(options, Path(folder) / "none.duckdb") as cluster:
            result["start_seconds"] = time.perf_counter() - started
            address = send_events(events, cluster.folder)
            for _ in range(2):
                before = shuffled_mb(cluster)
                usage, (plan, found) = measured(lambda: count_on(cluster, address, events, window, least_items))
                result["runs"].append(
                    usage | {"shuffle_mb": shuffled_mb(cluster) - before, "same": same(expected, found)}
                )
            result |= {"pair_actions": plan.pairs, "walked": plan.work, "tasks": plan.ranges}
    result["same"] = all(one["same"] for one in result["runs"])
    json.dump(result, sys.stdout)


def count_on(cluster: Cluster, address: str, events: Events, window: int, least_items: int) -> Any:
    frame, accounts = cluster.read(address), len(events.account_keys)
    with prepare_pairing(cluster, frame, count=len(events), accounts=accounts, window=window, k=least_items) as pairing:
        return pairing.plan, pairing.pairs()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
