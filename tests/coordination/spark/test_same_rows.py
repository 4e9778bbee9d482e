"""A cluster of several processes writes the same rows as this machine alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.coordination.spark.needs import needs_spark
from tests.coordination.spark.posts import write_posts
from undazzle.store import Store
from undazzle.workspace import Workspace

pytestmark = [needs_spark, pytest.mark.slow]

RESULTS = (
    "co_actions",
    "pairs",
    "networks",
    "members",
    "explanations",
    "untested",
    "shuffle_checks",
    "sensitivity_checks",
    "expected_hours",
    "tested_accounts",
)
WINDOW: dict[str, Any] = {"method": "window", "trust": False}
CASES: dict[str, dict[str, Any]] = {
    "60 s and 1 h": {**WINDOW, "time_window": ["60s", "1h"]},
    "every account": {**WINDOW, "time_window": "60s", "min_participation": 1, "weight": "co_actions"},
    # fewer than the pairs of events, so that the cluster counts first and lists afterwards
    "several items, counted first": {**WINDOW, "time_window": "1h", "min_items": 3, "max_co_actions": 50_000},
    "calibrated, with checks": {"shuffles": 1, "time_window": "60s"},
    "calibrated, a worker killed": {"time_window": "10min", "traces": ["link"], "trust": False, "kill": True},
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, tuple[int, ...]], dict[str, int]]:
    folder = tmp_path_factory.mktemp("spark")
    workspace = folder / "posts.duckdb"
    with Workspace(workspace) as opened:
        opened.ingest(write_posts(folder / "posts.csv", group=5))
    done = subprocess.run(
        [sys.executable, "-m", "tests.coordination.spark.job", str(workspace), json.dumps(list(CASES.values()))],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    *numbers, facts = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(("[", "{"))]
    assert not [one for one in folder.iterdir() if one.name.startswith("undazzle-")], (
        "the shared folder was not removed"
    )
    return workspace, dict(zip(CASES, [tuple(one) for one in numbers], strict=True)), facts


def test_several_processes_took_part(runs: tuple[Path, Any, dict[str, int]]) -> None:
    assert runs[2]["executors"] == 2


@pytest.mark.parametrize("case", CASES)
def test_a_cluster_writes_the_same_rows(runs: tuple[Path, dict[str, tuple[int, ...]], Any], case: str) -> None:
    workspace, numbers, _ = runs
    alone, together, jobs, killed, compiled = numbers[case]
    assert jobs > 3
    assert killed == ("kill" in CASES[case])
    assert not compiled or "calibrated" not in case  # this machine has just run the same functions
    with Store(workspace, read_only=True) as store:
        for table in RESULTS:
            rows = [
                store.rows(f"SELECT * EXCLUDE run_id FROM {table} WHERE run_id = {run} ORDER BY ALL")
                for run in (alone, together)
            ]
            assert rows[0] == rows[1], f"{table} differs"
            assert rows[0] or table not in ("co_actions", "pairs", "networks", "members")
        said = [
            store.rows(
                "SELECT warnings, summary->'windows', summary->'calibrated', parameters FROM runs WHERE run_id = ?",
                [run],
            )
            for run in (alone, together)
        ]
        assert said[0] == said[1]
