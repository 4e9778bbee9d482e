"""The same job by the Coordination Network Toolkit and by Undazzle, in one run on one machine.

The job: from a CSV of posts to the link and the repost network within 60 s. (a) is the whole job, (b) the
networks alone from what was loaded: first time, and again when both tools have what they prepare once (the
toolkit its indexes, Undazzle its traces), within 60 s and within a day as well. The toolkit, called through its
package with two processes, makes both networks in one start, for one window; Undazzle is started as a command, with
both traces and once per trace, and with both windows. (b) is also measured within running processes, without start-up
on either side (``benchmarks.warm_job``). No figure counts unless all edges are the same.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import NOTHING, Usage, measure_python, measure_undazzle
from benchmarks.posts import real_slice
from benchmarks.tables import print_table

TITLE = "Coordination Network Toolkit 1.5.2 and Undazzle: link and repost networks within 60 s"
WINDOW, DAY, THREADS = 60, 86_400, 2
# times fewer CPU seconds: of the first release, and of the one for scale
GOALS = {
    "a": (3.0, 8.0),
    "b": (10.0, 30.0),
    "b, 60 s and a day": (10.0, 30.0),
    "warm": (30.0,),
    "warm, 60 s and a day": (30.0,),
}
NETWORKS = {"link": "co_link_network", "repost": "co_retweet_network"}
_REAL_ROWS, _SYNTHETIC_ROWS, _QUICK_ROWS = 1_000_000, 100_000, 20_000


def run(*, quick: bool) -> dict[str, Any]:
    """Measure both tools on one set of posts, compare their edges, print what was met and what was missed."""
    with tempfile.TemporaryDirectory(prefix="undazzle-benchmark-") as folder:
        _warm_up(Path(folder) / "warm")
        posts = Path(folder) / "posts.csv"
        described = _make_posts(posts, quick=quick)
        print(f"{described}; {posts.stat().st_size / 1e6:,.0f} MB of CSV\n", flush=True)
        theirs = _measure_toolkit(posts, Path(folder) / "toolkit.sqlite")
        ours = _measure_undazzle(posts, Path(folder))
        compared = _compare(Path(folder), WINDOW)
        theirs["day"] = _toolkit_networks(Path(folder) / "toolkit.sqlite", DAY)
        compared += _compare(Path(folder), DAY)
        warm, more = _measure_warm(Path(folder))
        compared += more
        file_mb = posts.stat().st_size / 2**20
    found = _report(described, theirs, ours, compared, warm, judged=not quick)
    return {**found, "above_file_mb": (ours["load"] + ours["networks"]).peak_mb - file_mb}


def whole_job_ratio(folder: Path, *, rows: int, times: int) -> float:
    """Return how many times fewer CPU seconds Undazzle takes for the whole job, the cheapest of several runs of each.

    Parameters
    ----------
    folder
        An empty folder to work in.
    rows
        Number of synthetic posts.
    times
        Runs of each tool, one after the other in turn.
    """
    _warm_up(folder / "warm")
    posts = folder / "posts.csv"
    measure_python("benchmarks.posts", "synthetic", str(posts), str(rows))
    theirs, ours = [], []
    for number in range(times):
        sqlite, duckdb = folder / f"{number}.sqlite", folder / f"{number}.duckdb"
        loaded = measure_python("benchmarks.toolkit_job", "load", str(posts), str(sqlite))[0]
        theirs.append((loaded + _toolkit_networks(sqlite, WINDOW)).cpu_seconds)
        ours.append(
            measure_undazzle(
                ["ingest", str(duckdb), str(posts), "--quiet"], _detect(duckdb, list(NETWORKS))
            ).cpu_seconds
        )
    return min(theirs) / min(ours)


def _warm_up(folder: Path) -> None:
    """Run both tools once on a few posts, so that neither compiles its modules within a measured run."""
    folder.mkdir()
    posts = folder / "posts.csv"
    measure_python("benchmarks.posts", "synthetic", str(posts), "500")
    _measure_toolkit(posts, folder / "toolkit.sqlite")
    _measure_undazzle(posts, folder)


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
    return {
        "load": measure_python("benchmarks.toolkit_job", "load", str(posts), str(database))[0],
        "networks": _toolkit_networks(database, WINDOW),
        "networks_again": _toolkit_networks(database, WINDOW),
    }


def _toolkit_networks(database: Path, window: int) -> Usage:
    return measure_python("benchmarks.toolkit_job", "networks", str(database), str(window), str(THREADS))[0]


def _measure_undazzle(posts: Path, folder: Path) -> dict[str, Usage]:
    together, apart = folder / "together.duckdb", folder / "apart.duckdb"
    load = measure_undazzle(["ingest", str(together), str(posts), "--quiet"])
    shutil.copy(together, apart)
    both = _detect(together, list(NETWORKS))
    each = [_detect(apart, [kind]) for kind in NETWORKS]
    return {
        "load": load,
        "networks": measure_undazzle(both),
        "networks_again": _least(both),
        "windows_again": _least(_detect(together, list(NETWORKS), (WINDOW, DAY))),
        "apart": measure_undazzle(*each),
        "apart_again": measure_undazzle(*each),
    }


def _least(command: Sequence[str]) -> Usage:
    """Return the cheapest of three runs: so short a command is measured on a busy machine rather than by itself."""
    return min((measure_undazzle(command) for _ in range(3)), key=lambda usage: usage.cpu_seconds)


def _detect(workspace: Path, kinds: Sequence[str], windows: Sequence[int] = (WINDOW,)) -> list[str]:
    """Return the command that finds what the toolkit finds: no participation filter, links as they are."""
    settings = ["--trace-setting", "link.canonical=false"] if "link" in kinds else []
    asked = ["--trace", ",".join(kinds), "--min-participation", "1"]
    asked += [word for window in windows for word in ("--time-window", f"{window}s")]
    plain = ["--method", "window", "--no-explain", "--no-trust", "--quiet"]
    return ["detect", str(workspace), *asked, *settings, *plain]


def _measure_warm(folder: Path) -> tuple[dict[str, Usage], list[dict[str, Any]]]:
    """Measure both tools within running processes, and hold the edges of the last run of each against each other."""
    spent: dict[str, Usage] = {}
    compared: list[dict[str, Any]] = []
    for name, windows in (("60 s", (WINDOW,)), ("60 s and a day", (WINDOW, DAY))):
        asked, keep = [str(one) for one in windows], folder / f"warm{len(windows)}.duckdb"
        for tool, path, other in (
            ("toolkit", folder / "toolkit.sqlite", str(THREADS)),
            ("undazzle", folder / "together.duckdb", str(keep)),
        ):
            usage, printed = measure_python("benchmarks.warm_job", tool, str(path), other, *asked)
            cost = json.loads(printed.splitlines()[-1])
            spent[f"{tool}, {name}"] = Usage(cost["cpu_seconds"], cost["wall_seconds"], usage.peak_mb)
        compared += _compare(folder, windows[-1], (keep.name,))  # the toolkit's last window stands in its database
    return spent, compared


def _compare(
    folder: Path, window: int, names: Sequence[str] = ("together.duckdb", "apart.duckdb")
) -> list[dict[str, Any]]:
    tables = [f"{kind}={table}" for kind, table in NETWORKS.items()]
    compared: list[dict[str, Any]] = []
    for name in names:
        files = [str(folder / "toolkit.sqlite"), str(folder / name)]
        compared += json.loads(measure_python("benchmarks.same_edges", str(window), *files, *tables)[1])
    return compared


def _report(
    described: str,
    theirs: dict[str, Usage],
    ours: dict[str, Usage],
    compared: list[dict[str, Any]],
    warm: dict[str, Usage],
    *,
    judged: bool,
) -> dict[str, Any]:
    whole = theirs["load"] + theirs["networks"]
    steps = {
        "load the file": (theirs["load"], ours["load"]),
        "(a) whole job": (whole, ours["load"] + ours["networks"]),
        "(a) a command per trace": (whole, ours["load"] + ours["apart"]),
        "(b) networks, first time": (theirs["networks"], ours["networks"]),
        "(b) a command per trace": (theirs["networks"], ours["apart"]),
        "(b) networks, again": (theirs["networks_again"], ours["networks_again"]),
        "(b) again, a command per trace": (theirs["networks_again"], ours["apart_again"]),
        "(b) again, 60 s and a day": (theirs["networks_again"] + theirs["day"], ours["windows_again"]),
        **{
            f"(b) in running processes, {name}": (warm[f"toolkit, {name}"], warm[f"undazzle, {name}"])
            for name in ("60 s", "60 s and a day")
        },
    }
    print_table(
        ["step", "toolkit CPU s", "Undazzle CPU s", "ratio", "toolkit wall s", "wall s", "toolkit MB", "MB"],
        [_row(name, *pair) for name, pair in steps.items()],
    )
    same = all(one["same"] for one in compared)
    edges = {f"{one['kind']} within {one['window']} s": (one["edges"], one["weight"]) for one in compared}
    counted = ", ".join(f"{what} {n:,} directed edges (weight {w:,})" for what, (n, w) in edges.items())
    print(f"\n{'Same edges and weights' if same else 'THE EDGES DIFFER'} in {len(compared)} comparisons: {counted}.")
    ratios = {"a": _ratio(*steps["(a) whole job"]), "b": _ratio(*steps["(b) networks, again"])}
    ratios["b, 60 s and a day"] = _ratio(*steps["(b) again, 60 s and a day"])
    ratios["warm"] = _ratio(*steps["(b) in running processes, 60 s"])
    ratios["warm, 60 s and a day"] = _ratio(*steps["(b) in running processes, 60 s and a day"])
    if judged and same:
        for part, goals in GOALS.items():
            said = ", ".join(f"{goal:g} {'met' if ratios[part] >= goal else 'MISSED'}" for goal in goals)
            print(f"({part}) {ratios[part]:.1f} times fewer CPU seconds; goals: {said}.")
    return {
        "posts": described,
        "same": same,
        "compared": compared,
        "load_average": os.getloadavg()[0],
        "steps": {name: {"toolkit": vars(one), "undazzle": vars(two)} for name, (one, two) in steps.items()},
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
