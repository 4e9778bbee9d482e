"""The compiled kernel on synthetic events: ordinary ones, and items that went viral."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.measuring import measure_python
from benchmarks.tables import print_table

TITLE = "Kernel: pairs of accounts with at least k shared items"

_TIMES = ("prune CPU", "kernel CPU", "kernel wall", "list CPU")
# set, window in seconds, least number of items
QUICK = (("small", 60, 1), ("small", 60, 2))
ALL = (
    ("e1m_nv", 60, 1),
    ("e1m_nv", 60, 2),
    ("e1m_nv", 3600, 2),
    ("v1", 60, 2),
    ("v5", 60, 3),
    ("v5f", 60, 3),
    ("e10m_nv", 60, 2),
)


def run(*, quick: bool) -> dict[str, Any]:
    """Measure every case in a process of its own and print a table."""
    measured = []
    for case in QUICK if quick else ALL:
        usage, printed = measure_python("benchmarks.kernel_job", *(str(one) for one in case))
        measured.append(json.loads(printed.splitlines()[-1]) | {"peak_mb": usage.peak_mb})
    print_table(
        [
            "events",
            "window",
            "k",
            "co-actions",
            "pairs",
            "prune CPU s",
            "kernel CPU s",
            "wall s",
            "list CPU s",
            "peak MB",
        ],
        [
            [
                f"{one['set']} ({one['events']:,})",
                f"{one['window_seconds']} s",
                one["least_items"],
                f"{one['co_actions']:,}",
                f"{one['pairs']:,}",
                f"{one['prune_cpu_seconds']:.2f}",
                f"{one['kernel_cpu_seconds']:.2f}",
                f"{one['kernel_wall_seconds']:.2f}",
                f"{one['enumerate_cpu_seconds']:.2f}" if "enumerate_cpu_seconds" in one else "",
                f"{one['peak_mb']:,.0f}",
            ]
            for one in measured
        ],
    )
    same = all(one.get("same", True) for one in measured)
    print(f"\n{'Listing gives as many pairs' if same else 'LISTING GIVES OTHER PAIRS'} where it was feasible.")
    return {"cases": measured, "same": same}
