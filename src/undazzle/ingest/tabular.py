"""Tables (CSV, JSON lines of flat objects, Parquet) as SQL relations, read by the engine in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from undazzle.errors import SourceError
from undazzle.ingest.columns import ColumnPlan, ColumnSample
from undazzle.ingest.dialect import Dialect
from undazzle.ingest.files import LONG_LINE
from undazzle.ingest.staging import EXCERPT, sql_name, sql_text, stage_query
from undazzle.store import EngineError, Store

SAMPLE_ROWS = 2_000
_MAX_COLUMNS = 2_000
_DEPTH = 3  # how deep the keys of nested JSON objects become columns
_REASONS = {
    "MISSING COLUMNS": "too few fields",
    "TOO MANY COLUMNS": "too many fields",
    "UNQUOTED VALUE": "quotes do not match",
    "LINE SIZE OVER MAXIMUM": "row longer than 16 MB",
    "INVALID ENCODING": "not valid UTF-8 (or another --encoding)",
}
_MOST_REJECTS = 1_000_000  # errors remembered; a file with more is not worth reading
_MENDABLE = ("UNQUOTED VALUE", "LINE SIZE OVER MAXIMUM")


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table that the engine can read.

    Attributes
    ----------
    path
        The source, for messages.
    relation
        SQL of the raw rows in file order; ``{how}`` in it stands for how bad rows are treated.
    columns
        Name and SQL type of each column.
    first_row
        Number of the first row of data as a person counts: 2 after a header, else 1.
    extra
        Columns of the relation that say why a row could not be read.
    lines
        Lines of the file, header included; ``None`` if it is no text. A reading counts only if it accounts for all
        of them: the engine's readers can lose rows near bad ones without a word.
    parallel
        Whether to read with several threads; only for files without line ends inside quotes.
    is_mended
        Whether rows with stray quotes and huge rows were taken out before.
    """

    path: Path
    relation: str
    columns: tuple[tuple[str, str], ...]
    first_row: int = 1
    extra: tuple[str, ...] = ()
    lines: int | None = None
    parallel: bool = False
    is_mended: bool = False

    @property
    def is_text(self) -> bool:
        """Whether single rows may turn out to be unreadable."""
        return "{how}" in self.relation

    def sql(self, *, keep_rejects: bool) -> str:
        """Return the relation, remembering the rows that cannot be read or only leaving them out."""
        stored = f"store_rejects = true, rejects_limit = {_MOST_REJECTS}"
        how = f"parallel = {str(self.parallel).lower()}, {stored if keep_rejects else 'ignore_errors = true'}"
        return self.relation.replace("{how}", how)


@dataclass(frozen=True, slots=True)
class FieldSql:
    """SQL of the fields of a table: over the raw columns of each row, and the same for all rows."""

    by_row: dict[str, str]
    same: dict[str, str]


class UnreliableRowsError(Exception):
    """The engine may have lost rows: read the file again, more carefully."""


def csv_table(
    source: Path, path: Path, dialect: Dialect, *, lines: int, parallel: bool = False, is_mended: bool = False
) -> RawTable:
    """Return a delimited file as a table; every column is text.

    Parameters
    ----------
    source
        The file as the user knows it.
    path
        Clean UTF-8: the file itself or a copy.
    dialect
        How it is written.
    lines
        Its lines, header included.
    parallel
        Whether to read it with several threads.
    is_mended
        Whether stray quotes and huge rows were taken out before.

    Raises
    ------
    SourceError
        If it has more columns than can be meant.
    """
    if len(dialect.columns) > _MAX_COLUMNS:
        raise SourceError(
            source, f"The first line has {len(dialect.columns):,} fields", "Give the file a header with column names."
        )
    types = ", ".join(f"{sql_text(name)}: 'VARCHAR'" for name in dialect.columns)
    relation = (
        f"read_csv({sql_text(str(path))}, columns = {{{types}}}, auto_detect = false, header = {dialect.has_header}, "
        f"delim = {sql_text(dialect.delimiter)}, quote = '\"', escape = {sql_text(dialect.escape)}, "
        f"{_LIMITS}, strict_mode = true, {{how}})"
    )
    columns = tuple((name, "VARCHAR") for name in dialect.columns)
    first_row = 2 if dialect.has_header else 1
    line_ends = " + ".join(_line_ends(name) for name in dialect.columns)
    extra = () if parallel else (f"{line_ends} AS line_ends",)
    return RawTable(source, relation, columns, first_row, extra, lines, parallel, is_mended)


