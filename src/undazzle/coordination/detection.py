"""One detection: traces are made or reused, a method finds networks, and everything is written as one run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from undazzle.coordination.counting import counted_by
from undazzle.coordination.events import Events, count_traces, load_events
from undazzle.coordination.finished_parts import PARTS, remove_parts
from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.window_ranges import RangedWindow, check_traces_fit, write_ranges
from undazzle.coordination.work import Detection, Progress
from undazzle.errors import ParameterError, UndazzleError
from undazzle.model import format_duration
from undazzle.store import (
    Store,
    check_holds_all_posts,
    close_dead_runs,
    fail_run,
    finish_run,
    interrupted_run,
    start_run,
)
from undazzle.store.memory import give_back

if TYPE_CHECKING:
    from undazzle.coordination.spark import SparkEngine
    from undazzle.store.engines import Cluster, SparkOptions


def detect(
    store: Store,
    settings: DetectionSettings,
    *,
    command: str = "",
    name: str = "",
    progress: Progress | None = None,
    spark: SparkOptions | None = None,
    posts: str = "",
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
    spark
        The cluster that does the heavy parts; this machine does them if not given. Results are the same.
    posts
        Address of Parquet files of posts that the cluster reads itself; those of the workspace are read if empty.

    Raises
    ------
    UndazzleError
        If the workspace holds no posts, or none of the traces is possible.
    SourceError, ParameterError
        If the cluster cannot read the posts, or cannot do with them what is asked for.
    TooLargeError
        If more co-actions would have to be kept than allowed.
    ClusterUnavailableError, ClusterFailedError
        If the cluster cannot be used, or stops.

    Innocent explanations
    ---------------------
    Popular items, news schedules, fan campaigns, share buttons and one owner with several open accounts all pass
    a threshold. The classic method measures synchrony only. The calibrated method clears popularity, activity and
    shared interest, but not one feed, one publisher, a share button, or friends who follow each other.
    """
    settings, started = settings.checked(), time.process_time()
    say = progress or (lambda _line: None)
    read = _read_posts if posts else _read_workspace
    # What is wrong with the posts, or with a cluster, is said before anything is written.
    with read(store, settings, say, spark, posts) as given:
        asked = {**asdict(settings), "traces": given.kinds, **given.more}
        run_id = _begin(store, settings, asked, command, name, say, on_cluster=spark is not None)
        try:
            events, engine, ranged = _load_and_write(store, run_id, settings, given, say)
            with store.transaction():
                work = Detection(store, run_id, events, settings, given.warnings, say, engine, ranged, given.plan)
                summary: dict[str, Any] = {"traces": dict(zip(given.kinds, given.counts, strict=True))}
                with _database_beside(work):
                    summary |= _find_and_check(work)
                if given.plan:
                    summary["memory"] = {"allowed_bytes": store.memory.total, "plan": given.plan}
                finish_run(store, run_id, warnings=given.warnings, summary=summary, cpu_started=started)
        except BaseException as error:
            fail_run(store, run_id, error)
            raise
    remove_parts(store.path)
    return run_id


@dataclass(frozen=True)
class _Given:
    """Traces to be searched: kinds, how many of each, what is to be said of them, and how they are loaded.

    ``plan`` takes the lines of the plan within ``--memory``, which is kept with the run.
    """

    kinds: list[str]
    counts: list[int]
    warnings: list[str]
    load: Callable[[], tuple[Events, SparkEngine | None]]
    more: Mapping[str, str] = field(default_factory=dict)
    plan: list[str] = field(default_factory=list)


def _load_and_write(
    store: Store, run_id: int, settings: DetectionSettings, given: _Given, say: Progress
) -> tuple[Events, SparkEngine | None, dict[float, RangedWindow]]:
    """Return the events, the engine, and windows that are written already, for want of memory or on a cluster."""
    events, engine = given.load()
    if engine is None:
        ranged = write_ranges(store, run_id, events, settings, say, given.plan)
    elif engine.exported is not None and not len(events):
        events, ranged = engine.write_parts(store, run_id, settings, say)
    else:
        ranged = {}
    # An interrupted run may have written parts of a window that is now searched in one go.
    for table in ("co_actions", "pairs"):
        store.execute(
            f"DELETE FROM {table} WHERE run_id = ? AND NOT list_contains(?::DOUBLE[], time_window)",
            [run_id, list(ranged)],
        )
    return events, engine, ranged


@contextmanager
def _read_workspace(
    store: Store, settings: DetectionSettings, say: Progress, spark: SparkOptions | None, _posts: str
) -> Iterator[_Given]:
    check_holds_all_posts(store, "a search for networks")
    kinds, warnings = _choose_kinds(store, settings)
    with _cluster(spark, store, say) as cluster:
        plan: list[str] = []
        sets = _extract(store, kinds, settings, warnings, say, plan)
        if settings.method == "window":
            warnings += _resolution_warnings(store, settings)
        numbers = [one for one, _ in sets]
        if cluster is None and store.memory.outside is not None:
            traces = count_traces(store, numbers, only_shared=_only_shared(settings))
            plan += _check_traces_fit(store, traces, settings, say)
        yield _Given(
            kinds,
            [count for _, count in sets],
            warnings,
            lambda: _load(store, numbers, kinds, settings, cluster),
            plan=plan,
        )


def _check_traces_fit(store: Store, traces: int, settings: DetectionSettings, say: Progress) -> list[str]:
    """Refuse traces that need more memory than allowed, before they are read; returns the plan, said already."""
    if settings.method == "window":
        check_traces_fit(store, traces)
        return []
    from undazzle.coordination.calibrated.search_plan import check_search_fits

    lines = check_search_fits(store.memory, traces)
    for line in lines:
        say(line)
    return lines


@contextmanager
def _read_posts(
    store: Store, settings: DetectionSettings, say: Progress, spark: SparkOptions | None, posts: str
) -> Iterator[_Given]:
    from undazzle.coordination.spark.reading_posts import check_settings, read_posts

    check_settings(settings)
    if spark is None:
        raise ParameterError("--posts", posts, "Only a cluster reads posts in place: add --engine spark and --master.")
    with _cluster(spark, store, say) as cluster:
        assert cluster is not None  # spark was given
        read = read_posts(cluster, store, posts, settings, say)
        more = {"posts": posts, "posts_digest": read.engine.posts_digest}
        yield _Given(read.kinds, read.counts, read.warnings, lambda: (read.load(), read.engine), more)


def _begin(
    store: Store,
    settings: DetectionSettings,
    asked: dict[str, Any],
    command: str,
    name: str,
    say: Progress,
    *,
    on_cluster: bool,
) -> int:
    """Return the number of a new run, or of the same one if it was interrupted between ranges of accounts."""
    for dead in close_dead_runs(store):
        say(f"run:{dead} was never finished: the process that made it has ended")
    keeps_parts = settings.method == "calibrated" and (
        on_cluster or (store.memory.total is not None and not store.in_memory)
    )
    written = PARTS if keeps_parts else "finished_on_cluster" if on_cluster else "finished_ranges"
    run_id = interrupted_run(store, method=settings.method, parameters=asked, written=written)
    if run_id is not None:
        say(f"Going on with run:{run_id}, which was interrupted")
    else:
        run_id = start_run(
            store, command=command, method=settings.method, seed=settings.seed, name=name, parameters=asked
        )
    remove_parts(store.path, but=run_id)
    if keeps_parts:
        store.execute("UPDATE runs SET summary = ? WHERE run_id = ?", [json.dumps({PARTS: True}), run_id])
    return run_id


