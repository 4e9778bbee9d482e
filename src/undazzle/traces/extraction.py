"""From posts to stored traces of one kind.

Reads ``posts``, ``sources`` and ``media``. Writes ``trace_sets``, ``items`` and ``traces``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from undazzle.store import Store
from undazzle.store.runs import input_fingerprint
from undazzle.traces.kinds import TraceKind
from undazzle.traces.registry import trace_kind
from undazzle.traces.settings import complete_settings

_TARGET = "new_traces"


@dataclass(frozen=True, slots=True)
class TraceSet:
    """The traces of one kind with one set of parameters, as stored.

    Attributes
    ----------
    trace_set
        Its number in the tables ``trace_sets``, ``items`` and ``traces``.
    kind, version, parameters
        What made it.
    traces, items
        How many there are.
    warnings
        What can change how results read.
    is_new
        Whether it was extracted now, rather than found.
    plan
        What was planned and done within a limit of memory; empty without one, and where nothing was extracted.
    """

    trace_set: int
    kind: str
    version: str
    parameters: dict[str, Any]
    traces: int
    items: int
    warnings: tuple[str, ...]
    is_new: bool
    plan: tuple[str, ...] = ()


def extract_traces(
    store: Store,
    kind: str | TraceKind,
    settings: Mapping[str, object] | None = None,
    say: Callable[[str], None] | None = None,
) -> TraceSet:
    """Extract the traces of one kind, or find them if the same posts were extracted the same way before.

    Sets of that kind from other posts or an older version are deleted; items that stored results point to stay.
    Every trace is kept, even of an item that only one account touched, because classic methods count them.

    Reads ``posts``, ``sources`` and ``media``. Writes ``trace_sets``, ``items`` and ``traces``.

    Parameters
    ----------
    store
        An open workspace.
    kind
        A trace kind or its name.
    settings
        What differs from the defaults of the kind.
    say
        Called with the plan within a limit of memory, before it is begun.

    Returns
    -------
    TraceSet
        The stored set.

    Raises
    ------
    UnknownNameError
        If there is no such kind or parameter.
    ParameterError
        If a value cannot work.
    TooLargeError
        If posts cannot be compared within the limit of memory.
    """
    found = trace_kind(kind) if isinstance(kind, str) else kind
    complete = complete_settings(found, settings or {})
    fingerprint = _fingerprint(store, found)
    stored = _find(store, found, complete, fingerprint)
    if stored:
        return stored
    plan = _Plan(store, say)
    plan.add(lambda: found.plan(store, complete))
    with store.transaction():
        _delete_stale(store, found, fingerprint)
        return _extract(store, found, complete, fingerprint, plan)


class _Plan:
    """Lines of the plan within a limit of memory, said as they come; none without a limit."""

    def __init__(self, store: Store, say: Callable[[str], None] | None) -> None:
        self._memory, self._say, self.lines = store.memory, say, list[str]()

    def add(self, lines: Callable[[], list[str]]) -> None:
        if self._memory.total is None:
            return
        for line in lines():
            self.lines.append(f"Plan within {self._memory.total / 1e9:.3g} GB, {line}")
            if self._say:
                self._say(self.lines[-1])


def _fingerprint(store: Store, kind: TraceKind) -> str:
    fingerprint = input_fingerprint(store)
    if "media_hashes" not in kind.needs:
        return fingerprint
    media = store.rows("SELECT media_key, hash FROM media ORDER BY ALL")
    return hashlib.sha256(json.dumps([fingerprint, media]).encode()).hexdigest() if media else fingerprint


def _parameters_json(parameters: Mapping[str, Any]) -> str:
    return json.dumps(parameters, sort_keys=True)


def _find(store: Store, kind: TraceKind, parameters: dict[str, Any], fingerprint: str) -> TraceSet | None:
    rows = store.rows(
        "SELECT trace_set, traces, items, warnings FROM trace_sets"
        " WHERE kind = ? AND version = ? AND parameters::VARCHAR = ? AND posts_fingerprint = ?",
        [kind.kind_id, kind.version, _parameters_json(parameters), fingerprint],
    )
    if not rows:
        return None
    number, traces, items, warnings = rows[0]
    return TraceSet(number, kind.kind_id, kind.version, parameters, traces, items, tuple(warnings), is_new=False)


def _delete_stale(store: Store, kind: TraceKind, fingerprint: str) -> None:
    stale = store.rows(
        "SELECT trace_set FROM trace_sets WHERE kind = ? AND (version <> ? OR posts_fingerprint <> ?)",
        [kind.kind_id, kind.version, fingerprint],
    )
    for (number,) in stale:
        store.execute("DELETE FROM traces WHERE trace_set = ?", [number])
        store.execute(
            "DELETE FROM items WHERE trace_set = ? AND item_key NOT IN (SELECT item_key FROM co_actions)", [number]
        )
        store.execute("DELETE FROM trace_sets WHERE trace_set = ?", [number])


def find_trace_set(store: Store, kind: str, parameters: Mapping[str, Any], fingerprint: str) -> TraceSet | None:
    """Return the traces of some posts if they are stored already. Reads ``trace_sets``.

    Parameters
    ----------
    store
        An open workspace.
    kind, parameters
        What made them; all parameters.
    fingerprint
        Of the posts.
    """
    return _find(store, trace_kind(kind), dict(parameters), fingerprint)


def store_traces(
    store: Store, kind: str, parameters: Mapping[str, Any], fingerprint: str, warnings: list[str], sql: str
) -> TraceSet:
    """Write traces that were extracted elsewhere, or find that they are stored; returns the set.

    Writes ``trace_sets``, ``items`` and ``traces``.

    Parameters
    ----------
    store
        An open workspace that holds the posts, in a transaction.
    kind, parameters
        What made them; all parameters.
    fingerprint
        Of the posts.
    warnings
        What can change how results read.
    sql
        SELECT of ``item`` and ``post_key``.
    """
    known = find_trace_set(store, kind, parameters, fingerprint)
    if known is not None:
        return known
    store.execute(f"CREATE OR REPLACE TEMP TABLE {_TARGET} AS {sql}")
    return _write_set(store, trace_kind(kind), dict(parameters), fingerprint, warnings)


def _extract(store: Store, kind: TraceKind, parameters: dict[str, Any], fingerprint: str, plan: _Plan) -> TraceSet:
    store.execute(f"CREATE OR REPLACE TEMP TABLE {_TARGET} (item VARCHAR, post_key BIGINT)")
    counts = kind.extract(store, parameters, _TARGET)
    plan.add(lambda: kind.carried_out(counts))
    return replace(_write_set(store, kind, parameters, fingerprint, kind.warn(counts)), plan=tuple(plan.lines))


def _write_set(
    store: Store, kind: TraceKind, parameters: dict[str, Any], fingerprint: str, warnings: list[str]
) -> TraceSet:
    number = _next_number(store)
    items, traces, timeless, last_shared = _store_items_and_traces(store, number)
    if timeless:
        warnings = [*warnings, f"{timeless:,} traces were left out because their post has no time."]
    store.execute(
        "INSERT INTO trace_sets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, now())",
        [
            number,
            kind.kind_id,
            kind.version,
            _parameters_json(parameters),
            fingerprint,
            traces,
            items,
            last_shared,
            warnings,
        ],
    )
    return TraceSet(number, kind.kind_id, kind.version, parameters, traces, items, tuple(warnings), is_new=True)


def _next_number(store: Store) -> int:
    return int(
        store.rows(
            "SELECT greatest((SELECT coalesce(max(trace_set), 0) FROM trace_sets),"
            " (SELECT coalesce(max(trace_set), 0) FROM items)) + 1"
        )[0][0]
    )


def note_trace_set(
    store: Store, kind: str, parameters: Mapping[str, Any], fingerprint: str, traces: int, warnings: list[str]
) -> int:
    """Write that traces were extracted elsewhere, or find that they were; returns the number of the set.

    Writes ``trace_sets``. Neither traces nor items are written.

    Parameters
    ----------
    store
        An open workspace.
    kind, parameters
        What made them; all parameters.
    fingerprint
        Of the posts.
    traces
        How many there are, wherever they are.
    warnings
        What can change how results read.
    """
    found = trace_kind(kind)
    known = _find(store, found, dict(parameters), fingerprint)
    if known:
        return known.trace_set
    number = _next_number(store)
    store.execute(
        "INSERT INTO trace_sets VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, now())",
        [number, kind, found.version, _parameters_json(parameters), fingerprint, traces, warnings],
    )
    return number


def _store_items_and_traces(store: Store, number: int) -> tuple[int, int, int, int]:
    """Number the items and write both tables; most items have one post and need no join.

    Items of several posts come first, by first post and name: whoever looks for company reads only these. Numbering
    what was sorted before costs nothing; a window function that sorts costs more than all the rest.
    """
    used = store.rows("SELECT coalesce(max(item_key), 0) FROM items")[0][0]
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {_TARGET}_keyed AS SELECT *, {used} + row_number() OVER () AS item_key FROM"
        f" (SELECT item, min(post_key) AS first_post, count(*) AS posts FROM {_TARGET} GROUP BY item"
        " ORDER BY count(*) = 1, first_post, item)"
    )
    store.execute(f"INSERT INTO items SELECT {number}, item_key, item FROM {_TARGET}_keyed")
    store.execute(
        f"INSERT INTO traces SELECT {number}, item_key, account_key, post_key, posted_at FROM ("
        f"SELECT item_key, t.post_key FROM {_TARGET} t JOIN (FROM {_TARGET}_keyed WHERE posts > 1) k USING (item)"
        f" UNION ALL SELECT item_key, first_post FROM {_TARGET}_keyed WHERE posts = 1"
        ") JOIN posts USING (post_key) WHERE posted_at IS NOT NULL"
    )
    counts = store.rows(
        f"SELECT (SELECT count(*) FROM {_TARGET}_keyed), (SELECT count(*) FROM traces WHERE trace_set = {number}),"
        f" (SELECT count(*) FROM {_TARGET}), (SELECT count(*) FROM {_TARGET}_keyed WHERE posts > 1)"
    )[0]
    store.script(f"DROP TABLE {_TARGET}; DROP TABLE {_TARGET}_keyed")
    return counts[0], counts[1], counts[2] - counts[1], used + counts[3]
