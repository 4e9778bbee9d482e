"""Blocks: the events of one item in one stretch of time, with copies of those just before and after it.

An item that went viral is cut into as many blocks as its time has stretches, so that no single task holds it. Each
event has one block of its own; in the blocks beside it stands a copy, so that whoever looks at a block sees all
neighbours of its own events. Nothing is counted twice, since only a block's own events are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.kernel import window_ends_compiled, window_starts_compiled
from undazzle.coordination.spark.batches import as_events, dense, read_partition, write_batches
from undazzle.coordination.windows import has_other_account_near

if TYPE_CHECKING:
    import pyarrow as pa

COUNTED_SCHEMA = "item long, account long, post long, at long, counts boolean"
WORK_SCHEMA = "account_group long, work long, pairs long"
REACH_SCHEMA = f"place long, {COUNTED_SCHEMA}"
# A stretch is this many windows long: copies are then at most an eighth of the events of an item without a pause.
_WINDOWS_IN_STRETCH = 16
_COLUMNS = ("item", "account", "post", "at", "counts", "stretch")


@dataclass(frozen=True)
class Blocks:
    """The blocks of one partition as events, each block numbered as an item of its own.

    Attributes
    ----------
    events
        Sorted by block and time; ``item`` is the number of the block, ``at`` counts from the first event here.
    columns
        The columns as they came, in the same order.
    own
        Whether the event belongs to the block, rather than being a copy.
    """

    events: Events
    columns: dict[str, IntArray]
    own: BoolArray

    def rows(self, keep: BoolArray | IntArray) -> dict[str, IntArray]:
        """Return the columns of events at some places, as they came and without the stretch."""
        return {name: values[keep] for name, values in self.columns.items() if name != "stretch"}


def stretch_of(window: int) -> int:
    """Return the length of a stretch in ticks for a window in ticks."""
    return _WINDOWS_IN_STRETCH * max(1, window)


def cut_into_blocks(frame: Any, window: int, partitions: int) -> Any:
    """Return events with the number of their stretch, copies included, blocks whole in one partition each.

    Parameters
    ----------
    frame
        With the columns of events and ``counts``; times are not negative.
    window
        Ticks.
    partitions
        How many.
    """
    length = stretch_of(window)
    # A stretch is longer than two windows: an event is copied to one neighbour at most. Before the first stretch
    # division rounds up to it, where the event is anyway.
    stretches = ", ".join(f"(at {shift}) div {length}" for shift in ("", f"- {window}", f"+ {window}"))
    cut = frame.selectExpr("*", f"explode(array_distinct(array({stretches}))) AS stretch")
    return cut.repartition(partitions, "item", "stretch")


def read_blocks(batches: Iterable[pa.RecordBatch], window: int) -> Blocks:
    """Return a partition of ``cut_into_blocks`` as events sorted by block and time."""
    found = read_partition(batches, _COLUMNS)
    order = np.lexsort((found["post"], found["at"], found["stretch"], found["item"]))
    found = {name: values[order] for name, values in found.items()}
    block = dense(found["item"], found["stretch"])
    own = np.asarray(found["at"] // stretch_of(window) == found["stretch"])
    return Blocks(as_events(block, found["account"], found["post"], found["at"]), found, own)


def keep_meeting_events(batches: Iterable[pa.RecordBatch], *, window: int) -> Iterator[pa.RecordBatch]:
    """Yield the own events of blocks that have another account near. Runs on workers."""
    blocks = read_blocks(batches, window)
    yield from write_batches(blocks.rows(blocks.own & has_other_account_near(blocks.events, window)))


def measure_work(batches: Iterable[pa.RecordBatch], *, window: int, group: int) -> Iterator[pa.RecordBatch]:
    """Yield by group of accounts how many events its rows walk over, and how many pairs its events begin.

    Runs on workers. A group is ``group`` accounts with adjacent numbers.
    """
    blocks = read_blocks(batches, window)
    events = blocks.events
    ends = window_ends_compiled(events.item, events.at, window)
    work = ends - window_starts_compiled(events.item, events.at, window)
    later = ends - np.arange(len(events)) - 1
    groups, number = np.unique(events.account[blocks.own] // group, return_inverse=True)
    sums = [np.bincount(number, weights=one[blocks.own], minlength=len(groups)) for one in (work, later)]
    yield from write_batches(
        {"account_group": groups, "work": sums[0].astype(np.int64), "pairs": sums[1].astype(np.int64)}
    )


def spread_over_ranges(
    batches: Iterable[pa.RecordBatch], *, window: int, edges: Any, places: Any
) -> Iterator[pa.RecordBatch]:
    """Yield for each range of accounts the events that its rows walk over. Runs on workers.

    Parameters
    ----------
    batches
        A partition of blocks.
    window
        Ticks.
    edges
        Broadcast: range ``r`` is the accounts from ``edges[r]`` to ``edges[r + 1] - 1``.
    places
        Broadcast: by range the key that leads to its partition.
    """
    blocks = read_blocks(batches, window)
    reached, of_range = reach(blocks, window, edges.value)
    yield from write_batches({"place": places.value[of_range], **blocks.rows(reached)})


def reach(blocks: Blocks, window: int, edges: IntArray) -> tuple[IntArray, IntArray]:
    """Return the places of events that each range walks over, each once per block, and the range of each.

    Only accounts from the start of the range on matter, since a row counts partners with higher numbers.
    """
    events = blocks.events
    starts = window_starts_compiled(events.item, events.at, window)
    ends = window_ends_compiled(events.item, events.at, window)
    own = np.flatnonzero(blocks.own)
    ranges = np.searchsorted(edges, events.account[own], side="right") - 1
    inside = (ranges >= 0) & (ranges < len(edges) - 1)  # others are of another part
    own, ranges = own[inside], ranges[inside]
    order = np.lexsort((own, ranges))
    own, ranges = own[order], ranges[order]
    # Windows of one range lie in order of time: each adds what lies behind the end of the one before.
    first, last = starts[own], ends[own]
    first[1:] = np.where(ranges[1:] == ranges[:-1], np.maximum(first[1:], last[:-1]), first[1:])
    many = np.maximum(0, last - first)
    of_range = np.repeat(ranges, many)
    offset = np.arange(len(of_range)) - np.repeat(np.cumsum(many) - many, many)
    reached = np.repeat(first, many) + offset
    useful = events.account[reached] >= edges[of_range]
    return reached[useful], of_range[useful]
