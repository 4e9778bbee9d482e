"""Staged posts: what a file says, field by field, before it is judged and lands in the workspace.

Writes the temporary tables ``staged_columns`` (only the fields a file has) and ``unread_rows``, and the
temporary view ``staged_posts`` with every field of ``model.POST_FIELDS``, ``row`` (as a person would count it in
the file), ``rid`` (position) and, for rows that could not be read, ``bad`` and ``bad_raw``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from undazzle.ingest.formats import BadRow
from undazzle.model import POST_FIELDS, post_field
from undazzle.store import Store

EXCERPT = 400  # characters kept of a row that was set aside
_TABLES = ("staged_columns", "unread_rows", "raw_rows")


def sql_name(name: str) -> str:
    """Return a column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def sql_text(text: str) -> str:
    """Return a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def start_staging(store: Store) -> None:
    """Make room for a new file: empty ``unread_rows``, no ``staged_columns``."""
    drop_staging(store)
    store.execute("CREATE TEMP TABLE unread_rows (source_row BIGINT, reason VARCHAR, raw VARCHAR)")


def drop_staging(store: Store) -> None:
    """Remove what an earlier file left behind."""
    store.execute("DROP VIEW IF EXISTS temp.staged_posts")
    for table in _TABLES:
        store.execute(f"DROP TABLE IF EXISTS temp.{table}")


def stage_query(store: Store, relation: str, expressions: Mapping[str, str], extra: Sequence[str] = ()) -> None:
    """Fill ``staged_columns`` from a relation in one pass.

    Parameters
    ----------
    store
        The workspace.
    relation
        SQL that yields the raw rows in file order.
    expressions
        SQL expression by field name, over the raw columns.
    extra
        Columns of the relation to keep beside the fields: ``bad_raw`` (why a row could not be read at all).
    """
    chosen = [
        f"CAST({expression} AS {post_field(name).sql_type}) AS {name}" for name, expression in expressions.items()
    ]
    columns = ", ".join([*chosen, *extra])
    source = relation
    if _loses_order(store, f"SELECT {columns} FROM {relation}"):
        numbered = f"(SELECT *, row_number() OVER () AS file_place FROM {relation})"
        source = f"{numbered} ORDER BY file_place"
    store.execute(f"CREATE TEMP TABLE staged_columns AS SELECT {columns} FROM {source}")


def _loses_order(store: Store, sql: str) -> bool:
    """Whether the engine would join something, such as a long list of words, and mix up the rows of the file."""
    plan = store.rows(f"EXPLAIN {sql}")
    return any("JOIN" in str(text).upper() for text in plan[0])


def start_records(store: Store) -> None:
    """Make ``staged_columns`` with every field, for readers that append in batches."""
    columns = ", ".join(f"{field.name} {field.sql_type}" for field in POST_FIELDS)
    store.execute(f'CREATE TEMP TABLE staged_columns ("row" BIGINT, {columns})')


def add_unread(store: Store, rows: Iterable[BadRow]) -> None:
    """Append rows that could not be read to ``unread_rows``."""
    import pyarrow as pa

    listed = list(rows)
    if not listed:
        return
    table = pa.table(
        {
            "source_row": pa.array([one.row for one in listed], pa.int64()),
            "reason": pa.array([one.reason for one in listed], pa.string()),
            "raw": pa.array([clean_text(one.raw[:EXCERPT]) for one in listed], pa.string()),
        }
    )
    store.append("unread_rows", table)


def clean_text(text: str) -> str:
    """Return a text that can be stored: half characters (lone surrogates) and NUL replaced."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def finish_staging(
    store: Store, row_number: str = '"row"', constants: Mapping[str, str] | None = None
) -> frozenset[str]:
    """Make the view ``staged_posts`` over what was staged and return the fields that were.

    Parameters
    ----------
    store
        The workspace.
    row_number
        SQL over ``staged_columns`` for the number of a row in its file.
    constants
        SQL of fields that have one value for the whole file; they need no column of their own.
    """
    same = constants or {}
    columns = store.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 'staged_columns'")
    names = {str(name) for (name,) in columns}
    fields = [
        field.name
        if field.name in names
        else f"CAST({same.get(field.name, 'NULL')} AS {field.sql_type}) AS {field.name}"
        for field in POST_FIELDS
    ]
    bad = "bad_raw" if "bad_raw" in names else "NULL::VARCHAR AS bad_raw"
    not_blank = " WHERE bad_raw IS DISTINCT FROM ''" if "bad_raw" in names else ""
    store.execute(
        f'CREATE TEMP VIEW staged_posts AS SELECT rowid AS rid, {row_number} AS "row", '
        f"{', '.join(fields)}, {bad} FROM staged_columns{not_blank}"
    )
    return frozenset(field.name for field in POST_FIELDS if field.name in names or field.name in same)
