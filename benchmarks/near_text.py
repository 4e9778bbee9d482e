"""Near-identical texts: what finding them costs, and how many of the true pairs within a day are found.

True pairs come from comparing posts drawn at random with *every* post of another account within a day, by exact shares
of overlapping pieces. Letter-for-letter copies are left out: the exact comparison of texts finds those. Two shares are
printed: pairs that are candidates and pass verification, and pairs that end in one item (groups do not chain, so two
texts may be alike and each like another leader).
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import measure_python, measure_undazzle
from benchmarks.posts import real_slice
from benchmarks.tables import print_table

TITLE = "Near-identical texts: cost, and recall against brute force within one day"
GOALS = {"cpu_seconds": 90.0, "peak_mb": 3_000.0, "recall": 0.98, "pairs": 2_000}
_DRAWN, _QUICK_DRAWN = 20_000, 2_000
_SYNTHETIC_ROWS, _QUICK_ROWS = 200_000, 5_000


def run(*, quick: bool) -> dict[str, Any]:
    """Measure every set of posts, print cost and recall with denominators, and what was met."""
    measured = []
    with tempfile.TemporaryDirectory(prefix="undazzle-benchmark-") as folder:
        for name, posts, settings in _sets(Path(folder), quick=quick):
            workspace = str(Path(folder) / f"{name}.duckdb")
            measure_undazzle(["ingest", workspace, str(posts), "--quiet"])
            measured.append({"set": name} | _measure(workspace, settings, _QUICK_DRAWN if quick else _DRAWN))
    print_table(
        ["posts", "compared", "CPU s", "peak MB", "drawn", "true pairs", "found", "share", "in one item", "share"],
        [_row(one) for one in measured],
    )
    if not quick:
        _judge(measured)
    return {"sets": measured}


def _sets(folder: Path, *, quick: bool) -> list[tuple[str, Path, str]]:
    planted = folder / "planted.csv"
    measure_python("benchmarks.near_text_posts", str(planted), str(_QUICK_ROWS if quick else _SYNTHETIC_ROWS))
    found = [("planted", planted, "{}")]
    real = None if quick else real_slice()
    if real:
        found.append(("1m_originals", real, "{}"))
        found.append(("1m_with_reposts", real, '{"include_reposts": true}'))
        found.append(("ira_2015_2016", real.parents[1] / "ira_2015_2016" / "tweets.parquet", "{}"))
    elif not quick:
        print("Real posts are not on this machine (set UNDAZZLE_DATA to their folder).")
    return [one for one in found if one[1].exists()]


def _measure(workspace: str, settings: str, drawn: int) -> dict[str, Any]:
    usage, printed = measure_python("benchmarks.near_text_job", "extract", workspace, settings)
    cost = {"cpu_seconds": usage.cpu_seconds, "peak_mb": usage.peak_mb}
    recall = measure_python("benchmarks.near_text_job", "recall", workspace, settings, str(drawn))[1]
    counted: dict[str, Any] = json.loads(printed.splitlines()[-1]) | json.loads(recall.splitlines()[-1])
    return counted | cost


def _row(one: dict[str, Any]) -> list[str]:
    return [
        f"{one['set']} ({one['posts']:,})",
        f"{one['texts']:,} texts",
        f"{one['cpu_seconds']:.1f}",
        f"{one['peak_mb']:,.0f}",
        f"{one['drawn']:,}",
        f"{one['pairs']:,}",
        f"{one['found']:,}",
        f"{_share(one['found'], one['pairs']):.4f}",
        f"{one['in_one_item']:,}",
        f"{_share(one['in_one_item'], one['pairs']):.4f}",
    ]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _judge(measured: list[dict[str, Any]]) -> None:
    print(
        f"\nGoal: under {GOALS['cpu_seconds']:g} CPU s and {GOALS['peak_mb']:,.0f} MB, at least {GOALS['recall']} of "
        f"at least {GOALS['pairs']:,} true pairs in one item."
    )
    for one in measured:
        share = _share(one["in_one_item"], one["pairs"])
        met = (
            one["cpu_seconds"] < GOALS["cpu_seconds"]
            and one["peak_mb"] < GOALS["peak_mb"]
            and one["pairs"] >= GOALS["pairs"]
            and share >= GOALS["recall"]
        )
        print(f"{one['set']}: {'met' if met else 'missed'}")