def json_lines_table(
    source: Path, path: Path, records: list[Any], *, lines: int, parallel: bool = False, is_mended: bool = False
) -> RawTable:
    """Return a file of one JSON object per line as a table; every column is text.

    Keys of nested objects become columns called ``outer.inner``; lists stay JSON text.

    Parameters
    ----------
    source
        The file as the user knows it.
    path
        Clean UTF-8: the file itself or a copy.
    records
        Decoded objects from its beginning; their keys make the columns.
    lines
        Its lines.
    parallel
        Whether to read it with several threads.
    is_mended
        Whether huge lines were taken out before.
    """
    pointers = json_pointers(records)
    raw = (
        f"read_csv({sql_text(str(path))}, columns = {{'line': 'VARCHAR'}}, auto_detect = false, header = false, "
        f"delim = '\x01', quote = '', escape = '', {_LIMITS}, strict_mode = false, {{how}})"
    )
    paths = ", ".join(sql_text(one) for one in pointers.values())
    values = f"SELECT line, is_json, CASE WHEN is_json THEN json_extract_string(line, [{paths}]) END AS v"
    bad = f"CASE WHEN line IS NULL THEN '' WHEN NOT is_json THEN left(line, {EXCERPT}) END AS bad_raw"
    columns = ", ".join(f"v[{place}] AS {sql_name(name)}" for place, name in enumerate(pointers, start=1))
    relation = f"(SELECT {columns}, {bad} FROM ({values} FROM (SELECT line, json_valid(line) AS is_json FROM {raw})))"
    names = tuple((name, "VARCHAR") for name in pointers)
    return RawTable(source, relation, names, 1, ("bad_raw",), lines, parallel, is_mended)


def json_pointers(records: list[Any]) -> dict[str, str]:
    """Return column name to JSON pointer for the keys of a sample of records, in order of appearance.

    Examples
    --------
    >>> json_pointers([{"id": 1, "user": {"id": 2}}])
    {'id': '/id', 'user.id': '/user/id'}
    """
    found: dict[str, str] = {}
    for record in records:
        _gather(record, "", "", found, _DEPTH)
    by_fold: dict[str, str] = {}
    for name in found:
        by_fold.setdefault(name.casefold(), name)
    return {name: found[name] for name in list(by_fold.values())[:_MAX_COLUMNS]}


def parquet_table(store: Store, source: Path, path: Path) -> RawTable:
    """Return a Parquet file as a table with the types it declares.

    Raises
    ------
    SourceError
        If the file is damaged.
    """
    relation = f"read_parquet({sql_text(str(path))})"
    try:
        found = store.rows(f"DESCRIBE SELECT * FROM {relation}")
    except (EngineError, OSError) as error:
        raise _unreadable(source, error) from error
    return RawTable(source, relation, tuple((str(row[0]), str(row[1])) for row in found))


def sample_columns(store: Store, table: RawTable) -> tuple[ColumnSample, ...]:
    """Return every column with its values in the first rows.

    Raises
    ------
    SourceError
        If the engine cannot read the file.
    UnreliableRowsError
        If mixed line ends put it off.
    """
    listed = ", ".join(sql_name(name) for name, _ in table.columns)
    sql = f"SELECT {listed or 'NULL'} FROM {table.sql(keep_rejects=False)} LIMIT {SAMPLE_ROWS}"
    try:
        rows = store.rows(sql)
    except (EngineError, OSError) as error:
        if not table.is_mended and table.is_text and _is_about_rows(error):
            raise UnreliableRowsError from error
        raise _unreadable(table.path, error) from error
    values = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    return tuple(
        ColumnSample(name, kind, tuple(column)) for (name, kind), column in zip(table.columns, values, strict=True)
    )


def stage_table(store: Store, table: RawTable, fields: FieldSql) -> None:
    """Fill ``staged_columns`` and ``unread_rows`` from a table, in one pass over the file.

    Parameters
    ----------
    store
        The workspace.
    table
        What to read.
    fields
        The SQL of every field.

    Raises
    ------
    SourceError
        If the engine cannot read the file at all.
    UnreliableRowsError
        If rows may have been lost on the way; nothing is staged.
    """
    _drop_rejects(store)
    try:
        stage_query(store, table.sql(keep_rejects=True), fields.by_row, table.extra)
    except EngineError as error:
        if not table.is_mended and table.is_text and _is_about_rows(error):
            raise UnreliableRowsError from error
        raise _unreadable(table.path, error) from error
    except OSError as error:
        raise _unreadable(table.path, error) from error
    if table.is_text:
        _collect_rejects(store, table)


def field_sql(table: RawTable, plan: ColumnPlan, constants: Mapping[str, Any]) -> FieldSql:
    """Return the SQL of every field that a plan or the constants of a reader give.

    Parameters
    ----------
    table
        What is read.
    plan
        Which column becomes which field, and how.
    constants
        Fields with one value for the whole file, used where the plan has none.
    """
    by_row = {one.field: one.expression for one in plan.choices if one.column}
    same = {one.field: one.expression for one in plan.choices if not one.column}
    same.update({name: sql_text(str(value)) for name, value in constants.items() if name not in {*by_row, *same}})
    time = plan.choice("posted_at")
    if time and "posted_at_raw" not in by_row and dict(table.columns).get(time.column) == "VARCHAR":
        by_row["posted_at_raw"] = sql_name(time.column)
    return FieldSql(by_row, same)


