"""Identities, threat actors, intrusion sets, campaigns and reports of a foreign bundle become draft records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from undazzle.casebook.importers.drafts import Drafts, known_address, one_line, slug
from undazzle.publish.exchange.json_reading import JsonFile
from undazzle.publish.exchange.stix.reading.objects import Objects, Stix
from undazzle.publish.exchange.texts import clean_text

ACTOR_TYPES = ("threat-actor", "intrusion-set", "campaign")
_ACTOR_KINDS = {"intrusion-set": "group", "campaign": "campaign"}
_TARGET_KINDS = {"individual": "official", "organization": "institution", "system": "infrastructure"}


@dataclass(slots=True)
class Reading:
    """A bundle that is being read.

    Attributes
    ----------
    file, objects, drafts
        The file, its objects by id, and the records so far.
    refs
        Id of the record for an object, by kind and id of the object: an identity may be claimant and target.
    done
        Ids of the objects that became something.
    """

    file: JsonFile
    objects: Objects
    drafts: Drafts
    refs: dict[tuple[str, str], str] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    def record_of(self, kind: str, one: Stix, name: str, /, **fields: Any) -> str:
        """Keep a draft for an object and return its id; another object of the same name gets an id of its own."""
        known = self.refs.get((kind, one["id"]))
        if known:
            return known
        wanted = slug(name)
        if f"{kind}:{wanted}" in self.drafts.records:
            wanted = f"{wanted[:90]}-{one['id'].rpartition('--')[2][:8].casefold()}"
        record_id = self.drafts.add(kind, wanted, **fields)
        self.refs[kind, one["id"]] = record_id
        self.done.add(one["id"])
        return record_id


def claimant_of(reading: Reading, object_id: object) -> str:
    """Return the claimant for the identity that made an object; one called unknown where there is none."""
    one = reading.objects.by_id.get(object_id) if isinstance(object_id, str) else None
    if one is None or one["type"] != "identity":
        return reading.drafts.add("claimant", "unknown", name="Unknown", category="unknown")
    category = "individual" if one.get("identity_class") == "individual" else "unknown"
    name = text_of(one, "name") or "Unknown"
    return reading.record_of("claimant", one, name, name=one_line(name), category=category)


def actor_of(reading: Reading, one: Stix) -> str:
    """Return the actor for an object."""
    name = text_of(one, "name") or one["id"]
    types = one.get("threat_actor_types")
    is_state = isinstance(types, list) and "nation-state" in types
    kind = _ACTOR_KINDS.get(one["type"], "state" if is_state else "unknown")
    aliases = one.get("aliases")
    given = [each for each in aliases if isinstance(each, str)] if isinstance(aliases, list) else []
    names = [one_line(clean_text(each)) for each in given]
    return reading.record_of(
        "actor", one, name, name=one_line(name), actor_kind=kind, description=cut(reading, text_of(one, "description")),
        aliases=[{"name": each} for each in dict.fromkeys(names) if each],
    )  # fmt: skip


def target_of(reading: Reading, one: Stix) -> str:
    """Return the target for an object; whether a person holds a public office is for the editor to say."""
    name = text_of(one, "name") or one["id"]
    kind = _TARGET_KINDS.get(str(one.get("identity_class")), "community")
    return reading.record_of(
        "target", one, name, name=one_line(name), target_kind=kind if one["type"] == "identity" else "infrastructure",
        description=cut(reading, text_of(one, "description")),
    )  # fmt: skip


def source_of(reading: Reading, report: Stix) -> str:
    """Return the source for a report."""
    name = text_of(report, "name") or report["id"]
    return reading.record_of(
        "source", report, name, title=one_line(name), source_kind="report",
        publisher=claimant_of(reading, report.get("created_by_ref")), dated=day_of(report.get("published")),
        url=address_of(report), caveat=cut(reading, text_of(report, "description")),
    )  # fmt: skip


def bundle_source(reading: Reading, creator: object) -> str:
    """Return the source that stands for the bundle itself, for objects that no report names."""
    name = f"stix-{reading.file.sha256[:12]}"
    return reading.drafts.add(
        "source", name, title=one_line(f"STIX bundle {reading.file.name}"), source_kind="data",
        publisher=claimant_of(reading, creator), sha256=reading.file.sha256,
    )  # fmt: skip


def text_of(one: Stix, name: str) -> str:
    """Return a text field without control characters; nothing if it is no text."""
    value = one.get(name)
    return clean_text(value).strip() if isinstance(value, str) else ""


def cut(reading: Reading, text: str, limit: int = 20_000) -> str:
    """Return text as long as a record allows; what is longer is cut with a note."""
    if len(text) > limit:
        reading.drafts.note(0, "cut", f"A text of {len(text):,} characters was cut.", "Read it in the bundle.")
    return text[:limit]


def day_of(value: object) -> str | None:
    """Return the day of a timestamp, if it is one.

    Examples
    --------
    >>> day_of("2024-10-23T10:00:00Z"), day_of("soon")
    ('2024-10-23', None)
    """
    from undazzle.casebook.fields import first_day

    try:
        return first_day(str(value)[:10]).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def address_of(one: Stix) -> str | None:
    """Return the first whole web address among the external references of an object."""
    references = one.get("external_references")
    for each in references if isinstance(references, list) else ():
        url = each.get("url") if isinstance(each, dict) else None
        if isinstance(url, str) and known_address(url):
            return url
    return None
