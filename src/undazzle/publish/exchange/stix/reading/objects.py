"""The objects of a bundle by their ids: doubles and old versions told apart, nothing lost silently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from undazzle.casebook.importers.drafts import Drafts
from undazzle.errors import SourceError
from undazzle.publish.exchange.json_reading import JsonFile

Stix = dict[str, Any]
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,250}--[0-9a-fA-F-]{36}")
MOST_OBJECTS = 2_000_000


@dataclass(slots=True)
class Objects:
    """Objects by id, and those set aside."""

    by_id: dict[str, Stix] = field(default_factory=dict)
    aside: list[Any] = field(default_factory=list)

    def of_type(self, *types: str) -> Iterator[Stix]:
        """Yield the objects of some types in the order of the bundle."""
        return (one for one in self.by_id.values() if one["type"] in types)

    def named(self, object_id: object) -> str | None:
        """Return the name of an object, if it is in the bundle and has one."""
        held = self.by_id.get(object_id) if isinstance(object_id, str) else None
        name = held.get("name") if held else None
        return name if isinstance(name, str) and name.strip() else None


def objects_of(file: JsonFile, drafts: Drafts) -> Objects:
    """Return the objects of a bundle.

    Raises
    ------
    SourceError
        If the file is no bundle of STIX 2.
    """
    value = file.value
    if not isinstance(value, dict) or value.get("type") != "bundle":
        raise SourceError(file.path, "No STIX bundle (type is not bundle)", "Give a JSON bundle of STIX 2.")
    listed = value.get("objects", [])
    if not isinstance(listed, list):
        raise SourceError(file.path, "The objects of the bundle are no list", "Get the bundle again.")
    if len(listed) > MOST_OBJECTS:
        raise SourceError(file.path, f"More than {MOST_OBJECTS:,} objects", "Split the bundle.")
    found = Objects()
    for place, one in enumerate(listed, 1):
        _keep(found, drafts, place, one)
    return found


def _keep(found: Objects, drafts: Drafts, place: int, one: Any) -> None:
    """Keep an object under its id; the place in the list stands where files of text have a line."""
    object_id = one.get("id") if isinstance(one, dict) else None
    kind = one.get("type") if isinstance(one, dict) else None
    if not isinstance(kind, str) or not isinstance(object_id, str) or not _ID.fullmatch(object_id):
        drafts.note(place, "no-object", f"Object {place} has no usable id and type.", "It was kept, unread.")
        found.aside.append(one)
    elif one.get("revoked") is True:
        drafts.note(place, "revoked", f"{object_id} was taken back by its maker.", "It was kept, unread.")
        found.aside.append(one)
    elif object_id not in found.by_id:
        found.by_id[object_id] = one
    else:
        _settle(found, drafts, place, one)


def _settle(found: Objects, drafts: Drafts, place: int, one: Stix) -> None:
    object_id, other = one["id"], found.by_id[one["id"]]
    if one == other:
        drafts.note(place, "duplicate-id", f"{object_id} stands twice, word for word.", "It was read once.")
        return
    newer, older = (one, other) if _version(one) > _version(other) else (other, one)
    same = _version(one) == _version(other)
    what = "with two contents in one version" if same else "in two versions"
    remedy = "The first was read; the other was kept." if same else "The newer was read; the older was kept."
    drafts.note(place, "duplicate-id", f"{object_id} stands {what}.", remedy)
    found.by_id[object_id] = newer
    found.aside.append(older)


def _version(one: Stix) -> str:
    modified = one.get("modified")
    return modified if isinstance(modified, str) else ""
