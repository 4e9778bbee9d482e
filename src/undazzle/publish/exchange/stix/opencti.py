"""OpenCTI's dialect: narratives, channels and events as objects, and ids by its own recipe.

A second import changes nothing, and what another source calls the same is met. Since OpenCTI gives one id to all
that relate two objects in one way, what several claims assert is one relationship here: it names all of them, carries
a number for confidence only if they agree on it, and says whether others contradict it. Its opinions would melt into
one per day, so that denials stay notes.

References
----------
OpenCTI's Python client (pycti, Apache-2.0) for the ids; OpenCTI's documentation for the provenance extension.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from undazzle.casebook import Case, Claim
from undazzle.publish.exchange.assertions import says_that_it_acted
from undazzle.publish.exchange.dates import day_of_claim, end_timestamp, timestamp
from undazzle.publish.exchange.formats import ExchangeFormat
from undazzle.publish.exchange.stix.bundle import begin, bundle_of, export_bundle, finish
from undazzle.publish.exchange.stix.claims import add_claims, standing_of
from undazzle.publish.exchange.stix.collecting import Collection
from undazzle.publish.exchange.stix.identifiers import OpenctiIdentifiers
from undazzle.publish.exchange.stix.incidents import add_incidents, add_technique
from undazzle.publish.exchange.stix.parties import add_parties
from undazzle.publish.exchange.stix.scales import confidence_number
from undazzle.publish.exchange.techniques import tags_of
from undazzle.publish.exchange.texts import name_of

TYPES_EXTENSION = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
PROVENANCE_EXTENSION = "extension-definition--283daa2f-7739-5345-a110-19d73676f670"
_NEW_TYPE = {TYPES_EXTENSION: {"extension_type": "new-sdo"}}
# type of relationship, object it starts from, object it leads to, begin, end
Tie = tuple[str, str, str, str | None, str | None]


def opencti_bundle(case: Case) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a case as a bundle in OpenCTI's dialect, and warnings."""
    made = begin(case, Collection(case, (), {}, OpenctiIdentifiers(case.head.id), is_opencti=True))
    add_parties(made)
    add_incidents(made)
    _add_events(made)
    notes = add_claims(made)
    _add_ties(made)
    _add_provenance(made)
    finish(made, notes)
    return bundle_of(made), tuple(made.warnings)


def _add_events(made: Collection) -> None:
    for event in made.case.events.values():
        begin_time, end_time = timestamp(event.begin), end_timestamp(event.end or event.begin)
        here = made.add(
            "event", (event.id,), record=event, name=event.name, description=event.description, start_time=begin_time,
            stop_time=end_time, event_types=[event.event_kind], extensions=dict(_NEW_TYPE),
        )  # fmt: skip
        for incident in made.case.incidents.values():
            if incident.event == event.id:
                made.add(
                    "relationship", (incident.id, "related-to", event.id), relationship_type="related-to",
                    source_ref=made.refs[incident.id], target_ref=here,
                )  # fmt: skip


def _add_ties(made: Collection) -> None:
    """Add what claims assert, once for each tie, with all claims that assert it."""
    ties: dict[Tie, list[Claim]] = defaultdict(list)
    for claim in made.case.claims.values():
        if says_that_it_acted(claim):
            for incident in made.case.incidents_by_claim.get(claim.id, ()):
                for word, ref in _said_of(made, claim):
                    ties[(word, made.refs[incident.id], ref, *_period(claim))].append(claim)
    for tie, claims in ties.items():
        _add_tie(made, tie, claims)


def _said_of(made: Collection, claim: Claim) -> list[tuple[str, str]]:
    said = claim.proposition
    found = [("attributed-to", made.refs[one]) for one in said.actors if one in made.refs]
    found += [("targets", made.refs[one]) for one in said.targets if one in made.refs]
    for tag in tags_of(claim.methods):
        if tag.warning:
            made.warn(f"{claim.id}: {tag.warning}")
        if tag.is_technique:
            found.append(("uses", add_technique(made, tag)))
    found += [("uses", _add_named(made, "narrative", one.replace("-", " "))) for one in claim.narratives]
    found += [("uses", _add_named(made, "channel", one)) for one in claim.platforms]
    return list(dict.fromkeys(found))


def _add_named(made: Collection, object_type: str, name: str) -> str:
    """Add a narrative, or a channel for a platform: of the platform as such, never of an account."""
    kinds = {"channel_types": ["platform"]} if object_type == "channel" else {}
    fields: dict[str, Any] = {"name": name, "extensions": dict(_NEW_TYPE), **kinds}
    return made.add(object_type, (name,), **fields)


def _period(claim: Claim) -> tuple[str | None, str | None]:
    period = claim.proposition.period
    begin_time = timestamp(period.begin) if period and period.begin else None
    end_time = end_timestamp(period.end) if period and period.end else None
    return begin_time, end_time if begin_time and end_time and end_time > begin_time else None


def _add_tie(made: Collection, tie: Tie, claims: list[Claim]) -> None:
    word, here, there, begin_time, end_time = tie
    levels = {confidence_number(one.confidence.word if one.confidence else None) for one in claims}
    who = list(dict.fromkeys(f"{name_of(made.case, one.claimant)} ({one.id})" for one in claims))
    days = [timestamp(day_of_claim(made.case, one)) for one in claims]
    creators = {one.claimant for one in claims}
    made.add(
        "relationship", tuple(str(one) for one in tie), relationship_type=word, source_ref=here, target_ref=there,
        start_time=begin_time, stop_time=end_time, created=min(days), labels=["claimed"],
        creator=made.refs.get(claims[0].claimant or "") if len(creators) == 1 else None,
        confidence=levels.pop() if len(levels) == 1 else None, description=f"Said by: {'; '.join(who)}.",
        extensions={PROVENANCE_EXTENSION: _provenance(made, claims)},
    )  # fmt: skip


def _add_provenance(made: Collection) -> None:
    """Give the note of each claim the summary that OpenCTI shows of its own sources."""
    for claim in made.case.claims.values():
        held = made.objects[made.refs[claim.id]].setdefault("extensions", {})
        held[PROVENANCE_EXTENSION] = _provenance(made, [claim])


def _provenance(made: Collection, claims: list[Claim]) -> dict[str, Any]:
    """Return the summary of the best supported of some claims; a conflict of one is a conflict of all."""
    each = [standing_of(made, one) for one in claims]
    best = max(each, key=lambda one: (int(str(one["corroboration_count"])), int(str(one["assertions_count"]))))
    fields = sorted({name for one in each for name in _list(one["conflicting_fields"])})
    told = {name: value for name, value in best.items() if value is not None}
    told |= {"has_conflicts": bool(fields), "single_sourced": all(one["single_sourced"] for one in each)}
    told.pop("conflicting_fields", None)
    return {"extension_type": "property-extension", **told} | ({"conflicting_fields": fields} if fields else {})


def _list(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


OPENCTI = ExchangeFormat(
    "opencti",
    "STIX 2.1 bundle in OpenCTI's dialect: narratives, channels, events, its ids; a second import changes nothing.",
    False,
    lambda case: export_bundle(*opencti_bundle(case)),
    "https://docs.opencti.io/latest/usage/data-model/",
)
