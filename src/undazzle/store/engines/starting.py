"""Starts the Java side of Spark and its context, with an end to the waiting."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from undazzle.errors import ClusterUnavailableError
from undazzle.store.engines.failures import last_words
from undazzle.store.engines.options import SparkOptions

_ONE_THREAD = ("NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
# A worker finds compiled code again only if the place of its cache is named and outlives the application.
_PASSED_ON = ("NUMBA_CACHE_DIR", "PYTHONPATH")


def spark_settings(options: SparkOptions) -> dict[str, str]:
    """Return the settings of an application; what the user gave wins."""
    settings = {
        "spark.app.name": "undazzle",
        "spark.ui.enabled": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "65536",
        "spark.sql.parquet.compression.codec": "zstd",
    }
    if options.master:
        settings["spark.master"] = options.master
    settings |= {f"spark.executorEnv.{name}": "1" for name in _ONE_THREAD}
    settings |= {f"spark.executorEnv.{name}": os.environ[name] for name in _PASSED_ON if os.environ.get(name)}
    if options.is_local:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return settings | dict(options.settings)


def start_context(options: SparkOptions, deadline: float) -> tuple[Any, Path]:
    """Return a new ``SparkContext``, and the folder of Spark's log.

    Parameters
    ----------
    options
        Where the cluster is.
    deadline
        When to give up, on the clock of ``time.monotonic``.

    Raises
    ------
    ClusterUnavailableError
        If Spark does not start, or the master does not take us in time.
    """
    start = _Start(options)
    start.thread.start()
    start.thread.join(max(1.0, deadline - time.monotonic()))
    if start.context is not None:
        return start.context, start.log.parent
    start.give_up()
    where = options.master or "the cluster"
    if start.error is not None:
        raise ClusterUnavailableError(
            f"Spark does not start on {where} ({last_words(start.error)})", f"What it said is in {start.log}."
        ) from start.error
    raise ClusterUnavailableError(
        f"The master {where} did not take us within {options.wait:g} s",
        f"Is it a Spark master of the same version? What Spark said is in {start.log}. Wait longer with --wait 10min.",
    )


class _Start:
    """One attempt, in a thread of its own, since neither Spark nor the line to it can be told when to give up."""

    def __init__(self, options: SparkOptions) -> None:
        self.settings, self.is_local = spark_settings(options), options.is_local
        self.log = Path(tempfile.mkdtemp(prefix="undazzle-spark-")) / "spark.log"
        self.context: Any = None
        self.error: Exception | None = None
        self.gateway: Any = None
        self.thread = threading.Thread(target=self._run, daemon=True, name="spark-start")

    def _run(self) -> None:
        from pyspark import SparkConf, SparkContext
        from pyspark.java_gateway import launch_gateway

        try:
            conf = SparkConf(loadDefaults=False).setAll(list(self.settings.items()))
            with self.log.open("wb") as log:
                self.gateway = launch_gateway(conf, {"stdout": log, "stderr": log})
            context = SparkContext(gateway=self.gateway, conf=conf)
            if self.is_local:  # the same Python as here; elsewhere PYSPARK_PYTHON names it
                context.pythonExec = os.environ.get("PYSPARK_PYTHON", sys.executable)
            context.setLogLevel(self.settings.get("spark.log.level", "WARN"))
            self.context = context
        except Exception as error:  # noqa: BLE001  # told to whoever waits, on the other thread
            self.error = error

    def give_up(self) -> None:
        """End the Java process of this attempt, if there is one."""
        process = getattr(self.gateway, "proc", None)
        if process is not None:
            process.kill()
