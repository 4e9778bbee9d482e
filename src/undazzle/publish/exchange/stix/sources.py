"""Documents as reports, with their address, archive and hash."""

from __future__ import annotations

from typing import Any

from undazzle.casebook.source import Source
from undazzle.publish.exchange.dates import day_of_claim, timestamp
from undazzle.publish.exchange.stix.collecting import Collection
from undazzle.publish.exchange.texts import name_of, web_address


def references_of(made: Collection, source: Source) -> list[dict[str, Any]]:
    """Return where a document can be read, as external references; only whole web addresses become links."""
    publisher = name_of(made.case, source.publisher)
    copy = None if source.url else next(iter(source.read_at), None)
    found: list[dict[str, Any]] = []
    for label, address in (("", source.url), (" (archived)", source.archive_url), (" (copy read)", copy)):
        url = web_address(address)
        if url:
            hashes = {"SHA-256": source.sha256} if source.sha256 and not found else {}
            found.append(
                {"source_name": f"{publisher}{label}", "url": url, "description": source.title}
                | ({"hashes": hashes} if hashes else {})
            )
    if not found:
        hashes_known = f" SHA-256 of the copy read: {source.sha256}." if source.sha256 else ""
        found.append({"source_name": publisher, "description": f"{source.title}.{hashes_known}"})
    return found


def add_reports(made: Collection, notes: dict[str, list[str]]) -> None:
    """Add a report for each document, with the notes of its claims.

    Parameters
    ----------
    made
        The bundle.
    notes
        Ids of the notes by the id of their document.
    """
    for source in made.case.sources.values():
        held = notes.get(source.id) or made.refs_of([source.publisher])
        if not held:
            continue
        day = source.made_public
        labels = [f"source-kind:{source.source_kind}", *([] if day else ["date-not-known"])]
        labels += ["partly-read"] if source.is_partial else []
        made.add(
            "report", (source.id,), record=source, creator=made.refs.get(source.publisher), name=source.title,
            description=source.caveat, report_types=["threat-report"], labels=labels,
            published=timestamp(day) if day else _earliest(made, source), object_refs=held,
            created=timestamp(day) if day else None, external_references=references_of(made, source),
            lang=source.language if source.language and len(source.language) == 2 else None,
        )  # fmt: skip


def _earliest(made: Collection, source: Source) -> str:
    """Return the first day a claim of an undated document was made; the label says that it is a stand-in."""
    days = [day_of_claim(made.case, one) for one in made.case.claims.values() if one.source == source.id]
    return timestamp(min(days)) if days else made.now
