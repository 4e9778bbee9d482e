"""Small neutral cases: ferries, harbours and a mayor's race that never was."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from undazzle.casebook import Case, case_of
from undazzle.casebook.case_file import CaseFile
from undazzle.casebook.kinds import KINDS
from undazzle.casebook.records import Record
from undazzle.casebook.yaml_writing import write_record


def a_record(kind: str, name: str, /, **fields: Any) -> Record:
    return KINDS[kind].model.model_validate({"id": f"{kind}:{name}", **fields})


def a_claimant(name: str = "harbour-office", /, **fields: Any) -> Record:
    return a_record("claimant", name, **{"name": name, "category": "government", **fields})


def a_source(name: str = "harbour-report", /, **fields: Any) -> Record:
    given = {
        "title": name,
        "source_kind": "report",
        "publisher": "claimant:harbour-office",
        "dated": "2024-05-01",
        "url": f"https://example.org/{name}",
    }
    return a_record("source", name, **{**given, **fields})


def an_actor(name: str = "ferry-line", **fields: Any) -> Record:
    return a_record("actor", name, **{"name": name, "actor_kind": "company", **fields})


def a_target(name: str = "passengers", /, **fields: Any) -> Record:
    return a_record("target", name, **{"name": name, "target_kind": "community", **fields})


def an_event(name: str = "harbour-vote", **fields: Any) -> Record:
    return a_record("event", name, **{"name": name, "event_kind": "election", "begin": "2024-05-05", **fields})


def a_claim(name: str = "ferry-posters", /, **fields: Any) -> Record:
    said = {
        "aspect": "conduct",
        "polarity": "asserts",
        "actors": ["actor:ferry-line"],
        "act_class": "influence-covert",
        "targets": ["target:passengers"],
        "event": "event:harbour-vote",
    }
    said |= fields.pop("proposition", {})
    given = {
        "statement": "The ferry line put up posters under another name.",
        "claimant": "claimant:harbour-office",
        "claimed": "2024-05-02",
        "source": "source:harbour-report",
        "verification": "primary",
        "proposition": {key: value for key, value in said.items() if value is not None},
    }
    return a_record("claim", name, **{**given, **fields})


def an_incident(claims: Iterable[str], name: str = "posters", **fields: Any) -> Record:
    given = {"title": "Posters said to be the ferry line's", "summary": "Posters hung at the pier."}
    return a_record("incident", name, **{**given, "claims": list(claims), **fields})


def a_finding(name: str = "otter", **fields: Any) -> Any:
    given = {
        "title": "10 accounts acted together",
        "network": "run:1/network:1",
        "name": "amber-otter",
        "method": "calibrated",
        "software": "undazzle",
        "seed": 0,
        "input_sha256": "a" * 64,
        "members_sha256": "a" * 64,
        "parameters": "{}",
        "accounts": 10,
        "pairs": 45,
        "co_actions": 276,
        "items": 24,
        "days": 11,
        "expected": 33.0,
    }
    return a_record("finding", name, **given | fields)


def a_matrix(rests_on: str = "claim:domain") -> Any:
    kinds = {"fans": "authentic", "shop": "commercial", "decoy": "false-flag", "line": "operation"}
    rated = {"id": "e", "statement": "Seen", "refers_to": [rests_on], "ratings": dict.fromkeys(kinds, "N")}
    hypotheses = [{"id": name, "kind": kind, "statement": name} for name, kind in kinds.items()]
    return a_record(
        "matrix", "who", question="Who?", hypotheses=hypotheses, evidence=[rated], rated_by="A", rated="2026-11-01"
    )


def ground() -> list[Record]:
    """Return a claimant, a source, an actor, a target and an event that claims can name."""
    return [a_claimant(), a_source(), an_actor(), a_target(), an_event()]


def a_head(**fields: Any) -> CaseFile:
    return CaseFile.model_validate({"id": "case:harbour", "title": "Harbour vote", **fields})


def a_case(*records: Record, head: dict[str, Any] | None = None) -> Case:
    """Return a case in memory; every claim that no incident names is put into one."""
    held = [*ground(), *records]
    named = {claim for one in held if one.kind == "incident" for claim in one.claims}  # type: ignore[attr-defined]
    loose = [one.id for one in held if one.kind == "claim" and one.id not in named]
    if loose:
        held.append(an_incident(loose, "all-others"))
    return case_of(a_head(**(head or {})), held)


def on_disk(folder: Path, *records: Record, head: dict[str, Any] | None = None) -> Path:
    """Write a case to a folder and return the folder."""
    case = a_case(*records, head=head)
    write_record(folder, case.head)
    for one in case:
        write_record(folder, one)
    return folder
