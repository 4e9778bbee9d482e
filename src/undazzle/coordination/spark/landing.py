"""What a cluster found in posts that it read itself becomes rows of the workspace, with the posts behind it.

Writes ``sources``, ``trace_sets``, ``accounts``, ``posts`` and ``items``: only what co-actions name.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.spark.extracting import ClusterTraces, Kinds
from undazzle.coordination.spark.post_files import PostFiles
from undazzle.errors import WorkspaceError
from undazzle.model import post_field
from undazzle.store import POSTS_ELSEWHERE, Store
from undazzle.store.engines import Cluster
from undazzle.traces.extraction import note_trace_set

_BROUGHT_BACK = "Only the posts behind co-actions were brought into the workspace; a cluster read the others."


def register_posts(store: Store, posts: PostFiles, brought: str = _BROUGHT_BACK) -> int:
    """Write the source that stands for posts on a cluster, or find it; returns its number.

    Reads and writes ``sources``.

    Parameters
    ----------
    store, posts
        The workspace, and the posts.
    brought
        What of the posts is brought into the workspace.

    Raises
    ------
    WorkspaceError
        If the workspace holds other posts already, or another part of the same.
    """
    others = store.rows("SELECT source_id, sha256, warnings FROM sources")
    for number, digest, said in others:
        if (digest, said, len(others)) == (posts.fingerprint, [brought], 1):
            return int(number)
    if [one[1] for one in others] == [posts.fingerprint]:
        raise WorkspaceError(
            store.path,
            "The workspace holds another part of these posts, brought by the other method",
            "Name a new file: it is made.",
        )
    if others:
        raise WorkspaceError(
            store.path,
            "The workspace holds other posts already, and a run on a cluster would mix with them",
            "Name a new file: it is made.",
        )
    values = {
        "path": posts.address,
        "file_name": PurePosixPath(posts.address.rstrip("/")).name,
        "sha256": posts.fingerprint,
        "format": POSTS_ELSEWHERE,
        "timezone": "UTC",
        "time_resolution_seconds": posts.resolution_seconds,
        "rows_in": posts.count + posts.left_out,
        "posts_added": posts.count,
        "duplicates": 0,
        "rejected": posts.left_out,
        "first_us": posts.first_us,
        "last_us": posts.last_us,
        "mapping": json.dumps({name: name for name in posts.columns}),
        "warnings": [brought],
    }
    names = ", ".join(name for name in values if not name.endswith("_us"))
    marks = ", ".join(f"${name}" for name in values if not name.endswith("_us"))
    return int(
        store.rows(
            f"INSERT INTO sources ({names}, first_at, last_at, ingested_at) VALUES ({marks},"
            " make_timestamp($first_us), make_timestamp($last_us), now()) RETURNING source_id",
            values,
        )[0][0]
    )


@dataclass(frozen=True)
class PostsOnCluster:
    """Traces of posts that a cluster read, as ``SparkEngine`` asks for them, and how results become rows.

    Attributes
    ----------
    cluster, posts, traces
        Where they are.
    kinds, trace_sets, source_id
        What stands for them in the workspace.
    """

    cluster: Cluster
    posts: PostFiles
    traces: ClusterTraces
    kinds: Kinds
    trace_sets: tuple[int, ...]
    source_id: int

    @property
    def address(self) -> str:
        """Where the events are."""
        return self.traces.events

    @property
    def count(self) -> int:
        """How many events there are."""
        return self.traces.count

    @property
    def accounts(self) -> int:
        """One more than the largest number of an account."""
        return self.traces.accounts_count

    @property
    def holds_all_posts(self) -> bool:
        """Whether the workspace holds all posts: never."""
        return False

    def window_ticks(self, seconds: float) -> int:
        """Return the longest gap in whole ticks that a window of ``seconds`` includes."""
        return round(seconds * 1e6) // self.traces.tick_us

    def nothing(self) -> Events:
        """Return events that hold nothing yet."""
        none = np.zeros(0, dtype=np.int64)
        names = tuple(kind for kind, _ in self.kinds)
        return Events(none, none, none, none, none, none, none, names, self.traces.tick_us)

    def numbering(self, store: Store) -> Events:
        """Return events that hold nothing but the accounts of the workspace in the order of their ids."""
        keys = store.arrays("SELECT account_key FROM accounts ORDER BY account_id")["account_key"]
        return replace(self.nothing(), account_keys=np.asarray(keys).astype(np.int64))

    def named(self, store: Store, found: CoActions) -> tuple[Events, CoActions]:
        """Bring what co-actions name into the workspace; return what their new numbers mean, and them renumbered.

        Writes ``accounts``, ``posts`` and ``items``.
        """
        accounts = np.unique(np.concatenate((found.account_a, found.account_b)))
        posts = np.unique(np.concatenate((found.post_a, found.post_b)))
        items = np.unique(found.item)
        account_keys = self._land_accounts(store, accounts)
        post_keys = self._land_posts(store, posts)
        item_keys, kinds = self._land_items(store, items)
        renumbered = replace(
            found,
            account_a=np.searchsorted(accounts, found.account_a),
            account_b=np.searchsorted(accounts, found.account_b),
            post_a=post_keys[np.searchsorted(posts, found.post_a)],
            post_b=post_keys[np.searchsorted(posts, found.post_b)],
            item=np.searchsorted(items, found.item),
        )
        return replace(self.nothing(), item_keys=item_keys, account_keys=account_keys, kind_of_item=kinds), renumbered

    def count_posts_of_members(self, store: Store, run_id: int) -> None:
        """Write how many posts members made in all, which only the cluster knows. Writes ``members``."""
        ids = [row[0] for row in store.rows("SELECT DISTINCT account_id FROM members WHERE run_id = ?", [run_id])]
        if ids:
            files = self._bring(self.traces.accounts.select("account_id", "posts"), "account_id", ids)
            store.execute(
                f"UPDATE members SET posts = f.posts FROM read_parquet({files}) f"
                " WHERE run_id = ? AND members.account_id = f.account_id",
                [run_id],
            )

    def _land_accounts(self, store: Store, numbers: IntArray) -> IntArray:
        """Return keys of accounts by number, ascending."""
        files = self._bring(self.traces.accounts, "account", numbers)
        present = [name for name in ("handle", "display_name") if name in self.posts.columns]
        listed = "".join(f", {name}" for name in present)
        store.execute(
            f"INSERT INTO accounts (account_key, account_id, platform{listed})"
            " SELECT (SELECT coalesce(max(account_key) + 1, 0) FROM accounts) + row_number() OVER (ORDER BY account_id)"
            f" - 1, account_id, platform{listed} FROM read_parquet({files}) ANTI JOIN accounts USING (account_id)"
        )
        return _keys(
            store,
            f"SELECT account, account_key FROM read_parquet({files}) JOIN accounts USING (account_id)",
            numbers,
        )

    def _land_posts(self, store: Store, numbers: IntArray) -> IntArray:
        ids = self._wanted(self.traces.traces.select("post", "post_id").distinct(), "post", numbers)
        rows = self.posts.frame.join(self.cluster.small(ids, len(numbers)), "post_id").withColumn(
            "posted_at", self.cluster.expression("CAST(posted_at AS TIMESTAMP_NTZ)")
        )
        files = self._write(rows)
        columns = [name for name in self.posts.columns if name not in ("handle", "display_name")]
        wanted = ", ".join(f"f.{name}::{post_field(name).sql_type} AS {name}" for name in columns)
        store.execute(
            "INSERT INTO posts BY NAME SELECT (SELECT coalesce(max(post_key) + 1, 0) FROM posts)"
            f" + row_number() OVER (ORDER BY f.posted_at, f.post_id) - 1 AS post_key, account_key, {self.source_id}"
            f" AS source_id, {wanted} FROM (FROM read_parquet({files}) ANTI JOIN posts USING (post_id)) f"
            " JOIN accounts a USING (account_id) ORDER BY post_key"
        )
        return _keys(
            store,
            f"SELECT f.post AS post, p.post_key AS post_key FROM read_parquet({files}) f JOIN posts p USING (post_id)",
            numbers,
        )

    def _land_items(self, store: Store, numbers: IntArray) -> tuple[IntArray, IntArray]:
        """Return keys and kinds of items by number, ascending."""
        names = self.traces.traces.select("item_number", "kind", "item").distinct()
        files = self._bring(names, "item_number", numbers)
        sets = f"list_extract({list(self.trace_sets)}, kind + 1)"
        store.execute(
            f"INSERT INTO items SELECT {sets}, (SELECT coalesce(max(item_key), 0) FROM items)"
            f" + row_number() OVER (ORDER BY kind, item), item FROM read_parquet({files}) f ANTI JOIN items i"
            f" ON i.trace_set = {sets} AND i.item = f.item"
        )
        joined = f"read_parquet({files}) f JOIN items i ON i.trace_set = {sets} AND i.item = f.item"
        keys = _keys(store, f"SELECT item_number, i.item_key FROM {joined}", numbers)
        return keys, _keys(store, f"SELECT item_number, kind::BIGINT FROM {joined}", numbers)

    def _bring(self, frame: Any, column: str, numbers: IntArray | Sequence[str]) -> str:
        return self._write(self._wanted(frame, column, numbers))

    def _wanted(self, frame: Any, column: str, numbers: IntArray | Sequence[str]) -> Any:
        """Return the rows of a frame whose column has one of some values."""
        import pyarrow as pa
        from pyarrow import parquet

        name = f"wanted-{uuid.uuid4().hex[:8]}.parquet"
        parquet.write_table(pa.table({column: numbers}), self.cluster.folder.here / name)
        wanted = self.cluster.run(lambda: self.cluster.read(self.cluster.folder.send(name)))
        return frame.join(self.cluster.small(wanted, len(numbers)), column, "left_semi")

    def _write(self, frame: Any) -> str:
        """Write a frame to the shared folder; return its files as SQL reads them here."""
        name = f"landed-{uuid.uuid4().hex[:8]}"
        self.cluster.run_on(self.posts.address, lambda: frame.write.parquet(f"{self.cluster.folder.address}/{name}"))
        files = sorted(str(file) for file in self.cluster.folder.fetch(name).glob("*.parquet"))
        return "[" + ", ".join("'" + file.replace("'", "''") + "'" for file in files) + "]"


def _keys(store: Store, sql: str, numbers: IntArray) -> IntArray:
    """Return what a query of two columns gives for each number, all of which it must name once."""
    found = list(store.arrays(sql).values())
    order = np.argsort(found[0])
    if not np.array_equal(np.asarray(found[0])[order], numbers):
        raise AssertionError("the cluster did not bring back what was asked for")
    return np.asarray(found[1])[order].astype(np.int64)


def register_traces(
    store: Store, posts: PostFiles, traces: ClusterTraces, kinds: Kinds, warnings: Sequence[Sequence[str]]
) -> tuple[int, ...]:
    """Write which traces a cluster extracted; returns the numbers of the sets. Writes ``trace_sets``."""
    return tuple(
        note_trace_set(store, kind, asked, posts.digest, traces.by_kind[number], list(warnings[number]))
        for number, (kind, asked) in enumerate(kinds)
    )
