"""The whole benchmark of detection: every track that the data at hand allows, as one record of plain numbers."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from undazzle._version import __version__
from undazzle.evaluation.data_sets import german_links, russian_objects, unplanted_sets
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
Tracks = dict[str, Callable[[], Iterable[Row]]]
FORMAT = 1
_SEEDS, _QUICK_SEEDS = tuple(range(5)), (0,)
_CLOSED_SEEDS = tuple(range(2))
SHUFFLES, _QUICK_SHUFFLES = 30, 2
REAL_TRACKS = ("grafts", "closed", "silence", "controls", "alone")
TRACKS = (*REAL_TRACKS, "hard_negatives", "power")
_QUICK_DIALS = {"jitter_seconds": (45, 900), "link_waves": (56, 14)}
_PACKAGES = ("numpy", "numba", "duckdb", "scikit-learn", "scipy", "graspologic-native")


@dataclass(frozen=True)
class Plan:
    """What is to be measured, and on what.

    Attributes
    ----------
    folder
        Of the real data; without it only what is synthetic is run.
    quick
        Fewer seeds, doses and shuffles: under two minutes, to see that nothing broke.
    shuffles
        Label shuffles of each data set without plants.
    tracks
        Names of tracks; all that are possible if empty.
    """

    folder: Path | None = None
    quick: bool = False
    shuffles: int = SHUFFLES
    tracks: tuple[str, ...] = ()


def run_benchmark(plan: Plan, *, earlier: Row | None = None, say: Say = print) -> tuple[Row, list[Row]]:
    """Run everything and return the figures, and one record for each ordinary account that was named.

    Parameters
    ----------
    plan
        What to measure.
    earlier
        Results of an earlier run: tracks that are not measured now are taken from there.
    say
        Told about progress.

    Returns
    -------
    tuple
        The results (numbers only) and the accounts to adjudicate (with names; not to be kept in the project).
    """
    listed: list[Row] = []
    possible = _synthetic_tracks(plan, say) | (_real_tracks(plan.folder, plan, listed, say) if plan.folder else {})
    results: Row = {"cpu_seconds": {}, "code": {}, **(earlier or {})}
    results |= {"format": FORMAT, "quick": plan.quick, "versions": versions()}
    for name, rows in possible.items():
        if plan.tracks and name not in plan.tracks:
            continue
        say(f"-- {name}")
        before = time.process_time()
        results[name] = list(rows())
        results["cpu_seconds"][name] = round(time.process_time() - before, 1)
        results["code"][name] = code_fingerprint()
    results["real_data"] = any(name in results for name in REAL_TRACKS)
    results["cpu_seconds"] |= {
        "all": round(sum(spent for name, spent in results["cpu_seconds"].items() if name != "all"), 1)
    }
    return results, listed


def _synthetic_tracks(plan: Plan, say: Say) -> Tracks:
    seeds, posts = (_QUICK_SEEDS, 12_000) if plan.quick else ((0, 1), 20_000)
    dials = _QUICK_DIALS if plan.quick else DIALS
    return {
        "hard_negatives": lambda: run_hard_negatives(seeds=seeds, posts=posts, say=say),
        "power": lambda: run_power(seeds=seeds, dials=dials, say=say),
    }


def _real_tracks(folder: Path, plan: Plan, listed: list[Row], say: Say) -> Tracks:
    quick = plan.quick
    seeds, doses = (_QUICK_SEEDS, (40,)) if quick else (_SEEDS, (15, 40, 120))
    closed_seeds, closed_doses = (_QUICK_SEEDS, (40,)) if quick else (_CLOSED_SEEDS, (15, 120))
    times = _QUICK_SHUFFLES if quick else plan.shuffles
    which = ("us2020",) if quick else ("us2020", "x_us2024")

    def grafts(seeds: Sequence[int], doses: Sequence[int], *, swapped: bool) -> Iterator[Row]:
        carriers = [russian_objects(folder)] if quick else [german_links(folder), russian_objects(folder)]
        operation = read_operation(folder)
        return run_grafts(carriers, operation, doses=doses, seeds=seeds, swapped=swapped, say=say)

    tracks: Tracks = {
        "grafts": lambda: grafts(seeds, doses, swapped=True),
        "closed": lambda: grafts(closed_seeds, closed_doses, swapped=False),
        "silence": lambda: run_silence(unplanted_sets(folder, quick=quick), shuffles=times, say=say),
        "controls": lambda: run_controls(folder, say=say, listed=listed, which=which),
    }
    return tracks if quick else {**tracks, "alone": lambda: run_alone(folder, say=say)}


def code_fingerprint() -> str:
    """Return a fingerprint of the code under test, so that figures of different states are not taken for one."""
    room = Path(__file__).parents[1] / "coordination"
    digest = sha256()
    for path in sorted(room.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def versions() -> dict[str, str]:
    """Return the versions on which the figures depend."""
    found = {"undazzle": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
