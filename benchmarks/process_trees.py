"""CPU and memory of a process and of all that descend from it, also of those that nobody waits for.

Spark's workers are started by a Java process that does not account for them, so they are looked at while they run.
"""

from __future__ import annotations

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def tree_usage(leader: int) -> tuple[float, float]:
    """Return CPU seconds (own and of children that were waited for) and the resident megabytes of a living tree.

    Pages that processes share count for each. A process that ended and was not waited for takes its CPU with it.
    """
    stats = dict(_stats())
    family, grown = {leader}, True
    while grown:
        more = {pid for pid, fields in stats.items() if int(fields[1]) in family} - family
        family, grown = family | more, bool(more)
    living = [stats[pid] for pid in family if pid in stats]
    cpu = sum(int(one) for fields in living for one in fields[11:15]) / _TICK
    return cpu, sum(int(fields[21]) for fields in living) * _PAGE_MB


def _stats() -> list[tuple[int, list[str]]]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # fields after the name, which may hold spaces: state, parent, …
                found.append((int(entry.name), (entry / "stat").read_text().rpartition(")")[2].split()))
            except OSError:  # it has just ended
                continue
    return found
