"""The Coordination Network Toolkit itself, run from its package on synthetic posts, finds the same edges."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.peer_coordination_network_toolkit import whole_job_ratio
from benchmarks.posts import write_synthetic

from tests.parity.pipeline import classic_run
from undazzle.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
NETWORKS = {"link": "co_link_network", "repost": "co_retweet_network"}

pytest.importorskip("coordination_network_toolkit", reason="the toolkit is a development dependency")


def run_module(name: str, *arguments: object) -> str:
    command = [sys.executable, "-m", name, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
@pytest.mark.parametrize("window", [20, 300])
def test_both_find_the_same_edges(tmp_path: Path, window: int) -> None:
    posts, theirs, ours = tmp_path / "posts.csv", tmp_path / "toolkit.sqlite", tmp_path / "work.duckdb"
    write_synthetic(str(posts), 5_000, seed=window)
    run_module("benchmarks.toolkit_job", "load", posts, theirs)
    run_module("benchmarks.toolkit_job", "networks", theirs, window, 2)
    with Workspace(ours) as ws:
        ws.ingest(posts)
        for kinds in (["link"], ["repost"], ["link", "repost"]):
            settings = {"link": {"canonical": False}} if "link" in kinds else {}
            classic_run(ws, kinds, time_window=window, min_participation=1, trace_settings=settings)
    tables = [f"{kind}={table}" for kind, table in NETWORKS.items()]
    compared = json.loads(run_module("benchmarks.same_edges", window, theirs, ours, *tables))
    assert [one["same"] for one in compared] == [True] * 4
    assert all(one["edges"] > 20 for one in compared)


# CPU seconds of the toolkit over ours for 100,000 synthetic posts, of which half is start-up: 1.47 to 1.50 in three
# measurements. Less than two thirds of it is a regression of more than 1.5 times.
_MEASURED = 1.47


@pytest.mark.slow
def test_the_whole_job_keeps_its_distance_from_the_toolkit(tmp_path: Path) -> None:
    ratio = whole_job_ratio(tmp_path, rows=100_000, times=3)
    assert ratio > _MEASURED / 1.5, f"{ratio:.2f} times fewer CPU seconds than the toolkit"
