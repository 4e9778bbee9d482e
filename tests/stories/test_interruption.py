"""Ctrl-C in the middle leaves the workspace usable; the same command finishes the work."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from undazzle.workspace import Workspace

ROWS = 400_000


def big_file(path: Path) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("id,created_at,user_id,text\n")
        for number in range(ROWS):
            at = f"2026-03-{number % 28 + 1:02d}T10:{number // 60 % 60:02d}:{number % 60:02d}Z"
            file.write(f"{number},{at},u{number % 5000},#hours {number}\n")
    return path


@pytest.mark.slow
def test_an_interrupted_ingest_rolls_back_whole_and_can_be_run_again(tmp_path: Path) -> None:
    posts, workspace = big_file(tmp_path / "posts.csv"), tmp_path / "w.duckdb"
    command = [sys.executable, "-m", "undazzle", "ingest", str(workspace), str(posts)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not workspace.exists() and process.poll() is None:
        time.sleep(0.02)
    time.sleep(0.8)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=120)
    if process.returncode == 0:
        pytest.skip("this machine was done before it could be interrupted")
    assert process.returncode == 130, complaint
    assert "run it again" in complaint and "Traceback" not in complaint
    with Workspace(workspace) as opened:
        assert opened.store.rows("SELECT count(*) FROM posts") == [(0,)]
        assert opened.ingest(posts)[0].posts_added == ROWS
