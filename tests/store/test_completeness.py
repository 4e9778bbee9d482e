"""A workspace of a development version that lacks a column is refused in words, not by an error of the engine."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from undazzle.errors import WorkspaceError
from undazzle.store import Store
from undazzle.store.completeness import named_columns


def test_the_schema_is_read_as_the_engine_reads_it() -> None:
    with Store() as store:
        rows = store.rows(
            "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name)"
            " WHERE NOT duckdb_columns.internal ORDER BY table_name, column_index"
        )
    there: dict[str, list[str]] = {}
    for table, column in rows:
        there.setdefault(table, []).append(column)
    assert named_columns() == there


@pytest.mark.parametrize("read_only", [False, True])
def test_a_missing_column_is_named(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "w.duckdb"
    Store(path).close()
    with duckdb.connect(str(path)) as other:
        other.execute("ALTER TABLE networks DROP COLUMN held_out_days")
    with pytest.raises(WorkspaceError, match=r"development version.*networks\.held_out_days.*Ingest the sources again"):
        Store(path, read_only=read_only)
    with duckdb.connect(str(path)) as other:  # let go of, and left as it was
        assert other.execute("SELECT max(schema_version) FROM workspace_info").fetchone() is not None


def test_many_missing_columns_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    Store(path).close()
    with duckdb.connect(str(path)) as other:
        other.execute("DROP TABLE untested")
        other.execute("DROP TABLE rejected_rows")
    with pytest.raises(WorkspaceError, match=r"rejected_rows\.source_id.* and \d+ more"):
        Store(path)


def test_a_table_that_is_made_when_needed_may_be_absent_but_not_incomplete(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    Store(path).close()
    with duckdb.connect(str(path)) as other:
        other.execute("DROP TABLE mails")
        other.execute("ALTER TABLE mail_hops DROP COLUMN grade")
    with pytest.raises(WorkspaceError, match=r"lacks mail_hops\.grade: "):
        Store(path)
