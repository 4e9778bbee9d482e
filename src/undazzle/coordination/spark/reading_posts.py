"""Posts that a cluster reads itself, from their address to an engine that holds their traces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.spark.engine import SparkEngine
from undazzle.coordination.spark.extracting import extract_on_cluster
from undazzle.coordination.spark.landing import PostsOnCluster, register_posts, register_traces
from undazzle.coordination.spark.post_files import PostFiles, open_post_files
from undazzle.errors import ParameterError, UndazzleError
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
    if settings.method != "window":
        raise ParameterError(
            "--method",
            settings.method,
            "With --posts give --method window. The calibrated method needs all traces on this computer: read the "
            "posts into a workspace with undazzle ingest and leave --posts out.",
        )
    check_kinds_of_parts([trace_kind(kind).kind_id for kind in settings.traces])


def read_posts(
    cluster: Cluster, store: Store, address: str, settings: DetectionSettings, say: Callable[[str], None]
) -> tuple[SparkEngine, list[str], list[int], list[str]]:
    """Extract the traces of posts on a cluster; returns the engine, the kinds, how many of each, and warnings.

    Writes ``sources`` and ``trace_sets``.

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
    say(f"Looking at {address}")
    posts = open_post_files(cluster, address, columns_read(asked or usual))
    kinds, warnings = _choose(asked, usual, posts)
    complete: list[tuple[str, dict[str, Any]]] = [
        (kind, complete_settings(trace_kind(kind), settings.trace_settings.get(kind, {}))) for kind in kinds
    ]
    say(f"Reading {', '.join(kinds)} traces of {posts.count:,} posts on the cluster")
    traces = extract_on_cluster(cluster, posts, complete)
    said = [trace_kind(kind).warn(traces.notes[number]) for number, kind in enumerate(kinds)]
    warnings += [one for some in said for one in some] + _about(posts, settings)
    with store.transaction():
        source = register_posts(store, posts)
        sets = register_traces(store, posts, traces, complete, said)
    exported = PostsOnCluster(cluster, posts, traces, complete, sets, source)
    return SparkEngine(cluster, exported), kinds, list(traces.by_kind), warnings


def _choose(asked: list[str], usual: list[str], posts: PostFiles) -> tuple[list[str], list[str]]:
    possible = kinds_from_fields(posts.filled)
    kinds = [kind for kind in dict.fromkeys(asked or usual) if possible[kind] is None]
    warnings = [f"No {kind} traces: {possible[kind]}." for kind in asked if possible[kind] is not None]
    if not kinds:
        reasons = "; ".join(f"{kind}: {possible[kind]}" for kind in asked or usual)
        raise UndazzleError(f"None of the traces is possible with these posts ({reasons}).")
    if not asked:
        left = [kind for kind, one in TRACE_KINDS.items() if one.is_default and not one.is_of_one_post]
        warnings.append(f"No {' and '.join(left)} traces: they compare posts with each other, which no cluster does.")
    return kinds, warnings


def _about(posts: PostFiles, settings: DetectionSettings) -> list[str]:
    found = []
    if posts.left_out:
        found.append(f"{posts.left_out:,} posts without an id, an account, a platform or a time were left out.")
    coarse = posts.resolution_seconds
    found += [
        f"The posts give times to {format_duration(coarse)}: a window of {format_duration(window)} really covers up to "
        f"{format_duration(window + coarse)}."
        for window in settings.windows
        if coarse > 1 and window < 60 * coarse
    ]
    return found
