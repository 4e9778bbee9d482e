"""Networks alone within a running process: what a call costs when start-up is over. Prints JSON.

``python -m benchmarks.warm_job toolkit DATABASE THREADS WINDOW…`` calls the toolkit's own functions for its co-link and
its co-retweet network, for one window after the other; its database is loaded and has its indexes.
``python -m benchmarks.warm_job undazzle WORKSPACE KEEP WINDOW…`` opens the workspace, in which the traces are already,
finds both networks within all windows in one run and closes it, which writes networks and evidence to disk: all through
the public API. Each run has a fresh copy of the workspace, made outside the clock; the last one is kept as ``KEEP``.

Libraries are imported and one run is made before the clock starts; figures are CPU seconds of the process and its
children, the cheapest of three runs.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

RUNS = 3


def main(tool: str, path: str, other: str, windows: Sequence[str]) -> None:
    """Measure one tool on windows in seconds and print the cheapest run."""
    work = _toolkit(path, int(other), windows) if tool == "toolkit" else _undazzle(path, other, windows)
    runs = [_timed(work) for _ in range(RUNS + 1)][1:]
    print(json.dumps(dict(zip(("cpu_seconds", "wall_seconds"), min(runs), strict=True))))


def _timed(work: Callable[[], Callable[[], None]]) -> tuple[float, float]:
    prepared = work()
    cpu, wall = _cpu_seconds(), time.perf_counter()
    prepared()
    return _cpu_seconds() - cpu, time.perf_counter() - wall


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _toolkit(database: str, threads: int, windows: Sequence[str]) -> Callable[[], Callable[[], None]]:
    from benchmarks.toolkit_job import networks

    def find() -> None:
        for window in windows:
            networks(database, int(window), threads)

    return lambda: find


def _undazzle(workspace: str, keep: str, windows: Sequence[str]) -> Callable[[], Callable[[], None]]:
    from undazzle import Workspace

    def find() -> None:
        with Workspace(keep) as opened:
            opened.detect(
                ["link", "repost"],
                method="window",
                time_window=[f"{window}s" for window in windows],
                min_participation=1,
                trace_settings={"link": {"canonical": False}},
                explain=False,
                trust=False,
            )

    def prepare() -> Callable[[], None]:
        Path(keep).unlink(missing_ok=True)
        shutil.copy(workspace, keep)
        return find

    return prepare


if __name__ == "__main__":
    main(*sys.argv[1:4], sys.argv[4:])
