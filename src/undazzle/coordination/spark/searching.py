"""Parts of the calibrated search as tasks: what they look at goes to each worker once, what they find comes as columns.

Each bundle of parts is a job of one task, so that what is finished can be kept while others run. A task does what this
machine would do, by the same functions, whoever runs it and however often: a part draws from a seed of its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.spreading import Columns, Step, spread_here
from undazzle.coordination.spark.returning import bring_table
from undazzle.coordination.spark.sending import open_basis, send_basis
from undazzle.store.engines import Cluster

if TYPE_CHECKING:
    import pyarrow as pa

PART_SCHEMA = "part long, name string, kind string, data binary"
# Slots of a search that is worth sending: with fewer, this machine is done before the cluster has begun.
WORTH_SENDING = 200_000
_BUNDLES_PER_CORE = 4


class SparkSearch:
    """Works on the parts of searches on a cluster; what they look at is sent once for all steps of a search.

    Parameters
    ----------
    cluster
        The cluster.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._sent: tuple[Basis, Any] | None = None

    def __call__(self, step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
        """Yield what a step makes of each part, in the order of the parts.

        Raises
        ------
        ClusterFailedError
            If the cluster stops, or a task failed several times over.
        """
        if not parts or len(basis.slots.events) < WORTH_SENDING:
            yield from spread_here(step, basis, parts)
            return
        sent, group = self._send(basis), f"undazzle-{uuid.uuid4().hex[:8]}"
        size = 1 if step.is_long else -(-len(parts) // (_BUNDLES_PER_CORE * self._cluster.cores))
        bundles = [parts[first : first + size] for first in range(0, len(parts), size)]
        work = partial(self._work_on, step, sent, group)
        with ThreadPoolExecutor(self._cluster.cores) as pool:
            try:
                yield from (one for found in pool.map(work, bundles) for one in found)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self._cluster.cancel(group)
                raise

    def _send(self, basis: Basis) -> Any:
        if self._sent is None or self._sent[0] is not basis:
            self._sent = (basis, self._cluster.broadcast(send_basis(basis)))
        return self._sent[1]

    def _work_on(self, step: Step, sent: Any, group: str, parts: Sequence[Any]) -> list[Columns]:
        """Return what a job of one task makes of some parts."""
        task = partial(work_on_parts, work=step.work, sent=sent, parts=list(parts))
        with self._cluster.job_group(group, step.name):
            found = bring_table(self._cluster, self._cluster.map(self._cluster.one_task(), task, PART_SCHEMA))
        return read_parts(found, len(parts))


def work_on_parts(
    batches: Iterable[pa.RecordBatch], *, work: Callable[[Basis, Any], Columns], sent: Any, parts: Sequence[Any]
) -> Iterator[pa.RecordBatch]:
    """Yield every column that a step makes of some parts as a row. Runs on workers.

    Parameters
    ----------
    batches
        Nothing of use.
    work
        What the step does to a part.
    sent
        Broadcast: the ``SentBasis``.
    parts
        The parts.
    """
    import pyarrow as pa

    for _ in batches:
        pass
    basis = open_basis(sent.value)
    for number, part in enumerate(parts):
        found = work(basis, part)
        columns = [np.ascontiguousarray(one) for one in found.values()]
        yield pa.RecordBatch.from_arrays(
            [
                pa.array([number] * len(columns), pa.int64()),
                pa.array(list(found), pa.string()),
                pa.array([one.dtype.str for one in columns], pa.string()),
                pa.array([one.tobytes() for one in columns], pa.binary()),
            ],
            names=["part", "name", "kind", "data"],
        )


def read_parts(table: pa.Table, count: int) -> list[Columns]:
    """Return the columns of each part from the rows that ``work_on_parts`` gave."""
    found: list[Columns] = [{} for _ in range(count)]
    for row in zip(*(table.column(name).to_pylist() for name in table.column_names), strict=True):
        part, name, kind, data = row
        found[part][name] = np.frombuffer(data, dtype=kind).copy()
    return found
