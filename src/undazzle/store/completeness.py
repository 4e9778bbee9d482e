"""Whether a file has every table and column that the present schema names.

The version of the schema only changes with a release: a file made by a development version between two releases can
say the right version and lack what was added later.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from undazzle.errors import WorkspaceError
from undazzle.store.schema import SCHEMA_SQL

_TABLE = re.compile(r"^CREATE TABLE (?:IF NOT EXISTS )?(\w+) \((.*?)\);$", re.MULTILINE | re.DOTALL)
_MADE_WHEN_NEEDED = re.compile(r"^CREATE TABLE IF NOT EXISTS (\w+)", re.MULTILINE)
# A column in the statement by which DuckDB describes a table: after a bracket or a comma its name, then its type.
_DEFINED = re.compile(r'[(,] ?"?(\w+)"? [A-Z]')
_COMMENT = re.compile(r"--[^\n]*")
_MOST_NAMED = 5


def named_columns(sql: str = SCHEMA_SQL) -> dict[str, list[str]]:
    """Return table to column names, as the statements of a schema name them.

    Examples
    --------
    >>> named_columns("CREATE TABLE a (b INTEGER PRIMARY KEY, c DECIMAL(3, 1)[], d VARCHAR);")
    {'a': ['b', 'c', 'd']}
    """
    found = {}
    for name, body in _TABLE.findall(_COMMENT.sub("", sql)):
        flat = re.sub(r"\([^()]*\)", "", body)
        found[name] = [column.split()[0].strip('"') for column in flat.split(",")]
    return found


def described_columns(described: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return table and name of every column in the statements by which DuckDB describes tables.

    Parameters
    ----------
    described
        Names of tables, and of each the statement.

    Examples
    --------
    >>> sorted(described_columns([("a", 'CREATE TABLE a(b DECIMAL(3,1), "following" BIGINT, PRIMARY KEY(b));')]))
    [('a', 'PRIMARY'), ('a', 'b'), ('a', 'following')]
    """
    return {(table, column) for table, sql in described for column in _DEFINED.findall(sql)}


def missing_columns(there: Collection[tuple[str, str]]) -> list[str]:
    """Return the columns that the schema names and that are not there, but for tables made when needed."""
    absent = set(_MADE_WHEN_NEEDED.findall(SCHEMA_SQL)) - {table for table, _ in there}
    return [
        f"{table}.{column}"
        for table, columns in _schema_columns().items()
        for column in columns
        if (table, column) not in there and table not in absent
    ]


@cache
def _schema_columns() -> dict[str, list[str]]:
    return named_columns()


def check_complete(path: Path, there: Collection[tuple[str, str]]) -> None:
    """Refuse a workspace that lacks a table or a column.

    Parameters
    ----------
    path
        The workspace, for the error.
    there
        Table and name of every column that it has.

    Raises
    ------
    WorkspaceError
        If something is missing; says what, and how to go on.
    """
    missing = missing_columns(there)
    if not missing:
        return
    listed = ", ".join(missing[:_MOST_NAMED]) + (
        f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
    )
    raise WorkspaceError(
        path,
        f"This workspace was made by a development version between two releases and lacks {listed}",
        "Ingest the sources again into a new file; 'undazzle query' of the version that made this one still reads it.",
    )
