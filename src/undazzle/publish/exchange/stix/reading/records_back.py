"""Objects that this software wrote lead back to the records they were made of, as drafts, checked like any file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from undazzle.casebook.importers.drafts import Drafts
from undazzle.publish.exchange.records import draft_of
from undazzle.publish.exchange.stix.collecting import DERIVED, PRODUCER
from undazzle.publish.exchange.stix.reading.objects import Objects, Stix
from undazzle.publish.exchange.stix.record_extension import EXTENSION_ID


def take_records(objects: Objects, drafts: Drafts) -> tuple[set[str], dict[str, str]]:
    """Take records back from objects that carry them.

    Returns
    -------
    tuple
        Ids of the objects that need no further reading, and the id of the record by the id of its object.
    """
    done: set[str] = set()
    refs: dict[str, str] = {}
    for one in objects.by_id.values():
        for carried in _carried(one):
            record_id = _take(drafts, one["id"], carried)
            if record_id:
                refs.setdefault(one["id"], record_id)
                done.add(one["id"])
    if EXTENSION_ID in objects.by_id:
        done |= {one["id"] for one in objects.by_id.values() if _follows(one)}
    return done, refs


def _carried(one: Stix) -> Iterator[Any]:
    extensions = one.get("extensions")
    extension = extensions.get(EXTENSION_ID) if isinstance(extensions, dict) else None
    if isinstance(extension, dict):
        yield extension
        further = extension.get("further_records")
        yield from further if isinstance(further, list) else ()


def _take(drafts: Drafts, object_id: str, carried: Any) -> str | None:
    """Keep a record as a draft and return its id; nothing, with a problem, if it is none of a casebook."""
    text = carried.get("record") if isinstance(carried, dict) else None
    record = draft_of(text)
    if record is not None:
        drafts.records.setdefault(record.id, record)
        return record.id
    if isinstance(carried, dict) and carried.get("record_kind") == "case":
        return str(carried.get("record_id"))
    drafts.note(0, "bad-record", f"{object_id} carries a record that cannot be read.", "It was read as any other.")
    return None


def _follows(one: Stix) -> bool:
    """Return whether an object only says what follows from records: it is not read a second time."""
    labels = one.get("labels")
    is_ours = one["id"] in {PRODUCER, EXTENSION_ID} or one.get("created_by_ref") == PRODUCER
    return (isinstance(labels, list) and DERIVED in labels) or (
        is_ours and one["type"] in {"identity", "extension-definition", "marking-definition"}
    )