def _database_beside(work: Detection) -> AbstractContextManager[None]:
    """Leave the calibrated method what its traces take of a limit of memory, as long as it holds them."""
    if work.settings.method == "window" or work.engine is not None or work.store.memory.total is None:
        return nullcontext()
    from undazzle.coordination.calibrated.search_plan import database_beside

    return work.store.at_most(database_beside(work.store.memory, len(work.events)))


def _only_shared(settings: DetectionSettings) -> bool:
    """Whether items of a single post can be left out: where nothing depends on how much an account did alone."""
    return settings.method == "window" and settings.min_participation <= 1


def _find_and_check(work: Detection) -> dict[str, Any]:
    """Run the method, test innocent explanations and search again; returns the run's summary."""
    settings, warnings = work.settings, work.warnings
    with counted_by(work.engine.count_pairs if work.engine else None):
        summary = _run_method(work)
    if work.store.memory.total is not None:
        give_back()
    if work.engine and not work.engine.holds_all_posts:
        work.engine.count_posts_of_members(work.store, work.run_id)
        return _without_other_posts(work, summary)
    if work.engine:
        work.engine.bring_posts(work.store, work.run_id)
    if settings.explain:
        from undazzle.coordination.explanations import explain_run

        work.say("Testing innocent explanations")
        warnings += explain_run(work.store, work.run_id)
    else:
        warnings.append("Innocent explanations were not tested, as asked for.")
    if work.ranged and not work.engine:
        warnings.append(_NO_TRUST_IN_RANGES)
    elif settings.trust or settings.method != "window":
        from undazzle.coordination.trust import check_trust

        summary["trust"] = check_trust(work, summary)
    else:
        warnings.append(_NO_TRUST)
    return summary


def _without_other_posts(work: Detection, summary: dict[str, Any]) -> dict[str, Any]:
    """Say what was left out because the workspace holds only the posts behind co-actions."""
    from undazzle.coordination.spark.reading_posts import NO_EXPLANATIONS, NO_TRUST

    work.warnings.extend((NO_EXPLANATIONS, NO_TRUST))
    return summary


@contextmanager
def _cluster(spark: SparkOptions | None, store: Store, say: Progress) -> Iterator[Cluster | None]:
    if spark is None:
        yield None
        return
    from undazzle.store.engines import open_cluster

    say(f"Waiting for the cluster {spark.master}".rstrip())
    with open_cluster(spark, store.path, say) as cluster:
        yield cluster


def _load(
    store: Store, sets: list[int], kinds: list[str], settings: DetectionSettings, cluster: Cluster | None
) -> tuple[Events, SparkEngine | None]:
    """Return the events, and the engine that holds them where there is a cluster.

    With a cluster, the events of the classic method are read here only if the checks are to search them again.
    """
    only_shared = _only_shared(settings)
    engine = None
    if cluster is not None:
        from undazzle.coordination.spark import SparkEngine, export_traces
        from undazzle.coordination.trust import MOST_TRACES

        if settings.method != "window":
            return load_events(store, sets, kinds), SparkEngine(cluster)
        exported = export_traces(store, sets, kinds, cluster.folder, only_shared=only_shared)
        engine = SparkEngine(cluster, exported)
        if not settings.trust or exported.count > MOST_TRACES:
            return exported.nothing(), engine
    return load_events(store, sets, kinds, only_shared=only_shared), engine


_NO_TRUST_IN_RANGES = (
    "Neither shuffled copies nor other windows were searched: that holds all co-actions in memory, and with --memory "
    "this run was cut into ranges of accounts."
)
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
    store: Store,
    kinds: Sequence[str],
    settings: DetectionSettings,
    warnings: list[str],
    say: Progress,
    plan: list[str],
) -> list[tuple[int, int]]:
    from undazzle.traces import extract_traces

    sets = []
    for kind in kinds:
        say(f"Reading {kind} traces")
        made = extract_traces(store, kind, settings.trace_settings.get(kind, {}), say)
        warnings += made.warnings
        plan += made.plan
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
