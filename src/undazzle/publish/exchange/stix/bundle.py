"""A case as one bundle: parties, incidents, claims, what they assert and what denies it, documents, the case."""

from __future__ import annotations

import json
from typing import Any

from undazzle.casebook import Case, find_contradictions, provenance
from undazzle.publish.exchange.assertions import actors_said_to_act
from undazzle.publish.exchange.formats import ExchangeFormat, Exported
from undazzle.publish.exchange.identifiers import stable_uuid
from undazzle.publish.exchange.kept import kept_objects
from undazzle.publish.exchange.stix.claims import add_claims, add_contradictions, add_opinions
from undazzle.publish.exchange.stix.collecting import PRODUCER, Collection
from undazzle.publish.exchange.stix.identifiers import StableIdentifiers
from undazzle.publish.exchange.stix.incidents import add_assertions, add_countermeasures, add_incidents
from undazzle.publish.exchange.stix.other_records import add_events, add_other_records
from undazzle.publish.exchange.stix.parties import add_parties
from undazzle.publish.exchange.stix.record_extension import extension_definition
from undazzle.publish.exchange.stix.sources import add_reports
from undazzle.publish.exchange.texts import clean_text

FIRST_DAY = "2026-11-23T00:00:00.000Z"  # of the producer and the extension; part of what was published


def stix_bundle(case: Case, *, with_incident_core: bool = False) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a case as a STIX 2.1 bundle, and warnings.

    Parameters
    ----------
    case
        What to write.
    with_incident_core
        Whether incidents carry the incident extension with their tallies.
    """
    made = begin(case, Collection(case, (), {}, StableIdentifiers(case.head.id), with_incident_core=with_incident_core))
    add_parties(made)
    add_incidents(made)
    notes = add_claims(made)
    add_opinions(made, add_assertions(made))
    finish(made, notes)
    return bundle_of(made), tuple(made.warnings)


def begin(case: Case, made: Collection) -> Collection:
    """Return the collection with contradictions, producer, extension and marking in place."""
    made.found = find_contradictions(case)
    made.known = provenance(case, made.found)
    made.asserted = actors_said_to_act(case)
    made.objects[PRODUCER] = {
        "type": "identity", "spec_version": "2.1", "id": PRODUCER, "created": FIRST_DAY, "modified": FIRST_DAY,
        "name": "Undazzle casebook", "identity_class": "system",
        "description": "Writes what claimants said; it makes no claims of its own.",
    }  # fmt: skip
    definition = extension_definition(PRODUCER, FIRST_DAY)
    made.objects[definition["id"]] = definition
    _add_marking(made)
    return made


def _add_marking(made: Collection) -> None:
    head = made.case.head
    words = " ".join(one for one in (f"Licence: {head.licence}." if head.licence else "", head.cite_as or "") if one)
    if words:
        marking = f"marking-definition--{stable_uuid('stix', head.id, 'marking', words)}"
        made.objects[marking] = {
            "type": "marking-definition", "spec_version": "2.1", "id": marking, "created": made.now,
            "created_by_ref": PRODUCER, "definition_type": "statement", "definition": {"statement": clean_text(words)},
        }  # fmt: skip
        made.marking = marking


def finish(made: Collection, notes: dict[str, list[str]]) -> None:
    """Add documents, countermeasures, contradictions, the other records, and the case as a report over all."""
    add_countermeasures(made)
    add_contradictions(made)
    add_reports(made, notes)
    head = made.case.head
    everything = made.refs_of(made.case.incidents) or [PRODUCER]
    made.add(
        "report", (head.id,), record=head, name=head.title, description=head.summary, report_types=["threat-report"],
        published=made.now, object_refs=everything, labels=["casebook", f"edition:{head.edition or 'none'}"],
    )  # fmt: skip
    if not made.is_opencti:
        add_events(made)
    add_other_records(made)
    for one in kept_objects(made.case, "stix"):
        made.objects.setdefault(str(one.get("id")), one)


def bundle_of(made: Collection) -> dict[str, Any]:
    """Return the bundle."""
    head = made.case.head
    bundle_id = f"bundle--{stable_uuid('stix', head.id, 'bundle', head.edition or '', made.now)}"
    return {"type": "bundle", "id": bundle_id, "objects": list(made.objects.values())}


def bundle_bytes(bundle: dict[str, Any]) -> bytes:
    """Return a bundle as the text of a file: indented, in ASCII, the same bytes each time."""
    return (json.dumps(bundle, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def export_bundle(bundle: dict[str, Any], warnings: tuple[str, ...]) -> Exported:
    """Return a bundle as one file."""
    return Exported({"bundle.json": bundle_bytes(bundle)}, warnings)


def _export(case: Case, *, with_incident_core: bool) -> Exported:
    return export_bundle(*stix_bundle(case, with_incident_core=with_incident_core))


STIX = ExchangeFormat(
    "stix",
    "STIX 2.1 bundle: claims as notes of their claimants, what they assert as relationships, denials as opinions.",
    False,
    lambda case: _export(case, with_incident_core=False),
    "https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html",
)
STIX_INCIDENT = ExchangeFormat(
    "stix-incident",
    "STIX 2.1 bundle whose incidents carry the OASIS incident extension: determination, tallies, Breakout category.",
    False,
    lambda case: _export(case, with_incident_core=True),
    "https://github.com/oasis-open/cti-stix-common-objects",
)
