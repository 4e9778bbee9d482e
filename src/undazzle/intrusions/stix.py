"""STIX 2 bundles, read leniently: indicators, observables, groups and the techniques they are said to use.

The only module of this room that knows STIX. A bundle may be cut off, may hold relationships in circles, and may
refer to objects that are not in it; what can be read is read, the rest is counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from undazzle.intrusions.adding import Entry, add_entry
from undazzle.intrusions.dates import read_date
from undazzle.intrusions.indicator import IndicatorList, ListDraft

MAX_OBJECTS = 5_000_000
_COMPARISON = re.compile(
    r"([a-z0-9-]+):([A-Za-z0-9_.'\"-]+)\s*(=|IN|LIKE|MATCHES|ISSUBSET|!=)\s*(\([^)]*\)|'(?:[^'\\]|\\.)*')"
)
_STRING = re.compile(r"'((?:[^'\\]|\\.)*)'")
_SEEN_TYPES = {
    "domain-name": "value", "url": "value", "ipv4-addr": "value", "ipv6-addr": "value", "email-addr": "value",
}  # fmt: skip
_ACTORS = ("intrusion-set", "threat-actor", "campaign")
_ABOUT = ("indicates", "attributed-to", "based-on", "part-of")


@dataclass(slots=True)
class Bundle:
    """The objects of a bundle by id, its relationships, and what was wrong with it."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def is_stix(text: str) -> bool:
    """Return whether a text begins like a STIX bundle or object (it may be cut off)."""
    head = text[:2_000]
    return '"bundle' in head or ('"spec_version"' in head and '"type"' in head) or '"indicator--' in head


def read_bundle(text: str) -> Bundle:
    """Return a bundle from JSON; of a text that is cut off, all objects that are whole."""
    bundle = Bundle()
    for thing in _objects(text, bundle):
        kind, thing_id = thing.get("type"), thing.get("id")
        if not isinstance(kind, str) or not isinstance(thing_id, str):
            bundle.problems.append("an object without type or id was left out")
        elif kind == "relationship":
            source, target = thing.get("source_ref"), thing.get("target_ref")
            if isinstance(source, str) and isinstance(target, str):
                bundle.links.setdefault(source, []).append((str(thing.get("relationship_type")), target))
        else:
            bundle.objects[thing_id] = thing
        if len(bundle.objects) > MAX_OBJECTS:
            bundle.problems.append(f"more than {MAX_OBJECTS:,} objects; the rest was not read")
            break
    lost = {target for pairs in bundle.links.values() for _, target in pairs if target not in bundle.objects}
    if lost:
        bundle.problems.append(f"{len(lost):,} objects are referred to, but are not in the bundle")
    return bundle


def _objects(text: str, bundle: Bundle) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        yield from _whole_objects(text, bundle)
        return
    listed = data.get("objects", [data]) if isinstance(data, dict) else data
    yield from (one for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()


def _whole_objects(text: str, bundle: Bundle) -> Iterator[dict[str, Any]]:
    """Yield the objects that are whole in a text that is not."""
    decoder, count = json.JSONDecoder(), 0
    place = text.find("[", max(text.find('"objects"'), 0))
    while 0 <= place < len(text):
        place = text.find("{", place)
        if place < 0:
            break
        try:
            thing, place = decoder.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError):
            break
        count += 1
        if isinstance(thing, dict):
            yield thing
    bundle.problems.append(f"the file is cut off or broken; {count:,} whole objects were read")


