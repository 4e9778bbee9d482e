"""The shipped edition: what it must hold, what it must not say, and the fifteen contradictions of the key."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.real_data import data_set
from undazzle.casebook import (
    Case,
    Contradiction,
    check_case,
    find_contradictions,
    load_case,
    provenance,
    shipped_edition,
)
from undazzle.casebook.vocabulary import Polarity, Review, Verification
from undazzle.errors import UnknownNameError

KEYS = Path(__file__).parent / "keys"
CODES: dict[str, list[str]] = json.loads((KEYS / "seed_codes.json").read_text(encoding="utf-8"))
PAIRS: dict[str, list[list[str]]] = json.loads((KEYS / "contradictions.json").read_text(encoding="utf-8"))


@cache
def edition() -> Case:
    return load_case(shipped_edition())


@cache
def contradictions() -> tuple[Contradiction, ...]:
    return find_contradictions(edition())


def test_it_loads_and_has_no_problem_worse_than_a_hint() -> None:
    assert [str(one) for one in check_case(edition())] == []


def test_it_is_large_enough() -> None:
    case = edition()
    assert len(case.claims) >= 80 and len(case.incidents) >= 50
    in_incidents = {claim for incident in case.incidents.values() for claim in incident.claims}
    assert in_incidents == set(case.claims)


def test_every_claim_can_be_read_somewhere_and_somebody_read_it() -> None:
    case = edition()
    for claim in case.claims.values():
        source = case.sources[claim.source]
        assert source.url or source.read_at or source.sha256, claim.id
        assert claim.verification is not Verification.UNREAD and claim.review is Review.REVIEWED, claim.id


def test_negative_findings_minority_views_assurances_and_denials_are_claims() -> None:
    claims = edition().claims.values()
    for polarity in Polarity:
        assert any(one.proposition.polarity is polarity for one in claims), polarity
    assert any(one.is_minority and one.dissents_from for one in claims)
    assert sum(one.proposition.polarity is Polarity.NEGATIVE_FINDING for one in claims) >= 20


@pytest.mark.parametrize("code", CODES)
def test_what_the_aggregated_page_names_is_there(code: str) -> None:
    assert [one for one in CODES[code] if one not in edition()] == []


@pytest.mark.parametrize("code", PAIRS)
def test_the_contradiction_is_found_with_both_sides_and_their_origins(code: str) -> None:
    for kind, one, other in PAIRS[code]:
        found = [each for each in contradictions() if each.kind == kind and each.opposes(one, other)]
        assert found, f"{code}: {one} against {other}"
        for side in found[0].sides:
            assert side.claims and side.origins and side.independent >= 1


def test_tensions_are_kept_apart_from_contradictions() -> None:
    levels = {one.code: one.level for one in contradictions()}
    assert levels["polarity/cooperation/event-us-2024"] == "tension"
    assert levels["number/accounts/actor-spamouflage"] == "tension"
    assert levels["confidence/claim-nic-2022-iran"] == "contradiction"
    assert levels["origin/claim-microsoft-2023-ai-images"] == "contradiction"


def test_relays_do_not_corroborate() -> None:
    known = provenance(edition(), contradictions())
    considered = known["claim:nic-2020-prc-not-deployed"]
    assert considered.single_sourced and considered.corroboration_count == 1
    assert considered.has_conflicts and "polarity" in considered.conflicting_fields
    magaflage = known["claim:isd-2024-magaflage"]
    assert magaflage.corroboration_count == 2 and not magaflage.single_sourced


def test_the_two_truncated_sentences_stay_truncated() -> None:
    for claim_id in ("claim:wikipedia-2024-wapo-cut", "claim:wikipedia-2024-ic-no-candidate"):
        assert edition().claims[claim_id].is_truncated


@pytest.mark.parametrize(
    ("claim_id", "changes"),
    [
        ("claim:nic-2022-iran", {"confidence": {"word": "high"}}),
        ("claim:nic-2022-cuba", {"confidence": {"word": "moderate"}}),
        ("claim:nio-cyber-2020-minority", {"confidence": {"word": "moderate"}}),
        ("claim:joint-2024-08-19-iran-hack", {"confidence": {"word": "high"}}),
        ("claim:wsj-2024-wiretap", {"statement": "A potentially catastrophic access."}),
        ("claim:microsoft-2023-ai-images", {"claimant": "claimant:nic"}),
        ("claim:cbs-2024-10-25-espionage", {"proposition.answer": "election-interference"}),
        ("claim:dfrlab-2024-no-government-coordination", {"proposition.polarity": "asserts"}),
        ("claim:georgia-sos-2024-russia", {"claimant": "claimant:fbi"}),
        ("claim:meta-2023-no-government-link", {"proposition.polarity": "asserts"}),
    ],
)
def test_its_own_rules_would_catch_what_must_not_be_asserted(claim_id: str, changes: dict[str, Any]) -> None:
    from undazzle.casebook.case import case_of
    from undazzle.casebook.claim import Claim

    case = edition()
    data = json.loads(case.claims[claim_id].model_dump_json(exclude_defaults=True))
    for path, value in changes.items():
        *parents, last = path.split(".")
        held = data
        for name in parents:
            held = held[name]
        held[last] = value
    changed = case_of(case.head, [*(one for one in case if one.id != claim_id), Claim.model_validate(data)])
    assert "must-not-assert" in {one.code for one in check_case(changed)}


def test_statements_are_in_own_words() -> None:
    page = next(data_set("../seed").glob("*.txt")).read_text(encoding="utf-8")
    words = re.findall(r"[a-z0-9]+", page.casefold())
    runs = {tuple(words[place : place + 8]) for place in range(len(words) - 7)}
    for record in (*edition().claims.values(), *edition().incidents.values()):
        text = getattr(record, "statement", "") or getattr(record, "summary", "")
        own = re.findall(r"[a-z0-9]+", text.casefold())
        assert not {tuple(own[place : place + 8]) for place in range(len(own) - 7)} & runs, record.id


def test_an_unknown_edition_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="us2024"):
        shipped_edition("us2044")
