"""The calibrated method as tasks of a Spark cluster of several processes on this machine, against this machine alone.

``python -m benchmarks.spark_calibrated [ROWS ...]`` measures other sizes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.measuring import measure_python
from benchmarks.tables import print_table

TITLE = "Spark: the calibrated method on a local cluster of two workers, and what it costs"
SIZES, QUICK_SIZES = (300_000, 1_000_000), (20_000,)
_HEADS = (
    "posts", "slots", "sent MB", "tested accounts", "networks", "same", "alone: CPU s, wall s",
    "cluster, first / second: CPU s", "wall s", "most MB of all", "from Parquet: CPU s, wall s",
    "workspace MB, ingested / from Parquet",
)  # fmt: skip


def run(*, quick: bool, sizes: Sequence[int] = ()) -> dict[str, Any]:
    """Measure every size as an application of its own, print a table, and where the time of this machine goes."""
    cases = []
    for rows in sizes or (QUICK_SIZES if quick else SIZES):
        printed = measure_python("benchmarks.spark_calibrated_job", str(rows))[1]
        cases.append(json.loads(printed.splitlines()[-1]))
    print_table(list(_HEADS), [_row(one) for one in cases])
    for one in cases:
        print(_where_time_goes(one))
    same = all(one["same"] for one in cases)
    print(f"\n{'All rows are identical' if same else 'ROWS DIFFER'}: networks, members, pairs, co-actions, tests.")
    return {"cases": cases, "same": same}


def _row(one: dict[str, Any]) -> list[str]:
    first, second = one["runs"]
    return [
        f"{one['posts']:,}",
        f"{one['slots']:,}",
        f"{one['sent_mb']:.1f}",
        f"{one['tested_accounts']:,}",
        f"{one['networks']:,}",
        "yes" if one["same"] else "NO",
        f"{one['alone']['cpu']:.1f}, {one['alone']['wall']:.0f}",
        f"{first['cpu']:.1f} / {second['cpu']:.1f}",
        f"{first['wall']:.0f} / {second['wall']:.0f}",
        f"{max(first['memory_mb'], second['memory_mb']):,.0f}",
        f"{one['from_parquet']['cpu']:.1f}, {one['from_parquet']['wall']:.0f}",
        " / ".join(f"{size:.0f}" for size in one["workspace_mb"]),
    ]


def _where_time_goes(one: dict[str, Any]) -> str:
    """Say how many CPU seconds of this machine alone each step took, and what stays on it however large a cluster."""
    spread, views = sum(one["steps"].values()), one["views"]
    steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in one["steps"].items())
    return (
        f"\n{one['posts']:,} posts, alone: {steps} CPU s in steps that a cluster takes; "
        f"{one['alone']['cpu'] - spread:.1f} in what stays here. "
        f"Views: {len(views)}, the longest {max(views):.1f} of {sum(views):.1f}."
    )


if __name__ == "__main__":
    run(quick=False, sizes=[int(one) for one in sys.argv[1:]])
