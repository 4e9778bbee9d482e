"""CPU and memory of a command and of every process that it starts, also of those that nobody waits for.

Spark's workers are started by a Java process that does not account for them, so they are looked at while they run.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import CommandFailedError, Usage

_EVERY = 0.1
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def measure_tree(command: Sequence[str]) -> tuple[Usage, str]:
    """Run a command to its end; return what all processes of its session cost, and what it printed.

    CPU is what each process had used when it was last seen: up to a tenth of a second of each is missed. Memory is the
    largest sum over all processes at one time; pages that processes share count for each.

    Raises
    ------
    CommandFailedError
        If it ends with another code than 0.
    """
    started, seen, peak = time.perf_counter(), {}, [0.0]
    done = threading.Event()
    with subprocess.Popen(
        list(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:

        def watch() -> None:
            while not done.is_set():
                found = _session(process.pid)
                seen.update({pid: cpu for pid, (cpu, _) in found.items()})
                peak[0] = max(peak[0], sum(memory for _, memory in found.values()))
                time.sleep(_EVERY)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        printed = process.stdout.read() if process.stdout else ""
        process.wait()
        done.set()
        watcher.join()
    usage = Usage(sum(seen.values()), time.perf_counter() - started, peak[0])
    if process.returncode:
        raise CommandFailedError(f"{' '.join(command)} ended with {process.returncode}:\n{printed[-2000:]}")
    return usage, printed


def _session(leader: int) -> dict[int, tuple[float, float]]:
    """Return CPU seconds and resident megabytes of each process that descends from ``leader``."""
    stats = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            stats[int(entry.name)] = fields
    family, grown = {leader}, True
    while grown:
        more = {pid for pid, fields in stats.items() if int(fields[1]) in family or int(fields[3]) == leader} - family
        family, grown = family | more, bool(more)
    return {
        pid: ((int(stats[pid][11]) + int(stats[pid][12])) / _TICK, int(stats[pid][21]) * _PAGE_MB)
        for pid in family
        if pid in stats
    }
