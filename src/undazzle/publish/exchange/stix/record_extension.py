"""An extension that carries the record of the case an object was made of, so that a bundle leads back to the case.

Readers that do not know it ignore it. Reading it back, every field is checked again like that of a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from undazzle.casebook.records import Record
from undazzle.publish.exchange.identifiers import stable_uuid
from undazzle.publish.exchange.records import record_text

EXTENSION_ID = f"extension-definition--{stable_uuid('stix', 'extension', 'casebook-record')}"
SCHEMA = "https://github.com/undazzle/undazzle/tree/main/docs/schema"


def record_extension(record: Record, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return the extension of an object: kind, id and record, and what is derived from it."""
    given = {name: value for name, value in extra.items() if value is not None}
    return {
        "extension_type": "property-extension",
        "record_kind": record.kind,
        "record_id": record.id,
        "record": record_text(record),
        **given,
    }


def add_further_record(held: dict[str, Any], record: Record) -> None:
    """Let an object carry another record: two of one name, such as a person who is claimant and actor."""
    extension = held.setdefault("extensions", {}).setdefault(EXTENSION_ID, record_extension(record, {}))
    if extension["record_id"] != record.id:
        further = {"record_kind": record.kind, "record_id": record.id, "record": record_text(record)}
        others = extension.setdefault("further_records", [])
        if further not in others:
            others.append(further)


def extension_definition(producer: str, day: str) -> dict[str, Any]:
    """Return the object that says what the extension is."""
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": EXTENSION_ID,
        "created_by_ref": producer,
        "created": day,
        "modified": day,
        "name": "Undazzle casebook record",
        "description": (
            "The record of a casebook that an object was made of, as JSON text, and what follows from the other "
            "records: how many independent origins say the same, and on which fields others contradict it."
        ),
        "schema": SCHEMA,
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }
