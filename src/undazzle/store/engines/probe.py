"""Asks every worker what it runs before work is sent to it."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from typing import Any

from undazzle._version import __version__
from undazzle.errors import ClusterUnavailableError
from undazzle.store.engines.failures import last_words
from undazzle.store.engines.mapping import map_partitions

_SCHEMA = "host string, version string"
_REMEDY = (
    f"Install undazzle=={__version__} in the Python of every worker, and name that Python in PYSPARK_PYTHON "
    "(docs/spark.md shows how)."
)


def about_worker(batches: Iterable[Any]) -> Iterator[Any]:
    """Yield the host and the version of Undazzle where this runs, once per task."""
    import numba  # noqa: F401  # work needs it: better to fail here
    import pyarrow as pa

    for _ in batches:
        pass
    yield pa.RecordBatch.from_pydict({"host": [platform.node()], "version": [__version__]})


def check_workers(session: Any) -> None:
    """Return if all workers run this version of Undazzle.

    Raises
    ------
    ClusterUnavailableError
        If one lacks it, or has another version.
    """
    tasks = max(1, int(session.sparkContext.defaultParallelism))
    try:
        rows = map_partitions(session.range(0, tasks, 1, tasks), about_worker, _SCHEMA).distinct().collect()
    except Exception as error:
        words = last_words(error)
        if "ModuleNotFoundError" in words or "PYTHON_VERSION_MISMATCH" in str(error) or "ImportError" in words:
            raise ClusterUnavailableError(f"A worker cannot run Undazzle ({words})", _REMEDY) from error
        raise
    other = sorted({f"{host}: {version}" for host, version in rows if version != __version__})
    if other:
        raise ClusterUnavailableError(
            f"Workers run another Undazzle than this {__version__} ({', '.join(other[:5])})", _REMEDY
        )
