"""One workspace file: open it, refuse it clearly, run SQL on it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from undazzle._version import __version__
from undazzle.errors import QueryError, WorkspaceError
from undazzle.store.memory import Memory, parse_memory
from undazzle.store.schema import SCHEMA_SQL, SCHEMA_VERSION

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_MAGIC_AT, _MAGIC = 8, b"DUCK"
_NONE = object()

# What the engine itself raises (a broken Parquet file, a wrong expression); rooms that read files turn it into theirs.
EngineError = duckdb.Error


class Store:
    """An open workspace file; every other room reads and writes tables through it.

    Parameters
    ----------
    path
        The workspace file, or ``":memory:"``.
    read_only
        Open an existing file without the right to change it.
    memory
        How much the whole process should use, e.g. ``"2GB"`` (see ``store.memory``); the database spills to disk.
    threads
        Threads for SQL; all cores if not given.

    Raises
    ------
    WorkspaceError
        If the file is missing (read-only), no workspace, broken, from a newer version, or in use.
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
        self.memory: Memory = parse_memory(memory)
        self._limit = self.memory.database
        self.path = Path(path)
        self.in_memory = str(path) == ":memory:"
        self.read_only = read_only
        if not self.in_memory:
            _check_file(self.path, read_only=read_only)
        settings: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": True,
        }
        if self.memory.database is not None:
            settings["memory_limit"] = f"{self.memory.database}B"
        if threads:
            settings["threads"] = threads
        self._connection = _connect(self.path, self.in_memory, read_only, settings)
        self._connection.execute("SET TimeZone = 'UTC'")
        if not self.in_memory:
            self._connection.execute(f"SET temp_directory = '{_quoted(_temp_directory(self.path))}'")
        self._prepare_schema(settings)

    def _prepare_schema(self, settings: dict[str, Any]) -> None:
        version = self._schema_version()
        if version is not _NONE:
            if not isinstance(version, int) or version > SCHEMA_VERSION:
                self.close()
                raise WorkspaceError(
                    self.path,
                    f"This workspace was written by a newer Undazzle (schema {version}, this is {SCHEMA_VERSION})",
                    "Update Undazzle, or export the data with the newer version.",
                )
            if version < SCHEMA_VERSION:
                self._bring_up_to_date(version, settings)
            self._check_complete()
            return
        others = self.rows("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'main'")[0][0]
        if others or self.read_only:
            self.close()
            raise WorkspaceError(
                self.path, "This DuckDB file is not an Undazzle workspace", "Choose another file name for -o."
            )
        with self.transaction():
            self.script(SCHEMA_SQL)
            self.execute("INSERT INTO workspace_info VALUES (?, now(), ?)", [SCHEMA_VERSION, __version__])

    def _check_complete(self) -> None:
        from undazzle.store.completeness import check_complete, described_columns, missing_columns

        # Every command opens a workspace, and listing all columns costs ten times as much as describing the tables: it
        # is only done where the descriptions seem to lack something, and then decides.
        described = self.rows("SELECT table_name, sql FROM duckdb_tables() WHERE NOT internal")
        if not missing_columns(described_columns((table, sql) for table, sql in described)):
            return
        try:
            there = self.rows("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal")
            check_complete(self.path, {(table, column) for table, column in there})
        except WorkspaceError:
            self.close()
            raise

    def _bring_up_to_date(self, version: int, settings: dict[str, Any]) -> None:
        """Migrate an older file; one that is only to be read is opened for writing for that moment."""
        from undazzle.store.migrations import migrate

        if not self.read_only:
            migrate(self, version)
            return
        self._connection.close()
        try:
            with Store(self.path):
                pass
        except (WorkspaceError, duckdb.Error) as error:
            raise WorkspaceError(
                self.path,
                f"This workspace was written by an older Undazzle (schema {version}) and cannot be brought up to date",
                "Make the file writable, or copy it to a place where you may write.",
            ) from error
        self._connection = _connect(self.path, self.in_memory, self.read_only, settings)
        self._connection.execute("SET TimeZone = 'UTC'")

    def _schema_version(self) -> object:
        """Return the version of the tables, or ``_NONE`` where there are none of ours."""
        try:
            return self.rows("SELECT max(schema_version) FROM workspace_info")[0][0]
        except duckdb.CatalogException:
            return _NONE

    def execute(self, sql: str, parameters: Sequence[object] | Mapping[str, object] | None = None) -> None:
        """Run one statement and discard its rows."""
        self.rows(sql, parameters)

    def script(self, sql: str) -> None:
        """Run several statements separated by semicolons."""
        self.rows(sql)

    def rows(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] | None = None
    ) -> list[tuple[Any, ...]]:
        """Return all rows of a query as tuples."""
        with self._explained():
            return self._run(sql, parameters).fetchall()

    def records(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]:
        """Return all rows of a query as dictionaries."""
        with self._explained():
            cursor = self._run(sql, parameters)
            names = [column[0] for column in cursor.description or []]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def arrays(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] | None = None
    ) -> dict[str, np.ndarray[Any, Any]]:
        """Return a query as NumPy arrays by column (for numbers without nulls)."""
        with self._explained():
            result: dict[str, np.ndarray[Any, Any]] = self._run(sql, parameters).fetchnumpy()
            return result

    def arrow(self, sql: str, parameters: Sequence[object] | Mapping[str, object] | None = None) -> pa.Table:
        """Return a query as a ``pyarrow.Table``."""
        with self._explained():
            return _relation(self._connection, sql, parameters).to_arrow_table()

    def batches(
        self,
        sql: str,
        parameters: Sequence[object] | Mapping[str, object] | None = None,
        *,
        size: int = 50_000,
    ) -> pa.RecordBatchReader:
        """Stream a query as Arrow record batches of about ``size`` rows; other queries may run meanwhile.

        Temporary tables and views of :meth:`view` are not visible to it.
        """
        cursor = self._connection.cursor()
        cursor.execute("SET TimeZone = 'UTC'")
        with self._explained():
            return _relation(cursor, sql, parameters).to_arrow_reader(size)

    def streamed(self, sql: str, *, size: int = 50_000) -> pa.RecordBatchReader:
        """Stream a query as :meth:`batches` does, temporary tables included; no other query may run meanwhile."""
        with self._explained():
            return _relation(self._connection, sql, None).to_arrow_reader(size)

    def temporary_folder(self) -> Path:
        """Return where the database spills to, and others may: it need not be there yet."""
        if self.in_memory:
            return Path(tempfile.gettempdir())
        return _temp_directory(self.path)

    def append(self, table: str, columns: Mapping[str, object] | pa.Table) -> None:
        """Append rows to ``table`` from an Arrow table, or a mapping of equally long NumPy arrays.

        Columns are matched by name; columns of the table that are not given stay null.
        """
        names = list(columns) if isinstance(columns, Mapping) else list(columns.column_names)
        data = dict(columns) if isinstance(columns, Mapping) else columns
        self._connection.register("_appended", data)
        try:
            listed = ", ".join(names)
            self.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM _appended")
        finally:
            self._connection.unregister("_appended")

    @contextmanager
    def view(self, name: str, data: object) -> Iterator[None]:
        """Make an Arrow table or a mapping of arrays visible to SQL as ``name`` for a while."""
        self._connection.register(name, data)
        try:
            yield
        finally:
            self._connection.unregister(name)

    @contextmanager
    def bounded(self, size: int) -> Iterator[None]:
        """Let the database use at most ``size`` bytes for a while, unless the user gave a limit for everything.

        By default it keeps what it wrote in memory until four fifths of the machine are full. A workspace that is
        kept in memory anyway has no bound.
        """
        if self.memory.total is not None:
            yield
            return
        with self.at_most(size):
            yield

    @contextmanager
    def at_most(self, size: int) -> Iterator[None]:
        """Let the database use at most ``size`` bytes for a while, also of a limit that the user gave.

        What arrays need meanwhile is left to them. A workspace that is kept in memory anyway has no bound.
        """
        usual = self._limit
        if self.in_memory or (usual is not None and usual <= size):
            yield
            return
        self.execute(f"SET memory_limit = '{size}B'")
        self._limit = size
        try:
            yield
        finally:
            self._limit = usual
            self._connection.execute("RESET memory_limit" if usual is None else f"SET memory_limit = '{usual}B'")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside happen whole or not at all."""
        self._connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    def query(
        self, sql: str, parameters: Mapping[str, object] | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run a user's SQL, read only: column names and rows.

        Raises
        ------
        QueryError
            If the SQL is wrong, changes something, or reaches outside the workspace.
        """
        statements = self._parse_user_sql(sql)
        if len(statements) != 1 or statements[0].type not in _READ_STATEMENTS:
            raise QueryError(sql, "Only one reading statement (SELECT, SHOW, DESCRIBE, EXPLAIN) is allowed.")
        try:
            cursor = self._connection.execute(sql, parameters) if parameters else self._connection.execute(sql)
            names = [column[0] for column in cursor.description or []]
            return names, cursor.fetchall()
        except duckdb.Error as error:
            raise QueryError(sql, str(error).splitlines()[0]) from error

    def _parse_user_sql(self, sql: str) -> list[Any]:
        try:
            return list(self._connection.extract_statements(sql))
        except duckdb.Error as error:
            raise QueryError(sql, str(error).splitlines()[0]) from error

    def forbid_files(self) -> None:
        """Cut the connection off from the file system and the network (for SQL that a user typed)."""
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def _run(self, sql: str, parameters: Sequence[object] | Mapping[str, object] | None) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(sql, parameters) if parameters else self._connection.execute(sql)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what the machine ran out of into an error that says what to do, and Ctrl-C back into Ctrl-C."""
        try:
            yield
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except RuntimeError as error:
            if "interrupted" in str(error).lower():  # how the engine passes a Ctrl-C on
                raise KeyboardInterrupt from error
            raise
        except duckdb.OutOfMemoryException as error:
            raise WorkspaceError(
                self.path, f"Out of memory ({_first_line(error)})", "Raise --memory, or give fewer traces."
            ) from error
        except (duckdb.IOException, duckdb.FatalException) as error:
            raise WorkspaceError(
                self.path,
                f"The disk failed or is full ({_first_line(error)})",
                "Free some space and run the command again; nothing that was finished is lost.",
            ) from error

    def close(self) -> None:
        """Write everything and let go of the file."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_READ_STATEMENTS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


