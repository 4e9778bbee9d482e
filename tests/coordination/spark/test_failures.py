"""What happens when a part of the cluster is missing, silent or killed: the same rows, or a clear error."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.coordination.spark.needs import needs_spark
from tests.coordination.spark.posts import write_posts
from tests.coordination.spark.processes import descendants
from undazzle.store import Store
from undazzle.store.engines import share_folder
from undazzle.workspace import Workspace

pytestmark = [needs_spark, pytest.mark.slow]

SPARK = ("--engine", "spark", "--master", "local-cluster[2,1,1024]", "--wait", "5min")
DETECT = ("--method", "window", "--time-window", "1h", "--no-trust", "--no-explain", "--quiet")


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("failures")
    with Workspace(folder / "posts.duckdb") as opened:
        opened.ingest(write_posts(folder / "posts.csv"))
        opened.detect(method="window", time_window="1h", trust=False, explain=False)
    return folder / "posts.duckdb"


@pytest.fixture
def workspace(ingested: Path, tmp_path: Path) -> Path:
    """A workspace with one run of this machine alone."""
    return Path(shutil.copy(ingested, tmp_path / "posts.duckdb"))


def start(workspace: Path, *options: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "undazzle", "detect", str(workspace), *DETECT, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def wait_for(process: subprocess.Popen[str], found: Callable[[], int | None], seconds: float = 240) -> int:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        pid = found()
        if pid is not None:
            return pid
        time.sleep(0.1)
    raise AssertionError(f"it never came so far: {process.communicate(timeout=60)}")


def working_worker(leader: int) -> int | None:
    """Return the Java process of a worker whose Python has begun on the events; the shared folder says so."""
    family = dict(descendants(leader))
    workers = [pid for pid, line in family.items() if "CoarseGrainedExecutorBackend" in line]
    with_python = [pid for pid in workers if any("pyspark.daemon" in line for _, line in descendants(pid))]
    return with_python[0] if with_python else None


def rows_of(workspace: Path, run: int) -> list[tuple[object, ...]]:
    with Store(workspace, read_only=True) as store:
        return store.rows(f"SELECT * EXCLUDE run_id FROM co_actions WHERE run_id = {run} ORDER BY ALL")


def states(workspace: Path) -> list[str]:
    with Store(workspace, read_only=True) as store:
        return [row[0] for row in store.rows("SELECT state FROM runs ORDER BY run_id")]


def exported(workspace: Path) -> bool:
    return any(workspace.parent.glob("undazzle-*/events/*"))


def test_a_killed_worker_is_replaced_and_the_rows_are_the_same(workspace: Path) -> None:
    with start(workspace, *SPARK) as process:
        pid = wait_for(process, lambda: working_worker(process.pid) if exported(workspace) else None)
        os.kill(pid, signal.SIGKILL)
        said = process.communicate(timeout=400)
    assert process.returncode == 0, said
    assert states(workspace) == ["finished", "finished"]
    assert rows_of(workspace, 2) == rows_of(workspace, 1)
    assert rows_of(workspace, 1)


def test_a_killed_driver_leaves_the_workspace_as_it_was_and_no_process(workspace: Path) -> None:
    before = rows_of(workspace, 1)
    with start(workspace, *SPARK) as process:
        wait_for(process, lambda: working_worker(process.pid) if exported(workspace) else None)
        family = [pid for pid, _ in descendants(process.pid)]
        process.kill()
        process.wait(60)
        until = time.monotonic() + 90
        while time.monotonic() < until and any(Path(f"/proc/{pid}").exists() for pid in family):
            time.sleep(0.5)
        assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []
    assert states(workspace) == ["finished", "running"]
    assert rows_of(workspace, 1) == before
    assert rows_of(workspace, 2) == []
    with Workspace(workspace) as opened:
        again = opened.detect(method="window", time_window="1h", trust=False, explain=False)
    assert rows_of(workspace, again.run_id) == before
    assert states(workspace) == ["finished", "failed", "finished"]
    said: list[str] = []
    with share_folder(None, "", workspace, said.append):
        pass
    assert [line.split()[0] for line in said] == ["Removed"]
    assert not list(workspace.parent.glob("undazzle-*"))


def test_a_master_that_takes_connections_but_says_nothing_is_given_up(workspace: Path) -> None:
    listens = "s=socket.create_server(('127.0.0.1',0));print(s.getsockname()[1],flush=True);time.sleep(600)"
    code = f"import socket,time;{listens}"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as silent:
        assert silent.stdout is not None
        master = f"spark://127.0.0.1:{silent.stdout.readline().strip()}"
        began = time.monotonic()
        with start(
            workspace, "--engine", "spark", "--master", master, "--shared-folder", str(workspace.parent), "--wait", "8s"
        ) as process:
            said = process.communicate(timeout=60)
        silent.kill()
    assert process.returncode == 3, said
    assert "did not take us within 8 s" in said[1]
    assert time.monotonic() - began < 50
    assert states(workspace) == ["finished"]


def test_a_master_that_is_not_there_is_said_at_once(workspace: Path) -> None:
    began = time.monotonic()
    with start(
        workspace, "--engine", "spark", "--master", "spark://127.0.0.1:1", "--shared-folder", str(workspace.parent)
    ) as process:
        said = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "The master spark://127.0.0.1:1 does not answer" in said[1]
    assert time.monotonic() - began < 30
    assert states(workspace) == ["finished"]


def test_an_old_java_on_the_path_is_exit_code_3(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "java").write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    (tmp_path / "java").chmod(0o755)
    with start(workspace, *SPARK, PATH=f"{tmp_path}:{os.environ['PATH']}", JAVA_HOME="") as process:
        said = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "Java 11 is too old" in said[1]
