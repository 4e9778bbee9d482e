"""Ids of STIX objects: our own scheme, and the recipe of OpenCTI that makes a second import change nothing.

The standard recommends version 4 and allows version 5 in a namespace of the producer; it reserves its own namespace.
OpenCTI uses that reserved namespace all the same, so that its recipe is followed only in its dialect.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from undazzle.publish.exchange.identifiers import canonical_json, stable_uuid

_OPENCTI_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
_BY_NAME = {
    "attack-pattern", "campaign", "channel", "course-of-action", "event", "intrusion-set", "narrative", "threat-actor",
}  # fmt: skip
_BY_FIELDS = {
    "identity": ("name", "identity_class"),
    "incident": ("name", "created"),
    "report": ("name", "published"),
    "note": ("content", "created"),
}


class Identifiers(Protocol):
    """Makes the id of an object."""

    def object_id(self, object_type: str, key: Sequence[str], fields: Mapping[str, Any]) -> str:
        """Return the id of an object of a type, from our key for it and its fields."""


class StableIdentifiers:
    """Ids made of the case, the type and the key: nothing else in an object changes them."""

    def __init__(self, case_id: str) -> None:
        self._case_id = case_id

    def object_id(self, object_type: str, key: Sequence[str], fields: Mapping[str, Any]) -> str:
        """Return the id of an object of a type, from our key for it."""
        del fields
        return f"{object_type}--{stable_uuid('stix', self._case_id, object_type, *key)}"


class OpenctiIdentifiers:
    """Ids as OpenCTI computes them itself, for the types whose recipe is published in its client."""

    def __init__(self, case_id: str) -> None:
        self._own = StableIdentifiers(case_id)

    def object_id(self, object_type: str, key: Sequence[str], fields: Mapping[str, Any]) -> str:
        """Return the id that OpenCTI would give, or ours where no recipe is known."""
        told = _told_apart_by(object_type, fields)
        if told is None:
            return self._own.object_id(object_type, key, fields)
        return f"{object_type}--{uuid.uuid5(_OPENCTI_NAMESPACE, canonical_json(told))}"


def _told_apart_by(object_type: str, fields: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the fields that OpenCTI tells objects of a type apart by."""
    name = str(fields.get("name", "")).lower().strip()
    if object_type == "attack-pattern" and fields.get("x_mitre_id"):
        return {"x_mitre_id": str(fields["x_mitre_id"]).strip()}
    if object_type in _BY_NAME:
        return {"name": name} | ({"opencti_type": "Threat-Actor-Group"} if object_type == "threat-actor" else {})
    if object_type == "relationship":
        return _relationship(fields)
    names = _BY_FIELDS.get(object_type)
    return {one: name if one == "name" else str(fields[one]).strip() for one in names} if names else None


def _relationship(fields: Mapping[str, Any]) -> dict[str, str]:
    names = ["relationship_type", "source_ref", "target_ref", "start_time"]
    names += ["stop_time"] if fields.get("start_time") else []
    return {one: str(fields[one]) for one in names if fields.get(one)}