def read_indicators(bundle: Bundle, source: str) -> IndicatorList:
    """Return the indicators of a bundle: the comparisons of its patterns, and its observables."""
    draft = ListDraft(source, problems=[f"{source}: {one}" for one in dict.fromkeys(bundle.problems)])
    for number, (thing_id, thing) in enumerate(bundle.objects.items(), 1):
        kind = thing["type"]
        if kind == "indicator":
            _add_pattern(draft, bundle, thing_id, thing, number)
        elif kind in _SEEN_TYPES:
            add_entry(draft, Entry(str(thing.get(_SEEN_TYPES[kind]) or ""), number, actor=_actor(bundle, thing_id)))
        elif kind == "file" and isinstance(thing.get("hashes"), dict):
            for value in thing["hashes"].values():
                add_entry(draft, Entry(str(value), number, actor=_actor(bundle, thing_id)))
    return draft.done()


def _add_pattern(draft: ListDraft, bundle: Bundle, thing_id: str, thing: dict[str, Any], number: int) -> None:
    pattern, language = str(thing.get("pattern") or ""), str(thing.get("pattern_type") or "stix")
    if thing.get("revoked") is True:
        draft.entries += 1
        draft.refuse(number, "revoked by who published it", pattern)
        return
    found = list(_values(pattern)) if language == "stix" else []
    if not found:
        draft.entries += 1
        draft.refuse(number, f"a pattern that is not searched ({language})", pattern)
        return
    first = read_date(thing.get("valid_from")) or read_date(thing.get("created"))
    last = read_date(thing.get("valid_until")) or read_date(thing.get("modified")) or first
    actor, note = _actor(bundle, thing_id), str(thing.get("name") or "")
    for path, value in found:
        add_entry(draft, Entry(value, number, path, actor, note, first, last))


def _values(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield kind and value of each comparison that says what something is (not what it is not or is like)."""
    for kind, path, sign, value in _COMPARISON.findall(pattern[:100_000]):
        if sign not in ("=", "IN", "ISSUBSET"):
            continue
        word = kind if kind in (*_SEEN_TYPES, "file", "user-account") else f"{kind}-{path}"
        if kind == "file" and "hashes" not in path:
            word = "filename"
        for text in _STRING.findall(value):
            yield word, text.replace("\\'", "'").replace("\\\\", "\\")


def _actor(bundle: Bundle, thing_id: str) -> str:
    """Return whom the bundle says a thing belongs to, following relationships without going round in circles."""
    waiting, seen = [thing_id], {thing_id}
    while waiting:
        here = waiting.pop(0)
        thing = bundle.objects.get(here, {})
        if thing.get("type") in _ACTORS:
            return str(thing.get("name") or "")[:200]
        for word, target in bundle.links.get(here, ()):
            if word in _ABOUT and target not in seen:
                seen.add(target)
                waiting.append(target)
    return ""


def read_groups(bundle: Bundle) -> list[dict[str, Any]]:
    """Return the groups of a bundle (such as ATT&CK's) as plain values: id, name, aliases, dates, techniques, tools.

    Descriptions are not taken over: they are other people's texts.
    """
    found = []
    for thing_id, thing in bundle.objects.items():
        if thing["type"] != "intrusion-set":
            continue
        used = [bundle.objects.get(target, {}) for word, target in bundle.links.get(thing_id, ()) if word == "uses"]
        number, address = _outside_id(thing)
        found.append({
            "group_id": number or thing_id,
            "name": str(thing.get("name") or "")[:200],
            "aliases": [str(one)[:200] for one in thing.get("aliases") or () if one != thing.get("name")],
            "techniques": sorted({_outside_id(one)[0] for one in used if one.get("type") == "attack-pattern"} - {""}),
            "tools": sorted({_outside_id(one)[0] for one in used if one.get("type") in ("malware", "tool")} - {""}),
            "url": address,
            "is_revoked": thing.get("revoked") is True or thing.get("x_mitre_deprecated") is True,
        })  # fmt: skip
    return found


def _outside_id(thing: dict[str, Any]) -> tuple[str, str]:
    for one in thing.get("external_references") or ():
        if isinstance(one, dict) and str(one.get("source_name", "")).startswith("mitre-attack"):
            return str(one.get("external_id") or ""), str(one.get("url") or "")
    return "", ""
