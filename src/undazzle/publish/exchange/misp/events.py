"""A case as a folder of events with a manifest: what MISP calls a feed."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from undazzle.casebook import Case, Incident
from undazzle.casebook.records import Record
from undazzle.casebook.references import references
from undazzle.publish.exchange.dates import day_of_case, day_of_claim
from undazzle.publish.exchange.formats import ExchangeFormat, Exported
from undazzle.publish.exchange.identifiers import stable_uuid
from undazzle.publish.exchange.kept import kept_objects
from undazzle.publish.exchange.misp.claims import objects_of
from undazzle.publish.exchange.misp.parts import attribute
from undazzle.publish.exchange.misp.tags import OURS, machine_tag, tags_of_claims
from undazzle.publish.exchange.records import record_text
from undazzle.publish.exchange.techniques import tags_of
from undazzle.publish.exchange.texts import clean_text

Misp = dict[str, Any]
ORGANISATION = {"name": "Undazzle casebook", "uuid": stable_uuid("misp", "organisation")}
RECORD = "casebook record"
_ALONE = {"claim", "incident"}  # kinds that belong to one event; others go with every event that names them


def misp_events(case: Case) -> tuple[list[Misp], tuple[str, ...]]:
    """Return one event for each incident, and one for the records that no incident leads to; and warnings."""
    made, told, about = [], set[str](), _records_about(case)
    for incident in case.incidents.values():
        records = _records_of(case, incident, about[incident.id])
        told |= {one.id for one in records}
        made.append(_event(case, incident, records))
    rest = [one for one in case if one.id not in told]
    if rest:
        made.append(_rest(case, rest))
    warnings = dict.fromkeys(
        f"{claim.id}: {tag.warning}" for claim in case.claims.values() for tag in tags_of(claim.methods) if tag.warning
    )
    return made, tuple(warnings)


def _event(case: Case, incident: Incident, records: Iterable[Record]) -> Misp:
    claims, seconds = case.claims_of(incident), _seconds(case)
    days = [day_of_claim(case, one) for one in claims]
    attributes = [attribute((incident.id, "summary"), "comment", incident.summary, seconds, comment="Summary")]
    attributes += [_record(incident.id, one, seconds) for one in records]
    event = _frame(case, incident.id, incident.title, min(days, default=day_of_case(case)))
    return {
        "Event": event
        | {
            "Tag": [*event["Tag"], *tags_of_claims(case, claims)],
            "Attribute": attributes,
            "Object": list(objects_of(case, incident.id, claims, seconds)),
        }
    }


def _rest(case: Case, records: list[Record]) -> Misp:
    seconds = _seconds(case)
    attributes = [_record(case.head.id, one, seconds) for one in records]
    event = _frame(case, case.head.id, f"{case.head.title}: records of no incident", day_of_case(case))
    return {"Event": event | {"Attribute": attributes}}


def _frame(case: Case, key: str, title: str, day: str) -> Misp:
    licence = [{"name": "tlp:clear"}] if case.head.licence else []
    return {
        "uuid": stable_uuid("misp", "event", case.head.id, key), "info": clean_text(title, 1_000), "date": day,
        "timestamp": _seconds(case), "published": False, "analysis": "1", "threat_level_id": "4", "distribution": "0",
        "Org": ORGANISATION, "Orgc": ORGANISATION,
        "Tag": [*licence, machine_tag(OURS, "case", case.head.id.partition(":")[2])],
    }  # fmt: skip


def _seconds(case: Case) -> str:
    return str(int(datetime.fromisoformat(f"{day_of_case(case)}T00:00:00+00:00").astimezone(UTC).timestamp()))


def _record(event: str, record: Record, seconds: str) -> Misp:
    return attribute(
        (event, "record", record.id), "other", record_text(record), seconds, comment=f"{RECORD} {record.id}"
    )


def _records_about(case: Case) -> dict[str, list[str]]:
    """Return the observations and scorecards of each incident."""
    found: dict[str, list[str]] = defaultdict(list)
    for observation in case.observations.values():
        found[observation.incident].append(observation.id)
    for card in case.scorecards.values():
        found[card.incident or ""].append(card.id)
    return found


def _records_of(case: Case, incident: Incident, about: list[str]) -> list[Record]:
    """Return an incident with its claims, what is recorded about it, and all they name except other incidents."""
    found: dict[str, Record] = {}
    waiting = deque([incident.id, *incident.claims, *about])
    while waiting:
        one = waiting.popleft()
        if one in found or one not in case.records:
            continue
        found[one] = case.records[one]
        waiting += [each.to for each in references(case.records[one]) if each.kind not in _ALONE]
    return list(found.values())


def _files(events: Iterable[Misp]) -> Iterator[tuple[str, bytes]]:
    manifest = {}
    for one in events:
        event = one["Event"]
        names = ("info", "date", "analysis", "threat_level_id", "timestamp", "Orgc", "Tag")
        manifest[event["uuid"]] = {name: event[name] for name in names if name in event}
        yield f"{event['uuid']}.json", _bytes(one)
    yield "manifest.json", _bytes(manifest)


def _bytes(value: Misp) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def _export(case: Case) -> Exported:
    events, warnings = misp_events(case)
    known = {one["Event"]["uuid"] for one in events}
    for kept in kept_objects(case, "misp"):
        event = kept.get("Event")
        if isinstance(event, dict) and isinstance(event.get("uuid"), str) and event["uuid"] not in known:
            events.append(kept)
    return Exported(dict(_files(events)), warnings)


MISP = ExchangeFormat(
    "misp",
    "Folder of MISP events with a manifest, to be read as a feed: one event an incident, with taxonomies.",
    True,
    _export,
    "https://www.misp-project.org/datamodels/",
)
