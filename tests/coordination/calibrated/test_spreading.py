"""Whoever works on the parts of a search, in whatever order and wherever, the candidates are the same to the bit."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination.calibrated.worlds import DAY, crowd, planted, slots_of
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates, is_confirmed
from undazzle.coordination.calibrated.group_test import GroupCount
from undazzle.coordination.calibrated.member_test import MemberTests
from undazzle.coordination.calibrated.packing import pack, unpack
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.spreading import Columns, Spread, Step, spread_here

WINDOWS = [60, 600]


def backwards_and_alone(step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
    """Work on the last part first, each with a basis of its own that was sent, and send back what came out."""
    sent = [pickle.dumps((basis.slots, basis.windows, basis.day, basis.settings, part)) for part in parts]
    found = []
    for one in reversed(sent):
        *shared, part = pickle.loads(one)
        found.append(pickle.dumps(step.work(Basis(*shared), part)))
    yield from (pickle.loads(one) for one in reversed(found))


def columns_of(spread: Spread) -> Columns:
    slots = slots_of(planted(crowd(2), 2)[0], WINDOWS)[0]
    found = find_candidates(slots, WINDOWS, DAY, CalibratedSettings(), spread)
    assert any(is_confirmed(one, CalibratedSettings()) for one in found)
    return pack(Candidate, found)


def test_parts_can_be_worked_on_in_any_order_and_apart() -> None:
    usual, again = columns_of(spread_here), columns_of(backwards_and_alone)
    assert usual.keys() == again.keys()
    for name, values in usual.items():
        assert values.dtype == again[name].dtype
        assert values.tobytes() == again[name].tobytes(), name


@pytest.mark.parametrize("threads", [1, 3])
def test_this_machine_gives_parts_back_in_their_order(threads: int) -> None:
    slots = slots_of(crowd(1), WINDOWS)[0]
    step = Step("doubled", lambda _basis, part: {"twice": np.array([2 * part])}, threads)
    parts = spread_here(step, Basis(slots, WINDOWS, DAY, CalibratedSettings()), range(50))
    assert [int(one["twice"][0]) for one in parts] == list(range(0, 100, 2))


numbers = st.floats(allow_nan=False, width=64)
whole = st.integers(-(2**62), 2**62)


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    many = draw(st.integers(0, 4))

    def ints() -> Any:
        return np.array(draw(st.lists(whole, min_size=many, max_size=many)), dtype=np.int64)

    def floats(size: int) -> Any:
        return np.array(draw(st.lists(numbers, min_size=size, max_size=size)), dtype=np.float64)

    count = GroupCount(
        draw(whole), draw(numbers), draw(whole), draw(whole), draw(whole), floats(draw(st.integers(0, 3)))
    )
    tests = MemberTests(ints(), *(floats(many) for _ in range(4)))
    place = (draw(st.integers(0, 5)), draw(st.integers(0, 1)), draw(whole))
    return Candidate(*place, ints(), count, draw(whole), tests, floats(many), draw(numbers), draw(numbers))


@given(st.lists(candidates(), max_size=4))
def test_what_is_packed_comes_out_as_it_was(found: list[Candidate]) -> None:
    again = unpack(Candidate, pack(Candidate, found))
    assert len(again) == len(found)
    for one, other in zip(found, again, strict=True):
        assert repr(one) == repr(other)
