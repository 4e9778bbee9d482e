"""The same job by the R package CooRTweet and by Undazzle: from a table of shares to the weighted network within 60 s.

Needs ``Rscript`` and an installed CooRTweet (``R_LIBS`` says where); skipped, with the reason, without them. Both read
the same CSV in CooRTweet's own layout and start as commands; no ratio counts unless every edge has the same weight.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.measuring import CommandFailedError, Usage, measure, measure_python, measure_undazzle
from benchmarks.posts import real_slice
from benchmarks.tables import print_table

TITLE = "CooRTweet and Undazzle: from a table of shares to the network within 60 s"
WINDOW, MIN_PARTICIPATION, GOAL = 60, 1, 20.0
MOST_SECONDS, MOST_MB = 600, 8_000  # of processor time and of data, for the R package at its limit
_SMALL, _LARGE, _QUICK = 100_000, 1_000_000, 5_000


def run(*, quick: bool) -> dict[str, Any]:
    """Measure links and reposts of 100,000 posts, then links of a million; print what was met and what was missed."""
    version = installed_version()
    if version is None:
        reason = "Rscript or the R package CooRTweet is not installed (R_LIBS says where it is)"
        print(f"Skipped: {reason}.")
        return {"skipped": reason}
    print(f"CooRTweet {version}, of which R says: {_built_from()}\n", flush=True)
    source = None if quick else real_slice()
    if not quick and source is None:
        print("The slice of one million real posts is not on this machine (set UNDAZZLE_DATA to its folder).")
    sizes = [("link", _SMALL), ("repost", _SMALL), ("link", _LARGE)] if source else [("link", _QUICK)]
    with tempfile.TemporaryDirectory(prefix="undazzle-benchmark-") as folder:
        _measure(Path(folder) / "warm", "link", "synthetic", 200)  # neither compiles within a measured run
        measured = [
            _measure(Path(folder) / f"{kind}{rows}", kind, str(source or "synthetic"), rows) for kind, rows in sizes
        ]
    print_table(
        ["shares of", "rows", "CooRTweet CPU s", "MB", "Undazzle CPU s", "MB", "ratio", "edges", "weight", "same"],
        [_row(one) for one in measured],
    )
    return {
        "version": version,
        "sets": measured,
        "same": all(one["same"] is not False for one in measured),
        "figures": _figures(measured) if source else {},
    }


def installed_version() -> str | None:
    """Return the version of the installed R package, or ``None`` without it or without R."""
    return _ask_r('cat(as.character(packageVersion("CooRTweet")))')


def _built_from() -> str:
    return _ask_r('cat(packageDescription("CooRTweet")$Note %||% "nothing about where it came from")') or "nothing"


def _ask_r(expression: str) -> str | None:
    if shutil.which("Rscript") is None:
        return None
    define = "`%||%` <- function(one, other) if (is.null(one)) other else one; "
    try:
        return measure(["Rscript", "-e", define + expression])[1].strip()
    except CommandFailedError:
        return None


def _measure(folder: Path, kind: str, source: str, rows: int) -> dict[str, Any]:
    folder.mkdir()
    shares, edges, workspace = folder / "shares.csv", folder / "edges.csv", folder / "work.duckdb"
    table = measure_python("benchmarks.coortweet_shares", "write", kind, source, str(shares), str(rows))[1]
    ours = measure_undazzle(["ingest", str(workspace), str(shares), "--quiet"], _detect(workspace))
    theirs = _coortweet(shares, edges)
    ended = isinstance(theirs, Usage)
    counted = measure_python("benchmarks.coortweet_shares", "compare", str(workspace), *([str(edges)] if ended else []))
    return {
        "kind": kind,
        "posts": rows,
        "rows": int(table),
        "undazzle": vars(ours),
        "coortweet": vars(theirs) if isinstance(theirs, Usage) else theirs,
        "same": None,
        **json.loads(counted[1]),
    }


def _coortweet(shares: Path, edges: Path) -> Usage | str:
    """Return what the R package cost, or why it did not end within the limits."""
    job = Path(__file__).with_name("coortweet_job.R")
    limited = f'ulimit -t {MOST_SECONDS} && ulimit -d {MOST_MB * 1024} && exec "$@"'
    command = ["Rscript", str(job), str(shares), str(WINDOW), str(MIN_PARTICIPATION), str(edges)]
    try:
        return measure(["sh", "-c", limited, "sh", *command])[0]
    except CommandFailedError as error:
        said = str(error).strip().splitlines()
        if "cannot allocate" in str(error):
            return f"more than {MOST_MB:,} MB"
        if said[0].rstrip(":").endswith(("with -24", "with -9")):  # SIGXCPU, SIGKILL
            return f"more than {MOST_SECONDS} CPU s"
        raise


def _detect(workspace: Path) -> list[str]:
    """Return the command that finds what CooRTweet finds (docs/peers.md)."""
    asked = ["--trace", "object", "--time-window", f"{WINDOW}s", "--min-participation", str(MIN_PARTICIPATION)]
    plain = ["--method", "window", "--weight", "co_actions", "--no-explain", "--no-trust", "--quiet"]
    return ["detect", str(workspace), *asked, *plain]


def _figures(measured: list[dict[str, Any]]) -> dict[str, float]:
    """Return what the goals ask for: the worse ratio at 100,000 posts, and whether only we end at a million."""
    ratios = [_ratio(one) for one in measured if one["posts"] == _SMALL]
    figures = {"ratio": min(one for one in ratios if one)} if all(ratios) else {}
    largest = measured[-1]["coortweet"]
    if isinstance(largest, str):
        print(f"\nOn a million posts CooRTweet needs {largest} and was ended; Undazzle ends.")
    return {**figures, "only_undazzle_ends": float(isinstance(largest, str))}


def _ratio(one: Mapping[str, Any]) -> float | None:
    theirs = one["coortweet"]
    return None if isinstance(theirs, str) else float(theirs["cpu_seconds"] / one["undazzle"]["cpu_seconds"])


def _row(one: Mapping[str, Any]) -> list[str]:
    theirs, ours, ratio = one["coortweet"], one["undazzle"], _ratio(one)
    cost = [theirs, ""] if isinstance(theirs, str) else [f"{theirs['cpu_seconds']:.1f}", f"{theirs['peak_mb']:,.0f}"]
    return [
        f"{one['kind']}s of {one['posts']:,} posts",
        f"{one['rows']:,}",
        *cost,
        f"{ours['cpu_seconds']:.2f}",
        f"{ours['peak_mb']:,.0f}",
        f"{ratio:.0f}" if ratio else "",
        f"{one['edges']:,}",
        f"{one['weight']:,}",
        {True: "yes", False: "NO", None: ""}[one["same"]],
    ]
