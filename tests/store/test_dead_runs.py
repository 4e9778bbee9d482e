"""A run that says it is running although the process that began it has ended is closed by the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from undazzle.store import Store, close_dead_runs, start_run
from undazzle.store import runs as module


def states(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT state, len(warnings) FROM runs ORDER BY run_id")


def test_a_run_of_a_dead_process_is_closed_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "posts.duckdb") as store:
        start_run(store, command="detect", method="window", parameters={})
    monkeypatch.setattr(module, "_BEGUN_HERE", set())  # as in another process
    with Store(tmp_path / "posts.duckdb") as store:
        assert states(store) == [("running", 0)]
        start_run(store, command="detect", method="window", parameters={})
        assert states(store) == [("failed", 1), ("running", 0)]


def test_a_run_of_this_process_is_left_alone_however_its_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Store("posts.duckdb") as store:
        start_run(store, command="detect", method="window", parameters={})
    with Store(tmp_path / "posts.duckdb") as store:
        assert close_dead_runs(store) == []
        assert states(store) == [("running", 0)]
