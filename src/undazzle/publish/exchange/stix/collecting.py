"""Objects of a bundle are collected one by one: common fields filled in, empty ones left out, ids kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from undazzle.casebook import Case, Contradiction
from undazzle.casebook.contradictions import Provenance
from undazzle.casebook.records import Record
from undazzle.publish.exchange.dates import day_of_case, timestamp
from undazzle.publish.exchange.identifiers import stable_uuid
from undazzle.publish.exchange.stix.identifiers import Identifiers
from undazzle.publish.exchange.stix.record_extension import EXTENSION_ID, add_further_record, record_extension
from undazzle.publish.exchange.texts import clean_text

Stix = dict[str, Any]
SPEC = "2.1"
DERIVED = "casebook:derived"  # label of objects that follow from records and carry none
PRODUCER = f"identity--{stable_uuid('stix', 'producer', 'undazzle')}"


@dataclass(slots=True)
class Collection:
    """A bundle in the making.

    Attributes
    ----------
    case
        What is exported.
    found, known
        Contradictions of the case, and the standing of each claim.
    identifiers
        Scheme of ids.
    is_opencti
        Whether OpenCTI's object types may be used.
    with_incident_core
        Whether incidents carry the incident extension with their tallies.
    marking
        Id of the marking that says licence and citation, if the case has them.
    objects
        Objects by id, in the order they were added.
    refs
        Id of the object that stands for a record.
    asserted
        Actors that at least one claim says acted; others are never called threat actors.
    warnings
        What could not be said, or was said in other words.
    """

    case: Case
    found: tuple[Contradiction, ...]
    known: Mapping[str, Provenance]
    identifiers: Identifiers
    is_opencti: bool = False
    with_incident_core: bool = True
    marking: str | None = None
    objects: dict[str, Stix] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    asserted: frozenset[str] = frozenset()
    warnings: dict[str, None] = field(default_factory=dict)

    @property
    def now(self) -> str:
        """Return the day of the case as a timestamp: the version of every object."""
        return timestamp(day_of_case(self.case))

    def add(
        self, object_type: str, key: Sequence[str], *, created: str | None = None, record: Record | None = None,
        creator: str | None = None, extra: Mapping[str, Any] | None = None, **fields: Any,
    ) -> str:  # fmt: skip
        """Add an object and return its id; one that is there already stays.

        Parameters
        ----------
        object_type
            STIX type.
        key
            What tells it apart in this case.
        created
            Timestamp; the day of the case if not given. It never lies after the version.
        record
            The record of the case that it carries whole, so that nothing is lost on the way back.
        creator
            Id of the identity that says so; this software's if not given.
        extra
            Further fields of the extension, such as the standing of a claim.
        fields
            All other fields; empty ones are left out.
        """
        begun = min(created or self.now, self.now)
        given = {name: _cleaned(value) for name, value in fields.items() if value not in (None, "", [], {}, ())}
        object_id = self.identifiers.object_id(object_type, key, {**given, "created": begun})
        if object_id not in self.objects:
            made: Stix = {"type": object_type, "spec_version": SPEC, "id": object_id, "created": begun}
            made |= {"modified": self.now, "created_by_ref": creator or PRODUCER, **given}
            if self.marking:
                made["object_marking_refs"] = [self.marking]
            if record is None:
                made["labels"] = [*made.get("labels", []), DERIVED]
            else:
                extension = {EXTENSION_ID: record_extension(record, extra or {})}
                made["extensions"] = {**made.get("extensions", {}), **extension}
            self.objects[object_id] = made
        elif record is not None:
            add_further_record(self.objects[object_id], record)
        if record is not None:
            self.refs.setdefault(record.id, object_id)
        return object_id

    def refs_of(self, record_ids: Iterable[str | None]) -> list[str]:
        """Return the ids of the objects that stand for records, each once, those that have none left out."""
        return list(dict.fromkeys(self.refs[one] for one in record_ids if one is not None and one in self.refs))

    def warn(self, sentence: str) -> None:
        """Keep a warning once."""
        self.warnings.setdefault(sentence)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _cleaned(one) for name, one in value.items()}
    return value
