"""A casebook of thousands of incidents: load, check, lay contradictions side by side."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import measure_python, measure_undazzle
from benchmarks.tables import print_table

TITLE = "Casebook: undazzle case check on many incidents"

GOAL_CPU_SECONDS = 10.0  # for 5,000 incidents, the whole command
QUICK = (200,)
ALL = (500, 5_000)


def run(*, quick: bool) -> dict[str, Any]:
    """Write cases, check each by the command and by its steps, and print a table."""
    measured = []
    for incidents in QUICK if quick else ALL:
        with tempfile.TemporaryDirectory() as folder:
            case = str(Path(folder) / "case")
            measure_python("benchmarks.cases", "write", case, str(incidents))
            usage = measure_undazzle(("case", "check", case))
            steps = json.loads(measure_python("benchmarks.cases", "check", case)[1])
        measured.append(
            {"incidents": incidents, **steps, "command_cpu_seconds": usage.cpu_seconds, "peak_mb": usage.peak_mb}
        )
    print_table(
        ["incidents", "records", "load CPU s", "check CPU s", "contradictions CPU s", "command CPU s", "peak MB"],
        [
            [
                f"{one['incidents']:,}",
                f"{one['records']:,}",
                f"{one['load_cpu_seconds']:.2f}",
                f"{one['check_cpu_seconds']:.2f}",
                f"{one['contradictions_cpu_seconds']:.2f}",
                f"{one['command_cpu_seconds']:.2f}",
                f"{one['peak_mb']:,.0f}",
            ]
            for one in measured
        ],
    )
    met = all(one["command_cpu_seconds"] < GOAL_CPU_SECONDS for one in measured)
    print(f"\nGoal of {GOAL_CPU_SECONDS:.0f} CPU s for the command: {'met' if met else 'MISSED'}.")
    return {"cases": measured, "goal_met": met}
