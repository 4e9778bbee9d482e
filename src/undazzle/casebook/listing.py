"""Tables of a case: incidents, claims and the other kinds as rows with plain columns."""

from __future__ import annotations

from collections.abc import Sequence

from undazzle.casebook.case import Case
from undazzle.casebook.contradictions import find_contradictions, provenance
from undazzle.casebook.kinds import FOLDERS
from undazzle.casebook.origins import origin_of

INCIDENT_COLUMNS = ("id", "begin", "event", "claims", "origins", "contradicted", "breakout", "title")
CLAIM_COLUMNS = (
    "id", "claimed", "claimant", "origin", "aspect", "polarity", "answer", "actors", "targets", "confidence",
    "likelihood", "has_conflicts", "conflicting_fields", "has_tensions", "single_sourced", "corroboration_count",
    "verification", "statement",
)  # fmt: skip
OTHER_COLUMNS = ("id", "name", "kind", "file")
Rows = list[Sequence[object]]


def list_records(case: Case, folder: str) -> tuple[tuple[str, ...], Rows]:
    """Return columns and rows for one kind of record, named by its folder (``incidents``, ``claims`` …).

    Raises
    ------
    KeyError
        If there is no such folder.
    """
    if folder == "incidents":
        return INCIDENT_COLUMNS, list_incidents(case)
    if folder == "claims":
        return CLAIM_COLUMNS, list_claims(case)
    kind = FOLDERS[folder]
    rows: Rows = []
    for record in case:
        if isinstance(record, kind.model):
            name = getattr(record, "name", None) or getattr(record, "title", None) or getattr(record, "statement", "")
            detail = getattr(record, f"{kind.name}_kind", None) or getattr(record, "category", None) or kind.name
            rows.append((record.id, name, str(detail), case.files[record.id]))
    return OTHER_COLUMNS, rows


def list_incidents(case: Case) -> Rows:
    """Return one row for each incident, by the day its activity began."""
    known = provenance(case, find_contradictions(case))
    rows: Rows = []
    for incident in case.incidents.values():
        claims = case.claims_of(incident)
        origins = {origin_of(case, one) for one in claims}
        contradicted = sum(known[one.id].has_conflicts for one in claims)
        category = incident.breakout.category if incident.breakout else None
        rows.append(
            (incident.id, incident.begin, incident.event, len(claims), len(origins), contradicted, category,
             incident.title)
        )  # fmt: skip
    return sorted(rows, key=lambda row: (str(row[2] or ""), str(row[1] or "9999"), str(row[0])))


def list_claims(case: Case) -> Rows:
    """Return one row for each claim, by the day it was made."""
    known = provenance(case, find_contradictions(case))
    rows: Rows = []
    for claim in case.claims.values():
        said, standing = claim.proposition, known[claim.id]
        rows.append(
            (
                claim.id, claim.claimed, claim.claimant, origin_of(case, claim), str(said.aspect), str(said.polarity),
                said.answer, list(said.actors), list(said.targets),
                str(claim.confidence.word) if claim.confidence and claim.confidence.word else None,
                str(claim.likelihood.word) if claim.likelihood and claim.likelihood.word else None,
                standing.has_conflicts, list(standing.conflicting_fields), standing.has_tensions,
                standing.single_sourced, standing.corroboration_count, str(claim.verification), claim.statement,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (str(row[1] or ""), str(row[0])))
