"""What each stage of a command cost, as a file for whoever wants to know where time and memory go."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class Stages:
    """Wall and CPU seconds of each stage, with the most memory the process had held by its end.

    Attributes
    ----------
    costs
        One record per stage, in order: ``stage`` (the line of progress), ``wall_seconds``, ``cpu_seconds`` (user and
        system, all threads; children are not counted) and ``peak_mb`` (resident set in megabytes of 2**20 bytes, the
        largest since the process began; ``None`` where the system does not tell).
    """

    def __init__(self) -> None:
        self.costs: list[dict[str, Any]] = []
        self._stage = ""
        self._wall, self._cpu = time.perf_counter(), 0.0
        self.begin("Starting")
        self._cpu = 0.0  # what Python and its libraries took to load belongs to the first stage

    def begin(self, stage: str) -> None:
        """End the stage before, and begin this one."""
        self.end()
        self._stage = stage
        self._wall, self._cpu = time.perf_counter(), _spent()[0]

    def end(self) -> None:
        """Note what the stage cost; nothing if none was begun."""
        if not self._stage:
            return
        cpu, peak = _spent()
        self.costs.append(
            {
                "stage": self._stage,
                "wall_seconds": round(time.perf_counter() - self._wall, 3),
                "cpu_seconds": round(cpu - self._cpu, 3),
                "peak_mb": peak,
            }
        )
        self._stage = ""

    def write(self, target: Path) -> None:
        """Write all records as a JSON list."""
        self.end()
        target.write_text(json.dumps(self.costs, indent=1) + "\n", encoding="utf-8")


def _spent() -> tuple[float, float | None]:
    if resource is None:
        return time.process_time(), None
    used = resource.getrusage(resource.RUSAGE_SELF)
    per_mb = 2**20 if sys.platform == "darwin" else 2**10  # bytes there, kilobytes elsewhere
    return used.ru_utime + used.ru_stime, round(used.ru_maxrss / per_mb, 1)
