"""Runs: what was computed, with which parameters, on which input, by which versions."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from undazzle._version import __version__
from undazzle.errors import UnknownNameError
from undazzle.store.database import Store

_RECORDED = ("duckdb", "numpy", "numba", "graspologic-native", "rensa", "w3lib")
_BEGUN_HERE: set[tuple[Path, int]] = set()  # runs that this process began


@dataclass(frozen=True)
class RunRecord:
    """One finished or interrupted run, as stored in ``runs``."""

    run_id: int
    name: str
    command: str
    method: str
    parameters: dict[str, Any]
    input_fingerprint: str
    versions: dict[str, str]
    seed: int
    warnings: list[str]
    summary: dict[str, Any]
    started_at: datetime
    finished_at: datetime | None
    cpu_seconds: float | None
    state: str


def input_fingerprint(store: Store) -> str:
    """Return a hash of everything that was ingested, whatever the order of the files.

    Reads ``sources``.
    """
    hashes = store.rows("SELECT sha256, posts_added FROM sources ORDER BY sha256")
    return hashlib.sha256(json.dumps(hashes).encode()).hexdigest()


def software_versions() -> dict[str, str]:
    """Return the versions that can influence a result."""
    installed = {name: _version(name) for name in _RECORDED}
    return {"undazzle": __version__, "python": platform.python_version(), **installed}


@cache
def _version(name: str) -> str:
    """Return the version of an installed package; read from its head, as parsing all of six packages takes 15 ms."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return "absent"
    stated = re.search(r"^Version: *(\S+)", (found.read_text("METADATA") or "").partition("\n\n")[0], re.MULTILINE)
    return stated[1] if stated else found.version


def start_run(
    store: Store,
    *,
    command: str,
    method: str,
    parameters: Mapping[str, object],
    seed: int = 0,
    name: str = "",
) -> int:
    """Write a row in ``runs`` in state ``running`` and return its ``run_id``; runs of dead processes are closed."""
    close_dead_runs(store)
    row = store.rows(
        "INSERT INTO runs (name, command, method, parameters, input_fingerprint, versions, seed, warnings,"
        " summary, started_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, [], '{}', now(), 'running') RETURNING run_id",
        [
            name,
            command,
            method,
            json.dumps(parameters, default=str, sort_keys=True),
            input_fingerprint(store),
            json.dumps(software_versions()),
            seed,
        ],
    )
    _BEGUN_HERE.add((store.path.resolve(), int(row[0][0])))
    return int(row[0][0])


def finish_run(
    store: Store, run_id: int, *, warnings: Sequence[str], summary: Mapping[str, object], cpu_started: float
) -> None:
    """Mark a run as finished; ``cpu_started`` is ``time.process_time()`` at its start."""
    store.execute(
        "UPDATE runs SET warnings = ?, summary = ?, finished_at = now(), cpu_seconds = ?, state = 'finished'"
        " WHERE run_id = ?",
        [list(warnings), json.dumps(summary, default=str), time.process_time() - cpu_started, run_id],
    )


def fail_run(store: Store, run_id: int, error: BaseException) -> None:
    """Mark a run as failed; its results, if any, were rolled back, but for those of finished ranges of accounts."""
    store.execute(
        "UPDATE runs SET finished_at = now(), state = 'failed', warnings = ? WHERE run_id = ?",
        [[f"{type(error).__name__}: {error}"[:500]], run_id],
    )


def close_dead_runs(store: Store) -> list[int]:
    """Mark runs as failed that say they are running although no process is; returns their numbers.

    Only one process can write to a workspace, so whatever runs and was not begun by this one was killed. What such a
    run wrote range by range is kept, and ``interrupted_run`` finds it.
    """
    running = [row[0] for row in store.rows("SELECT run_id FROM runs WHERE state = 'running' ORDER BY run_id")]
    dead = [one for one in running if (store.path.resolve(), one) not in _BEGUN_HERE]
    for one in dead:
        store.execute(
            "UPDATE runs SET finished_at = now(), state = 'failed', warnings = ? WHERE run_id = ?",
            [["The process ended before the run was finished."], one],
        )
    return dead


def interrupted_run(
    store: Store, *, method: str, parameters: Mapping[str, object], written: str = "finished_ranges"
) -> int | None:
    """Return the last run that asked the same of the same posts and was ended between ranges of accounts, if any.

    It is marked as running again. What it wrote is kept, and its ``summary`` says how far it came.

    Parameters
    ----------
    store, method, parameters
        The workspace, and what was asked for.
    written
        The entry of ``summary`` in which it noted how far it came.
    """
    found = store.rows(
        "SELECT run_id FROM runs WHERE state IN ('running', 'failed') AND method = ? AND parameters::VARCHAR = ?"
        " AND input_fingerprint = ? AND versions::VARCHAR = ? AND starts_with(summary::VARCHAR, ?)"
        " ORDER BY run_id DESC LIMIT 1",
        [
            method,
            json.dumps(parameters, default=str, sort_keys=True),
            input_fingerprint(store),
            json.dumps(software_versions()),
            '{"' + written,
        ],
    )
    if not found:
        return None
    store.execute("UPDATE runs SET state = 'running', finished_at = NULL WHERE run_id = ?", [found[0][0]])
    _BEGUN_HERE.add((store.path.resolve(), int(found[0][0])))
    return int(found[0][0])


def list_runs(store: Store) -> list[RunRecord]:
    """Return all runs, oldest first. Reads ``runs``."""
    found = store.records(
        "SELECT run_id, name, command, method, parameters, input_fingerprint, versions, seed, warnings, summary,"
        " started_at, finished_at, cpu_seconds, state FROM runs ORDER BY run_id"
    )
    return [
        RunRecord(
            **{
                key: json.loads(value) if key in ("parameters", "versions", "summary") else value
                for key, value in row.items()
            }
        )
        for row in found
    ]


# What "the run" means where none is named: measurements of a network are runs too, but not what a reader asks for.
_LOOK_FOR_NETWORKS = ("window", "calibrated")


def find_run(store: Store, run: int | str | None = None) -> RunRecord:
    """Return one run: by number, as ``"run:3"``, by name, or the latest finished one that looked for networks.

    Raises
    ------
    UnknownNameError
        If there is no such run.
    """
    runs = list_runs(store)
    if run is None:
        finished = [one for one in runs if one.state == "finished" and one.method in _LOOK_FOR_NETWORKS]
        if finished:
            return finished[-1]
        raise UnknownNameError("finished run", "latest", [f"run:{one.run_id}" for one in runs])
    wanted = str(run).removeprefix("run:")
    for one in runs:
        if wanted in (str(one.run_id), one.name):
            return one
    raise UnknownNameError("run", str(run), [f"run:{one.run_id}" for one in runs])
