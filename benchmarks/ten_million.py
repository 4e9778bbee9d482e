"""One command from a file of posts to networks and reports, at growing sizes: what it costs, stage by stage.

``python -m benchmarks.ten_million [ROWS ...] [--option=...]`` measures other sizes, with further options of
``undazzle run`` (such as ``--memory=4GB``).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import measure_python, measure_undazzle
from benchmarks.tables import print_table

TITLE = "From a file of posts to networks and report: all default traces, calibrated"
SIZES, QUICK_SIZES = (300_000, 1_000_000, 3_000_000, 10_000_000), (20_000,)
GOAL_ROWS, GOALS = 10_000_000, {"wall_seconds": 600.0, "peak_mb": 6_000.0}
_REPORT_MB = 5.0
_SHOWN_SECONDS = 0.02  # share of all CPU seconds from which a stage has a line of its own


def run(*, quick: bool, sizes: Sequence[int] = (), options: Sequence[str] = ()) -> dict[str, Any]:
    """Measure every size, print cost, stages and what was found of the planted networks.

    Parameters
    ----------
    quick
        One small size.
    sizes
        Numbers of posts; the usual ones if none is given.
    options
        Given to ``undazzle run`` besides.
    """
    measured = [_measure(rows, options) for rows in sizes or (QUICK_SIZES if quick else SIZES)]
    print_table(
        ["posts", "CPU s", "wall s", "peak MB", "workspace MB", "report MB", "named of planted", "others named"],
        [_row(one) for one in measured],
    )
    for one in measured:
        _print_stages(one)
    for one in measured:
        if one["posts"] >= GOAL_ROWS:
            met = all(one[name] < most for name, most in GOALS.items())
            wall, peak = GOALS["wall_seconds"], GOALS["peak_mb"]
            print(f"\nGoal: under {wall:.0f} s wall and {peak:,.0f} MB: {'met' if met else 'missed'}")
        if one["report_mb"] > _REPORT_MB:
            print(f"\n{one['posts']:,} posts: the largest page is larger than {_REPORT_MB:g} MB")
    return {"sizes": measured, "options": list(options)}


def _measure(rows: int, options: Sequence[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="undazzle-benchmark-") as name:
        folder = Path(name)
        posts, out, timings = folder / "posts.parquet", folder / "out", folder / "timings.json"
        measure_python("benchmarks.ten_million_posts", str(posts), str(rows))
        used = measure_undazzle(
            ["run", str(posts), "-o", str(out), "--quiet", "--unmask", "--timings", str(timings), *options]
        )
        counted = measure_python(
            "benchmarks.ten_million", "found", str(out / "workspace.duckdb"), str(posts.with_suffix(".planted.json"))
        )[1]
        return {
            "posts": rows,
            "cpu_seconds": used.cpu_seconds,
            "wall_seconds": used.wall_seconds,
            "peak_mb": used.peak_mb,
            "workspace_mb": _megabytes(out / "workspace.duckdb"),
            "report_mb": max(_megabytes(page) for page in out.rglob("*.html")),
            "stages": json.loads(timings.read_text(encoding="utf-8")),
            **json.loads(counted),
        }


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 2**20


def count_found(workspace: str, planted: str) -> dict[str, Any]:
    """Return how many members of each planted network are named in the latest run's networks, and how many others."""
    from undazzle.store import Store, find_run

    groups = json.loads(Path(planted).read_text(encoding="utf-8"))
    with Store(workspace, read_only=True) as store:
        run = find_run(store, None).run_id
        rows = store.rows("SELECT account_id FROM members WHERE run_id = ?", [run])
    named = {str(row[0]).split(":")[-1] for row in rows}
    found = [
        {"kind": one["kind"], "members": len(one["accounts"]), "named": len(named & set(one["accounts"]))}
        for one in groups
    ]
    return {"planted": found, "others_named": len(named - {one for group in groups for one in group["accounts"]})}


def _row(one: dict[str, Any]) -> list[str]:
    found = ", ".join(f"{group['kind']} {group['named']}/{group['members']}" for group in one["planted"])
    return [
        f"{one['posts']:,}",
        f"{one['cpu_seconds']:.1f}",
        f"{one['wall_seconds']:.1f}",
        f"{one['peak_mb']:,.0f}",
        f"{one['workspace_mb']:,.0f}",
        f"{one['report_mb']:.1f}",
        found,
        str(one["others_named"]),
    ]


def _print_stages(one: dict[str, Any]) -> None:
    """Print the stages that cost most, in order, and the rest as one line."""
    total = sum(stage["cpu_seconds"] for stage in one["stages"])
    shown = [stage for stage in one["stages"] if stage["cpu_seconds"] >= _SHOWN_SECONDS * total]
    rest = [stage for stage in one["stages"] if stage["cpu_seconds"] < _SHOWN_SECONDS * total]
    wall, cpu = (sum(stage[name] for stage in rest) for name in ("wall_seconds", "cpu_seconds"))
    print(f"\nStages at {one['posts']:,} posts\n")
    print_table(
        ["stage", "CPU s", "wall s", "peak MB so far"],
        [
            *(
                [stage["stage"], f"{stage['cpu_seconds']:.1f}", f"{stage['wall_seconds']:.1f}", _peak(stage)]
                for stage in shown
            ),
            [f"{len(rest)} further stages", f"{cpu:.1f}", f"{wall:.1f}", ""],
        ],
    )


def _peak(stage: dict[str, Any]) -> str:
    return "" if stage["peak_mb"] is None else f"{stage['peak_mb']:,.0f}"


def main(arguments: Sequence[str]) -> None:
    """Run what the command line says."""
    if arguments and arguments[0] == "found":
        print(json.dumps(count_found(*arguments[1:])))
        return
    options = [one for one in arguments if one.startswith("-")]
    run(quick=False, sizes=[int(one) for one in arguments if one not in options], options=options)


if __name__ == "__main__":
    main(sys.argv[1:])
