"""The same job by the Coordination Network Toolkit and by Undazzle, in one run on one machine.

The job: from a CSV of posts to the link and the repost network within 60 s. (a) is the whole job, (b) the
networks alone from what was loaded. Both tools start anew for every step; the toolkit is called through its
package with as many processes as there are cores here. No figure counts unless all edges are the same.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import NOTHING, Usage, measure_python, measure_undazzle
from benchmarks.posts import real_slice
from benchmarks.tables import print_table

TITLE = "Coordination Network Toolkit 1.5.2 and Undazzle: link and repost networks within 60 s"
WINDOW, THREADS = 60, 2
GOALS = {"a": 3.0, "b": 10.0}
NETWORKS = {"link": "co_link_network", "repost": "co_retweet_network"}
_REAL_ROWS, _SYNTHETIC_ROWS, _QUICK_ROWS = 1_000_000, 100_000, 20_000


def run(*, quick: bool) -> dict[str, Any]:
    """Measure both tools on one set of posts, compare their edges, print what was met and what was missed."""
    with tempfile.TemporaryDirectory(prefix="undazzle-benchmark-") as folder:
        posts = Path(folder) / "posts.csv"
        described = _make_posts(posts, quick=quick)
        print(f"{described}; {posts.stat().st_size / 1e6:,.0f} MB of CSV\n", flush=True)
        theirs = _measure_toolkit(posts, Path(folder) / "toolkit.sqlite")
        ours = _measure_undazzle(posts, Path(folder) / "work.duckdb")
        compared = _compare(Path(folder))
    return _report(described, theirs, ours, compared, judged=not quick)


def _make_posts(target: Path, *, quick: bool) -> str:
    source = None if quick else real_slice()
    if source:
        measure_python("benchmarks.posts", "slice", str(source), str(target), str(_REAL_ROWS))
        return f"{_REAL_ROWS:,} real posts"
    if not quick:
        print("The slice of one million real posts is not on this machine (set UNDAZZLE_DATA to its folder).")
    rows = _QUICK_ROWS if quick else _SYNTHETIC_ROWS
    measure_python("benchmarks.posts", "synthetic", str(target), str(rows))
    return f"{rows:,} synthetic posts"


def _measure_toolkit(posts: Path, database: Path) -> dict[str, Usage]:
    again = ("networks", str(database), str(WINDOW), str(THREADS))
    return {
        "load": measure_python("benchmarks.toolkit_job", "load", str(posts), str(database))[0],
        "networks": measure_python("benchmarks.toolkit_job", *again)[0],
        "networks_again": measure_python("benchmarks.toolkit_job", *again)[0],
    }


def _measure_undazzle(posts: Path, workspace: Path) -> dict[str, Usage]:
    each = [_detect(workspace, [kind]) for kind in NETWORKS]
    return {
        "load": measure_undazzle(["ingest", str(workspace), str(posts), "--quiet"]),
        "networks": measure_undazzle(*each),
        "networks_again": measure_undazzle(*each),
        "one_command_again": measure_undazzle(_detect(workspace, list(NETWORKS))),
    }


def _detect(workspace: Path, kinds: Sequence[str]) -> list[str]:
    """Return the command that finds what the toolkit finds: no participation filter, links as they are."""
    settings = ["--trace-setting", "link.canonical=false"] if "link" in kinds else []
    asked = ["--trace", ",".join(kinds), "--time-window", f"{WINDOW}s", "--min-participation", "1"]
    return ["detect", str(workspace), *asked, *settings, "--no-explain", "--quiet"]


def _compare(folder: Path) -> list[dict[str, Any]]:
    files = [str(folder / "toolkit.sqlite"), str(folder / "work.duckdb")]
    tables = [f"{kind}={table}" for kind, table in NETWORKS.items()]
    compared: list[dict[str, Any]] = json.loads(measure_python("benchmarks.same_edges", *files, *tables)[1])
    return compared


def _report(
    described: str,
    theirs: dict[str, Usage],
    ours: dict[str, Usage],
    compared: list[dict[str, Any]],
    *,
    judged: bool,
) -> dict[str, Any]:
    steps = [
        ("load the file", theirs["load"], ours["load"]),
        ("(a) whole job", theirs["load"] + theirs["networks"], ours["load"] + ours["networks"]),
        ("(b) networks, first time", theirs["networks"], ours["networks"]),
        ("(b) networks, again", theirs["networks_again"], ours["networks_again"]),
        ("(b) again, both in one run", theirs["networks_again"], ours["one_command_again"]),
    ]
    print_table(
        ["step", "toolkit CPU s", "Undazzle CPU s", "ratio", "toolkit wall s", "wall s", "toolkit MB", "MB"],
        [_row(*step) for step in steps],
    )
    same = all(one["same"] for one in compared)
    edges = {one["kind"]: (one["edges"], one["weight"]) for one in compared}
    counted = ", ".join(f"{kind} {n:,} directed edges (weight {w:,})" for kind, (n, w) in edges.items())
    print(f"\n{'Same edges and weights' if same else 'THE EDGES DIFFER'} in {len(compared)} comparisons: {counted}.")
    ratios = {
        "a": _ratio(*steps[1][1:]),
        "b": _ratio(*steps[3][1:]),
    }
    if judged and same:
        for part, goal in GOALS.items():
            verdict = "met" if ratios[part] >= goal else "missed"
            print(f"Goal ({part}): at least {goal:g} times fewer CPU seconds: {ratios[part]:.1f}, {verdict}.")
    return {
        "posts": described,
        "same": same,
        "compared": compared,
        "load_average": os.getloadavg()[0],
        "steps": {name: {"toolkit": vars(one), "undazzle": vars(two)} for name, one, two in steps},
        "ratios": ratios,
    }


def _row(name: str, theirs: Usage, ours: Usage) -> list[str]:
    return [
        name,
        f"{theirs.cpu_seconds:.2f}",
        f"{ours.cpu_seconds:.2f}",
        f"{_ratio(theirs, ours):.1f}",
        f"{theirs.wall_seconds:.1f}",
        f"{ours.wall_seconds:.1f}",
        f"{theirs.peak_mb:,.0f}",
        f"{ours.peak_mb:,.0f}",
    ]


def _ratio(theirs: Usage, ours: Usage) -> float:
    return theirs.cpu_seconds / ours.cpu_seconds if ours != NOTHING else float("nan")
