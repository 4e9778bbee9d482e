from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from undazzle.casebook import load_case, shipped_edition
from undazzle.casebook.observation import Amplifier, Outcome
from undazzle.casebook.vocabulary import CoverageKind
from undazzle.impact import Seen, breakout_over_time, seen_from_observation

SCENARIOS = yaml.safe_load(Path(__file__).with_name("scenarios.yaml").read_text(encoding="utf-8"))


def seen_of(words: dict[str, object]) -> Seen:
    given_ = {**words, "day": str(words["day"])}
    for name, kind in (("amplifier", Amplifier), ("coverage", CoverageKind), ("outcome", Outcome)):
        if name in given_:
            given_[name] = kind(given_[name])
    return Seen(**given_)  # type: ignore[arg-type]  # checked by the classifier's own types


def test_there_are_twenty_scenarios() -> None:
    assert len(SCENARIOS) == 20


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one["words"][:60])
def test_a_worded_scenario_gets_the_category_of_the_key(scenario: dict[str, object]) -> None:
    seen = [seen_of(one) for one in scenario["seen"]]  # type: ignore[attr-defined]  # a list by the file
    assert breakout_over_time(seen).category == scenario["category"]


def test_the_category_rises_on_the_day_it_was_reached() -> None:
    steps = breakout_over_time(
        [
            Seen("2024-05", "Newspaper", amplifier=Amplifier.MAINSTREAM_MEDIA),
            Seen("2024-03-01", "X", "own", Amplifier.OPERATION),
            Seen("2024-05-30", "X", amplifier=Amplifier.CELEBRITY),
        ]
    ).steps
    # a month counts from its end, so the celebrity of 30 May comes before the newspaper of "May"
    assert [(one.day, one.category) for one in steps] == [("2024-03-01", 1), ("2024-05-30", 5)]


def test_exposure_is_counted_apart_and_said_so() -> None:
    found = breakout_over_time([Seen("2024-03-01", coverage=CoverageKind.EXPOSED)])
    assert (found.category, found.exposed) == (None, 1)
    assert "does not count as reach" in found.sentence


def test_an_outcome_without_a_source_is_named_and_not_counted() -> None:
    found = breakout_over_time([Seen("2024-03-01", "X", outcome=Outcome.OFFLINE_ACTION, basis="observation:one")])
    assert found.category == 1
    assert "observation:one" in found.notes[0]


def test_observations_of_the_shipped_edition_never_force_a_category_on_what_was_only_exposed() -> None:
    case = load_case(shipped_edition())
    one = seen_from_observation(case.observations["observation:bomb-threat-closures"])
    assert breakout_over_time([one]).category is None


@given(st.integers(0, 2**32), st.sets(st.integers(0, 19), min_size=1, max_size=4))
def test_the_order_of_observations_does_not_matter_and_more_of_them_never_lower_it(seed: int, which: set[int]) -> None:
    seen = [seen_of(one) for number in sorted(which) for one in SCENARIOS[number]["seen"]]
    shuffled = list(seen)
    Random(seed).shuffle(shuffled)
    whole = breakout_over_time(seen)
    assert breakout_over_time(shuffled).category == whole.category
    assert (breakout_over_time(seen[:-1]).category or 0) <= (whole.category or 0)
