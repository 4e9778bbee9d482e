"""Results of a cluster as arrays on this machine, by way of files in the shared folder."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import numpy as np

from undazzle.coordination.events import IntArray
from undazzle.store.engines import Cluster

if TYPE_CHECKING:
    import pyarrow as pa


def bring_table(cluster: Cluster, frame: Any) -> pa.Table:
    """Return a frame with all its rows, in no particular order.

    Workers write Parquet into the shared folder and this machine reads it: nothing passes through the driver's Java.

    Parameters
    ----------
    cluster
        The cluster.
    frame
        What to compute.
    """
    import pyarrow as pa
    from pyarrow import parquet

    name = f"found-{uuid.uuid4().hex[:8]}"
    cluster.run(lambda: frame.write.parquet(f"{cluster.folder.address}/{name}"))
    return pa.concat_tables([parquet.read_table(file) for file in sorted(cluster.folder.fetch(name).glob("*.parquet"))])


def bring_back(cluster: Cluster, frame: Any, schema: str) -> dict[str, IntArray]:
    """Return a frame of whole numbers as arrays, in no particular order.

    Parameters
    ----------
    cluster
        The cluster.
    frame
        What to compute.
    schema
        Its columns, as Spark writes them; all are ``long``.
    """
    table = bring_table(cluster, frame)
    return {name: _numbers(table.column(name)) for name in (one.split()[0] for one in schema.split(", "))}


def _numbers(column: Any) -> IntArray:
    chunks = [chunk.to_numpy(zero_copy_only=False) for chunk in column.chunks]
    return np.concatenate(chunks).astype(np.int64, copy=False) if chunks else np.zeros(0, dtype=np.int64)
