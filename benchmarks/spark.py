"""The kernel as tasks of a Spark cluster of several processes on this machine, against the same kernel alone."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.measuring import measure_python
from benchmarks.spark_model import print_model
from benchmarks.tables import print_table

TITLE = "Spark: the same pairs from a local cluster of two workers, and what it costs"

# set, window in seconds, least number of items
QUICK = (("small", 60, 1),)
ALL = (
    ("n300000", 60, 2), ("n1000000", 60, 2), ("n3000000", 60, 2), ("n6000000", 60, 2), ("n1000000", 3600, 2),
    ("n3000000", 60, 1), ("e1m_nv", 60, 1), ("e1m_nv", 3600, 1), ("v1", 60, 2),
)  # fmt: skip
_HEADS = (
    "events", "window", "k", "pair-actions", "walked", "tasks", "pairs", "same", "start s",
    "wall s, first / second", "CPU s of all, first / second", "most MB of all", "shuffle MB",
    "alone CPU s",
)  # fmt: skip


def run(*, quick: bool) -> dict[str, Any]:
    """Measure every case as an application of its own and print a table."""
    cases = []
    for case in QUICK if quick else ALL:
        printed = measure_python("benchmarks.spark_job", *(str(one) for one in case))[1]
        cases.append(json.loads(printed.splitlines()[-1]))
    print_table(list(_HEADS), [_row(one) for one in cases])
    same = all(one["same"] for one in cases)
    print(f"\n{'All rows are identical' if same else 'ROWS DIFFER'}: accounts, co-actions and items of every pair.")
    return {"cases": cases, "same": same, "model": print_model(cases)}


def _row(one: dict[str, Any]) -> list[str]:
    first, second = one["runs"]
    return [
        f"{one['set']} ({one['events']:,})",
        f"{one['window_seconds']} s",
        str(one["least_items"]),
        f"{one['pair_actions']:,}",
        f"{one['walked']:,}",
        str(one["tasks"]),
        f"{one['pairs']:,}",
        "yes" if one["same"] else "NO",
        f"{one['start_seconds']:.0f}",
        f"{first['wall']:.1f} / {second['wall']:.1f}",
        f"{first['cpu']:.1f} / {second['cpu']:.1f}",
        f"{max(first['memory_mb'], second['memory_mb']):,.0f}",
        f"{second['shuffle_mb']:,.0f}",
        f"{one['alone']['cpu']:.2f}",
    ]
