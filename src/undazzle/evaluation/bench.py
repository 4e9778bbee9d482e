"""The whole benchmark of detection: every track that the data at hand allows, as one record of plain numbers."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from undazzle._version import __version__
from undazzle.evaluation.data_sets import Carrier, german_links, russian_objects
from undazzle.evaluation.evasion import DIALS
from undazzle.evaluation.operations import read_operation
from undazzle.evaluation.tracks.alone import run_alone
from undazzle.evaluation.tracks.controls import run_controls
from undazzle.evaluation.tracks.hard_negatives import run_hard_negatives
from undazzle.evaluation.tracks.planted import run_grafts
from undazzle.evaluation.tracks.power import run_power
from undazzle.evaluation.tracks.silence import run_silence

Row = dict[str, Any]
Say = Callable[[str], None]
FORMAT = 1
_SEEDS, _QUICK_SEEDS = tuple(range(5)), (0,)
_CLOSED_SEEDS = tuple(range(2))
SHUFFLES, _QUICK_SHUFFLES = 30, 2
_QUICK_DIALS = {"jitter_seconds": (45, 900), "link_waves": (56, 14)}
_PACKAGES = ("numpy", "numba", "duckdb", "scikit-learn", "scipy", "graspologic-native")


def run_benchmark(
    folder: Path | None, *, quick: bool = False, shuffles: int = SHUFFLES, say: Say = print
) -> tuple[Row, list[Row]]:
    """Run everything and return the figures, and one record for each ordinary account that was named.

    Parameters
    ----------
    folder
        Of the real data; without it only what is synthetic is run.
    quick
        Fewer seeds, doses and shuffles: under two minutes, to see that nothing broke.
    shuffles
        Label shuffles of each carrier without plants.
    say
        Told about progress.

    Returns
    -------
    tuple
        The results (numbers only) and the accounts to adjudicate (with names; not to be kept in the project).
    """
    started = time.process_time()
    results: Row = {"format": FORMAT, "quick": quick, "real_data": folder is not None, "versions": versions()}
    spent: dict[str, float] = {}
    listed: list[Row] = []

    def track(name: str, rows: Callable[[], Iterable[Row]]) -> None:
        say(f"-- {name}")
        before = time.process_time()
        results[name] = list(rows())
        spent[name] = round(time.process_time() - before, 1)

    if folder is not None:
        _run_on_real_data(folder, track, listed, shuffles=shuffles, quick=quick, say=say)
    seeds = _QUICK_SEEDS if quick else (0, 1)
    posts = 12_000 if quick else 20_000
    track("hard_negatives", lambda: run_hard_negatives(seeds=seeds, posts=posts, say=say))
    dials = _QUICK_DIALS if quick else DIALS
    track("power", lambda: run_power(seeds=seeds, dials=dials, say=say))
    results["cpu_seconds"] = {**spent, "all": round(time.process_time() - started, 1)}
    return results, listed


def _run_on_real_data(
    folder: Path,
    track: Callable[[str, Callable[[], Iterable[Row]]], None],
    listed: list[Row],
    *,
    shuffles: int,
    quick: bool,
    say: Say,
) -> None:
    carriers = (russian_objects(folder),) if quick else (german_links(folder), russian_objects(folder))
    operation = read_operation(folder)
    seeds, doses = (_QUICK_SEEDS, (40,)) if quick else (_SEEDS, (15, 40, 120))
    track("grafts", lambda: run_grafts(carriers, operation, doses=doses, seeds=seeds, say=say))
    closed_seeds, closed_doses = (_QUICK_SEEDS, (40,)) if quick else (_CLOSED_SEEDS, (15, 120))
    track(
        "closed",
        lambda: run_grafts(carriers, operation, doses=closed_doses, seeds=closed_seeds, swapped=False, say=say),
    )
    times = _QUICK_SHUFFLES if quick else shuffles
    track("silence", lambda: run_silence(_sets(carriers), shuffles=times, say=say))
    which = ("us2020",) if quick else ("us2020", "x_us2024")
    track("controls", lambda: run_controls(folder, say=say, listed=listed, which=which))
    if not quick:
        track("alone", lambda: run_alone(folder, say=say))


def _sets(carriers: tuple[Carrier, ...]) -> dict[str, Any]:
    return {one.name: one.shares for one in carriers}


def versions() -> dict[str, str]:
    """Return the versions on which the figures depend."""
    found = {"undazzle": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
