"""More than chance, but by little: such networks are shown so, and not headlined."""

from __future__ import annotations

import pytest

from tests.coordination.explanations.builders import MEMBERS, World, declare, explained, together
from tests.coordination.explanations.test_verdicts import members
from undazzle.coordination.explanations import explain_network
from undazzle.coordination.explanations.slight import LEAST_RATIO, judge


@pytest.mark.parametrize(("observed", "least", "verdict"), [(121, 1.01, "fits"), (460, 3.1, "does_not_fit")])
def test_a_small_excess_is_told_from_a_large_one(observed: int, least: float, verdict: str) -> None:
    found = judge(observed, 115.0, 60, least)
    assert found.verdict == verdict
    assert f"{observed} times on things kept back, where chance gives 115.0" in found.seen
    assert (found.value, found.n) == (observed / 115.0, 60)
    assert f"at least {least:.2f}" in found.seen


def test_few_things_make_an_effect_uncertain_and_not_small() -> None:
    assert judge(7, 1.9, 3, 0.0).verdict == "does_not_fit"


def test_what_was_not_counted_is_not_testable() -> None:
    found = explained(World(together(8), members()).crowd().store(), MEMBERS, ["link"])
    assert found.results["slight"].verdict == "not_testable"


@pytest.mark.parametrize(("observed", "verdict"), [(49, "fits"), (40 * LEAST_RATIO, "does_not_fit")])
def test_the_figures_of_the_named_accounts_decide(observed: int, verdict: str) -> None:
    store = World(together(8), members()).crowd().store()
    run = declare(store, MEMBERS, ["link"], 60.0)
    store.execute(
        "UPDATE networks SET own_accounts = 5, own_items = 8, own_observed = ?, own_expected = 40.0,"
        " own_least_ratio = 1.0 WHERE run_id = ?",
        [observed, run],
    )
    assert explain_network(store, run, 1).results["slight"].verdict == verdict


def test_what_does_not_exceed_chance_is_not_said_to() -> None:
    assert "That is no more than chance:" in judge(114, 115.0, 60, 0.8).seen
    assert "That is more than chance, but by little:" in judge(121, 115.0, 60, 0.9).seen
