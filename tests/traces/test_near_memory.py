"""Near-identical texts within a limit of memory: the same groups, a plan beforehand, and a refusal with the number."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import undazzle.store.memory as memory_room
import undazzle.traces.near_plan as planning
import undazzle.traces.near_storage as storage
from tests.traces.builders import traces_of, workspace_of
from undazzle.errors import TooLargeError, WorkspaceError
from undazzle.store import Store
from undazzle.store.memory import Memory
from undazzle.traces import extract_traces
from undazzle.traces.near_bands import runs_of
from undazzle.traces.near_text import near_item, near_item_sql, near_leaders
from undazzle.workspace import Workspace

_WORDS = [f"word{number}" for number in range(40)]


def some_texts(seed: int, count: int) -> list[str]:
    """Texts of which many are like another."""
    chance = random.Random(seed)
    seeds = [chance.choices(_WORDS, k=12) for _ in range(max(1, count // 8))]
    texts = set()
    for _ in range(count):
        words = list(chance.choice(seeds))
        for _ in range(chance.randrange(4)):
            words[chance.randrange(len(words))] = chance.choice(_WORDS)
        texts.add(" ".join(words))
    return sorted(texts)


def tight(monkeypatch: pytest.MonkeyPatch, room: int) -> Memory:
    """Return a limit that leaves so many bytes for arrays, whatever Python and the database need."""
    monkeypatch.setattr(memory_room, "LOADED", 400_000_000 - room)
    monkeypatch.setattr(memory_room, "SMALLEST_DATABASE", 50_000_000)
    for name in ("_FEWEST_PIECES", "_FEWEST_LETTERS", "SMALLEST_WINDOW"):
        monkeypatch.setattr(planning, name, 100)
    return Memory(450_000_000)


@given(st.lists(st.integers(0, 30), max_size=60))
def test_runs_are_the_texts_of_equal_keys(small: list[int]) -> None:
    keys = np.array(small, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    by_key = defaultdict(list)
    for text, key in enumerate(keys.tolist()):
        by_key[key].append(text)
    expected = [texts for _, texts in sorted(by_key.items()) if len(texts) > 1]
    members, lengths = runs_of(keys)
    assert [part.tolist() for part in np.split(members, np.cumsum(lengths)[:-1])][: len(lengths)] == expected


@pytest.mark.parametrize("room", [160_000, 400_000, 1_000_000])
@pytest.mark.parametrize("threshold", [0.4, 0.7])
def test_groups_do_not_depend_on_the_limit(room: int, threshold: float, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = some_texts(room, 900)
    expected = near_leaders(texts, threshold)
    assert np.count_nonzero(expected != np.arange(len(texts))) > 100
    memory = tight(monkeypatch, room)
    plan = planning.plan_for(len(texts), threshold, memory)
    assert plan.on_disk
    assert plan.pieces > 1 or room > 200_000
    assert near_leaders(texts, threshold, memory).tolist() == expected.tolist()


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 200))
def test_groups_of_few_texts_do_not_depend_on_the_limit(seed: int, count: int) -> None:
    texts = some_texts(seed, count)
    with pytest.MonkeyPatch.context() as monkeypatch:
        memory = tight(monkeypatch, 60_000)
        found = near_leaders(texts, 0.6, memory)
    assert found.tolist() == near_leaders(texts, 0.6).tolist()


def test_the_window_of_files_is_used_where_memory_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planning.plan_for(1_000, 0.7, tight(monkeypatch, 200_000))
    assert plan.window(10, 100) is None
    assert (plan.window(1_000, 300_000) or 0) > 0
    assert planning.plan_for(1_000, 0.7, Memory()).window(1_000, 300_000) is None


def test_what_cannot_fit_is_refused_with_the_number_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    with workspace_of([{"text": text} for text in some_texts(1, 300)]) as store:
        store.memory = tight(monkeypatch, 5_000)
        with pytest.raises(TooLargeError, match=r"different texts.*--memory [\d.]+GB.*--trace") as caught:
            extract_traces(store, "near_text")
        assert caught.value.needed > caught.value.allowed
        assert store.rows("SELECT (SELECT count(*) FROM trace_sets), (SELECT count(*) FROM items)") == [(0, 0)]
        store.memory = tight(monkeypatch, 30_000_000)
        assert extract_traces(store, "near_text").traces > 0


def test_too_many_texts_that_may_be_alike_are_refused_with_what_would_help(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = tight(monkeypatch, 300_000)
    monkeypatch.setattr(planning, "MAPPED_BYTES", 1_000)
    with pytest.raises(TooLargeError, match=r"texts that may be like another.*--memory.*threshold"):
        near_leaders(some_texts(2, 900), 0.7, memory)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_is_said_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    with workspace_of([{"text": text} for text in some_texts(1, 300)]) as store:
        store.memory = tight(monkeypatch, 150_000)
        with monkeypatch.context() as full:
            always_full = Path("/dev/full").open
            full.setattr(storage.tempfile, "TemporaryFile", lambda **_: always_full("r+b", buffering=0))
            with pytest.raises(WorkspaceError, match=r"No space left.*Free some space there"):
                extract_traces(store, "near_text")
        assert store.rows("SELECT count(*) FROM trace_sets") == [(0,)]
        assert extract_traces(store, "near_text").traces > 0


def test_a_plan_is_said_beforehand_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    posts = [{"text": text} for text in some_texts(3, 400)]
    with workspace_of(posts) as store:
        assert extract_traces(store, "near_text").plan == ()
        expected = traces_of(store, "near_text")
    said: list[str] = []
    with workspace_of(posts) as store:
        store.memory = tight(monkeypatch, 150_000)
        found = extract_traces(store, "near_text", say=said.append)
        assert traces_of(store, "near_text") == expected
        assert extract_traces(store, "near_text", say=said.append).plan == ()  # found, not made again
    assert list(found.plan) == said
    assert len(said) == 2
    assert "at most" in said[0]
    assert "from files" in said[1]


def test_texts_are_folded_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    posts = [{"text": f"Паром номер {number % 7} снова опаздывает сегодня утром"} for number in range(30)]
    with workspace_of(posts) as store:
        expected = traces_of(store, "text")
    monkeypatch.setattr("undazzle.traces.filling._STEP", 2)
    with workspace_of(posts) as store:
        assert traces_of(store, "text") == expected
    assert len(expected) == 30


def test_the_plan_is_kept_with_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    rows = [
        {"post_id": f"p{n}", "account_id": f"a{n % 9}", "posted_at": 1_700_000_000 + n, "text": text}
        for n, text in enumerate(some_texts(4, 400))
    ]
    (tmp_path / "posts.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.ingest(tmp_path / "posts.jsonl")
        workspace.store.memory = tight(monkeypatch, 150_000)
        run = workspace.detect("near_text", method="window", explain=False, trust=False, progress=said.append)
    plan = run.record.summary["memory"]["plan"]
    assert plan == [line for line in said if line.startswith("Plan within")]
    assert sum("near-identical texts" in line for line in plan) == 2


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=100))
@settings(max_examples=60)
def test_items_of_the_database_are_those_of_python(leader: str) -> None:
    with Store() as store:
        assert store.rows(f"SELECT {near_item_sql('leader')} FROM (SELECT ? AS leader)", [leader]) == [
            (near_item(leader),)
        ]


_UNDER_A_LIMIT = """
import resource, sys
from undazzle.workspace import Workspace
from undazzle.traces import extract_traces
import numba, pyarrow, rensa
import undazzle.traces.near_places
with Workspace(sys.argv[1], memory=sys.argv[2] or None, threads=1) as workspace:
    if sys.argv[2]:
        own = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmData"))) * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (own + 400_000_000, resource.RLIM_INFINITY))
    found = extract_traces(workspace.store, "near_text")
    rows = "SELECT bit_xor(hash(item, post_key)), count(*) FROM traces JOIN items USING (item_key)"
    peak = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))) // 1024
    print("\\n", *workspace.store.rows(rows)[0], peak, "files" if "from files" in "".join(found.plan) else "memory")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of data are Linux's")
