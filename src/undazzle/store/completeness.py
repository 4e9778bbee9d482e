"""Whether a file has every table and column that the present schema names.

The version of the schema only changes with a release: a file made by a development version between two releases can
say the right version and lack what was added later.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from undazzle.errors import WorkspaceError
from undazzle.store.schema import SCHEMA_SQL

_TABLE = re.compile(r"^CREATE TABLE (?:IF NOT EXISTS )?(\w+) \((.*?)\);$", re.MULTILINE | re.DOTALL)
_MADE_WHEN_NEEDED = re.compile(r"^CREATE TABLE IF NOT EXISTS (\w+)", re.MULTILINE)
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
    absent = set(_MADE_WHEN_NEEDED.findall(SCHEMA_SQL)) - {table for table, _ in there}
    missing = [
        f"{table}.{column}"
        for table, columns in named_columns().items()
        for column in columns
        if (table, column) not in there and table not in absent
    ]
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
