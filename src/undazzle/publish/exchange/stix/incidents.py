"""Incidents, what claims assert about them, and the techniques they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from undazzle.casebook import Claim, Incident
from undazzle.casebook.countermeasure import Countermeasure
from undazzle.publish.exchange.assertions import says_that_it_acted
from undazzle.publish.exchange.dates import day_of_claim, end_timestamp, timestamp
from undazzle.publish.exchange.stix.collecting import Collection
from undazzle.publish.exchange.stix.incident_core import EXTENSION_ID, incident_core
from undazzle.publish.exchange.stix.scales import confidence_number
from undazzle.publish.exchange.stix.sources import references_of
from undazzle.publish.exchange.techniques import Framework, Tag, attack, disarm, tags_of
from undazzle.publish.exchange.texts import name_of


def add_incidents(made: Collection) -> None:
    """Add an object for each incident."""
    cards = defaultdict(list)
    for card in made.case.scorecards.values():
        cards[card.incident].append(card)
    for incident in made.case.incidents.values():
        claims = made.case.claims_of(incident)
        core = incident_core(incident, cards[incident.id], claims) if made.with_incident_core else None
        fields: dict[str, Any] = {"extensions": {EXTENSION_ID: core}} if core else {}
        labels = sorted({f"act-class:{one.proposition.act_class}" for one in claims})
        labels += [f"election:{incident.event.partition(':')[2]}"] if incident.event else []
        sources = {one.source: made.case.sources[one.source] for one in claims if one.source in made.case.sources}
        made.add(
            "incident", (incident.id,), record=incident, name=incident.title, description=incident.summary,
            created=_first_day(made, claims), labels=labels,
            external_references=[one for source in sources.values() for one in references_of(made, source)[:1]],
            **fields,
        )  # fmt: skip


def _first_day(made: Collection, claims: Iterable[Claim]) -> str:
    days = [day_of_claim(made.case, one) for one in claims]
    return timestamp(min(days)) if days else made.now


def add_assertions(made: Collection) -> dict[str, list[str]]:
    """Add what claims assert (attributed to, targets, uses) and return the relationships by claim.

    One relationship for each claim, incident and party, said by the claimant, with the confidence that it gave: what
    two claimants say is never melted into one number.
    """
    asserted: dict[str, list[str]] = defaultdict(list)
    for claim in made.case.claims.values():
        if says_that_it_acted(claim):
            for incident in made.case.incidents_by_claim.get(claim.id, ()):
                asserted[claim.id] += _assertions(made, claim, incident)
    return dict(asserted)


def _assertions(made: Collection, claim: Claim, incident: Incident) -> list[str]:
    said, found = claim.proposition, []
    pairs = [("attributed-to", one) for one in said.actors] + [("targets", one) for one in said.targets]
    for word, party in pairs:
        if party in made.refs:
            found.append(_relate(made, claim, incident, word, made.refs[party], party))
    for tag in tags_of(claim.methods):
        if tag.warning:
            made.warn(f"{claim.id}: {tag.warning}")
        if tag.is_technique:
            found.append(_relate(made, claim, incident, "uses", add_technique(made, tag), tag.tag_id))
        elif tag.framework is not Framework.OTHER:
            made.warn(f"{claim.id}: {tag.given} is no technique; it stays in the record of the claim.")
    return found


def _relate(made: Collection, claim: Claim, incident: Incident, word: str, target: str, key: str) -> str:
    period = claim.proposition.period
    begin = timestamp(period.begin) if period and period.begin else None
    end = end_timestamp(period.end) if period and period.end else None
    who, what = name_of(made.case, claim.claimant), name_of(made.case, key)
    return made.add(
        "relationship", (word, claim.id, incident.id, key), relationship_type=word,
        source_ref=made.refs[incident.id], target_ref=target, creator=made.refs.get(claim.claimant or ""),
        created=timestamp(day_of_claim(made.case, claim)), start_time=begin,
        stop_time=end if begin and end and end > begin else None,
        confidence=confidence_number(claim.confidence.word if claim.confidence else None),
        description=f"{who} says so ({claim.id}): {word.replace('-', ' ')} {what}.", labels=["claimed"],
    )  # fmt: skip


def add_technique(made: Collection, tag: Tag) -> str:
    """Add a technique; DISARM, ATT&CK and the local extension each under a chain name of its own."""
    if tag.framework is Framework.ATTACK:
        reference = {"source_name": "mitre-attack", "external_id": tag.tag_id, "url": attack.address_of(tag.tag_id)}
    elif tag.framework is Framework.DISARM:
        reference = {"source_name": "DISARM", "external_id": tag.tag_id, "url": disarm.ADDRESS}
    else:
        reference = {"source_name": "undazzle-local", "external_id": tag.tag_id}
    fields: dict[str, Any] = {"x_mitre_id": tag.tag_id} if made.is_opencti else {}
    return made.add(
        "attack-pattern", (tag.framework, tag.tag_id), name=f"{tag.tag_id} {tag.label}",
        description=f"{tag.label}. Label in our own words.", external_references=[reference],
        labels=[f"framework:{tag.framework}"], **fields,
    )  # fmt: skip


def add_countermeasures(made: Collection) -> None:
    """Add what was done about operations, tied to the incidents that name it."""
    named = defaultdict(list)
    for incident in made.case.incidents.values():
        for one in incident.countermeasures:
            named[one].append(incident.id)
    for record in made.case.countermeasures.values():
        _add_countermeasure(made, record, named[record.id])


def _add_countermeasure(made: Collection, record: Countermeasure, incidents: list[str]) -> None:
    who = name_of(made.case, record.done_by)
    gone = f" Taken back: {record.rescinded}." if record.rescinded else ""
    source = made.case.sources.get(record.source)
    here = made.add(
        "course-of-action", (record.id,), record=record, name=record.title, creator=made.refs.get(record.done_by),
        description=f"{record.description or record.title}. By {who}, {record.done}.{gone}",
        created=timestamp(record.done), labels=[f"countermeasure:{record.countermeasure_kind}"],
        external_references=references_of(made, source) if source else None,
    )  # fmt: skip
    for ref in made.refs_of((*incidents, *record.against)):
        made.add(
            "relationship", (record.id, "related-to", ref), relationship_type="related-to", source_ref=here,
            target_ref=ref, description="What was done about it.",
        )  # fmt: skip
