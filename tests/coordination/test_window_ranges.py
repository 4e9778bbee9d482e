"""Within a limit of memory the classic method writes the same rows, range by range, and goes on where it stopped."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import undazzle.coordination.window_ranges as ranges
from tests.coordination.test_detection import a_post, open_with, results
from tests.coordination.test_kernel import crowd, listed
from tests.coordination.test_network_facts import busy_posts
from undazzle.coordination.co_actions import enumerate_co_actions, join_co_actions
from undazzle.coordination.listing import list_range, sums_by_account
from undazzle.coordination.pairs import count_pairs
from undazzle.coordination.pruning import make_rows
from undazzle.coordination.window_ranges import cut_by_sum
from undazzle.errors import TooLargeError
from undazzle.store.memory import Memory
from undazzle.workspace import Workspace

ASKED = {"time_window": ["60s", "10min"], "explain": False, "trust": False}


def limited(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, co_actions: int) -> None:
    """Leave room for so many co-actions at once, however small the workspace."""
    workspace.store.memory = Memory(400_000_000)
    monkeypatch.setattr(ranges, "EVENT_BYTES", 0)
    monkeypatch.setattr(ranges, "PAIR_BYTES", 0)
    monkeypatch.setattr(ranges, "CO_ACTION_BYTES", int(workspace.store.memory.outside or 0) // co_actions)


@settings(max_examples=40)
@given(st.integers(0, 1000), st.integers(1, 3), st.integers(0, 30), st.integers(1, 6))
def test_ranges_list_the_co_actions_of_every_pair_in_order(seed: int, k: int, window: int, parts: int) -> None:
    events = crowd(seed, events=300)
    rows = make_rows(events.item, events.account, events.at, window, k)
    accounts = len(rows.first) - 1
    edges = np.linspace(0, accounts, parts + 1).astype(int).tolist()
    found = join_co_actions([])
    for first, last in pairwise(edges):
        part = list_range(events, rows, first, last, k)
        names = ("account_a", "account_b", "post_a", "post_b", "item", "gap")
        found = type(part)(*(np.concatenate((getattr(found, name), getattr(part, name))) for name in names))
    direct = join_co_actions(list(enumerate_co_actions(events, window)))
    pairs, pair_of = count_pairs(direct)
    direct = direct.take((pairs.items >= k)[pair_of])
    for name in ("account_a", "account_b", "post_a", "post_b", "item", "gap"):
        assert np.array_equal(getattr(found, name), getattr(direct, name))
    counted, co_actions = sums_by_account(rows, [(0, accounts)], k)
    assert (counted.sum(), co_actions.sum()) == (len(listed(events, window, k)), len(direct))


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 20))
def test_ranges_follow_one_another_and_hold_no_more_than_allowed(amounts: list[int], most: int) -> None:
    cuts = cut_by_sum(np.array(amounts, dtype=np.int64), most)
    assert [place for first, last in cuts for place in range(first, last)] == list(range(len(amounts)))
    assert all(sum(amounts[first:last]) <= most or last == first + 1 for first, last in cuts)


@pytest.mark.parametrize("more", [{}, {"min_items": 2}, {"min_participation": 1}])
def test_ranges_write_the_same_rows(more: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_with(busy_posts(3), tmp_path) as workspace:
        at_once = results(workspace, **ASKED, **more)
        assert len(at_once["networks"]) > 0
        said: list[str] = []
        limited(workspace, monkeypatch, 60)
        assert results(workspace, progress=said.append, **ASKED, **more) == at_once
        plan = workspace.run().record.summary["memory"]["plan"]
    assert plan
    assert plan == [line for line in said if line.startswith("Plan within")]
    assert sum(bool(re.search(r"in [3-9]\d* ranges of accounts", line)) for line in said) >= 1
    tables = ("co_actions", "pairs", "members", "networks")
    with open_with(busy_posts(3), tmp_path) as workspace:
        workspace.detect("link", method="window", edge_weight=0.0, **ASKED, **more)
        expected = {table: workspace.store.rows(f"SELECT * EXCLUDE run_id FROM {table}") for table in tables}
    with open_with(busy_posts(3), tmp_path) as workspace:
        limited(workspace, monkeypatch, 60)
        workspace.detect("link", method="window", edge_weight=0.0, **ASKED, **more)
        assert {table: workspace.store.rows(f"SELECT * EXCLUDE run_id FROM {table}") for table in tables} == expected


@pytest.mark.parametrize("failing", [1, 3, 5])
def test_an_interrupted_detection_goes_on_behind_the_last_finished_range(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_with(busy_posts(3), tmp_path) as workspace:
        at_once = results(workspace, **ASKED)
        limited(workspace, monkeypatch, 60)
        written: list[int] = []
        original = ranges._Work._write_range

        def stops(self: Any, found: Any) -> None:
            written.append(len(found))
            if len(written) == failing:
                raise KeyboardInterrupt
            original(self, found)

        monkeypatch.setattr(ranges._Work, "_write_range", stops)
        with pytest.raises(KeyboardInterrupt):
            results(workspace, **ASKED)
        before = workspace.store.rows("SELECT max(run_id), count(*) FROM runs")[0]
        said: list[str] = []
        assert results(workspace, progress=said.append, **ASKED) == at_once
        assert any("Going on with run" in line for line in said) == (failing > 1)
        after = workspace.store.rows("SELECT max(run_id), count(*) FROM runs")[0]
        assert (after == before) == (failing > 1)  # nothing was finished before the first range: a new run
        rows = "SELECT c, count(*) AS n FROM co_actions c WHERE run_id = ? GROUP BY c"
        doubled = workspace.store.rows(f"SELECT count(*) FROM ({rows}) WHERE n > 1", [after[0]])
    assert len(written) > failing
    assert doubled == [(0,)]


def test_an_interrupted_detection_that_now_fits_is_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_with(busy_posts(3), tmp_path) as workspace:
        at_once = results(workspace, **ASKED)
        with monkeypatch.context() as during:
            limited(workspace, during, 60)
            original, written = ranges._Work._write_range, []

            def stops(self: Any, found: Any) -> None:
                written.append(len(found))
                if len(written) == 3:
                    raise KeyboardInterrupt
                original(self, found)

            during.setattr(ranges._Work, "_write_range", stops)
            with pytest.raises(KeyboardInterrupt):
                results(workspace, **ASKED)
        said: list[str] = []
        assert results(workspace, progress=said.append, **ASKED) == at_once
        assert any("Going on with run" in line for line in said)


def test_other_questions_do_not_go_on_with_an_interrupted_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_with(busy_posts(3), tmp_path) as workspace:
        limited(workspace, monkeypatch, 60)
        written: list[int] = []
        original = ranges._Work._write_range

        def stops(self: Any, found: Any) -> None:
            written.append(len(found))
            if len(written) == 3:
                raise KeyboardInterrupt
            original(self, found)

        monkeypatch.setattr(ranges._Work, "_write_range", stops)
        with pytest.raises(KeyboardInterrupt):
            workspace.detect("link", method="window", **ASKED)
        said: list[str] = []
        workspace.detect("link", method="window", min_items=2, progress=said.append, **ASKED)
        assert not any("Going on" in line for line in said)


def test_an_account_that_does_not_fit_is_refused_with_the_number_and_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_with(busy_posts(3), tmp_path) as workspace:
        limited(workspace, monkeypatch, 2)
        with pytest.raises(TooLargeError, match=r"--min-items 2.*--memory [\d.]+GB") as caught:
            workspace.detect("link", method="window", **ASKED)
        assert caught.value.needed > caught.value.allowed
        assert workspace.store.rows("SELECT count(*) FROM co_actions") == [(0,)]


def test_traces_that_do_not_fit_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_with(busy_posts(3), tmp_path) as workspace:
        workspace.store.memory = Memory(400_000_000)
        monkeypatch.setattr(ranges, "EVENT_BYTES", 10**9)
        with pytest.raises(TooLargeError, match=r"Bytes for 400 traces.*--memory [\d.]+GB"):
            workspace.detect("link", method="window", **ASKED)
        assert workspace.store.rows("SELECT count(*) FROM runs") == [(0,)]


_UNDER_A_LIMIT = """
import resource, sys
from undazzle.workspace import Workspace
import numba, graspologic_native
own = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmSize"))) * 1024
with Workspace(sys.argv[1], memory="500MB", threads=1) as workspace:
    resource.setrlimit(resource.RLIMIT_AS, (own + 1_100_000_000, resource.RLIM_INFINITY))
    run = workspace.detect("link", method="window", time_window="1h", min_participation=1, edge_weight=0.0,
        explain=False, trust=False, max_co_actions=10**8)
    # Not ru_maxrss: that is never below the size of the process that started this one, which is the test run.
    peak = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))) // 1024
    print(workspace.store.rows("SELECT count(*) FROM pairs")[0][0], peak, run.record.summary["windows"][0]["ranges"])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of address space are Linux's")
def test_the_plan_holds_under_an_enforced_limit(tmp_path: Path) -> None:
    """5.8 million co-actions need 1.1 GB in one go, measured; here they may use 500 MB, of 1.1 GB of addresses."""
    posts = [a_post(n, f"a{n % 300:03}", n % 3000, f"https://town.example/{n % 7}") for n in range(9_000)]
    path = tmp_path / "w.duckdb"
    tmp_path.joinpath("posts.jsonl").write_text("\n".join(json.dumps(one) for one in posts), "utf-8")
    with Workspace(path) as workspace:
        workspace.ingest(tmp_path / "posts.jsonl")
    shutil.copy(path, tmp_path / "warm.duckdb")
    # The first run compiles, which takes memory of its own and is no part of the plan; the second is measured.
    for name in ("warm.duckdb", "w.duckdb"):
        command = [sys.executable, "-c", _UNDER_A_LIMIT, str(tmp_path / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr[-2000:]
    pairs, peak_mb, used = (int(one) for one in done.stdout.split())
    assert pairs == 300 * 299 // 2
    assert used > 3
    assert peak_mb < 500
