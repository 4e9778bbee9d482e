"""The façade: one object with which a notebook or a command does everything.

Reads and writes all tables of one workspace file through the rooms below it; holds next to no SQL of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from undazzle.errors import OutputExistsError, SourceError
from undazzle.investigation import Investigation
from undazzle.model.durations import Duration, parse_duration
from undazzle.store import Store, find_run, list_runs

if TYPE_CHECKING:
    from undazzle.casebook import Case
    from undazzle.ingest.load import SourceSummary
    from undazzle.results import Evidence, Network, Networks, Run, Table
    from undazzle.store.engines import SparkOptions

ProgressLine = Callable[[str], None]
_REPORT_FILES = 50


class Workspace(Investigation):
    """An open workspace: posts, accounts, runs and networks in one DuckDB file.

    Use it as a context manager, or call ``close()``. All results are lazy views of the file.

    Parameters
    ----------
    path
        The workspace file; it is made if it does not exist. ``":memory:"`` keeps nothing.
    read_only
        Open without the right to change anything.
    memory
        How much memory to use, e.g. ``"2GB"``; beyond that the database spills to disk.
    threads
        Threads for SQL; all cores if not given.

    Raises
    ------
    WorkspaceError
        If the file is no workspace, broken, newer than this software, or in use.
    ParameterError
        If ``memory`` is no amount of memory, or too little for anything.
    """

    def __init__(
        self,
        path: Path | str = ":memory:",
        *,
        read_only: bool = False,
        memory: str | None = None,
        threads: int | None = None,
    ) -> None:
        self.store = Store(path, read_only=read_only, memory=memory, threads=threads)

    # ------------------------------------------------------------------ in

    def ingest(
        self,
        *data: object,
        format: str = "auto",  # noqa: A002  # the word users know from --format
        mapping: Mapping[str, str] | None = None,
        timezone: str | None = None,
        date_format: str | None = None,
        encoding: str | None = None,
        citation: str | None = None,
        max_rejected: float = 0.05,
        dry_run: bool = False,
        progress: Callable[[str, int, int | None], None] | None = None,
    ) -> list[SourceSummary]:
        """Read files (or tables in memory) of posts into the workspace.

        Writes ``sources``, ``posts``, ``accounts``, ``account_observations`` and ``rejected_rows``.

        Parameters
        ----------
        data
            Paths, or anything with ``__arrow_c_stream__`` (a pandas, Polars or Arrow table).
        format
            ``auto`` or the name of a reader (``undazzle methods`` lists them).
        mapping
            Field of a post to column of the file, e.g. ``{"posted_at": "date"}``.
        timezone
            Zone of times that name none, e.g. ``Europe/Kyiv``; UTC (with a warning) if not given.
        date_format
            How ambiguous dates are written, e.g. ``%d/%m/%Y``.
        encoding
            Text encoding, if it is not UTF-8.
        citation
            How the source wants to be cited; goes into every report.
        max_rejected
            Largest share of rows that may be set aside, 0 to 1.
        dry_run
            Report what would happen, write nothing.
        progress
            Called with stage, rows done and rows in all (or ``None``).

        Returns
        -------
        list of SourceSummary
            One per file: rows in, posts added, duplicates, rejected rows with reasons, warnings.

        Raises
        ------
        SourceError, MappingError, TooManyRejectedError
            If a file cannot be read; then nothing of that file is written.
        """
        from undazzle.ingest.formats import ReadOptions
        from undazzle.ingest.load import ingest_file

        options = ReadOptions(mapping or {}, timezone, encoding, date_format)
        with tempfile.TemporaryDirectory(prefix="undazzle-") as folder:
            return [
                ingest_file(
                    self.store,
                    _as_file(one, Path(folder), number),
                    format=format,
                    options=options,
                    citation=citation,
                    max_rejected=max_rejected,
                    dry_run=dry_run,
                    progress=progress,
                )
                for number, one in enumerate(data)
            ]

    # ------------------------------------------------------------------ detection

    def detect(
        self,
        traces: str | Sequence[str] = (),
        *,
        time_window: Duration | Sequence[Duration] | None = None,
        min_participation: int = 2,
        edge_weight: float = 0.5,
        weight: str = "posts",
        min_items: int = 1,
        min_members: int = 2,
        max_co_actions: int = 20_000_000,
        trace_settings: Mapping[str, Mapping[str, Any]] | None = None,
        method: str = "calibrated",
        max_q: float = 0.05,
        shuffles: int = 5,
        explain: bool = True,
        trust: bool = True,
        seed: int = 0,
        name: str = "",
        command: str = "",
        progress: ProgressLine | None = None,
        spark: SparkOptions | None = None,
        posts: str = "",
    ) -> Run:
        """Find accounts that acted together; see ``undazzle.coordination.DetectionSettings`` for the parameters.

        Reads ``posts``. Writes ``traces``, ``runs``, ``co_actions``, ``pairs``, ``networks`` and ``members``. With
        ``spark`` a cluster does the heavy parts, and results are the same; with ``posts``, an address of Parquet files
        as ``export_posts`` writes them, it reads the posts itself, and only those behind co-actions come here; for the
        calibrated method what every post shares, too.

        Returns
        -------
        Run
            With ``networks``, ``pairs``, ``co_actions``, ``parameters`` and ``warnings``.

        Raises
        ------
        UndazzleError
            If the workspace holds no posts, or none of the traces is possible with them.
        ParameterError, UnknownNameError, TooLargeError
            If a setting cannot work.
        ClusterUnavailableError, ClusterFailedError
            If the cluster cannot be used, or stops.
        """
        from undazzle.coordination import DetectionSettings, detect

        settings = DetectionSettings(
            traces=(traces,) if isinstance(traces, str) else tuple(traces),
            trace_settings=trace_settings or {},
            method=method,
            time_windows=_durations(time_window),
            min_participation=min_participation,
            edge_weight=edge_weight,
            weight=weight,
            min_items=min_items,
            min_members=min_members,
            max_co_actions=max_co_actions,
            max_q=max_q,
            shuffles=shuffles,
            explain=explain,
            trust=trust,
            seed=seed,
        )
        run_id = detect(self.store, settings, command=command, name=name, progress=progress, spark=spark, posts=posts)
        return self.run(run_id)

    def export_posts(self, folder: Path | str, *, overwrite: bool = False) -> list[Path]:
        """Write all posts as Parquet files, which ``detect`` with ``posts`` has a cluster read; returns the files.

        Raises
        ------
        OutputExistsError
            If the folder holds something and ``overwrite`` is not set.
        """
        from undazzle.publish.post_files import export_posts

        return export_posts(self.store, folder, overwrite=overwrite)

    # ------------------------------------------------------------------ look

    @property
    def sources(self) -> Table:
        """The files that were read, with rows in, posts added, duplicates, rejected rows and hashes."""
        from undazzle.results import Table

        return Table(self.store, "SELECT * FROM sources ORDER BY source_id")

    @property
    def runs(self) -> list[Run]:
        """All runs, oldest first."""
        return [self.run(one.run_id) for one in list_runs(self.store)]

    def run(self, run: int | str | None = None) -> Run:
        """Return a run by number, as ``"run:2"`` or by name; the latest finished one if not given."""
        from undazzle.results import Run

        return Run(self.store, find_run(self.store, run))

    @property
    def networks(self) -> Networks:
        """The networks of the latest run."""
        return self.run().networks

    def network(self, network: int | str) -> Network:
        """Return a network by number, as ``"network:1"``, by name, or as ``"run:2/network:1"``."""
        run, _, rest = str(network).rpartition("/")
        return self.run(run or None).networks[rest]

    def evidence(self, network: int | str, a: str | None = None, b: str | None = None) -> Evidence:
        """Return the posts behind a network, or behind one pair of its accounts.

        Accounts are named by id, by handle, or as masked reports name them (``account-07``).
        """
        from undazzle.publish.masking import masked_accounts

        found = self.network(network)
        masked = masked_accounts(self.store, found.run.run_id, found.network_id) if a or b else {}
        return found.evidence(masked.get(a or "", a), masked.get(b or "", b))

    def possible_traces(self) -> dict[str, str | None]:
        """Return each trace kind with ``None``, or with what the posts lack for it."""
        from undazzle.traces import possible_kinds

        return possible_kinds(self.store)

    def sql(self, query: str) -> Table:
        """Return the result of a reading SQL statement over the tables of the workspace.

        Raises
        ------
        QueryError
            If the SQL is wrong or changes something.
        """
        from undazzle.results import Table

        self.store.query(f"SELECT * FROM ({query.strip().rstrip(';')}) LIMIT 0")
        return Table(self.store, query.strip().rstrip(";"))

    # ------------------------------------------------------------------ publish

    def report(
        self,
        path: Path | str,
        network: int | str | None = None,
        *,
        run: int | str | None = None,
        mask: bool = True,
        overwrite: bool = False,
        title: str | None = None,
        case: Path | str | Case | None = None,
    ) -> Path:
        """Write a report as one HTML file: of one network, or of a whole run.

        Parameters
        ----------
        path
            The file to write.
        network
            The network; the whole run if not given.
        run
            The run; the latest if not given.
        mask
            Replace account names by numbers.
        overwrite
            Replace an existing file.
        title
            A line of your own above the finding.
        case
            A case, or its folder, whose judgements on this network the report carries.

        Raises
        ------
        OutputExistsError
            If the file exists.
        """
        from undazzle.publish.report import build_report

        target = _free(Path(path), overwrite=overwrite)
        if network is not None:
            found = self.network(network)
            record, number = found.run.record, found.network_id
        else:
            record, number = find_run(self.store, run), None
        text = build_report(self.store, record, number, mask=mask, title=title, case=_case(case))
        target.write_text(text, encoding="utf-8")
        return target

    def publish_run(
        self, folder: Path | str, run: int | str | None = None, *, mask: bool = True, overwrite: bool = False,
        case: Path | str | Case | None = None,
    ) -> list[Path]:  # fmt: skip
        """Write ``report.html`` of a run, a report for each network, and its tables as CSV, into a folder.

        With a ``case``, or its folder, each report carries the judgements on its network.

        Returns
        -------
        list of Path
            The files, the run's report first. At most 50 networks get a report of their own.
        """
        from undazzle.publish.exports import export_network
        from undazzle.publish.report import build_report

        base, found, held = Path(folder), self.run(run), _case(case)
        networks = list(found.networks)[:_REPORT_FILES]
        (base / "networks").mkdir(parents=True, exist_ok=True)
        siblings = {one.network_id: f"networks/{one.name}.html" for one in networks}
        written = [_free(base / "report.html", overwrite=overwrite)]
        written[0].write_text(
            build_report(self.store, found.record, None, mask=mask, siblings=siblings, case=held), encoding="utf-8"
        )
        for one in networks:
            page = _free(base / siblings[one.network_id], overwrite=overwrite)
            text = build_report(self.store, found.record, one.network_id, mask=mask, case=held)
            page.write_text(text, encoding="utf-8")
            written.append(page)
            written += export_network(one, base / "networks" / one.name, "csv", mask=mask, overwrite=overwrite)
        return written

    # ------------------------------------------------------------------ the object itself

    def close(self) -> None:
        """Write everything and let go of the file."""
        self.store.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        from undazzle.results.card import describe_workspace

        return describe_workspace(self.store)

    def _repr_html_(self) -> str:
        from undazzle.results.card import workspace_card

        return workspace_card(self.store)


def _case(given: Path | str | Case | None) -> Case | None:
    """Return a case as it is, and that of a folder read."""
    if given is None or not isinstance(given, str | Path):
        return given
    from undazzle.casebook import load_case

    return load_case(given)


def _durations(given: Duration | Sequence[Duration] | None) -> tuple[float, ...] | None:
    if given is None:
        return None
    return tuple(parse_duration(one) for one in (given if isinstance(given, list | tuple) else (given,)))


def _as_file(data: object, folder: Path, number: int) -> Path:
    """Return a path as it is, and a table in memory as a Parquet file that the reader can stream."""
    if isinstance(data, str | Path):
        return Path(data)
    if not hasattr(data, "__arrow_c_stream__"):
        raise SourceError(
            type(data).__name__,
            "This is neither a path nor a table",
            "Give a file name, or a pandas, Polars or Arrow table.",
        )
    import pyarrow as pa
    from pyarrow import parquet

    path = folder / f"table-{number}.parquet"
    parquet.write_table(pa.table(data), path)
    return path


def _free(path: Path, *, overwrite: bool) -> Path:
    if path.exists() and not overwrite:
        raise OutputExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def open_workspace(path: Path | str, *, read_only: bool = False, memory: str | None = None) -> Workspace:
    """Open a workspace file, or make it (``undazzle.open``).

    Examples
    --------
    >>> import undazzle
    >>> ws = undazzle.open(":memory:")
    >>> ws.close()
    """
    return Workspace(path, read_only=read_only, memory=memory)


def fresh_workspace_file(folder: Path, *, overwrite: bool, names: Iterable[str] = ("workspace.duckdb",)) -> Path:
    """Make the folder and return the path of a workspace that does not exist yet.

    Raises
    ------
    OutputExistsError
        If it exists and may not be replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / next(iter(names))
    if path.exists():
        if not overwrite:
            raise OutputExistsError(path)
        path.unlink()
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    return path
