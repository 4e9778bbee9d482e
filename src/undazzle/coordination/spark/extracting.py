"""From posts on a cluster to numbered events there: the extraction of a workspace as tasks, accounts by their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from undazzle.coordination.spark.post_files import PostFiles
from undazzle.errors import ClusterFailedError
from undazzle.store.engines import Cluster
from undazzle.traces.parts import PartExtractor, columns_read

if TYPE_CHECKING:
    import pyarrow as pa

TRACES_SCHEMA = "kind int, item string, post long, post_id string, account_id string, at long, is_note boolean"
_TRACES, _ACCOUNTS, _EVENTS = "traces", "accounts", "events"
_POSTS_AT_ONCE = 50_000
_SALTS = 8
_LOW_BITS = (1 << 33) - 1  # of monotonically_increasing_id: the row; the rest is the partition

Kinds = Sequence[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class ClusterTraces:
    """Traces of posts on a cluster, written to the folder that it shares.

    Attributes
    ----------
    traces
        Frame of ``TRACES_SCHEMA`` without notes, with ``item_number``.
    accounts
        Frame of all accounts: ``account`` (place in the order of ids), ``account_id``, ``platform``, ``handle``,
        ``display_name``, ``posts``.
    events
        Address of the events: ``item`` (a hash that no other item has), ``account``, ``post``, ``at`` in ticks.
    count, accounts_count
        Number of traces and of accounts.
    by_kind
        Traces of each kind.
    notes
        What the extraction of each kind counted.
    tick_us
        Microseconds in one tick.
    """

    traces: Any
    accounts: Any
    events: str
    count: int
    accounts_count: int
    by_kind: tuple[int, ...]
    notes: tuple[Mapping[str, int], ...]
    tick_us: int


def extract_on_cluster(cluster: Cluster, posts: PostFiles, kinds: Kinds) -> ClusterTraces:
    """Extract traces as tasks, number accounts and items, and write events where pairing reads them.

    Raises
    ------
    SourceError
        If a file turns out to be broken.
    ClusterFailedError
        If the cluster stops.
    """
    folder = cluster.folder.address
    name, notes = extract_traces_on_cluster(cluster, posts, kinds)
    everything = cluster.read(f"{folder}/{name}")
    traces = _number_items(cluster, everything.where("NOT is_note").drop("is_note"))
    accounts, many = _number_accounts(cluster, posts)
    count, by_kind, tick_us = _write_events(cluster, traces, accounts, len(kinds))
    return ClusterTraces(traces, accounts, f"{folder}/{_EVENTS}", count, many, by_kind, notes, tick_us)


def extract_traces_on_cluster(
    cluster: Cluster, posts: PostFiles, kinds: Kinds
) -> tuple[str, tuple[Mapping[str, int], ...]]:
    """Extract traces as tasks; returns their name in the shared folder, and what each extraction counted.

    Rows are those of ``TRACES_SCHEMA``, with notes among them.

    Raises
    ------
    SourceError
        If a file turns out to be broken.
    ClusterFailedError
        If the cluster stops.
    """
    address = f"{cluster.folder.address}/{_TRACES}"
    columns = [name for name in columns_read([kind for kind, _ in kinds]) if name in posts.columns]
    wanted = dict.fromkeys([*columns, "post_id", "account_id"])
    # Numbers of posts are written with the traces: they never have to be made again, and need not be the same then.
    numbered = posts.frame.selectExpr(
        *wanted, "unix_micros(posted_at) AS _at", "monotonically_increasing_id() AS _post"
    )
    task = partial(extract_task, kinds=tuple(kinds), columns=tuple(columns))
    mapped = cluster.map(numbered, task, TRACES_SCHEMA)
    cluster.run_on(posts.address, lambda: mapped.write.parquet(address))
    return _TRACES, _notes(cluster, cluster.read(address).where("is_note"), len(kinds))


def extract_task(
    batches: Iterable[pa.RecordBatch], *, kinds: Kinds, columns: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """Yield the traces of a partition of posts, and at the end what was counted. Runs on workers."""
    import pyarrow as pa

    with PartExtractor(kinds) as extractor:
        for table in _in_parts(batches):
            found = extractor.extract(table.select(list(columns)))
            rows = table.select(["_post", "post_id", "account_id", "_at"]).take(found.column("row"))
            parts = [found.column("kind"), found.column("item"), *rows.columns]
            is_note = pa.array([False] * len(found), pa.bool_())
            yield from _traces_table(pa, [*parts, is_note]).to_batches()
        notes = [(kind, name, many) for kind, one in enumerate(extractor.counts) for name, many in one.items()]
        kind, name, many = ([one[place] for one in notes] for place in range(3))
        empty = [None] * len(notes)
        yield from _traces_table(pa, [kind, name, many, empty, empty, empty, [True] * len(notes)]).to_batches()


def _traces_table(pa: Any, columns: Sequence[Any]) -> pa.Table:
    fields = [("kind", pa.int32()), ("item", pa.string()), ("post", pa.int64()), ("post_id", pa.string())]
    fields += [("account_id", pa.string()), ("at", pa.int64()), ("is_note", pa.bool_())]
    schema = pa.schema(fields)
    arrays = [
        column.cast(kind) if isinstance(column, pa.ChunkedArray) else pa.array(column, kind)
        for column, kind in zip(columns, schema.types, strict=True)
    ]
    return pa.table(arrays, schema=schema)


def _in_parts(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(len(one) for one in held) >= _POSTS_AT_ONCE:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _notes(cluster: Cluster, notes: Any, kinds: int) -> tuple[Mapping[str, int], ...]:
    rows = cluster.run(lambda: notes.groupBy("kind", "item").sum("post").collect())
    found: list[Counter[str]] = [Counter() for _ in range(kinds)]
    for kind, name, many in rows:
        found[kind][name] += int(many)
    return tuple(found)


def _number_items(cluster: Cluster, traces: Any) -> Any:
    """Return traces with ``item_number``: 63 bits of a hash under which no two items meet.

    Two items that share a number are found by a second hash, and another salt is tried: at a billion items that
    happens about once in twenty times.
    """
    for salt in range(_SALTS):
        number = f"(xxhash64({salt}, kind, item) & 9223372036854775807L)"
        numbered = traces.selectExpr("*", f"{number} AS item_number")
        check = numbered.selectExpr("item_number", f"xxhash64(item, {salt + _SALTS}, kind) AS other")
        bounds = (cluster.expression("min(other) AS low"), cluster.expression("max(other) AS high"))
        meets = check.groupBy("item_number").agg(*bounds).where("low <> high").limit(1)
        if not cluster.run(meets.count):
            return numbered
    raise ClusterFailedError(
        f"No numbers without repeats were found for the items in {_SALTS} attempts", "Give fewer traces."
    )


def _number_accounts(cluster: Cluster, posts: PostFiles) -> tuple[Any, int]:
    """Return all accounts numbered in the order of their ids, which is that of their bytes, and how many there are."""
    names = [f"max({name}) AS {name}" for name in ("handle", "display_name") if name in posts.columns]
    sums = ["count(*) AS posts", "max(platform) AS platform", *names]
    grouped = posts.frame.groupBy("account_id").agg(*(cluster.expression(one) for one in sums)).orderBy("account_id")
    address = f"{cluster.folder.address}/{_ACCOUNTS}"
    # Sorting draws samples: what was sorted is written before its order is used.
    placed = grouped.selectExpr("*", "monotonically_increasing_id() AS place")
    cluster.run_on(posts.address, lambda: placed.write.parquet(address))
    accounts = cluster.read(address).selectExpr("*", "shiftright(place, 33) AS part")
    sizes = sorted((int(part), int(many)) for part, many in cluster.run(accounts.groupBy("part").count().collect))
    before, offsets = 0, []
    for part, many in sizes:
        offsets.append((part, before))
        before += many
    first = cluster.session.createDataFrame(offsets, "part long, before long")
    return accounts.join(first, "part").selectExpr("*", f"before + (place & {_LOW_BITS}L) AS account"), before


def _write_events(cluster: Cluster, traces: Any, accounts: Any, kinds: int) -> tuple[int, tuple[int, ...], int]:
    """Write events; returns how many, how many of each kind, and the microseconds of a tick."""
    rows = cluster.run(
        lambda: (
            traces.groupBy("kind")
            .agg(
                *(
                    cluster.expression(one)
                    for one in ("count(*) AS n", "min(at)", "bool_and(at % 1000000 = 0)", "bool_and(at % 1000 = 0)")
                )
            )
            .collect()
        )
    )
    first = min((int(row[2]) for row in rows), default=0)
    tick_us = 1_000_000 if all(row[3] for row in rows) else 1_000 if all(row[4] for row in rows) else 1
    by_kind = {int(row[0]): int(row[1]) for row in rows}
    events = traces.join(accounts.select("account_id", "account"), "account_id").selectExpr(
        "item_number AS item", "account", "post", f"(at - {first}L) div {tick_us} AS at"
    )
    cluster.run(lambda: events.write.parquet(f"{cluster.folder.address}/{_EVENTS}"))
    return sum(by_kind.values()), tuple(by_kind.get(kind, 0) for kind in range(kinds)), tick_us
