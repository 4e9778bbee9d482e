"""Posts on a cluster, landed for the calibrated method: of each who, when and what it shares, of some all the rest.

What chance gives depends on what everybody does, so that the method, its checks and the explanations look at all posts,
but at few columns of most. Keys are given out as reading the files into a workspace would. Whole posts are brought once
it is known who is named: all posts of these accounts, and whatever anybody posted about things on which they met.

Writes ``sources``, ``accounts``, ``account_observations``, ``posts``, ``trace_sets``, ``items`` and ``traces``.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from undazzle.coordination.spark.extracting import Kinds, extract_traces_on_cluster
from undazzle.coordination.spark.landing import register_posts
from undazzle.coordination.spark.post_files import PostFiles
from undazzle.model import post_field
from undazzle.store import Store
from undazzle.store.engines import Cluster
from undazzle.traces import trace_kind
from undazzle.traces.extraction import TraceSet, find_trace_set, store_traces

BROUGHT = (
    "Of every post its account, time, links, program and traces were brought into the workspace; whole are only the "
    "posts of named accounts and those on things on which they met. A cluster read the others."
)
_OF_EVERY_POST = ("post_id", "account_id", "platform", "posted_at", "client", "links", "domains")
_NAMES = ("handle", "display_name")


@dataclass(frozen=True)
class LandedPosts:
    """Posts whose traces are in the workspace, and where the rest of them is.

    Attributes
    ----------
    cluster, posts
        Where they are.
    """

    cluster: Cluster
    posts: PostFiles

    def complete(self, store: Store, run_id: int) -> int:
        """Bring the whole posts of named accounts, and those on items on which they met; returns how many.

        Reads ``members``, ``co_actions`` and ``traces``. Writes ``posts``.
        """
        columns = [name for name in self.posts.columns if name not in (*_OF_EVERY_POST, *_NAMES)]
        wanted = store.arrow(
            "SELECT post_id FROM posts WHERE account_key IN (SELECT account_key FROM members WHERE run_id = $run)"
            " OR post_key IN (SELECT post_key FROM traces WHERE item_key IN"
            " (SELECT item_key FROM co_actions WHERE run_id = $run))",
            {"run": run_id},
        )
        if not len(wanted) or not columns:
            return 0
        from pyarrow import parquet

        cluster, name = self.cluster, f"wanted-{uuid.uuid4().hex[:8]}.parquet"
        parquet.write_table(wanted, cluster.folder.here / name)
        ids = cluster.run(lambda: cluster.read(cluster.folder.send(name)))
        rows = self.posts.frame.select("post_id", *columns).join(
            cluster.small(ids, len(wanted)), "post_id", "left_semi"
        )
        files = _files(_write(cluster, self.posts, rows))
        values = ", ".join(f"{name} = f.{name}::{post_field(name).sql_type}" for name in columns)
        store.execute(f"UPDATE posts SET {values} FROM read_parquet({files}) f WHERE posts.post_id = f.post_id")
        return len(wanted)


def land_traces(
    cluster: Cluster, store: Store, posts: PostFiles, kinds: Kinds, say: Callable[[str], None]
) -> list[TraceSet]:
    """Extract traces on a cluster and bring them here, unless they are here; returns the sets.

    Parameters
    ----------
    cluster, store
        Where to, inside a transaction.
    posts
        What to read.
    kinds
        Name and all parameters of each trace kind.
    say
        Called with a line about what is happening.

    Raises
    ------
    WorkspaceError
        If the workspace holds other posts already.
    SourceError
        If a file turns out to be broken.
    """
    source = register_posts(store, posts, BROUGHT)
    known = [find_trace_set(store, kind, asked, posts.digest) for kind, asked in kinds]
    found = [one for one in known if one is not None]
    if len(found) == len(known):
        return found
    if not store.rows("SELECT count(*) FROM posts")[0][0]:
        say(f"Bringing who posted when: {posts.count:,} posts")
        _land_accounts(cluster, store, posts, source)
        _land_posts(cluster, store, posts, source)
    say(f"Reading {', '.join(kind for kind, _ in kinds)} traces of {posts.count:,} posts on the cluster")
    address, notes = extract_traces_on_cluster(cluster, posts, kinds)
    files = _files(cluster.folder.fetch(address))
    return [
        store_traces(
            store,
            kind,
            asked,
            posts.digest,
            trace_kind(kind).warn(notes[number]),
            f"SELECT item, post_key FROM read_parquet({files}) t JOIN posts USING (post_id)"
            f" WHERE kind = {number} AND NOT is_note",
        )
        for number, (kind, asked) in enumerate(kinds)
    ]


def _land_accounts(cluster: Cluster, store: Store, posts: PostFiles, source: int) -> None:
    """Write accounts in the order of their ids, with the names used last, and every name seen."""
    present = [name for name in _NAMES if name in posts.columns]
    seen = posts.frame.groupBy("account_id", "platform", *present).agg(
        cluster.expression("CAST(min(posted_at) AS TIMESTAMP_NTZ) AS observed_at"),
        cluster.expression("CAST(max(posted_at) AS TIMESTAMP_NTZ) AS last_at"),
    )
    files = _files(_write(cluster, posts, seen))
    latest = "".join(f", arg_max({name}, (last_at, {name})) AS {name}" for name in present)
    listed = "".join(f", {name}" for name in present)
    store.execute(
        f"INSERT INTO accounts (account_key, account_id, platform{listed})"
        f" SELECT row_number() OVER (ORDER BY account_id) - 1, account_id, any_value(platform){latest}"
        f" FROM read_parquet({files}) GROUP BY account_id ORDER BY account_id"
    )
    if present:
        store.execute(
            f"INSERT INTO account_observations (account_key, source_id, observed_at{listed}) SELECT account_key,"
            f" {source}, f.observed_at{''.join(f', f.{name}' for name in present)} FROM read_parquet({files}) f"
            " JOIN accounts USING (account_id) ORDER BY account_key, observed_at"
        )


def _land_posts(cluster: Cluster, store: Store, posts: PostFiles, source: int) -> None:
    """Write of every post what all of it is asked for, in the order of time and id."""
    columns = [name for name in _OF_EVERY_POST if name in posts.columns]
    time = cluster.expression("CAST(posted_at AS TIMESTAMP_NTZ)")
    files = _files(_write(cluster, posts, posts.frame.select(*columns).withColumn("posted_at", time)))
    wanted = ", ".join(f"f.{name}::{post_field(name).sql_type} AS {name}" for name in columns)
    store.execute(
        "INSERT INTO posts BY NAME SELECT row_number() OVER (ORDER BY f.posted_at, f.post_id) - 1 AS post_key,"
        f" account_key, {source} AS source_id, {wanted} FROM read_parquet({files}) f JOIN accounts a"
        " USING (account_id) ORDER BY post_key"
    )


def _write(cluster: Cluster, posts: PostFiles, frame: Any) -> Path:
    """Write a frame of posts to the shared folder; returns where this machine reads it."""
    name = f"landed-{uuid.uuid4().hex[:8]}"
    cluster.run_on(posts.address, lambda: frame.write.parquet(f"{cluster.folder.address}/{name}"))
    return cluster.folder.fetch(name)


def _files(folder: Path) -> str:
    """Return the files of a folder as SQL reads them."""
    files = sorted(str(file) for file in folder.glob("*.parquet"))
    return "[" + ", ".join("'" + file.replace("'", "''") + "'" for file in files) + "]"
