"""Traces of a workspace as Parquet files that a cluster can read, without ever holding them in memory."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import Events, IntArray, conditions_of_sets
from undazzle.store import Store
from undazzle.store.engines import SharedFolder

_FOLDER = "events"
_ROWS_IN_GROUP = 500_000  # Spark reads groups in parallel


@dataclass(frozen=True)
class ExportedTraces:
    """Where the events lie for the cluster, and what their numbers mean here.

    Attributes
    ----------
    address
        Parquet files with ``item`` (``items.item_key``), ``account`` (its place in the order of ids), ``post``
        (``posts.post_key``) and ``at`` (ticks since the first).
    count
        How many events there are.
    account_keys
        ``accounts.account_key`` by account number.
    trace_sets, kinds
        The sets of traces, and the kind of each.
    tick_us
        Microseconds in one tick.
    """

    address: str
    count: int
    account_keys: IntArray
    trace_sets: tuple[int, ...]
    kinds: tuple[str, ...]
    tick_us: int

    def window_ticks(self, seconds: float) -> int:
        """Return the longest gap in whole ticks that a window of ``seconds`` includes."""
        return round(seconds * 1e6) // self.tick_us

    @property
    def accounts(self) -> int:
        """One more than the largest number of an account."""
        return len(self.account_keys)

    @property
    def holds_all_posts(self) -> bool:
        """Whether the workspace holds all posts: always."""
        return True

    def nothing(self) -> Events:
        """Return events that hold nothing but the numbering of accounts."""
        none = np.zeros(0, dtype=np.int64)
        return Events(none, none, none, none, none, self.account_keys, none, self.kinds, self.tick_us)

    def numbering(self, _store: Store) -> Events:
        """Return events that hold nothing but the accounts of the workspace in the order of their ids."""
        return self.nothing()

    def named(self, store: Store, found: CoActions) -> tuple[Events, CoActions]:
        """Return what the numbers of co-actions mean, in the form that writers of results read, and them renumbered.

        Reads ``items``.

        Parameters
        ----------
        store
            The workspace.
        found
            Co-actions as the cluster gave them: ``item`` is ``items.item_key``.
        """
        item_keys, item = np.unique(found.item, return_inverse=True)
        kind = np.zeros(len(item_keys), dtype=np.int64)
        with store.view("_wanted_items", {"item_key": item_keys}):
            known = store.arrays(
                "SELECT item_key, list_position(?::INTEGER[], trace_set) - 1 AS kind FROM items"
                " JOIN _wanted_items USING (item_key) WHERE list_contains(?::INTEGER[], trace_set)",
                [list(self.trace_sets), list(self.trace_sets)],
            )
        kind[np.searchsorted(item_keys, np.asarray(known["item_key"]))] = np.asarray(known["kind"])
        return replace(self.nothing(), item_keys=item_keys, kind_of_item=kind), replace(
            found, item=item.astype(np.int64)
        )


def export_traces(
    store: Store, trace_sets: Sequence[int], kinds: Sequence[str], folder: SharedFolder, *, only_shared: bool
) -> ExportedTraces:
    """Write traces as Parquet files into the folder that a cluster shares.

    Reads ``traces`` and ``accounts``.

    Parameters
    ----------
    store
        The workspace.
    trace_sets, kinds
        The sets, and the kind of each.
    folder
        Where to.
    only_shared
        Leave out items of a single post.
    """
    where = " OR ".join(conditions_of_sets(store, trace_sets, only_shared=only_shared))
    count, first, in_seconds, in_milliseconds = store.rows(
        "SELECT count(*), coalesce(min(epoch_us(acted_at)), 0), coalesce(bool_and(epoch_us(acted_at) % 1000000 = 0),"
        f" true), coalesce(bool_and(epoch_us(acted_at) % 1000 = 0), true) FROM traces WHERE {where}"
    )[0]
    tick_us = 1_000_000 if in_seconds else 1_000 if in_milliseconds else 1
    keys = store.arrays("SELECT account_key FROM accounts ORDER BY account_id")["account_key"]
    (folder.here / _FOLDER).mkdir()
    store.execute(
        "COPY (SELECT item_key AS item, number AS account, post_key AS post,"
        f" (epoch_us(acted_at) - {int(first)}) // {tick_us} AS at FROM (FROM traces WHERE {where})"
        " JOIN (SELECT account_key, row_number() OVER (ORDER BY account_id) - 1 AS number FROM accounts)"
        f" USING (account_key)) TO '{_quoted(str(folder.here / _FOLDER))}' (FORMAT parquet, PER_THREAD_OUTPUT true,"
        " OVERWRITE_OR_IGNORE true)"
    )
    return ExportedTraces(
        folder.send(_FOLDER),
        int(count),
        np.asarray(keys).astype(np.int64),
        tuple(int(one) for one in trace_sets),
        tuple(kinds),
        tick_us,
    )


def send_events(events: Events, folder: SharedFolder) -> str:
    """Write events in memory as a Parquet file where a cluster reads them; returns the address.

    Parameters
    ----------
    events
        Events with times that are not negative.
    folder
        Where to.
    """
    import pyarrow as pa
    from pyarrow import parquet

    name = f"events-{uuid.uuid4().hex[:8]}.parquet"
    table = pa.table({name: getattr(events, name) for name in ("item", "account", "post", "at")})
    parquet.write_table(table, folder.here / name, row_group_size=_ROWS_IN_GROUP, compression="zstd")
    return folder.send(name)


def _quoted(path: str) -> str:
    return path.replace("'", "''")
