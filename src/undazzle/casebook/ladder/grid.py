"""Technical, behavioural and contextual evidence, by who can look at it: nine cells, filled or empty.

Source: Pamment and Smith 2022, "Attributing Information Influence Operations".
"""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.casebook.assessment import Access, Assessment, EvidenceKind, EvidenceLine
from undazzle.casebook.case import Case
from undazzle.casebook.origins import origin_of


@dataclass(frozen=True, slots=True)
class Grid:
    """Which cells the evidence of a judgement fills.

    Attributes
    ----------
    cells
        Lines of evidence by kind and access; all nine cells are there, empty ones with nothing in them.
    unstated
        Claims whose kind nobody has stated: they fill no cell and lift no cap.
    origins
        Who stands behind the evidence, each once: ten outlets that quote one briefing are one origin.
    """

    cells: dict[tuple[EvidenceKind, Access], tuple[EvidenceLine, ...]]
    unstated: tuple[str, ...]
    origins: frozenset[str]

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """Kinds of evidence that are there at all."""
        return tuple(one for one in EvidenceKind if any(self.cells[one, access] for access in Access))

    @property
    def filled(self) -> int:
        """Cells with evidence in them, of nine."""
        return sum(bool(held) for held in self.cells.values())

    @property
    def is_closed(self) -> bool:
        """Whether any of it can be looked at only by its owner."""
        return any(held for (_, access), held in self.cells.items() if access is not Access.OPEN)

    @property
    def sentence(self) -> str:
        """Say it in one sentence, with what is missing."""
        missing = [str(one) for one in EvidenceKind if one not in self.kinds]
        lacking = f" No {' and no '.join(missing)} evidence." if missing else ""
        return f"Evidence in {self.filled} of 9 cells, from {_origins(len(self.origins))}.{lacking}"


def _origins(count: int) -> str:
    return "no known origin" if not count else "1 origin" if count == 1 else f"{count} origins"


def grid_of(case: Case, assessment: Assessment) -> Grid:
    """Return which cells the evidence of a judgement fills, that of the judgements it builds on left out.

    Parameters
    ----------
    case
        Where the evidence stands.
    assessment
        The judgement.
    """
    lines = assessment.evidence
    cells = {
        (kind, access): tuple(one for one in lines if (one.evidence_kind, one.access) == (kind, access))
        for kind in EvidenceKind
        for access in Access
    }
    origins = {origin_behind(case, one) for one in assessment.rests_on} - {"unknown"}
    return Grid(cells, assessment.claims, frozenset(origins))


def origin_behind(case: Case, record_id: str) -> str:
    """Return who stands behind a claim, a document or a finding; ``unknown`` where the case does not know.

    Findings of the same posts have one origin, whoever pinned them.
    """
    if record_id in case.claims:
        return origin_of(case, case.claims[record_id])
    if record_id in case.findings:
        return f"posts {case.findings[record_id].input_sha256[:12]}"
    source = case.sources.get(record_id)
    return (source.publisher if source else None) or "unknown"
