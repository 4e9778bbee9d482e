"""Parts of the calibrated search as tasks, without a cluster: what is sent, worked on and read is what was given."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination.calibrated.worlds import DAY, crowd, planted, slots_of
from tests.coordination.spark.posts import write_posts
from undazzle.coordination import detection
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates
from undazzle.coordination.calibrated.keeping import digest
from undazzle.coordination.calibrated.packing import pack
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.spreading import Columns, Spread, Step, spread_here
from undazzle.coordination.spark import SparkEngine
from undazzle.coordination.spark.searching import read_parts, work_on_parts
from undazzle.coordination.spark.sending import open_basis, restore, send_basis, shrink
from undazzle.store import Store, runs
from undazzle.store.engines import SparkOptions
from undazzle.workspace import Workspace

WINDOWS = [60, 600]


def as_tasks(step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
    """Send and bring back as a cluster would, one task after the other."""
    sent = pickle.loads(pickle.dumps(send_basis(basis)))
    for part in parts:
        given = pickle.loads(pickle.dumps([part, part]))
        batches = list(work_on_parts([], work=step.work, sent=SimpleNamespace(value=sent), parts=given))
        one, again = read_parts(pa.Table.from_batches(batches), 2)
        assert all(one[name].tobytes() == again[name].tobytes() for name in one)
        yield one


def test_tasks_find_the_same_candidates_to_the_bit() -> None:
    slots = slots_of(planted(crowd(2), 2)[0], WINDOWS)[0]
    spreads: tuple[Spread, Spread] = (spread_here, as_tasks)
    one, other = (pack(Candidate, find_candidates(slots, WINDOWS, DAY, CalibratedSettings(), by)) for by in spreads)
    assert len(one["p_value"])
    assert {name: values.tobytes() for name, values in one.items()} == {
        name: values.tobytes() for name, values in other.items()
    }


def test_what_is_opened_on_a_worker_is_the_basis_without_names() -> None:
    slots = slots_of(crowd(1), WINDOWS)[0]
    basis = Basis(slots, WINDOWS, DAY, CalibratedSettings())
    sent = send_basis(basis)
    opened = open_basis(sent)
    assert digest(opened) == digest(basis) == sent.digest
    assert opened.slots.events.account.dtype == np.int64
    assert not opened.slots.events.post.any()
    assert open_basis(sent) is opened
    assert open_basis(replace(sent, digest="another")) is not opened
    assert len(pickle.dumps(sent)) < 0.5 * len(pickle.dumps(slots))


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=5))
def test_whole_numbers_shrink_and_come_back(values: list[int]) -> None:
    array = np.array(values, dtype=np.int64)
    again = restore(pickle.loads(pickle.dumps(shrink(array))))
    assert again.dtype == np.int64
    assert again.tolist() == values


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, and an engine whose cluster is this process."""

    @contextmanager
    def cluster(asked: SparkOptions | None, *_given: Any) -> Iterator[Any]:
        yield SimpleNamespace() if asked else None

    monkeypatch.setattr(detection, "_cluster", cluster)
    with Workspace(tmp_path / "posts.duckdb") as opened:
        opened.ingest(write_posts(tmp_path / "posts.csv", posts=1_500, viral=100, group=5))
    return tmp_path / "posts.duckdb"


ASKED: dict[str, Any] = {"time_window": ["10s", "60s"], "trust": False, "explain": False, "traces": ["link"]}


def results(path: Path, run: int) -> list[Any]:
    tables = ("co_actions", "pairs", "networks", "members", "tested_accounts")
    with Store(path, read_only=True) as store:
        return [
            store.rows(f"SELECT * EXCLUDE run_id FROM {table} WHERE run_id = {run} ORDER BY ALL") for table in tables
        ]


@pytest.mark.parametrize("how", [KeyboardInterrupt, Killed])
def test_a_search_that_was_ended_goes_on_with_the_parts_that_were_finished(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, how: type[BaseException]
) -> None:
    begun: list[str] = []

    def ends(step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
        for part in parts:
            begun.append(step.name)
            if begun.count("search") == 5 and "again" not in begun:
                raise how
            yield from as_tasks(step, basis, [part])

    monkeypatch.setattr(SparkEngine, "search", lambda _self: ends)
    options, lines = SparkOptions(master="local[1]"), list[str]()
    if how is Killed:
        monkeypatch.setattr(detection, "fail_run", lambda *_given: None)
    with Workspace(workspace) as opened:
        alone = opened.detect(**ASKED)
        with pytest.raises(how):
            opened.detect(**ASKED, spark=options)
    with Store(workspace, read_only=True) as store:
        state = "running" if how is Killed else "failed"
        assert store.rows("SELECT state FROM runs ORDER BY run_id") == [("finished",), (state,)]
    assert results(workspace, 2) == [[], [], [], [], []]
    assert len(list(workspace.parent.glob("posts.duckdb.parts/run-2/*/search *.npz"))) == 4
    runs._BEGUN_HERE.clear()  # as in a new process
    begun.append("again")
    with Workspace(workspace) as opened:
        together = opened.detect(**ASKED, spark=options, progress=lines.append)
    assert together.run_id == 2
    assert "Going on with run:2, which was interrupted" in lines
    assert "4 of 12 parts of the search were finished before" in lines
    assert begun[begun.index("again") :].count("search") == 8
    assert results(workspace, 2) == results(workspace, alone.run_id)
    assert results(workspace, 2)[2]
    assert not list(workspace.parent.glob("*.parts"))


def test_another_search_begins_anew(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ends(step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
        yield from spread_here(step, basis, parts[:3])
        raise KeyboardInterrupt

    monkeypatch.setattr(SparkEngine, "search", lambda _self: ends)
    with Workspace(workspace) as opened:
        for seed in (1, 2):
            with pytest.raises(KeyboardInterrupt):
                opened.detect(**ASKED, seed=seed, spark=SparkOptions(master="local[1]"))
        kept = [one.name for one in workspace.parent.glob("posts.duckdb.parts/*")]
    assert kept == ["run-2"]
    with Store(workspace, read_only=True) as store:
        notes = store.rows("SELECT summary FROM runs ORDER BY run_id")
    assert [json.loads(one[0]) for one in notes] == 2 * [{"finished_parts": True}]
