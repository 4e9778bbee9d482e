"""Signals: how often they are wrong where the truth is known, what real data show, and what a million posts cost.

Real parts are left out where the data are not on the machine (``UNDAZZLE_DATA``); no account is named.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import measure, measure_undazzle
from benchmarks.posts import real_slice, write_synthetic
from benchmarks.signals_real import control_rates, ira_categories, registrations
from benchmarks.tables import print_table
from benchmarks.working_days import HELD_OUT, TUNED, Kind, accounts
from undazzle.signals.working_hours import account_hours

TITLE = "Signals of accounts"
_SEED = 2026
_ACCOUNTS, _QUICK_ACCOUNTS = 400, 20
_GROUP = 100
MOST_CPU_SECONDS = 120

Row = dict[str, Any]


def run(*, quick: bool = False) -> dict[str, Any]:
    """Measure and print; returns all figures.

    Parameters
    ----------
    quick
        Few synthetic accounts and posts, and no real data.
    """
    print("### Time zones of synthetic accounts with 100 posts\n")
    zones = [zone_figures(kind, _QUICK_ACCOUNTS if quick else _ACCOUNTS) for kind in (TUNED, *HELD_OUT)]
    heads = ("accounts", "given a zone", "within 1 h, of all", "interval holds it, of those given")
    print_table(
        (*heads, "or the night reading does", "hours wide"),
        [
            (one["kind"], *(_percent(one[name]) for name in ("given", "near", "held", "either")), one["width"])
            for one in zones
        ],
    )
    held = _pooled([one for one in zones[1:] if one["has_zone"]])
    print(
        f"\nOffices of the held-out kinds together: the interval holds the zone of {_percent(held)} of those given.\n"
    )
    found: dict[str, Any] = {"zones": zones, "held_out_coverage": held, "cost": cost(20_000 if quick else 1_000_000)}
    if not quick:
        found |= {"registrations": registrations(), "controls": control_rates(), "ira": ira_categories()}
    return found


def zone_figures(kind: Kind, number: int) -> Row:
    """Return how often accounts of a kind are given a zone, and how often it is right.

    Parameters
    ----------
    kind
        The way of life.
    number
        How many accounts are drawn.
    """
    drawn = list(accounts(kind, np.random.default_rng(_SEED), number))
    found = account_hours([times for _, times in drawn])
    given = [(one.guess, zone) for one, (zone, _) in zip(found, drawn, strict=True) if one.offset is not None]
    near = sum(one.offset is not None and abs(one.offset - zone) <= 1 for one, zone in given)
    held = [one for one, zone in given if one.low is not None and one.high is not None and one.low <= zone <= one.high]
    return {
        "kind": kind.name,
        "has_zone": kind.has_zone,
        "accounts": number,
        "given": len(given) / number,
        "near": near / number,
        "held": len(held) / len(given) if given else None,
        "either": sum(one.holds(zone) for one, zone in given) / len(given) if given else None,
        "width": round(float(np.mean([one.high - one.low for one in held])), 1) if held else None,
        "ways": dict(Counter(one.guess.way for one in found if one.offset is None)),
    }


def _pooled(found: list[Row]) -> float:
    given = sum(one["given"] * one["accounts"] for one in found)
    return float(sum((one["held"] or 0) * one["given"] * one["accounts"] for one in found) / given) if given else 0.0


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def cost(posts: int) -> dict[str, float]:
    """Print and return CPU seconds and memory of all signals for a group of 100 accounts among these posts.

    Parameters
    ----------
    posts
        How many; the real slice of a million is used for that number, if it is there.
    """
    print(f"### All signals on {posts:,} posts\n")
    with tempfile.TemporaryDirectory() as folder:
        source, names = _posts(Path(folder), posts)
        (Path(folder) / "group.txt").write_text("\n".join(names), encoding="utf-8")
        workspace = str(Path(folder) / "posts.duckdb")
        measure_undazzle(["ingest", workspace, str(source), "--quiet"])
        answers = f"{folder}/signals.json"
        spent = measure_undazzle(
            ["signals", workspace, f"@{folder}/group.txt", "--dry-run", "--quiet", "--json", "-o", answers]
        )
        outcomes = Counter(row["outcome"] for row in json.loads(Path(answers).read_text(encoding="utf-8")))
    tested = outcomes.total() - outcomes["not_testable"]
    print(
        f"- {spent.cpu_seconds:.1f} CPU s (at most {MOST_CPU_SECONDS}), {spent.peak_mb:,.0f} MB; {tested} of "
        f"{outcomes.total()} signals could be tested\n"
    )
    return {"posts": posts, "cpu_seconds": spent.cpu_seconds, "peak_mb": spent.peak_mb, "tested": tested}


def _posts(folder: Path, posts: int) -> tuple[Path, list[str]]:
    """Return a file of posts and the accounts of the group: the hundred that come first."""
    import csv
    import sys

    slice_of = real_slice() if posts == 1_000_000 else None
    target = folder / "posts.csv"
    if slice_of is None:
        write_synthetic(str(target), posts)
    else:
        measure([sys.executable, "-m", "benchmarks.posts", "slice", str(slice_of), str(target), str(posts)])
    names: dict[str, None] = {}
    with target.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names[row["user_id"]] = None
            if len(names) == _GROUP:
                break
    return target, list(names)
