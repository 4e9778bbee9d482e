"""The tasks of the cluster one after the other in this process, with the shuffles between them done by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from undazzle.coordination.events import Events
from undazzle.coordination.spark.blocks import (
    keep_meeting_events,
    measure_work,
    spread_over_ranges,
    stretch_of,
)
from undazzle.coordination.spark.planning import equal_work_edges
from undazzle.coordination.spark.ranges import count_ranges, list_ranges

Columns = dict[str, Any]


def in_batches(columns: Columns, rows: int = 3) -> Iterator[pa.RecordBatch]:
    """Yield columns in batches as small as to split every item."""
    table = pa.table(columns)
    yield from table.to_batches(max_chunksize=rows)


def joined(batches: list[pa.RecordBatch], names: list[str]) -> Columns:
    if not batches:
        return {name: np.zeros(0, dtype=np.int64) for name in names}
    table = pa.Table.from_batches(batches)
    return {name: table.column(name).to_numpy() for name in names}


def shuffled(columns: Columns, keys: Any, partitions: int) -> Iterator[Columns]:
    for number in range(partitions):
        here = keys % partitions == number
        yield {name: np.asarray(values)[here] for name, values in columns.items()}


def cut(columns: Columns, window: int) -> Columns:
    """Do what ``cut_into_blocks`` has Spark do."""
    rows, stretches = [], []
    for row, at in enumerate(columns["at"].tolist()):
        for stretch in sorted({max(0, at + shift) // stretch_of(window) for shift in (-window, 0, window)}):
            rows.append(row)
            stretches.append(stretch)
    index = np.array(rows, dtype=np.int64)
    return {name: values[index] for name, values in columns.items()} | {"stretch": np.array(stretches, dtype=np.int64)}


def mapped(columns: Columns, keys: Any, partitions: int, task: Callable[[Any], Any], names: list[str]) -> Columns:
    found = [batch for part in shuffled(columns, keys, partitions) for batch in task(in_batches(part))]
    return joined(found, names)


def simulate(events: Events, window: int, k: int, *, partitions: int, ranges: int) -> tuple[Columns, Columns, int]:
    """Return pairs, co-actions and the number of pairs of events, as the cluster would compute them."""
    names = ["item", "account", "post", "at", "counts"]
    columns = {name: getattr(events, name) for name in names[:-1]} | {"counts": np.ones(len(events), dtype=bool)}
    blocks = cut(columns, window)
    by_block = blocks["item"] * 7 + blocks["stretch"]
    meeting = mapped(blocks, by_block, partitions, lambda b: keep_meeting_events(b, window=window), names)
    blocks = cut(meeting, window)
    by_block = blocks["item"] * 7 + blocks["stretch"]
    measure = mapped(
        blocks,
        by_block,
        partitions,
        lambda b: measure_work(b, window=window, group=2),
        ["account_group", "work", "pairs"],
    )
    groups = np.unique(measure["account_group"])
    work = np.array([measure["work"][measure["account_group"] == one].sum() for one in groups], dtype=np.int64)
    accounts = int(events.account.max(initial=0)) + 1
    edges = equal_work_edges(groups, work, 2, accounts, ranges)
    share = {
        "edges": SimpleNamespace(value=edges),
        "places": SimpleNamespace(value=np.arange(len(edges) - 1)[::-1].copy()),
    }
    reached = mapped(
        blocks,
        by_block,
        partitions,
        lambda b: spread_over_ranges(b, window=window, **share),
        ["place", *names],
    )
    pairs = mapped(
        reached,
        reached["place"],
        partitions,
        lambda b: count_ranges(b, window=window, k=k, **share),
        ["account_a", "account_b", "co_actions", "items"],
    )
    co_actions = mapped(
        reached,
        reached["place"],
        partitions,
        lambda b: list_ranges(b, window=window, k=k, **share),
        ["account_a", "account_b", "post_a", "post_b", "item", "gap"],
    )
    return pairs, co_actions, int(measure["pairs"].sum())
