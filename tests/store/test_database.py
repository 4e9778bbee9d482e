"""A workspace file opens, or says clearly why not; nothing half-done stays."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest

from undazzle.errors import QueryError, WorkspaceError
from undazzle.store import Store, find_run, finish_run, list_runs, start_run
from undazzle.store.migrations import migrate
from undazzle.store.runs import input_fingerprint
from undazzle.store.schema import SCHEMA_VERSION


def test_a_workspace_is_made_and_opened_again(tmp_path: Path) -> None:
    Store(tmp_path / "w.duckdb").close()
    with Store(tmp_path / "w.duckdb", read_only=True) as store:
        assert store.rows("SELECT schema_version FROM workspace_info") == [(SCHEMA_VERSION,)]


@pytest.mark.parametrize("content", [b"", b"id,text\n1,hello\n", b"SQLite format 3\0" + b"\0" * 100])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match="not a workspace"):
        Store(path)
    assert path.read_bytes() == content


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="folder, not a workspace"):
        Store(tmp_path)
    with pytest.raises(WorkspaceError, match="mkdir -p"):
        Store(tmp_path / "no" / "w.duckdb")
    with pytest.raises(WorkspaceError, match="no such workspace"):
        Store(tmp_path / "w.duckdb", read_only=True)


def test_another_duckdb_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "w.duckdb")) as other:
        other.execute("CREATE TABLE mine (a INTEGER)")
    with pytest.raises(WorkspaceError, match="not an Undazzle workspace"):
        Store(tmp_path / "w.duckdb")
    with duckdb.connect(str(tmp_path / "w.duckdb")) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("mine",)]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    Store(path).close()
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(WorkspaceError):
        Store(path)


def test_a_newer_workspace_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "w.duckdb") as store:
        store.execute("INSERT INTO workspace_info VALUES (999, now(), '9.0')")
    with pytest.raises(WorkspaceError, match="newer Undazzle"):
        Store(tmp_path / "w.duckdb")


def test_a_workspace_in_use_is_refused(tmp_path: Path) -> None:
    import subprocess
    import sys

    with Store(tmp_path / "w.duckdb"):
        code = f"from undazzle.store import Store; Store({str(tmp_path / 'w.duckdb')!r})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "in use by another process" in done.stderr


def test_a_failed_transaction_leaves_nothing() -> None:
    with Store() as store:
        with pytest.raises(RuntimeError), store.transaction():
            store.execute("INSERT INTO accounts (account_key) VALUES (1)")
            raise RuntimeError
        assert store.rows("SELECT count(*) FROM accounts") == [(0,)]


def test_migrations_run_step_by_step() -> None:
    with Store() as store:
        migrate(store, 7, {7: "ALTER TABLE accounts ADD COLUMN extra INTEGER"}, goal=8)
        assert store.rows("SELECT max(schema_version) FROM workspace_info") == [(8,)]
        store.execute("INSERT INTO accounts (account_key, extra) VALUES (1, 2)")


def older_workspace(path: Path) -> dict[str, list[str]]:
    """Write a workspace as version 1 made it; returns the columns of every present table and view."""
    with Store(path) as store:
        columns = columns_of(store)
        for table in ("shuffle_checks", "sensitivity_checks", "sensitivity_matches", "expected_hours", "untested"):
            store.execute(f"DROP TABLE {table}")
        for table in ("indicators", "narratives", "narrative_posts", "tested_accounts"):
            store.execute(f"DROP TABLE {table}")
        store.execute("UPDATE workspace_info SET schema_version = 1")
    return columns


def columns_of(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in store.rows(
        "SELECT table_name, column_name || ' ' || data_type FROM information_schema.columns"
        " WHERE table_schema = 'main' ORDER BY table_name, ordinal_position"
    ):
        found.setdefault(table, []).append(column)
    return found


@pytest.mark.parametrize("read_only", [False, True])
def test_a_workspace_of_version_1_gets_what_a_new_one_has(tmp_path: Path, read_only: bool) -> None:
    present = older_workspace(tmp_path / "old.duckdb")
    with Store(tmp_path / "old.duckdb", read_only=read_only) as store:
        assert columns_of(store) == present
        assert store.rows("SELECT max(schema_version) FROM workspace_info") == [(SCHEMA_VERSION,)]


def test_a_workspace_of_version_2_gets_the_table_of_tested_accounts(tmp_path: Path) -> None:
    with Store(tmp_path / "old.duckdb") as store:
        present = columns_of(store)
        store.execute("DROP TABLE tested_accounts")
        store.execute("UPDATE workspace_info SET schema_version = 2")
    with Store(tmp_path / "old.duckdb") as store:
        assert columns_of(store) == present


@pytest.mark.parametrize(
    "sql",
    ["DROP TABLE posts", "INSERT INTO posts (text) VALUES ('x')", "SELECT 1; SELECT 2", "no sql", "COPY posts TO 'x'"],
)
def test_user_sql_may_only_read(sql: str) -> None:
    with Store() as store, pytest.raises(QueryError):
        store.query(sql)


def test_user_sql_cannot_read_files_once_cut_off(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with Store(tmp_path / "w.duckdb") as store:
        store.forbid_files()
        with pytest.raises(QueryError):
            store.query(f"SELECT * FROM read_csv('{secret}')")
        assert store.query("SELECT 1 AS one") == (["one"], [(1,)])


def test_arrays_go_in_and_come_out() -> None:
    with Store() as store:
        store.append("items", {"item_key": np.array([2, 1]), "item": np.array(["b", "a"], dtype=object)})
        assert store.arrays("SELECT item_key FROM items ORDER BY 1")["item_key"].tolist() == [1, 2]


def test_runs_keep_parameters_and_are_found_by_number_and_name() -> None:
    with Store() as store:
        number = start_run(store, command="undazzle detect", method="window", parameters={"a": 1}, name="first")
        assert list_runs(store)[0].state == "running"
        finish_run(store, number, warnings=["careful"], summary={"n": 2}, cpu_started=0.0)
        for name in (None, 1, "run:1", "first"):
            found = find_run(store, name)
            assert (found.parameters, found.warnings, found.summary) == ({"a": 1}, ["careful"], {"n": 2})


def test_the_fingerprint_ignores_the_order_of_files() -> None:
    prints = []
    for order in (("aa", "bb"), ("bb", "aa")):
        with Store() as store:
            for one in order:
                store.execute("INSERT INTO sources (sha256, posts_added) VALUES (?, 1)", [one])
            prints.append(input_fingerprint(store))
    assert prints[0] == prints[1]
