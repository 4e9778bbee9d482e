"""Partitions of Spark as arrays: a whole partition is read before anything is computed on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from undazzle.coordination.events import Events, IntArray

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 65_536
_NONE = np.zeros(0, dtype=np.int64)


def read_partition(batches: Iterable[pa.RecordBatch], names: Sequence[str]) -> dict[str, IntArray]:
    """Return the columns of a whole partition.

    Spark hands a partition over in batches of some ten thousand rows. A kernel run on each batch would lose, without
    a word, every pair of events that stand in two of them.

    Parameters
    ----------
    batches
        What Spark hands over; columns of whole numbers or truth values without nulls.
    names
        Columns to return.
    """
    parts: dict[str, list[IntArray]] = {name: [] for name in names}
    for batch in batches:
        for name in names:
            parts[name].append(np.asarray(batch.column(name).to_numpy(zero_copy_only=False)))
    return {name: np.concatenate(found) if found else _NONE for name, found in parts.items()}


def write_batches(columns: Mapping[str, Any]) -> Iterator[pa.RecordBatch]:
    """Yield equally long arrays as record batches of bounded size."""
    import pyarrow as pa

    count = len(next(iter(columns.values())))
    for start in range(0, count, _ROWS):
        yield pa.RecordBatch.from_arrays(
            [pa.array(values[start : start + _ROWS]) for values in columns.values()], names=list(columns)
        )


def as_events(item: IntArray, account: IntArray, post: IntArray, at: IntArray) -> Events:
    """Return arrays sorted by item and time as events, for the kernel; the lists of keys stay empty.

    Times count from the first, as the kernel packs item and time into one number.
    """
    first = int(at.min()) if len(at) else 0
    return Events(item, account, post, at - first, _NONE, _NONE, _NONE, (), 1)


def dense(*columns: IntArray) -> IntArray:
    """Number runs of equal rows of sorted columns from 0."""
    new = np.ones(len(columns[0]), dtype=bool)
    if len(new):
        new[1:] = np.logical_or.reduce([one[1:] != one[:-1] for one in columns])
    return (np.cumsum(new) - 1).astype(np.int64)
