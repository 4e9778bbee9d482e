"""A bundle file becomes draft records and what is kept."""

from __future__ import annotations

from pathlib import Path

from undazzle.casebook.importers.drafts import Drafts, Imported
from undazzle.casebook.rings import without_rings
from undazzle.publish.exchange.json_reading import read_json
from undazzle.publish.exchange.kept import kept_file
from undazzle.publish.exchange.stix.reading.claims import add_claims, operations
from undazzle.publish.exchange.stix.reading.objects import objects_of
from undazzle.publish.exchange.stix.reading.parties import Reading, actor_of, source_of
from undazzle.publish.exchange.stix.reading.records_back import take_records


def import_stix(path: Path) -> Imported:
    """Return draft records of a STIX 2 bundle.

    Objects that this software wrote lead back to their records. Of others, relationships (attributed to, targets,
    uses), notes and opinions become claims of those who made them; actors, reports and identities become what claims
    name. Objects that have no place in a casebook are kept as they are.

    Raises
    ------
    SourceError
        If the file is no bundle, breaks off, or is too large.
    """
    file = read_json(path)
    drafts = Drafts(file.name)
    objects = objects_of(file, drafts)
    reading = Reading(file, objects, drafts)
    reading.done, back = take_records(objects, drafts)
    reading.refs = {(record_id.partition(":")[0], object_id): record_id for object_id, record_id in back.items()}
    add_claims(reading)
    for one in operations(reading):
        actor_of(reading, one)
    for report in objects.of_type("report"):
        if report["id"] not in reading.done:
            source_of(reading, report)
    for what in without_rings(drafts.records):
        drafts.note(0, "relay-ring", what, "The last step was left out; find out who said it first.")
    rest = [one for object_id, one in objects.by_id.items() if object_id not in reading.done] + objects.aside
    drafts.used = len(reading.done)
    if rest:
        kinds = sorted({str(one.get("type")) if isinstance(one, dict) else "no object" for one in rest})
        drafts.note(0, "kept", f"{len(rest):,} objects have no place here ({', '.join(kinds)[:200]}).", "Kept as is.")
    done = drafts.done(len(objects.by_id) + len(objects.aside))
    return Imported(done.records, done.problems, done.rows, done.used, kept_file("stix", file.sha256, rest))
