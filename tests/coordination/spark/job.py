"""Runs detections on one cluster and again without it, in a process of its own that may open sockets.

``python -m tests.coordination.spark.job WORKSPACE CASES.json``: for each case, the settings of two runs. With
``kill`` in a case a worker is killed while the cluster searches, as soon as the first part is kept.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import undazzle
from tests.coordination.spark.processes import descendants
from undazzle.coordination.spark import engine, searching
from undazzle.store.engines import SparkOptions, open_cluster
from undazzle.workspace import Workspace

MASTER = "local-cluster[2,1,1024]"
# Short jobs: what Java would gain by compiling for long ones is more than all the rest costs.
QUICK = dict.fromkeys(
    ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions"), "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
)


def main(workspace: str, cases: str) -> None:
    options = SparkOptions(master=MASTER, wait=300, settings=QUICK)
    engine.WORTH_A_JOB = searching.WORTH_SENDING = 0  # so that the cluster counts and searches also what is small
    with Workspace(workspace) as opened, open_cluster(options, Path(workspace)) as cluster:
        context = cluster.session.sparkContext
        for settings in json.loads(cases):
            kill = settings.pop("kill", False)
            alone = opened.detect(**settings)
            killed = kill_a_worker(Path(workspace)) if kill else []
            compiled = compiled_files()
            before = len(context.statusTracker().getJobIdsForGroup())
            together = opened.detect(**settings, spark=options)
            jobs = len(context.statusTracker().getJobIdsForGroup()) - before
            print(json.dumps([alone.run_id, together.run_id, jobs, len(killed), len(compiled_files() ^ compiled)]))
        hosts = context._jsc.sc().statusTracker().getExecutorInfos()
        print(json.dumps({"executors": len(hosts) - 1}))


def compiled_files() -> set[tuple[str, float]]:
    """Return every file of compiled code that processes of this machine find again, with the time it was written."""
    place = Path(os.environ.get("NUMBA_CACHE_DIR") or Path(undazzle.__file__).parent)
    found = {(str(file), file.stat().st_mtime) for file in place.rglob("*.nbi")}
    assert found
    return found


def kill_a_worker(workspace: Path) -> list[int]:
    """Kill the Java process of a worker once a part of a search is kept; the list that is returned takes its number."""
    killed: list[int] = []

    def look() -> None:
        until = time.monotonic() + 300
        while not list(workspace.parent.glob("*.parts/run-*/*/search*.npz")) and time.monotonic() < until:
            time.sleep(0.02)
        worker = next(pid for pid, line in descendants(os.getpid()) if "CoarseGrainedExecutorBackend" in line)
        killed.append(worker)
        os.kill(worker, signal.SIGKILL)

    threading.Thread(target=look, daemon=True).start()
    return killed


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
