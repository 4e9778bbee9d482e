"""Each rule finds what it is for and leaves apart what may both be so; nothing is ever resolved."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.casebook.builders import a_case, a_claim, a_claimant, a_record, a_source, a_target, an_actor, an_incident
from undazzle.casebook import Contradiction, case_of, find_contradictions, provenance
from undazzle.casebook.origins import independent_origins, origin_of, relay_chain
from undazzle.casebook.records import Record

PAPER = [a_claimant("paper", category="media"), a_source("paper", publisher="claimant:paper", source_kind="press")]


def found(*records: Record) -> tuple[Contradiction, ...]:
    return find_contradictions(a_case(*PAPER, *records))


def said_by_paper(name: str, **fields: Any) -> Record:
    return a_claim(name, **{"claimant": "claimant:paper", "source": "source:paper", **fields})


NOT_SEEN = {"proposition": {"polarity": "negative-finding"}}


def test_a_case_without_opposed_claims_has_none() -> None:
    assert found(a_claim("one"), said_by_paper("two")) == ()


def test_yes_against_no_is_a_contradiction_with_origins_on_both_sides() -> None:
    (one,) = found(a_claim("yes"), said_by_paper("no", **NOT_SEEN))
    assert (one.kind, one.level, one.fields) == ("polarity", "contradiction", ("polarity",))
    assert {side.origins for side in one.sides} == {("claimant:harbour-office",), ("claimant:paper",)}
    assert one.opposes("claim:yes", "claim:no") and not one.opposes("claim:yes", "claim:yes")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"speech": "opinion"}, "opinion"),
        ({"force": "suggests"}, "suggests"),
        ({"is_truncated": True}, "breaks off"),
        ({"proposition": {"scope": "the north pier"}}, "limited"),
        ({"supersedes": "claim:no"}, "replaces"),
    ],
)
def test_what_may_both_be_so_is_only_a_tension(changes: dict[str, Any], reason: str) -> None:
    (one,) = found(a_claim("yes", **changes), said_by_paper("no", **NOT_SEEN))
    assert one.level == "tension" and reason in one.conflicts[0].reasons[0]


@pytest.mark.parametrize(
    "proposition",
    [
        {"event": "event:other-vote"},
        {"actors": ["actor:another-line"]},
        {"act_class": "espionage"},
        {"targets": ["target:tourists"]},
        {"aspect": "effect", "answer": "none"},
    ],
)
def test_other_elections_actors_acts_targets_and_questions_are_not_compared(proposition: dict[str, Any]) -> None:
    other = {"proposition": {"polarity": "negative-finding", **proposition}}
    extra = [
        an_actor("another-line"),
        a_target("tourists"),
        a_record("event", "other-vote", name="o", event_kind="law", begin="2024"),
    ]
    assert found(a_claim("yes"), said_by_paper("no", **other), *extra) == ()


def test_a_negative_about_the_whole_meets_a_positive_about_a_part_and_not_the_reverse() -> None:
    part = a_target("children", part_of=["target:passengers"])
    inside = {"proposition": {"targets": ["target:children"]}}
    outside = {"proposition": {"polarity": "negative-finding", "targets": ["target:children"]}}
    assert len(found(part, a_claim("yes", **inside), said_by_paper("no", **NOT_SEEN))) == 1
    assert found(part, a_claim("yes"), said_by_paper("no", **outside)) == ()


def test_actors_of_one_family_are_compared_without_being_called_the_same() -> None:
    tie = {"relation": "linked-to", "to": "actor:ferry-line", "said_by": "claimant:paper"}
    crew = an_actor("crew", actor_kind="group", relations=[tie])
    yes = a_claim("yes", proposition={"actors": ["actor:crew"]})
    assert len(found(crew, yes, said_by_paper("no", **NOT_SEEN))) == 1


def test_weighed_against_done_is_a_difference_of_degree() -> None:
    weighed = said_by_paper("weighed", proposition={"deployment": "considered"})
    (one,) = found(a_claim("done", proposition={"deployment": "deployed"}), weighed)
    assert (one.kind, one.fields) == ("degree", ("deployment",))


def test_different_levels_of_approval_are_a_difference_of_degree() -> None:
    ordered, tacit = ({"proposition": {"approval": word}} for word in ("ordered", "tacit"))
    (one,) = found(a_claim("one", **ordered), said_by_paper("two", **tacit))
    assert (one.kind, one.fields) == ("degree", ("approval",))


def counting(name: str, paper: bool, **quantity: Any) -> Record:
    given = {"counted": "posters", "measure": "north-pier", **quantity}
    return (said_by_paper if paper else a_claim)(name, quantities=[given])


def test_the_same_count_with_other_numbers_is_a_contradiction() -> None:
    (one,) = found(counting("a", False, value=9), counting("b", True, value=12))
    assert (one.kind, one.level) == ("number", "contradiction")


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ({"value": 9}, {"value": 12, "measure": "south-pier"}, "tension"),
        ({"value": 9, "as_of": "2024-05-01"}, {"value": 12, "as_of": "2024-05-02"}, "tension"),
        ({"value": 9, "is_approximate": True}, {"value": 12}, "tension"),
        ({"value": 9, "is_at_least": True}, {"value": 12}, None),
        ({"value": 9}, {"value": 9}, None),
        ({"value": 9, "is_at_least": True}, {"value": 12, "is_at_least": True}, None),
        ({"value": 9}, {"value": 7, "is_at_least": True}, None),
        ({"value": 5}, {"value": 7, "is_at_least": True}, "contradiction"),
    ],
)
def test_numbers_are_set_against_each_other_only_where_that_is_fair(
    first: dict[str, Any], second: dict[str, Any], level: str | None
) -> None:
    levels = [one.level for one in found(counting("a", False, **first), counting("b", True, **second))]
    assert levels == ([level] if level else [])


def test_confidence_that_changes_in_retelling_is_found() -> None:
    root = a_claim("root", confidence={"word": "moderate"})
    (one,) = found(root, said_by_paper("retold", relays="claim:root", confidence={"word": "high"}))
    assert (one.kind, one.level, one.fields) == ("confidence", "contradiction", ("confidence",))
    assert found(root, said_by_paper("retold", relays="claim:root", confidence={"word": "moderate"})) == ()
    assert found(root, said_by_paper("retold", relays="claim:root")) == ()


def test_a_finding_credited_to_somebody_else_is_found() -> None:
    other = a_claimant("harbour-police")
    wrong = said_by_paper("retold", relays="claim:root", stated_origin="claimant:harbour-police")
    right = said_by_paper("retold", relays="claim:root", stated_origin="claimant:harbour-office")
    (one,) = found(other, a_claim("root"), wrong)
    assert (one.kind, one.fields) == ("origin", ("stated_origin",))
    assert found(other, a_claim("root"), right) == ()
    inside = a_claimant("harbour-police", part_of="claimant:harbour-office")
    assert found(inside, a_claim("root"), wrong) == ()


def test_one_word_in_two_meanings_is_a_tension_of_definition() -> None:
    broad = a_claim("broad", proposition={"definition": "unstated"})
    narrow = {"polarity": "negative-finding", "definition": "technical-aspects", "act_class": "interference-technical"}
    (one,) = found(broad, said_by_paper("narrow", proposition=narrow))
    assert (one.kind, one.level) == ("definition", "tension")


def test_a_denial_and_an_assurance_stand_against_what_is_asserted() -> None:
    line = a_claimant("line-office", speaks_for="actor:ferry-line", category="foreign-government")
    denial = a_claim(
        "denial", claimant="claimant:line-office", claimed="2024-05-03", proposition={"polarity": "denies"}
    )
    pledge = a_claim("pledge", claimant="claimant:line-office", proposition={"polarity": "assurance"})
    (one,) = found(line, a_claim("yes"), denial, pledge)
    assert one.kind == "denial" and [side.position for side in one.sides] == ["asserted", "denied", "assured not to"]
    assert {(pair.right, pair.level) for pair in one.conflicts} == {(1, "contradiction"), (2, "tension")}
    assert one.opposes("claim:yes", "claim:denial") and not one.opposes("claim:denial", "claim:pledge")


def test_ten_outlets_that_quote_one_briefing_are_one_origin() -> None:
    relays = [said_by_paper(f"r{number}", relays="claim:root") for number in range(10)]
    case = a_case(*PAPER, a_claim("root"), *relays)
    assert independent_origins(case, case.claims.values()) == {"claimant:harbour-office"}
    known = provenance(case, ())["claim:root"]
    assert (known.single_sourced, known.corroboration_count, known.assertions_count) == (True, 1, 11)


def test_what_rests_on_another_claim_adds_no_origin() -> None:
    resting = said_by_paper("resting", rests_on=["claim:root"])
    case = a_case(*PAPER, a_claim("root"), resting)
    assert provenance(case, ())["claim:root"].corroboration_count == 1
    case = a_case(*PAPER, a_claim("root"), said_by_paper("own"))
    assert provenance(case, ())["claim:root"].corroboration_count == 2


def test_those_of_whom_nobody_knows_who_they_are_corroborate_nothing() -> None:
    unknown = a_claimant("somebody", category="unknown")
    case = a_case(unknown, a_claim("root"), a_claim("whisper", claimant="claimant:somebody"))
    assert independent_origins(case, case.claims.values()) == {"claimant:harbour-office"}


def test_a_relay_chain_ends_at_its_origin_and_a_ring_where_it_would_begin_again() -> None:
    case = a_case(*PAPER, a_claim("a"), said_by_paper("b", relays="claim:a"), said_by_paper("c", relays="claim:b"))
    assert [one.id for one in relay_chain(case, case.claims["claim:c"])] == ["claim:c", "claim:b", "claim:a"]
    assert origin_of(case, case.claims["claim:c"]) == "claimant:harbour-office"
    ring = a_case(a_claim("a", relays="claim:b"), a_claim("b", relays="claim:a"))
    assert len(relay_chain(ring, ring.claims["claim:a"])) == 2


def test_the_order_of_records_does_not_matter() -> None:
    records = [
        *PAPER,
        a_claim("yes"),
        said_by_paper("no", **NOT_SEEN),
        counting("a", False, value=9),
        counting("b", True, value=12),
    ]
    case = a_case(*records, an_incident(["claim:yes", "claim:no", "claim:a", "claim:b"]))
    expected = {(one.code, one.level, frozenset(one.claims)) for one in find_contradictions(case)}
    for seed in range(5):
        shuffled = list(case)
        random.Random(seed).shuffle(shuffled)
        again = find_contradictions(case_of(case.head, shuffled))
        assert {(one.code, one.level, frozenset(one.claims)) for one in again} == expected


def test_provenance_says_what_conflicts_and_on_which_fields() -> None:
    case = a_case(
        *PAPER, a_claim("yes"), said_by_paper("no", **NOT_SEEN), a_claim("apart", proposition={"event": None})
    )
    known = provenance(case, find_contradictions(case))
    assert known["claim:yes"].has_conflicts and known["claim:yes"].conflicting_fields == ("polarity",)
    assert not known["claim:apart"].has_conflicts and known["claim:apart"].contradictions == ()
    assert known["claim:yes"].first_asserted == "2024-05-02"
