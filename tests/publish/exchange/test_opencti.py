"""OpenCTI's dialect: its object types, its ids, one relationship for what several claims assert."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from tests.casebook.builders import a_case, a_claim, a_claimant
from tests.publish.exchange.bundles import a_rich_case, all_references, edition, of_type
from tests.publish.exchange.test_stix import problems_of
from undazzle.publish.exchange.stix import OPENCTI, opencti_bundle
from undazzle.publish.exchange.stix.incident_core import EXTENSION_ID
from undazzle.publish.exchange.stix.opencti import PROVENANCE_EXTENSION, TYPES_EXTENSION

_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")


def recipe(object_type: str, **told: str) -> str:
    """Return the id as OpenCTI's client makes it, written out once more."""
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{object_type}--{uuid.uuid5(_NAMESPACE, text)}"


@pytest.mark.parametrize("make", [a_rich_case, edition])
def test_the_validator_of_the_standard_accepts_it(make: Any) -> None:
    bundle, _ = opencti_bundle(make())
    errors, codes = problems_of(bundle)
    assert errors == [] and codes <= {"401"}  # x_mitre_id, a property of OpenCTI's own
    ids = [one["id"] for one in bundle["objects"]]
    outside = {EXTENSION_ID, TYPES_EXTENSION, PROVENANCE_EXTENSION}
    assert len(ids) == len(set(ids)) and set(all_references(bundle)) - set(ids) <= outside


def test_ids_follow_the_recipe_of_its_client() -> None:
    bundle, _ = opencti_bundle(a_rich_case())
    ids = {(one["type"], one.get("name")): one["id"] for one in bundle["objects"]}
    assert ids["narrative", "timetable false"] == recipe("narrative", name="timetable false")
    assert ids["channel", "Pier Board"] == recipe("channel", name="pier board")
    assert ids["event", "harbour-vote"] == recipe("event", name="harbour-vote")
    assert ids["threat-actor", "ferry-line"] == recipe(
        "threat-actor", name="ferry-line", opencti_type="Threat-Actor-Group"
    )
    assert ids["identity", "paper"] == recipe("identity", name="paper", identity_class="organization")
    (incident,) = of_type(bundle, "incident")
    assert incident["id"] == recipe("incident", name=incident["name"].lower(), created=incident["created"])
    patterns = {one["x_mitre_id"]: one["id"] for one in of_type(bundle, "attack-pattern")}
    assert patterns["T0097.202"] == recipe("attack-pattern", x_mitre_id="T0097.202")
    (tied, *_) = [one for one in of_type(bundle, "relationship") if one["relationship_type"] == "targets"]
    told = {name: tied[name] for name in ("relationship_type", "source_ref", "target_ref")}
    assert tied["id"] == recipe("relationship", **told)


def test_its_new_types_say_which_extension_they_are_of() -> None:
    bundle, _ = opencti_bundle(a_rich_case())
    for kind in ("narrative", "channel", "event"):
        for one in of_type(bundle, kind):
            assert one["extensions"][TYPES_EXTENSION] == {"extension_type": "new-sdo"}


def test_two_claims_of_one_tie_are_one_relationship_that_names_both_and_hides_no_disagreement() -> None:
    low = a_claim("low", confidence={"word": "low"})
    high = a_claim("high", confidence={"word": "high"}, claimant="claimant:other")
    denied = a_claim("no", proposition={"polarity": "negative-finding"}, claimant="claimant:third")
    case = a_case(low, high, denied, a_claimant("other"), a_claimant("third"))
    bundle, _ = opencti_bundle(case)
    (tied,) = [one for one in of_type(bundle, "relationship") if one["relationship_type"] == "attributed-to"]
    assert "claim:low" in tied["description"] and "claim:high" in tied["description"] and "confidence" not in tied
    summary = tied["extensions"][PROVENANCE_EXTENSION]
    assert summary["corroboration_count"] == 2 and not summary["single_sourced"]
    assert summary["has_conflicts"] and "polarity" in summary["conflicting_fields"]


def test_denials_stay_notes_because_its_opinions_would_melt_into_one() -> None:
    bundle, _ = opencti_bundle(a_rich_case())
    assert not of_type(bundle, "opinion")
    assert [one for one in of_type(bundle, "note") if "polarity:denies" in one.get("labels", [])]


def test_the_same_case_gives_the_same_bytes() -> None:
    assert OPENCTI.function(a_rich_case()).files == OPENCTI.function(a_rich_case()).files
