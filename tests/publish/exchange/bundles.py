"""Small cases for the exchange formats, and readers of what they were written as."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.casebook.builders import a_case, a_claim, a_claimant, a_finding, a_matrix, a_record, an_actor, an_incident
from undazzle.casebook import Case, load_case, shipped_edition

IDENTIFIER = re.compile(r"[a-z][a-z0-9-]+--[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@cache
def edition() -> Case:
    return load_case(shipped_edition())


def a_rich_case() -> Case:
    """Return a case in which a harbour office finds, a paper repeats, the ferry line denies and another saw none."""
    found = a_claim(
        "found", confidence={"word": "moderate", "quoted": "moderate confidence"}, attribution="direct",
        methods=["T0097.202", "T0055", "attack:T1566", "local:hoax-threat"], platforms=["Pier Board"],
        narratives=["timetable-false"], quantities=[{"counted": "posters", "value": 12}], speech="judgment",
        likelihood={"word": "likely", "quoted": "likely"}, credibility="probably-true", credibility_basis="Seen.",
    )  # fmt: skip
    relay = a_claim("repeated", claimant="claimant:paper", relays="claim:found", verification="secondary")
    denial = a_claim(
        "denied", claimant="claimant:line", responds_to=["claim:found"], proposition={"polarity": "denies"}
    )
    empty = a_claim("not-seen", claimant="claimant:other-office", proposition={"polarity": "negative-finding"})
    parties = [
        a_claimant("paper", category="media"),
        a_claimant("other-office"),
        a_claimant("line", category="foreign-government", speaks_for="actor:ferry-line"),
        an_actor("blue-boats", actor_kind="group", aliases=[{"name": "Blue Ferries", "said_by": "claimant:paper"}],
                 relations=[{"relation": "linked-to", "to": "actor:ferry-line", "said_by": "claimant:paper"}]),
        an_actor("night-ferry", actor_kind="campaign"),
    ]  # fmt: skip
    incident = an_incident(
        [one.id for one in (found, relay, denial, empty)], "posters", event="event:harbour-vote",
        begin="2024-04-01", breakout={"category": 2, "basis": "Two boards."}, countermeasures=["countermeasure:gone"],
    )  # fmt: skip
    done = a_record(
        "countermeasure", "gone", title="Posters taken down", countermeasure_kind="takedown", done="2024-05-03",
        done_by="claimant:harbour-office", source="source:harbour-report", against=["actor:ferry-line"],
    )  # fmt: skip
    seen = a_record("observation", "seen", incident="incident:posters", observed="2024-04-02", platform="Pier Board")
    card = a_record(
        "scorecard", "card", incident="incident:posters",
        codings=[{"coder": "A", "answers": {"attribution_clarity": "true", "attribution_methodology": "false"}}],
    )  # fmt: skip
    signed = a_record(
        "assessment", "ours", statement="The posters are likely the ferry line's.", likelihood="likely",
        confidence_statement="Two offices looked.", confidence="moderate", incidents=["incident:posters"],
        claims=["claim:found"], alternatives=["A fan club hung them."], would_change=["A photograph."],
        signed_by="A. Reader", signed="2024-06-01",
    )  # fmt: skip
    found_network = a_finding()
    weighed = a_matrix("claim:found")
    later = a_record(
        "assessment", "theirs", statement="The posters are very likely one hand's.", likelihood="very-likely",
        confidence_statement="Counted twice.", confidence="low", rung="cluster", alternatives=["Fans."],
        would_change=["A photograph."], limits=["It names nobody."], matrix="matrix:who", signed_by="B. Reader",
        evidence=[{"finding": "finding:otter", "evidence_kind": "behavioural", "access": "open", "says": "276 to 33"}],
        signed="2024-06-02", replaces="assessment:ours", changed_because="Counted again.",
    )  # fmt: skip
    back = a_record("retraction", "theirs", assessment="assessment:theirs", reason="A mistake.", signed_by="B. Reader",
                    signed="2024-06-03")  # fmt: skip
    records = (
        *parties,
        found,
        relay,
        denial,
        empty,
        incident,
        done,
        seen,
        card,
        signed,
        found_network,
        weighed,
        later,
        back,
    )
    return a_case(*records, head={"updated": "2024-07-01", "licence": "CC-BY-4.0"})


def of_type(bundle: dict[str, Any], object_type: str) -> list[dict[str, Any]]:
    return [one for one in bundle["objects"] if one["type"] == object_type]


def all_references(bundle: dict[str, Any]) -> Iterator[str]:
    """Yield every id that stands anywhere in a bundle, except the bundle's own."""
    for one in bundle["objects"]:
        yield from (found[0] for found in IDENTIFIER.finditer(json.dumps(one)))
