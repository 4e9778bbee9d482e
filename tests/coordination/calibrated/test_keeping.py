"""An interrupted search goes on with the parts that were finished; no part of another search is ever taken for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.coordination.calibrated.worlds import DAY, crowd, planted, slots_of
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates
from undazzle.coordination.calibrated.keeping import KeptParts, digest
from undazzle.coordination.calibrated.packing import pack
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.spreading import Columns, Step, spread_here
from undazzle.coordination.finished_parts import parts_folder, remove_parts

WINDOWS = [60, 600]


class Counted:
    """Works here, counts the parts of each step, and is interrupted after some."""

    def __init__(self, stops_after: int = 10**9) -> None:
        self.parts: dict[str, int] = {}
        self.left = stops_after

    def __call__(self, step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
        for part in parts:
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            self.parts[step.name] = self.parts.get(step.name, 0) + 1
            yield from spread_here(step, basis, [part])


def search(spread: Any) -> Columns:
    slots = slots_of(planted(crowd(2), 2)[0], WINDOWS)[0]
    return pack(Candidate, find_candidates(slots, WINDOWS, DAY, CalibratedSettings(), spread))


def same(one: Columns, other: Columns) -> bool:
    return one.keys() == other.keys() and all(one[name].tobytes() == other[name].tobytes() for name in one)


def test_an_interrupted_search_goes_on_with_what_was_finished(tmp_path: Path) -> None:
    usual, said = search(spread_here), list[str]()
    first, again = Counted(stops_after=7), Counted()
    with pytest.raises(KeyboardInterrupt):
        search(KeptParts(first, tmp_path / "parts"))
    assert same(search(KeptParts(again, tmp_path / "parts", said.append)), usual)
    assert first.parts["survey"] + first.parts["search"] == 7
    assert "survey" not in again.parts
    assert first.parts["search"] + again.parts["search"] == 12
    assert said[0] == "1 of 1 parts of the survey were finished before"
    nothing_left = Counted(stops_after=0)
    assert same(search(KeptParts(nothing_left, tmp_path / "parts")), usual)


def test_a_broken_part_is_worked_out_again(tmp_path: Path) -> None:
    usual = search(KeptParts(spread_here, tmp_path))
    files = sorted(tmp_path.glob("*/search *.npz"))
    assert len(files) == 12
    files[3].write_bytes(files[3].read_bytes()[:-30])
    files[4].write_bytes(b"")
    again = Counted()
    assert same(search(KeptParts(again, tmp_path)), usual)
    assert again.parts == {"search": 2}


def test_many_parts_share_few_files(tmp_path: Path) -> None:
    basis = Basis(slots_of(crowd(1), WINDOWS)[0], WINDOWS, DAY, CalibratedSettings())
    step = Step("doubled", lambda _basis, part: {"twice": np.array([2 * part])})
    for spread in (spread_here, Counted(stops_after=0)):
        parts = KeptParts(spread, tmp_path)(step, basis, range(1_000))
        assert [int(one["twice"][0]) for one in parts] == list(range(0, 2_000, 2))
    assert len(list(tmp_path.glob("*/*.npz"))) == 63
    assert list(KeptParts(spread_here, tmp_path)(step, basis, [])) == []


def test_whatever_a_search_looks_at_changes_its_digest() -> None:
    slots, settings = slots_of(crowd(1), WINDOWS)[0], CalibratedSettings()
    moved = slots.events.at.copy()
    moved[-1] += 1
    others = [
        Basis(replace(slots, events=replace(slots.events, at=moved)), WINDOWS, DAY, settings),
        Basis(slots.with_accounts(slots.events.account[::-1].copy()), WINDOWS, DAY, settings),
        Basis(replace(slots, bits=slots.bits ^ 1), WINDOWS, DAY, settings),
        Basis(slots, WINDOWS[:1], DAY, settings),
        Basis(slots, WINDOWS, DAY + 1, settings),
        Basis(slots, WINDOWS, DAY, replace(settings, seed=1)),
    ]
    one = digest(Basis(slots, WINDOWS, DAY, settings))
    assert len({one, *(digest(other) for other in others)}) == 7
    named = replace(slots, events=replace(slots.events, post=slots.events.post + 1))
    slots.near_share(60)
    assert digest(Basis(named, WINDOWS, DAY, settings)) == digest(Basis(slots, WINDOWS, DAY, settings)) == one


def test_parts_of_other_runs_are_removed(tmp_path: Path) -> None:
    workspace = tmp_path / "posts.duckdb"
    for run in (1, 2):
        parts_folder(workspace, run).mkdir(parents=True)
    remove_parts(workspace, but=2)
    assert [one.name for one in (tmp_path / "posts.duckdb.parts").iterdir()] == ["run-2"]
    remove_parts(workspace)
    assert not list(tmp_path.iterdir())
