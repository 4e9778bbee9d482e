"""A workspace shows itself: what was read, from when to when, what was set aside, what was run.

Reads ``posts``, ``accounts``, ``sources``, ``rejected_rows``, ``runs`` and ``networks``.
"""

from __future__ import annotations

from typing import Any

from undazzle.results.cells import one_line, shown_value
from undazzle.results.display import cut_line, rows_html
from undazzle.results.summaries import count_of
from undazzle.store import Store

_RUNS = 10
_SOURCES = 20
_SOURCE_COLUMNS = ["file_name", "format", "rows_in", "posts_added", "duplicates", "rejected", "first_at", "last_at"]


def describe_workspace(store: Store) -> str:
    """Return a workspace as a few lines of text."""
    return "\n".join([_title(store), *_lines(store)])


def workspace_card(store: Store) -> str:
    """Return a workspace as HTML: one sentence, its sources, its runs."""
    rows = store.rows(f"SELECT {', '.join(_SOURCE_COLUMNS)} FROM sources ORDER BY source_id")
    cut = cut_line(min(len(rows), _SOURCES), len(rows), "The rest: .sources")
    notes = [*_run_lines(store), *([cut] if cut else [])]
    shown = [list(row) for row in rows[:_SOURCES]]
    return rows_html(f"Sources of {_title(store)}", _SOURCE_COLUMNS, shown, notes, lead=_counts(store))


def _title(store: Store) -> str:
    return "workspace in memory" if store.in_memory else f"workspace {one_line(str(store.path))}"


def _lines(store: Store) -> list[str]:
    sources, rejected, notes = store.rows(
        "SELECT count(*), sum(rejected)::BIGINT, sum(len(warnings))::BIGINT FROM sources"
    )[0]
    read = f"{count_of(sources, 'source')}, {count_of(rejected, 'row')} set aside, {count_of(notes, 'note')}"
    return [_counts(store), read, *_run_lines(store)]


def _counts(store: Store) -> str:
    posts, first, last = store.rows("SELECT count(*), min(posted_at), max(posted_at) FROM posts")[0]
    if not posts:
        return "No posts yet. Read some with: ws.ingest(FILE)"
    accounts = store.rows("SELECT count(*) FROM accounts")[0][0]
    platforms = store.rows("SELECT platform FROM posts WHERE platform IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1")
    where = ", ".join(one_line(row[0]) for row in platforms[:5]) + (" …" if len(platforms) > 5 else "")
    when = f", {shown_value(first)} to {shown_value(last)} UTC" if first else ""
    return f"{count_of(posts, 'post')} by {count_of(accounts, 'account')}{when}; platforms: {where or 'not said'}"


def _run_lines(store: Store) -> list[str]:
    rows = store.records(
        "SELECT r.run_id, r.name, r.method, r.state, len(r.warnings) AS warnings, count(n.network_id) AS networks"
        " FROM runs r LEFT JOIN networks n USING (run_id) GROUP BY ALL ORDER BY r.run_id DESC"
    )
    if not rows:
        return ["No runs yet. Look for networks with: ws.detect()"]
    lines = [_run_line(row) for row in rows[:_RUNS]]
    return lines if len(rows) <= _RUNS else [*lines, f"and {len(rows) - _RUNS:,} older runs: .runs"]


def _run_line(row: dict[str, Any]) -> str:
    named = f" ({one_line(row['name'])})" if row["name"] else ""
    warned = f", {count_of(row['warnings'], 'warning')}" if row["warnings"] else ""
    return (
        f"run:{row['run_id']}{named}: {row['method']}, {row['state']}, {count_of(row['networks'], 'network')}{warned}"
    )
