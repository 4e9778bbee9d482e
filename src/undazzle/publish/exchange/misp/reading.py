"""MISP events become drafts: what was said, by whom, with its gradings. Indicators and accounts are kept, not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from undazzle.casebook.importers.drafts import Drafts, Imported, one_line
from undazzle.casebook.records import Record
from undazzle.casebook.rings import without_rings
from undazzle.errors import SourceError
from undazzle.publish.exchange.json_reading import JsonFile, read_json
from undazzle.publish.exchange.kept import kept_file
from undazzle.publish.exchange.misp.claims import ids_of
from undazzle.publish.exchange.misp.events import RECORD
from undazzle.publish.exchange.misp.foreign import read_event
from undazzle.publish.exchange.records import draft_of

Misp = dict[str, Any]


def import_misp(path: Path) -> Imported:
    """Return draft records of MISP events: a file of one or more, or the folder of a feed.

    Events that this software wrote lead back to their records. Of others, annotations, comments and texts become
    claims; tags of likelihood, Admiralty and techniques are read; everything else is kept as it is.

    Raises
    ------
    SourceError
        If a file holds no events, breaks off, or is too large.
    """
    files = _files(path)
    drafts = Drafts(path.name)
    seen: dict[str, Misp] = {}
    rest: list[Misp] = []
    rows = 0
    for file in files:
        for event in _events(file):
            rows += 1
            uuid = str(event.get("uuid"))
            if uuid in seen:
                same = "word for word" if event == seen[uuid] else "with two contents"
                drafts.note(rows, "duplicate-id", f"Event {uuid[:60]} stands twice, {same}.", "The first was read.")
                rest += [] if event == seen[uuid] else [{"Event": event}]
                continue
            seen[uuid] = event
            rest += _read(drafts, file, event)
    for what in without_rings(drafts.records):
        drafts.note(0, "relay-ring", what, "The last step was left out; find out who said it first.")
    if rest:
        drafts.note(0, "kept", f"{len(rest):,} events hold what has no place here.", "They were kept as they are.")
    done = drafts.done(rows)
    key = "".join(file.sha256[:8] for file in files) if len(files) < 2 else _joint(files)
    return Imported(done.records, done.problems, rows, done.used, kept_file("misp", key, rest))


def _joint(files: list[JsonFile]) -> str:
    import hashlib

    return hashlib.sha256("".join(sorted(file.sha256 for file in files)).encode()).hexdigest()


def _files(path: Path) -> list[JsonFile]:
    if not path.is_dir():
        return [read_json(path)]
    found = [one for one in sorted(path.glob("*.json")) if one.name != "manifest.json" and one.is_file()]
    if not found:
        raise SourceError(path, "No events in the folder", "Give a JSON file, or the folder of a feed.")
    return [read_json(one) for one in found]


def _events(file: JsonFile) -> Iterator[Misp]:
    value = file.value
    if isinstance(value, dict) and isinstance(value.get("response"), list):
        value = value["response"]
    listed = value if isinstance(value, list) else [value]
    found = [one.get("Event") for one in listed if isinstance(one, dict)]
    events = [one for one in found if isinstance(one, dict) and isinstance(one.get("info"), str)]
    if not events or len(events) < len(listed):
        raise SourceError(file.path, "No MISP events (Event with info)", "Export the events of MISP as JSON.")
    yield from events


def _read(drafts: Drafts, file: JsonFile, event: Misp) -> list[Misp]:
    """Read an event and return what is kept of it."""
    ours = [one for one in parts_in(event, "Attribute") if str(one.get("comment", "")).startswith(RECORD)]
    taken = [record for one in ours if (record := _take(drafts, one))]
    if not taken:
        return [{"Event": event}] if read_event(drafts, file, event) else []
    drafts.used += 1
    known = {ids for one in taken for ids in ids_of(one.id, taken) if one.kind in {"incident", "case"}}
    known |= {str(one.get("uuid")) for one in ours}
    left = {
        name: [one for one in parts_in(event, name) if one.get("uuid") not in known] for name in ("Attribute", "Object")
    }
    return [{"Event": {**event, **left}}] if any(left.values()) else []


def _take(drafts: Drafts, one: Misp) -> Record | None:
    record = draft_of(one.get("value"))
    if record is None:
        drafts.note(0, "bad-record", f"{one_line(str(one.get('comment')), 80)} cannot be read.", "It was left out.")
        return None
    return drafts.records.setdefault(record.id, record)


def parts_in(event: Misp, name: str) -> list[Misp]:
    """Return the attributes or objects of an event that are mappings."""
    held = event.get(name)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []
