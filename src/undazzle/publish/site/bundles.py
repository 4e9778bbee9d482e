"""The STIX bundle of one incident: the incident, its claims, and everything they refer to."""

from __future__ import annotations

from undazzle.casebook import Case, Incident
from undazzle.casebook.records import Record
from undazzle.casebook.references import references


def incident_bundle(case: Case, incident: Incident) -> str:
    """Return the STIX 2.1 bundle of an incident as text, the same bytes every time."""
    from undazzle.publish.exchange.stix.bundle import bundle_bytes, stix_bundle

    return bundle_bytes(stix_bundle(part_of(case, incident))[0]).decode("utf-8")


def part_of(case: Case, incident: Incident) -> Case:
    """Return the case cut down to an incident: it, its scorecards and observations, and all they refer to."""
    found: dict[str, Record] = {}
    waiting: list[Record] = [incident]
    waiting += [one for one in case.scorecards.values() if one.incident == incident.id]
    waiting += [one for one in case.observations.values() if one.incident == incident.id]
    while waiting:
        record = waiting.pop()
        if record.id in found:
            continue
        found[record.id] = record
        waiting += [case.records[one.to] for one in references(record)
                    if one.to in case.records and one.kind != "incident"]  # fmt: skip
    kept = {one: record for one, record in case.records.items() if one in found}
    return Case(case.folder, case.head, kept, {one: case.files[one] for one in kept})
