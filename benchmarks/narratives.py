"""Narratives: what a million posts cost, and how right groups and first tellers are on held-out stories.

The stories come from ``benchmarks.held_out_stories``, which rewrites texts in other ways than the tests do. Settings
were chosen on ``benchmarks.choosing_stories``; docs/narratives.md tells what a first look at the held-out ones changed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import measure, measure_python, measure_undazzle
from benchmarks.posts import real_slice
from benchmarks.tables import print_table

TITLE = "Narratives: cost of a million posts, and held-out stories"
GOALS = {"cpu_seconds": 600.0, "peak_mb": 6_000.0, "f1": 0.9, "first": 0.95, "interval": 0.95}
_POSTS, _QUICK_POSTS = 1_000_000, 5_000
_DRAWS, _QUICK_DRAWS = 5, 1
_CHAINS, _QUICK_CHAINS = 40, 4
_SIMULATIONS, _QUICK_SIMULATIONS = 150, 2


def run(*, quick: bool) -> dict[str, Any]:
    """Measure cost and quality, print them beside the goals."""
    cost = _cost(_QUICK_POSTS if quick else _POSTS)
    counts = (_QUICK_DRAWS, _QUICK_CHAINS, _QUICK_SIMULATIONS) if quick else (_DRAWS, _CHAINS, _SIMULATIONS)
    quality = json.loads(measure_python("benchmarks.narratives_job", *map(str, counts))[1].splitlines()[-1])
    print_table(["measured", "figure", "goal"], _rows(cost, quality))
    return {"cost": cost, "quality": quality}


def _cost(posts: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="undazzle-benchmark-") as folder:
        target, workspace = Path(folder) / "posts.csv", str(Path(folder) / "posts.duckdb")
        real = real_slice() if posts == _POSTS else None
        if real:
            measure([sys.executable, "-m", "benchmarks.posts", "slice", str(real), str(target), str(posts)])
        else:
            measure_python("benchmarks.near_text_posts", str(target), str(posts))
        measure_undazzle(["ingest", workspace, str(target), "--quiet"])
        spent = measure_undazzle(["narratives", workspace, "--json", "-o", f"{folder}/narratives.json"])
    return {
        "posts": posts, "real": real is not None, "cpu_seconds": spent.cpu_seconds, "wall_seconds": spent.wall_seconds,
        "peak_mb": spent.peak_mb,
    }  # fmt: skip


def _rows(cost: dict[str, Any], quality: dict[str, Any]) -> list[list[str]]:
    kind = "real" if cost["real"] else "synthetic"
    chains = quality["chains"]
    grouped = [
        [f"{one['mechanics']}: B-cubed precision, recall, F1 {said}", _three(one[name]), f"F1 {GOALS['f1']}"]
        for name, said in (("stories", "among posts of stories"), ("with_talk", "with posts of no story"))
        for one in quality["groups"]
    ]
    influence = [
        [f"influence, {one['name']}: interval holds the true {one['true']:.2f} (mean {one['mean']:.2f})",
         f"{one['held']} of {one['of']}", f"{GOALS['interval']}"]
        for one in quality["influence"]
    ]  # fmt: skip
    return [
        [f"CPU s, {cost['posts']:,} {kind} posts", f"{cost['cpu_seconds']:.0f}", f"{GOALS['cpu_seconds']:.0f}"],
        ["wall s", f"{cost['wall_seconds']:.0f}", f"{GOALS['cpu_seconds']:.0f}"],
        ["peak MB", f"{cost['peak_mb']:,.0f}", f"{GOALS['peak_mb']:,.0f}"],
        *grouped,
        [f"first teller right, {chains} complete chains", f"{quality['first_right']} of {chains}", f"{GOALS['first']}"],
        ["… and called certain", f"{quality['certain']} of {chains}", ""],
        [f"called uncertain, {chains} cut chains", f"{quality['cut_uncertain']} of {chains}", f"{GOALS['first']}"],
        ["chains whose tellers were split or lost", f"{quality['split']} of {2 * chains}", ""],
        *influence,
    ]


def _three(figures: list[float]) -> str:
    return ", ".join(f"{one:.3f}" for one in figures)
