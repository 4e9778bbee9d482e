"""Starts a Spark application, waits for it no longer than asked for, and turns its failures into clear errors."""

from __future__ import annotations

import os
import shutil
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from undazzle.errors import (
    ClusterFailedError,
    ClusterUnavailableError,
    MissingExtraError,
    ParameterError,
    SourceError,
    UndazzleError,
)
from undazzle.store.engines.failures import last_words, unreadable_file
from undazzle.store.engines.java import check_java
from undazzle.store.engines.mapping import map_partitions
from undazzle.store.engines.options import SparkOptions
from undazzle.store.engines.probe import check_workers
from undazzle.store.engines.reachable import check_master_answers
from undazzle.store.engines.shared_folder import SharedFolder, share_folder
from undazzle.store.engines.starting import start_context

Result = TypeVar("Result")
_POLL = 0.25
_FEW_ROWS = 200_000


@dataclass(frozen=True)
class Cluster:
    """A running Spark application.

    Attributes
    ----------
    session
        The ``SparkSession``.
    folder
        What all machines see.
    cores
        Tasks that run at one time.
    """

    session: Any
    folder: SharedFolder
    cores: int

    def run(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` computes on the cluster.

        Raises
        ------
        ClusterFailedError
            If the application ended, or a task failed several times over.
        """
        with explained():
            return work()

    def run_on(self, address: str, work: Callable[[], Result]) -> Result:
        """Return what ``work`` computes from files at an address.

        Raises
        ------
        SourceError
            If one of the files is broken: says which.
        ClusterFailedError
            As of ``run``.
        """
        try:
            return self.run(work)
        except ClusterFailedError as error:
            file = unreadable_file(error.__cause__)
            if file is None:
                raise
            raise SourceError(
                file, f"A file of {address} cannot be read ({error.problem})", "Leave it out, or copy it again."
            ) from error

    def read_posts(self, address: str) -> Any:
        """Return Parquet files of a user as a frame with the columns of all of them.

        Raises
        ------
        SourceError
            If there are none, or one has no readable beginning, or they contradict each other.
        """
        self.session.conf.set("spark.sql.session.timeZone", "UTC")
        read = self.session.read.option("mergeSchema", "true")
        try:
            return self.run_on(address, lambda: read.parquet(address))
        except ClusterFailedError as error:
            raise SourceError(
                address,
                f"No posts can be read ({error.problem})",
                "Name Parquet files that every worker reaches, e.g. hdfs://HOST/posts/*.parquet.",
            ) from error

    def small(self, frame: Any, rows: int) -> Any:
        """Return a frame that joins are to give to every worker whole, if it has few rows."""
        from pyspark.sql.functions import broadcast

        return broadcast(frame) if rows <= _FEW_ROWS else frame

    def expression(self, text: str) -> Any:
        """Return a column of Spark from SQL."""
        from pyspark.sql.functions import expr

        return expr(text)

    def map(self, frame: Any, function: Callable[[Iterator[Any]], Iterator[Any]], schema: str) -> Any:
        """Return a frame of what ``function`` makes of each partition, given and giving Arrow record batches."""
        return map_partitions(frame, function, schema)

    def shuffle_into(self, partitions: int) -> None:
        """Set into how many partitions joins and sums are cut; Spark merges small ones again."""
        self.session.conf.set("spark.sql.shuffle.partitions", str(partitions))

    def read(self, address: str) -> Any:
        """Return Parquet files as a frame of Spark."""
        return self.session.read.parquet(address)

    def one_task(self) -> Any:
        """Return a frame of one partition, for a task that is told what to do."""
        return self.session.range(0, 1, 1, 1)

    @contextmanager
    def job_group(self, group: str, what: str) -> Iterator[None]:
        """Have the jobs that this thread begins belong to a group that can be given up."""
        context = self.session.sparkContext
        context.setJobGroup(group, what)
        try:
            yield
        finally:
            context.setLocalProperty("spark.jobGroup.id", None)

    def cancel(self, group: str) -> None:
        """Give up the jobs of a group; nothing happens if the cluster is gone."""
        try:
            with explained():
                self.session.sparkContext.cancelJobGroup(group)
        except ClusterFailedError:
            return

    def broadcast(self, value: object) -> Any:
        """Return a value that every worker is given once."""
        return self.session.sparkContext.broadcast(value)


@contextmanager
def open_cluster(
    options: SparkOptions, workspace: Path, say: Callable[[str], None] = lambda _line: None
) -> Iterator[Cluster]:
    """Start an application, or take the one that is already running in this process, and end it afterwards.

    Parameters
    ----------
    options
        Where the cluster is.
    workspace
        The workspace; where everything is local, files of the run lie beside it.
    say
        Called with a line if a killed run left something behind.

    Raises
    ------
    MissingExtraError
        If pyspark is not installed.
    ParameterError
        If an option cannot work.
    ClusterUnavailableError
        If Java is missing or too old, the master or the workers do not answer in time, or a worker lacks Undazzle.
    """
    options = options.checked()
    deadline = time.monotonic() + options.wait
    session, log = _session(options, deadline)
    context = session.sparkContext
    try:
        with explained():
            _wait_for_workers(context, options, deadline)
            check_workers(session)
        replace(options, master=context.master).checked()  # spark-submit may have named machines beyond this one
        with share_folder(context, options.folder, workspace, say) as folder:
            yield Cluster(session, folder, max(1, int(context.defaultParallelism)))
    finally:
        if log is not None:
            _stop(session)
            shutil.rmtree(log, ignore_errors=True)


def _session(options: SparkOptions, deadline: float) -> tuple[Any, Path | None]:
    """Return the session, and where Spark's log lies if it was started here."""
    try:
        import pandas  # noqa: F401  # pyspark asks for it, though nothing here becomes a pandas table
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtraError("spark", "--engine spark") from error
    # Spark warns of new versions of pandas, which play no part here.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    running = SparkSession.getActiveSession()
    if running is not None:
        return running, None
    if not options.master and "PYSPARK_GATEWAY_PORT" not in os.environ:  # set by spark-submit, which has an address
        raise ParameterError("--master", "", "Say where the cluster is, e.g. spark://HOST:7077, yarn or local[4].")
    check_java()
    check_master_answers(options.master, min(10.0, options.wait / 2))
    context, log = start_context(options, deadline)
    return SparkSession(context), log


def _wait_for_workers(context: Any, options: SparkOptions, deadline: float) -> None:
    """Return once a worker has joined; where tasks run in the driver itself there is none to wait for."""
    if context.master.startswith("local") and not context.master.startswith("local-cluster"):
        return
    tracker = context._jsc.sc().statusTracker()  # Python's own tracker does not list executors
    while len(tracker.getExecutorInfos()) < 2:  # the driver counts as one
        if time.monotonic() > deadline:
            raise ClusterUnavailableError(
                f"No worker of {context.master} was given to us within {options.wait:g} s",
                "Is the cluster busy, or is more memory or more cores asked for than any worker has? "
                "Wait longer with --wait 10min.",
            )
        time.sleep(_POLL)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what Spark raises into one line that says what happened and what to do."""
    try:
        yield
    except (UndazzleError, KeyboardInterrupt):
        raise
    except Exception as error:
        if not _is_spark(error):
            raise
        raise ClusterFailedError(
            last_words(error), "The workspace is as it was before; run the command again, or without --engine spark."
        ) from error


def _is_spark(error: Exception) -> bool:
    """Whether an error comes from Spark or from the line to it, which also breaks as an ordinary network error."""
    module = type(error).__module__
    return module.startswith(("pyspark", "py4j")) or isinstance(error, ConnectionError)


def _stop(session: Any) -> None:
    """Stop the application; one that has ended already cannot be stopped, and need not."""
    from pyspark.errors import PySparkException

    try:
        session.stop()
    except (PySparkException, OSError):
        return
    except Exception as error:
        if not _is_spark(error):
            raise
