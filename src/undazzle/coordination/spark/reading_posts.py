"""Posts that a cluster reads itself, from their address to an engine that holds their traces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from undazzle.coordination.events import Events, load_events
from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.spark.engine import SparkEngine
from undazzle.coordination.spark.extracting import Kinds, extract_on_cluster
from undazzle.coordination.spark.landing import PostsOnCluster, register_posts, register_traces
from undazzle.coordination.spark.landing_traces import LandedPosts, land_traces
from undazzle.coordination.spark.post_files import PostFiles, open_post_files
from undazzle.errors import UndazzleError
from undazzle.model import format_duration
from undazzle.store import Store
from undazzle.store.engines import Cluster
from undazzle.traces import TRACE_KINDS, complete_settings, kinds_from_fields, trace_kind
from undazzle.traces.parts import check_kinds_of_parts, columns_read

NO_EXPLANATIONS = (
    "Innocent explanations were not tested: a cluster read the posts, and the workspace holds only those behind "
    "co-actions, which cannot show what ordinary accounts do. Read the posts into a workspace of their own "
    "(undazzle ingest) before any network is taken for more than synchrony."
)
NO_TRUST = (
    "Neither shuffled copies nor other windows were searched, nor was it listed what these data cannot test: the posts "
    "are on a cluster."
)


def check_settings(settings: DetectionSettings) -> None:
    """Refuse what cannot be done with posts on a cluster, before the cluster is asked for.

    Raises
    ------
    ParameterError
        Says what, and what to do.
    """
    check_kinds_of_parts([trace_kind(kind).kind_id for kind in settings.traces])


@dataclass(frozen=True)
class ReadPosts:
    """Posts of a cluster whose traces were extracted.

    Attributes
    ----------
    engine
        Holds the traces, or fetches whole posts where these are in the workspace.
    kinds, counts
        The trace kinds, and how many traces of each.
    warnings
        What a reader of the result should know.
    load
        Returns the events that this machine needs.
    """

    engine: SparkEngine
    kinds: list[str]
    counts: list[int]
    warnings: list[str]
    load: Callable[[], Events]


def read_posts(
    cluster: Cluster, store: Store, address: str, settings: DetectionSettings, say: Callable[[str], None]
) -> ReadPosts:
    """Extract the traces of posts on a cluster, and bring them here where the method needs them here.

    Writes ``sources`` and ``trace_sets``; for the calibrated method what ``landing_traces`` names, too.

    Parameters
    ----------
    cluster, store
        Where to, and where results will go.
    address
        Parquet files of posts.
    settings
        What to look for.
    say
        Called with a line about what is happening.

    Raises
    ------
    SourceError
        If the files cannot be read as posts.
    WorkspaceError
        If the workspace holds other posts.
    UndazzleError
        If none of the traces is possible.
    """
    asked = [trace_kind(kind).kind_id for kind in settings.traces]
    usual = [kind for kind, one in TRACE_KINDS.items() if one.is_default and one.is_of_one_post]
    is_calibrated = settings.method == "calibrated"
    say(f"Looking at {address}")
    # What is in no post is said to be not testable, of every kind of trace: the calibrated method lists that.
    posts = open_post_files(cluster, address, columns_read(list(TRACE_KINDS) if is_calibrated else asked or usual))
    kinds, warnings = _choose(asked, usual, posts, is_calibrated=is_calibrated)
    complete: Kinds = [
        (kind, complete_settings(trace_kind(kind), settings.trace_settings.get(kind, {}))) for kind in kinds
    ]
    warnings += _about(posts, settings)
    land = _land if is_calibrated else _leave_there
    return land(cluster, store, posts, complete, warnings, say)


def _land(
    cluster: Cluster, store: Store, posts: PostFiles, kinds: Kinds, warnings: list[str], say: Callable[[str], None]
) -> ReadPosts:
    with store.transaction():
        sets = land_traces(cluster, store, posts, kinds, say)
    names = [kind for kind, _ in kinds]
    return ReadPosts(
        SparkEngine(cluster, landed=LandedPosts(cluster, posts)),
        names,
        [one.traces for one in sets],
        [*(said for one in sets for said in one.warnings), *warnings],
        lambda: load_events(store, [one.trace_set for one in sets], names),
    )


def _leave_there(
    cluster: Cluster, store: Store, posts: PostFiles, kinds: Kinds, warnings: list[str], say: Callable[[str], None]
) -> ReadPosts:
    names = [kind for kind, _ in kinds]
    say(f"Reading {', '.join(names)} traces of {posts.count:,} posts on the cluster")
    traces = extract_on_cluster(cluster, posts, kinds)
    said = [trace_kind(kind).warn(traces.notes[number]) for number, kind in enumerate(names)]
    with store.transaction():
        source = register_posts(store, posts)
        sets = register_traces(store, posts, traces, kinds, said)
    exported = PostsOnCluster(cluster, posts, traces, kinds, sets, source)
    warnings = [*(one for some in said for one in some), *warnings]
    return ReadPosts(SparkEngine(cluster, exported), names, list(traces.by_kind), warnings, exported.nothing)


def _choose(
    asked: list[str], usual: list[str], posts: PostFiles, *, is_calibrated: bool
) -> tuple[list[str], list[str]]:
    possible = kinds_from_fields(posts.filled)
    kinds = [kind for kind in dict.fromkeys(asked or usual) if possible[kind] is None]
    warnings = [f"No {kind} traces: {possible[kind]}." for kind in asked if possible[kind] is not None]
    if not kinds:
        reasons = "; ".join(f"{kind}: {possible[kind]}" for kind in asked or usual)
        raise UndazzleError(f"None of the traces is possible with these posts ({reasons}).")
    if not asked:
        also = {"near_text"} if is_calibrated else set()
        left = [k for k, one in TRACE_KINDS.items() if (one.is_default or k in also) and not one.is_of_one_post]
        warnings.append(f"No {' and '.join(left)} traces: they compare posts with each other, which no cluster does.")
    return kinds, warnings


def _about(posts: PostFiles, settings: DetectionSettings) -> list[str]:
    found = []
    if posts.left_out:
        found.append(f"{posts.left_out:,} posts without an id, an account, a platform or a time were left out.")
    coarse = posts.resolution_seconds
    if settings.method == "calibrated":
        return found  # its clock says it
    found += [
        f"The posts give times to {format_duration(coarse)}: a window of {format_duration(window)} really covers up to "
        f"{format_duration(window + coarse)}."
        for window in settings.windows
        if coarse > 1 and window < 60 * coarse
    ]
    return found
