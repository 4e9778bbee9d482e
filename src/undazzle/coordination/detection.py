"""One detection: traces are made or reused, pairs counted, networks formed and everything written as one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from undazzle.coordination.events import Events, load_events
from undazzle.coordination.window_method import WEIGHTS, find_window_pairs
from undazzle.coordination.writing import write_window
from undazzle.errors import ParameterError, UndazzleError
from undazzle.model import format_duration, parse_duration
from undazzle.store import Store, fail_run, finish_run, start_run

Progress = Callable[[str], None]


@dataclass(frozen=True)
class DetectionSettings:
    """Everything that decides what a detection finds.

    Attributes
    ----------
    traces
        Trace kinds to stack; the default ones that this data allows if empty.
    trace_settings
        Settings by trace kind, e.g. ``{"link": {"canonical": False}}``.
    method
        ``window`` is the classic thresholded network.
    time_windows
        Windows in seconds, inclusive; each gives networks of its own.
    min_participation
        Least number of traces of an account, before and after pairing.
    edge_weight
        Quantile of pair weights (0 to 1) above which a pair enters the network.
    weight
        ``posts`` (default): what a pair weighs is the smaller number of distinct posts on either side that met;
        ``co_actions``: every pair of posts and item, as CooRTweet counts.
    min_items
        Least number of distinct items of a pair.
    min_members
        Least number of accounts in a network.
    max_co_actions
        Most co-actions to keep; more are refused with the number needed.
    seed
        Seed of everything random.
    """

    traces: tuple[str, ...] = ()
    trace_settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    method: str = "window"
    time_windows: tuple[float, ...] = (60.0,)
    min_participation: int = 2
    edge_weight: float = 0.5
    weight: str = "posts"
    min_items: int = 1
    min_members: int = 2
    max_co_actions: int = 20_000_000
    seed: int = 0

    def checked(self) -> DetectionSettings:
        """Return the settings with durations parsed.

        Raises
        ------
        ParameterError
            For a value that cannot work.
        """
        if self.method != "window":
            raise ParameterError("method", self.method, "This release has the method 'window' only.")
        if self.weight not in WEIGHTS:
            raise ParameterError("weight", self.weight, f"Known: {', '.join(WEIGHTS)}.")
        if not 0 <= self.edge_weight < 1:
            raise ParameterError("edge_weight", self.edge_weight, "Give a quantile from 0 to below 1, e.g. 0.5.")
        for name in ("min_participation", "min_items", "max_co_actions"):
            if getattr(self, name) < 1:
                raise ParameterError(name, getattr(self, name), "Give a whole number of at least 1.")
        if self.min_members < 2:
            raise ParameterError("min_members", self.min_members, "A network has at least 2 accounts.")
        if not self.time_windows:
            raise ParameterError("time_window", (), 'Give at least one, e.g. "60s".')
        windows = tuple(sorted({parse_duration(one) for one in self.time_windows}))
        return DetectionSettings(**{**self.__dict__, "time_windows": windows})


def detect(
    store: Store,
    settings: DetectionSettings,
    *,
    command: str = "",
    name: str = "",
    progress: Progress | None = None,
) -> int:
    """Find networks and write them as one run; returns the ``run_id``.

    Reads ``posts`` and ``traces``. Writes ``runs``, ``co_actions``, ``pairs``, ``networks`` and ``members``.

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
    a threshold. The classic method measures synchrony only.
    """
    settings, started = settings.checked(), time.process_time()
    say = progress or (lambda _line: None)
    kinds, warnings = _choose_kinds(store, settings)
    sets = _extract(store, kinds, settings, warnings, say)
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
        events = load_events(store, [one for one, _ in sets], kinds)
        with store.transaction():
            summary["windows"] = _run_windows(store, run_id, events, settings, warnings, say)
            finish_run(store, run_id, warnings=warnings, summary=summary, cpu_started=started)
    except BaseException as error:
        fail_run(store, run_id, error)
        raise
    return run_id


def _run_windows(
    store: Store, run_id: int, events: Events, settings: DetectionSettings, warnings: list[str], say: Progress
) -> list[dict[str, Any]]:
    summaries: list[dict[str, Any]] = []
    first_network = 1
    for seconds in settings.time_windows:
        say(f"Pairing {len(events):,} traces within {format_duration(seconds)}")
        result = find_window_pairs(
            events,
            window=events.window_ticks(seconds),
            min_participation=settings.min_participation,
            edge_weight=settings.edge_weight,
            weight=settings.weight,
            min_items=settings.min_items,
            max_co_actions=settings.max_co_actions,
        )
        written = write_window(store, run_id, seconds, events, result, settings, first_network)
        first_network += written["networks"]
        summaries.append(written)
        if len(result.pairs) and not result.above.any():
            warnings.append(
                f"No pair within {format_duration(seconds)} is above the {settings.edge_weight} quantile of weights "
                f"({result.threshold:g}): all are alike. A lower --edge-weight cannot help; a longer window may."
            )
    return summaries


def _choose_kinds(store: Store, settings: DetectionSettings) -> tuple[list[str], list[str]]:
    from undazzle.traces import TRACE_KINDS, possible_kinds, trace_kind

    if not store.rows("SELECT count(*) FROM posts")[0][0]:
        raise UndazzleError("This workspace holds no posts. Add some with: undazzle ingest WORKSPACE FILE")
    asked = [trace_kind(kind).kind_id for kind in settings.traces]
    possible = possible_kinds(store, asked or None)
    if not asked:
        asked = [kind for kind, one in TRACE_KINDS.items() if one.is_default and possible[kind] is None]
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
        for window in settings.time_windows
        if window < 60 * resolution
    ]
