"""Within a limit of memory the calibrated method writes the same rows, by a plan, and goes on where it stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import undazzle.coordination.calibrated.candidates as candidates
import undazzle.coordination.calibrated.search_plan as planning
from tests.coordination.calibrated.worlds import DAY, WINDOW, crowd, slots_of, some_slots
from tests.coordination.trust.builders import ring_posts
from undazzle.coordination.calibrated import keeping
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.pair_ranges import Ranges, count_by_account, pairs_in_range, rows_of, wanted_pairs
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.surveying import survey_pairs
from undazzle.errors import TooLargeError, WorkspaceError
from undazzle.store.memory import Memory
from undazzle.workspace import Workspace

WINDOWS = [WINDOW, 3 * WINDOW]
TABLES = ("co_actions", "pairs", "members", "networks", "tested_accounts", "shuffle_checks", "sensitivity_checks")


def limited(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, pairs: int) -> None:
    """Leave room for about so many pairs of the survey at once, however small the workspace."""
    workspace.store.memory = Memory(600_000_000)
    for name in ("TRACE_BYTES", "KEPT_BYTES", "EDGE_BYTES", "VIEW_PAIR_BYTES", "SHARED_SLOT_BYTES", "CO_ACTION_BYTES"):
        monkeypatch.setattr(planning, name, 1)
    monkeypatch.setattr(planning, "PAIR_BYTES", int(workspace.store.memory.room or 0) // pairs)


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Workspace]:
    posts = "\n".join(json.dumps(post, default=str) for post in ring_posts())
    (tmp_path / "posts.jsonl").write_text(posts, "utf-8")
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.ingest(tmp_path / "posts.jsonl")
        yield workspace


def rows_of_run(workspace: Workspace, **more: Any) -> dict[str, Any]:
    """Detect, and return everything that the run wrote."""
    run = workspace.detect("link", explain=False, **more)
    every = {
        table: workspace.store.rows(f"SELECT * EXCLUDE run_id FROM {table} WHERE run_id = ?", [run.record.run_id])
        for table in TABLES
    }
    return every | {"summary": {**run.record.summary, "memory": None, "trust": None}, "warnings": run.record.warnings}


@settings(deadline=None)
@given(some_slots(), st.lists(st.integers(0, 12), max_size=3))
def test_what_is_surprising_does_not_depend_on_how_accounts_are_divided(slots: Slots, edges: list[int]) -> None:
    levels = CalibratedSettings(discovery_p=0.9, joint_p=0.9)
    accounts = len(slots.events.account_keys)
    ends = sorted({0, accounts, *(min(edge, accounts) for edge in edges)})
    cuts = list(pairwise(ends)) or [(0, accounts)]
    whole = survey_pairs(Basis(slots, WINDOWS, DAY, levels))
    divided = survey_pairs(Basis(slots, WINDOWS, DAY, levels, Ranges(cuts, 10**9)))
    for one, other in zip([*whole.close, *whole.joint], [*divided.close, *divided.joint], strict=True):
        for name in ("account_a", "account_b", "p_value"):
            assert getattr(one, name).tolist() == getattr(other, name).tolist()


def test_pairs_are_counted_exactly_before_they_are_listed() -> None:
    slots = slots_of(crowd(3), WINDOWS)[0]
    accounts = len(slots.events.account_keys)
    clear = np.ones((len(WINDOWS), len(slots.events.item_keys)), dtype=bool)
    total = 0
    for wanted in wanted_pairs(clear, clear, WINDOWS):
        rows = rows_of(slots, wanted)
        counted = count_by_account(rows, wanted.least, accounts)
        a, _ = pairs_in_range([(rows, wanted.least)], accounts, 0, accounts)
        assert np.bincount(a, minlength=accounts).tolist() == counted.tolist()
        total += len(a)
    assert total > 0


def test_the_same_rows_are_written_whatever_the_limit(ready: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = rows_of_run(ready)
    assert len(at_once["networks"]) > 0
    assert len(at_once["shuffle_checks"]) > 0
    said: list[str] = []
    limited(ready, monkeypatch, 200)
    assert rows_of_run(ready, progress=said.append) == at_once
    plan = ready.run().record.summary["memory"]["plan"]
    assert plan == [line for line in said if line.startswith("Plan within")]
    assert any("ranges of accounts" in line for line in plan)
    assert any("views one after the other" in line for line in plan)
    assert not (ready.store.path.parent / "w.duckdb.parts").exists()


@pytest.mark.parametrize("views", [0, 5, 23])
def test_an_interrupted_search_goes_on_behind_the_last_finished_view(
    views: int, ready: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = rows_of_run(ready, trust=False)
    limited(ready, monkeypatch, 200)
    searched: list[Any] = []
    original = candidates.SEARCH.work

    def stops(basis: Basis, part: Any) -> Any:
        if len(searched) == views:
            raise KeyboardInterrupt
        searched.append(part)
        return original(basis, part)

    step = candidates.SEARCH
    with monkeypatch.context() as during:
        during.setattr(candidates, "SEARCH", type(step)(step.name, stops, step.threads))
        with pytest.raises(KeyboardInterrupt):
            rows_of_run(ready, trust=False)
    before = ready.store.rows("SELECT max(run_id) FROM runs")[0]
    said: list[str] = []
    assert rows_of_run(ready, trust=False, progress=said.append) == at_once
    assert ready.store.rows("SELECT max(run_id) FROM runs")[0] == before
    assert any("Going on with run" in line for line in said)
    assert any(f"{views} of 24 parts of the search were finished before" in line for line in said) == (views > 0)
    assert any("parts of the survey of accounts" in line for line in said)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("TRACE_BYTES", "traces"),
        ("PAIR_BYTES", "the pairs of one account that are surveyed"),
        ("VIEW_PAIR_BYTES", "the pairs of the largest view"),
        ("SHARED_SLOT_BYTES", "tests without sharper groups"),
        ("CO_ACTION_BYTES", "co-actions of the networks that were found"),
    ],
)
def test_what_cannot_be_divided_is_refused_with_the_number_and_the_remedy(
    name: str, what: str, ready: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(ready, monkeypatch, 10_000)
    monkeypatch.setattr(planning, name, 10**10)
    with pytest.raises(TooLargeError, match=rf"{what}: [\d,]+, more than .*--memory [\d.]+GB") as caught:
        ready.detect("link", explain=False, trust=False)
    assert caught.value.needed > caught.value.allowed
    for table in ("networks", "co_actions", "members"):
        assert ready.store.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_too_many_surprising_pairs_are_refused(ready: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(ready, monkeypatch, 10_000)
    monkeypatch.setattr(planning, "EDGE_BYTES", 10**9)
    with pytest.raises(TooLargeError, match=r"Surprising pairs of accounts: .*--memory"):
        ready.detect("link", explain=False, trust=False)


def test_checks_that_do_not_fit_are_left_out_and_said(ready: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(ready, monkeypatch, 10_000)
    traces = ready.store.rows("SELECT count(*) FROM posts")[0][0]
    monkeypatch.setattr(planning, "TRACE_BYTES", int(ready.store.memory.room or 0) // traces)
    found = rows_of_run(ready)
    assert len(found["networks"]) > 0
    assert found["shuffle_checks"] == []
    assert any("with a copy of" in line and "--memory" in line for line in found["warnings"])


def test_a_full_disk_is_said_and_what_was_finished_stays(ready: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = rows_of_run(ready, trust=False)
    limited(ready, monkeypatch, 200)
    saved, written = np.savez, list[str]()

    def full(file: Any, **columns: Any) -> None:
        written.append(file.name)
        if len(written) > 6:
            raise OSError(28, "No space left on device")
        saved(file, **columns)

    with monkeypatch.context() as during:
        during.setattr(keeping.np, "savez", full)
        with pytest.raises(WorkspaceError, match=r"No space left.*Free some space there"):
            rows_of_run(ready, trust=False)
    said: list[str] = []
    assert rows_of_run(ready, trust=False, progress=said.append) == at_once
    assert any("were finished before" in line for line in said)


_UNDER_A_LIMIT = """
import resource, sys
from undazzle.workspace import Workspace
with Workspace(sys.argv[1], memory=sys.argv[2] or None, threads=1) as workspace:
    if sys.argv[2]:
        import graspologic_native, numba, pyarrow, rensa
        own = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmData"))) * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (own + 450_000_000, resource.RLIM_INFINITY))
    run = workspace.detect(explain=False, trust=False)
    peak = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))) * 1024
    tables = ("members", "pairs", "co_actions", "tested_accounts")
    every = "SELECT bit_xor(hash(t)) FROM (SELECT * EXCLUDE run_id FROM {}) t"
    sums = [workspace.store.rows(every.format(table)) for table in tables]
    print("\\\\n", *(int(one[0][0]) for one in sums), len(run.networks), peak // 10**6)
""".replace("\\\\n", "\\n")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of data are Linux's")
def test_the_plan_holds_under_an_enforced_limit(tmp_path: Path) -> None:
    """100,000 synthetic posts with planted networks; without a limit 470 MB, measured."""
    posts = tmp_path / "posts.parquet"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.ten_million_posts", str(posts), "100000"], check=True, timeout=100
    )
    found = {}
    # The first compiles, which takes memory of its own and is no part of the plan; the second is measured.
    for name, memory in (("free.duckdb", ""), ("limited.duckdb", "500MB")):
        with Workspace(tmp_path / name) as workspace:
            workspace.ingest(posts)
        command = [sys.executable, "-c", _UNDER_A_LIMIT, str(tmp_path / name), memory]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        found[name] = done.stdout.splitlines()[-1].split()
    assert found["limited.duckdb"][:5] == found["free.duckdb"][:5]
    assert int(found["free.duckdb"][4]) > 0
    assert int(found["limited.duckdb"][5]) < 500
