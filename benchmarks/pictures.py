"""Pictures that look alike: grouping very many PDQ hashes, and brute force beside it where that is feasible."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.measuring import measure_python
from benchmarks.tables import print_table

TITLE = "Pictures: groups of PDQ hashes within 31 of 256 bits"
_COUNTS, _QUICK_COUNTS = (20_000, 100_000, 1_000_000), (4_000,)


def run(*, quick: bool) -> dict[str, Any]:
    """Measure every size in a process of its own and print a table."""
    measured = []
    for count in _QUICK_COUNTS if quick else _COUNTS:
        usage, printed = measure_python("benchmarks.pictures_job", str(count))
        one = json.loads(printed.splitlines()[-1])
        measured.append(one | {"cpu_seconds": usage.cpu_seconds, "peak_mb": usage.peak_mb})
    print_table(
        ["hashes", "groups", "grouping CPU s", "whole process CPU s", "peak MB", "brute force"],
        [
            [
                f"{one['hashes']:,}",
                f"{one['groups']:,}",
                f"{one['group_cpu_seconds']:.2f}",
                f"{one['cpu_seconds']:.2f}",
                f"{one['peak_mb']:,.0f}",
                {True: "same groups", False: "OTHER GROUPS"}.get(one.get("same"), ""),
            ]
            for one in measured
        ],
    )
    return {"sizes": measured, "same": all(one.get("same", True) for one in measured)}
