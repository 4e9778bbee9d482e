"""Influence and stance, kept as runs, so that a report can show them without computing or reading anything again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from undazzle.narratives.influence import Influence
from undazzle.narratives.network_influence import networks_influence
from undazzle.narratives.paths import find_narratives_run
from undazzle.narratives.stance import Stance, TargetStance, majorities, measure_stance, read_readings
from undazzle.store import RunRecord, Store, fail_run, finish_run, list_runs, start_run
from undazzle.store.runs import input_fingerprint

INFLUENCE, STANCE = "influence", "stance"
Found = TypeVar("Found")
_MOST_LABELS = 50_000  # majority labels that a run carries; beyond it, reports show the whole and not the network


def keep_influence(store: Store, networks_run: int, *, run: int | str | None = None, seed: int = 0) -> Influence:
    """Fit the influence between members of networks and all others, and keep it, also where it is refused.

    Writes ``runs``. Parameters and innocent explanations are those of ``networks_influence``.
    """
    narratives = find_narratives_run(store, run)
    asked = {"of_run": networks_run, "narratives": narratives}

    def fit() -> tuple[Influence, dict[str, Any]]:
        found = networks_influence(store, networks_run, run=narratives, seed=seed)
        return found, asdict(found)

    return _kept(store, INFLUENCE, asked, seed, fit)


def stored_influence(store: Store, networks_run: int, narratives_run: int) -> Influence | None:
    """Return the latest influence between the networks of a run and others over these narratives, or none."""
    asked = {"of_run": networks_run, "narratives": narratives_run}
    found = _latest(store, INFLUENCE, lambda one: one.parameters == asked)
    if found is None:
        return None
    held: dict[str, Any] = dict(found.summary)
    for name in ("share", "low", "high"):
        held[name] = tuple(map(tuple, held[name]))
    for name in ("sides", "outside"):
        held[name] = tuple(held[name])
    return Influence(**held)


@dataclass(frozen=True)
class KeptStance:
    """How people read posts, as a run keeps it.

    Attributes
    ----------
    file
        Name of the file of labels.
    targets
        Per target, most coded first.
    label
        By target: majority label by post id (empty for a post without a majority); none if there were too many to keep.
    unknown_posts
        Labelled posts that are not in the workspace.
    """

    file: str
    targets: tuple[TargetStance, ...]
    label: Mapping[str, Mapping[str, str]] | None
    unknown_posts: int


def keep_stance(store: Store, labels: Path) -> Stance:
    """Count how posts stand to targets as people labelled them in a CSV file, and keep it for reports.

    Reads ``posts``, writes ``runs``; the run keeps the name and the SHA-256 of the file.

    Raises
    ------
    SourceError
        If the file cannot be read, or a column is missing.
    """
    readings = read_readings(labels)
    asked = {"file": labels.name, "sha256": hashlib.sha256(labels.read_bytes()).hexdigest()}

    def count() -> tuple[Stance, dict[str, Any]]:
        found = measure_stance(store, readings)
        label = majorities(store, readings)
        kept = label if sum(map(len, label.values())) <= _MOST_LABELS else None
        targets = [asdict(one) for one in found.targets]
        return found, {"targets": targets, "label": kept, "unknown_posts": found.unknown_posts}

    return _kept(store, STANCE, asked, 0, count)


def stored_stance(store: Store) -> KeptStance | None:
    """Return the latest labels that were read for the posts that are in the workspace now, or none."""
    now = input_fingerprint(store)
    found = _latest(store, STANCE, lambda one: one.input_fingerprint == now)
    if found is None:
        return None
    targets = tuple(TargetStance(**one) for one in found.summary["targets"])
    return KeptStance(found.parameters["file"], targets, found.summary["label"], found.summary["unknown_posts"])


def _kept(
    store: Store,
    method: str,
    parameters: Mapping[str, object],
    seed: int,
    compute: Callable[[], tuple[Found, dict[str, Any]]],
) -> Found:
    started = time.process_time()
    run_id = start_run(store, command=method, method=method, parameters=parameters, seed=seed)
    try:
        found, summary = compute()
        finish_run(store, run_id, warnings=[], summary=summary, cpu_started=started)
    except BaseException as error:
        fail_run(store, run_id, error)
        raise
    return found


def _latest(store: Store, method: str, fits: Callable[[RunRecord], bool]) -> RunRecord | None:
    found = [one for one in list_runs(store) if one.method == method and one.state == "finished" and fits(one)]
    return found[-1] if found else None