def count_rows(store: Store, first_row: int) -> str:
    """Return SQL over ``staged_columns`` for the number of a row in its file, counting the rows set aside too.

    Parameters
    ----------
    store
        The workspace; ``staged_columns`` and ``unread_rows`` are filled.
    first_row
        Number of the first row of data.
    """
    if not store.rows("SELECT count(*) FROM unread_rows")[0][0]:
        return f"rowid + {first_row}"
    # a row set aside at n, the i-th such (from 0), stands behind n - first - i rows that were read
    numbered = (
        "SELECT source_row, row_number() OVER (ORDER BY source_row) - 1 AS place "
        "FROM (SELECT DISTINCT source_row FROM unread_rows)"
    )
    shifts = (
        f"SELECT source_row - {first_row} - place AS read_before, max(place) + 1 AS shift FROM ({numbered}) "
        "GROUP BY read_before"
    )
    store.execute('ALTER TABLE staged_columns ADD COLUMN "row" BIGINT')
    store.execute(
        f'UPDATE staged_columns SET "row" = s.place + {first_row} + s.shift FROM (SELECT p.place, '
        "coalesce(s.shift, 0) AS shift FROM (SELECT rowid AS place FROM staged_columns) p "
        f"ASOF LEFT JOIN ({shifts}) s ON p.place >= s.read_before) s WHERE staged_columns.rowid = s.place"
    )
    return '"row"'


_LIMITS = f"max_line_size = {LONG_LINE}, buffer_size = {2 * LONG_LINE}"


def _gather(value: object, name: str, pointer: str, found: dict[str, str], depth: int) -> None:
    if not isinstance(value, dict) or depth == 0:
        return
    for key, inner in value.items():
        path = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
        column = f"{name}.{key}" if name else key
        if isinstance(inner, dict) and inner and depth > 1:
            _gather(inner, column, path, found, depth - 1)
        elif key:
            found.setdefault(column, path)


def _drop_rejects(store: Store) -> None:
    store.execute("DROP TABLE IF EXISTS temp.reject_errors")
    store.execute("DROP TABLE IF EXISTS temp.reject_scans")


def _is_about_rows(error: Exception) -> bool:
    """Mixed line ends put the engine's reader off altogether; mending evens them out."""
    return "state machine" in str(error) or "CSV" in str(error)


def _collect_rejects(store: Store, table: RawTable) -> None:
    """Move what the engine rejected to ``unread_rows``, each row once, with the first error of it."""
    kinds = dict(store.rows("SELECT error_type::VARCHAR, count(*) FROM reject_errors GROUP BY ALL"))
    if sum(kinds.values()) >= _MOST_REJECTS:
        worst = max(kinds, key=lambda kind: kinds[kind])
        raise SourceError(
            table.path,
            f"Far too many rows cannot be read (most of them: {_REASONS.get(worst, worst.lower())})",
            "Check how the file was written; each row needs as many fields as the header.",
        )
    is_suspect = bool(kinds) if table.parallel else not table.is_mended and not set(kinds).isdisjoint(_MENDABLE)
    if is_suspect or not _is_complete(store, table):
        _drop_rejects(store)
        store.execute("DROP TABLE temp.staged_columns")
        raise UnreliableRowsError
    whens = " ".join(f"WHEN {sql_text(kind)} THEN {sql_text(reason)}" for kind, reason in _REASONS.items())
    store.execute(
        f"INSERT INTO unread_rows SELECT line, arg_min(CASE error_type::VARCHAR {whens} ELSE error_type::VARCHAR END,"
        f" error_type::VARCHAR), left(any_value(csv_line), {EXCERPT}) FROM reject_errors GROUP BY line"
    )
    _drop_rejects(store)


def _is_complete(store: Store, table: RawTable) -> bool:
    """Whether the rows read and rejected account for every line of the file; blank lines do not count as read."""
    within = "coalesce(sum(line_ends), 0)" if any("line_ends" in one for one in table.extra) else "0"
    read = store.rows(f"SELECT count(*) + {within} FROM staged_columns")[0][0]
    rejected = store.rows(
        f"SELECT count(*) + coalesce(sum({_count_line_ends('trim(l, chr(10) || chr(13))')}), 0) "
        "FROM (SELECT any_value(csv_line) AS l FROM reject_errors GROUP BY line)"
    )[0][0]
    return int(read + rejected) + (table.first_row - 1) == table.lines


def _line_ends(column: str) -> str:
    name = sql_name(column)
    return f"CASE WHEN contains({name}, chr(10)) THEN {_count_line_ends(name)} ELSE 0 END"


def _count_line_ends(text: str) -> str:
    return f"strlen({text}) - strlen(replace({text}, chr(10), ''))"


def _unreadable(path: Path, error: Exception) -> SourceError:
    problem = str(error).splitlines()[0][:200]
    return SourceError(path, f"The file cannot be read ({problem})", "It may be damaged; download or export it again.")
