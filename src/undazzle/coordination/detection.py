"""One detection: traces are made or reused, a method finds networks, and everything is written as one run."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from undazzle.coordination.events import load_events
from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.work import Detection, Progress
from undazzle.errors import UndazzleError
from undazzle.model import format_duration
from undazzle.store import Store, fail_run, finish_run, start_run


def detect(
    store: Store,
    settings: DetectionSettings,
    *,
    command: str = "",
    name: str = "",
    progress: Progress | None = None,
) -> int:
    """Find networks and write them as one run; returns the ``run_id``.

    Reads ``posts`` and ``traces``. Writes ``runs``, ``co_actions``, ``pairs``, ``networks``, ``members``
    and ``explanations``.

    Parameters
    ----------
    store
        The workspace.
    settings
        What to look for.
    command
        The command line, to be stored with the run.
    name
        A name for the run.
    progress
        Called with a line about what is happening.

    Raises
    ------
    UndazzleError
        If the workspace holds no posts, or none of the traces is possible.
    TooLargeError
        If more co-actions would have to be kept than allowed.

    Innocent explanations
    ---------------------
    Popular items, news schedules, fan campaigns, share buttons and one owner with several open accounts all pass
    a threshold. The classic method measures synchrony only. The calibrated method clears popularity, activity and
    shared interest, but not one feed, one publisher, a share button, or friends who follow each other.
    """
    settings, started = settings.checked(), time.process_time()
    say = progress or (lambda _line: None)
    kinds, warnings = _choose_kinds(store, settings)
    sets = _extract(store, kinds, settings, warnings, say)
    if settings.method == "window":
        warnings += _resolution_warnings(store, settings)
    run_id = start_run(
        store,
        command=command,
        method=settings.method,
        seed=settings.seed,
        name=name,
        parameters={**asdict(settings), "traces": kinds},
    )
    summary: dict[str, Any] = {"traces": {kind: count for kind, (_, count) in zip(kinds, sets, strict=True)}}
    try:
        alone_counts = settings.method != "window" or settings.min_participation > 1
        events = load_events(store, [one for one, _ in sets], kinds, only_shared=not alone_counts)
        with store.transaction():
            work = Detection(store, run_id, events, settings, warnings, say)
            summary |= _run_method(work)
            if settings.explain:
                from undazzle.coordination.explanations import explain_run

                say("Testing innocent explanations")
                warnings += explain_run(store, run_id)
            else:
                warnings.append("Innocent explanations were not tested, as asked for.")
            if settings.trust or settings.method != "window":
                from undazzle.coordination.trust import check_trust

                summary["trust"] = check_trust(work, summary)
            else:
                warnings.append(_NO_TRUST)
            finish_run(store, run_id, warnings=warnings, summary=summary, cpu_started=started)
    except BaseException as error:
        fail_run(store, run_id, error)
        raise
    return run_id


_NO_TRUST = (
    "Neither shuffled copies nor other windows were searched, nor was it listed what these data cannot test, as asked "
    "for."
)


def _run_method(work: Detection) -> dict[str, Any]:
    if work.settings.method == "calibrated":
        from undazzle.coordination.calibrated import run_calibrated_method

        return run_calibrated_method(work)
    from undazzle.coordination.window_run import run_window_method

    return run_window_method(work)


def _choose_kinds(store: Store, settings: DetectionSettings) -> tuple[list[str], list[str]]:
    from undazzle.traces import TRACE_KINDS, possible_kinds, trace_kind

    if not store.rows("SELECT count(*) FROM posts")[0][0]:
        raise UndazzleError("This workspace holds no posts. Add some with: undazzle ingest WORKSPACE FILE")
    asked = [trace_kind(kind).kind_id for kind in settings.traces]
    possible = possible_kinds(store, asked or None)
    if not asked:
        usual = {kind for kind, one in TRACE_KINDS.items() if one.is_default}
        # Chance is computed for near-identical texts as for any item, so that they cannot mislead as in a plain count.
        usual |= {"near_text"} if settings.method == "calibrated" else set()
        asked = [kind for kind in TRACE_KINDS if kind in usual and possible[kind] is None]
    kinds = [kind for kind in dict.fromkeys(asked) if possible[kind] is None]
    warnings = [f"No {kind} traces: {possible[kind]}." for kind in asked if possible[kind] is not None]
    if not kinds:
        reasons = "; ".join(f"{kind}: {reason}" for kind, reason in possible.items() if reason)
        raise UndazzleError(f"None of the traces is possible with these posts ({reasons}).")
    return kinds, warnings


def _extract(
    store: Store, kinds: Sequence[str], settings: DetectionSettings, warnings: list[str], say: Progress
) -> list[tuple[int, int]]:
    from undazzle.traces import extract_traces

    sets = []
    for kind in kinds:
        say(f"Reading {kind} traces")
        made = extract_traces(store, kind, settings.trace_settings.get(kind, {}))
        warnings += made.warnings
        sets.append((made.trace_set, made.traces))
    return sets


def _resolution_warnings(store: Store, settings: DetectionSettings) -> list[str]:
    coarse = store.rows(
        "SELECT file_name, time_resolution_seconds FROM sources WHERE time_resolution_seconds > 1 ORDER BY ALL"
    )
    return [
        f"{file} gives times to {format_duration(resolution)}: a window of {format_duration(window)} really covers "
        f"up to {format_duration(window + resolution)}."
        for file, resolution in coarse
        for window in settings.windows
        if window < 60 * resolution
    ]