def _relation(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Sequence[object] | Mapping[str, object] | None,
) -> duckdb.DuckDBPyRelation:
    return connection.sql(sql, params=parameters) if parameters else connection.sql(sql)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _temp_directory(path: Path) -> Path:
    """Spill beside the workspace if possible (its disk was chosen by the user), else in the system's place."""
    import os

    if os.access(path.parent, os.W_OK):
        return path.with_name(path.name + ".tmp")
    return Path(tempfile.gettempdir()) / (path.name + ".tmp")


def _check_file(path: Path, *, read_only: bool) -> None:
    if path.is_dir():
        raise WorkspaceError(path, "This is a folder, not a workspace file", "Name a file, e.g. election.duckdb.")
    if not path.exists():
        if read_only:
            raise WorkspaceError(path, "There is no such workspace", "Make one with: undazzle ingest WORKSPACE FILE")
        if not path.parent.exists():
            raise WorkspaceError(path, "The folder does not exist", f"Make it with: mkdir -p {path.parent}")
        return
    with path.open("rb") as file:
        head = file.read(_MAGIC_AT + len(_MAGIC))
    if head[_MAGIC_AT:] != _MAGIC:
        raise WorkspaceError(
            path,
            "This file is not a workspace",
            "The workspace comes first: undazzle ingest WORKSPACE FILE. To look at a dump, use: undazzle inspect FILE",
        )


def _connect(path: Path, in_memory: bool, read_only: bool, settings: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    try:
        if in_memory:
            return duckdb.connect(":memory:", config=settings)
        return duckdb.connect(str(path), read_only=read_only, config=settings)
    except duckdb.IOException as error:
        text = str(error)
        if "lock" in text.lower():
            raise WorkspaceError(
                path, "The workspace is in use by another process", "Close it there, or wait, and try again."
            ) from error
        if "newer" in text.lower() or "version number" in text.lower():
            raise WorkspaceError(
                path, "The workspace was written by a newer DuckDB", "Update with: pip install -U duckdb"
            ) from error
        raise WorkspaceError(
            path,
            f"The workspace cannot be opened ({_first_line(error)})",
            "If it was damaged, restore a copy or ingest the sources again.",
        ) from error
    except duckdb.Error as error:
        raise WorkspaceError(
            path,
            f"The workspace is damaged ({_first_line(error)})",
            "Restore a copy, or ingest the sources again into a new file.",
        ) from error