def test_the_plan_holds_under_an_enforced_limit(tmp_path: Path) -> None:
    """200,000 different texts, of which many agree in some band, take 600 MB in one go, measured."""
    chance = random.Random(5)
    words = [f"w{number}" for number in range(3_000)]
    starts = [" ".join(chance.choices(words, k=15)) for _ in range(20_000)]
    with (tmp_path / "posts.jsonl").open("w", encoding="utf-8") as file:
        for number in range(200_000):
            text = f"{starts[number % 20_000]} {chance.choice(words)} {chance.choice(words)}"
            post = {"post_id": f"p{number}", "account_id": f"a{number % 997}", "posted_at": 1_700_000_000 + number}
            file.write(json.dumps({**post, "text": text}) + "\n")
    for name in ("limited.duckdb", "free.duckdb"):
        with Workspace(tmp_path / name) as workspace:
            workspace.ingest(tmp_path / "posts.jsonl")
    found = {}
    # The first compiles, which takes memory of its own and is no part of the plan; the second is measured.
    for name, memory in (("free.duckdb", ""), ("limited.duckdb", "450MB")):
        command = [sys.executable, "-c", _UNDER_A_LIMIT, str(tmp_path / name), memory]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        found[name] = done.stdout.splitlines()[-1].split()
    assert found["limited.duckdb"][:2] == found["free.duckdb"][:2]
    assert int(found["free.duckdb"][1]) > 10_000
    assert int(found["limited.duckdb"][2]) < 450
    assert found["limited.duckdb"][3] == "files"
