"""MISP events: attributes, also those inside objects, with their tags and dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from undazzle.intrusions.adding import NOT_WANTED, Entry, add_entry
from undazzle.intrusions.dates import read_date
from undazzle.intrusions.indicator import IndicatorList, ListDraft

_MAX_DEPTH = 6


def is_misp(data: object) -> bool:
    """Return whether parsed JSON looks like a MISP event, a list of them, or an answer that holds some."""
    return any(True for _ in _events(data, 0))


def read_misp(data: object, source: str) -> IndicatorList:
    """Return the indicators of MISP events.

    Attributes that say they are not for detection (``to_ids`` false) are set aside and counted.
    """
    draft = ListDraft(source)
    number = 0
    for event in _events(data, 0):
        actor, day = _actor(event), read_date(event.get("date"))
        for attribute in _attributes(event):
            number += 1
            value = str(attribute.get("value") or "")
            if attribute.get("to_ids") is False:
                draft.entries += 1
                draft.refuse(number, NOT_WANTED, value)
                continue
            for text in value.split("|")[:3] if "|" in str(attribute.get("type", "")) else [value]:
                first = read_date(attribute.get("first_seen")) or day
                last = read_date(attribute.get("last_seen")) or read_date(attribute.get("timestamp")) or day
                word, note = str(attribute.get("type") or ""), str(attribute.get("comment") or "")
                type_word = "" if "|" in word else word
                add_entry(draft, Entry(text, number, type_word, actor, note, first, last))
    return draft.done()


def _events(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        for one in data:
            yield from _events(one, depth + 1)
    elif isinstance(data, dict):
        event = data.get("Event")
        if isinstance(event, dict):
            yield event
        elif isinstance(data.get("Attribute"), list) or isinstance(data.get("Object"), list):
            yield data
        elif isinstance(data.get("response"), list | dict):
            yield from _events(data["response"], depth + 1)


def _attributes(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _dictionaries(event.get("Attribute"))
    for thing in _dictionaries(event.get("Object")):
        yield from _dictionaries(thing.get("Attribute"))


def _dictionaries(value: object) -> Iterator[dict[str, Any]]:
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _actor(event: dict[str, Any]) -> str:
    """Return the actor an event names in its galaxies or tags."""
    for galaxy in _dictionaries(event.get("Galaxy")):
        if galaxy.get("type") in ("threat-actor", "mitre-intrusion-set", "disarm-actortypes"):
            for cluster in _dictionaries(galaxy.get("GalaxyCluster")):
                return str(cluster.get("value") or "")
    for tag in _dictionaries(event.get("Tag")):
        name = str(tag.get("name") or "")
        if name.startswith(("misp-galaxy:threat-actor=", "misp-galaxy:mitre-intrusion-set=")):
            return name.partition("=")[2].strip('"')
    return ""
