"""SQL → facts: which files were read, what was set aside, which traces were made, and the run itself.

Reads ``sources``, ``rejected_rows``, ``trace_sets``, ``posts``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from undazzle.publish.report.facts import Provenance, RunFacts, SourceFact
from undazzle.publish.report.text import clean
from undazzle.store import RunRecord, Store

_PATH = re.compile(r"(?<![\w.:/])(?:~|\.{1,2}|[A-Za-z]:)?[/\\](?:[^\s'\"]*[/\\])?([^\s'\"/\\]*)")


def run_facts(run: RunRecord) -> RunFacts:
    """Return the run without absolute paths (they say who sat at the machine).

    Parameters
    ----------
    run
        The run, as ``find_run`` returns it.
    """
    return RunFacts(
        run_id=run.run_id,
        command=without_paths(clean(run.command)),
        method=clean(run.method),
        parameters={key: _plain(value) for key, value in sorted(run.parameters.items())},
        fingerprint=run.input_fingerprint or "",
        versions=dict(sorted((run.versions or {}).items())),
        seed=run.seed,
        warnings=tuple(without_paths(clean(one)) for one in run.warnings or ()),
        finished_at=run.finished_at,
    )


def without_paths(text: str) -> str:
    """Return text in which every path is only its last part.

    Examples
    --------
    >>> without_paths("undazzle detect /home/jane/case/ws.duckdb --trace link")
    'undazzle detect ws.duckdb --trace link'
    """
    return _PATH.sub(lambda match: match.group(1), text)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return without_paths(clean(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def read_provenance(store: Store) -> Provenance:
    """Return what the workspace holds and where it came from.

    Reads ``sources``, ``rejected_rows``, ``trace_sets``, ``posts``.
    """
    sources = store.records(
        "SELECT source_id AS number, file_name, path, sha256, format, citation, timezone,"
        " time_resolution_seconds AS resolution, rows_in, posts_added, duplicates, rejected, first_at, last_at,"
        " warnings FROM sources ORDER BY source_id"
    )
    rejected = store.rows(
        "SELECT reason, count(*) AS n FROM rejected_rows GROUP BY reason ORDER BY n DESC, reason LIMIT 20"
    )
    traces = store.rows(
        "SELECT kind, version, traces, items, warnings FROM trace_sets"
        " QUALIFY row_number() OVER (PARTITION BY kind ORDER BY trace_set DESC) = 1 ORDER BY kind"
    )
    posts, accounts, first, last = store.rows(
        "SELECT count(*), count(DISTINCT account_key), min(posted_at), max(posted_at) FROM posts"
    )[0]
    platforms = store.rows("SELECT platform FROM posts WHERE platform IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC")
    return Provenance(
        sources=tuple(_source(row) for row in sources),
        rejected=tuple((clean(reason), int(count)) for reason, count in rejected),
        traces=tuple(
            (clean(kind), clean(version), int(made or 0), int(items or 0), tuple(map(clean, warnings or ())))
            for kind, version, made, items, warnings in traces
        ),
        platforms=tuple(clean(row[0]) for row in platforms),
        posts=int(posts),
        accounts=int(accounts),
        first_at=first,
        last_at=last,
    )


def _source(row: Mapping[str, Any]) -> SourceFact:
    name = clean(row["file_name"]) or PureWindowsPath(PurePosixPath(row["path"] or "").name).name
    counts = {key: int(row[key] or 0) for key in ("rows_in", "posts_added", "duplicates", "rejected")}
    return SourceFact(
        number=int(row["number"]),
        file_name=name,
        sha256=row["sha256"] or "",
        format=clean(row["format"]),
        citation=clean(row["citation"]),
        timezone=clean(row["timezone"]),
        resolution=row["resolution"],
        first_at=row["first_at"],
        last_at=row["last_at"],
        warnings=tuple(without_paths(clean(one)) for one in row["warnings"] or ()),
        **counts,
    )
