"""Whether a judgement still stands: replaced, taken back, or resting on something that was.

Judgements are never changed or removed. A later one replaces an earlier one, and a retraction takes one back; both
stay in the history, and everything that rests on what was taken back is flagged, however far above it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from undazzle.casebook.assessment import Assessment
from undazzle.casebook.case import Case
from undazzle.casebook.ladder.breach import Breach
from undazzle.casebook.retraction import Retraction
from undazzle.casebook.seals import seal_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a judgement stands.

    Attributes
    ----------
    replaced_by
        The judgements that replace it: one, or more where two people replaced it at once.
    retracted
        The retraction of itself, if there is one.
    undermined_by
        What it rests on, near or far, that was taken back: pairs of record and retraction.
    changed
        Records it rests on that no longer say what they said when it was signed, itself among them.
    """

    replaced_by: tuple[str, ...]
    retracted: Retraction | None
    undermined_by: tuple[tuple[str, Retraction], ...]
    changed: tuple[str, ...]

    @property
    def is_held(self) -> bool:
        """Whether it is neither replaced, taken back nor undermined."""
        return not (self.replaced_by or self.retracted or self.undermined_by)

    @property
    def word(self) -> str:
        """Say it in a word or two."""
        if self.retracted:
            return "taken back"
        if self.replaced_by:
            return "replaced"
        return "rests on what was taken back" if self.undermined_by else "held"


def standing_of(case: Case, assessment: Assessment) -> Standing:
    """Return whether a judgement still stands.

    Parameters
    ----------
    case
        The case.
    assessment
        A judgement of it, or one about to be signed.
    """
    by_target = {one.takes_back: one for one in case.retractions.values()}
    undermined = tuple((one, by_target[one]) for one in everything_below(case, assessment) if one in by_target)
    changed = [
        one.id for one in assessment.cited if one.id in case.records and seal_of(case.records[one.id]) != one.sha256
    ]
    if assessment.seal is not None and seal_of(assessment) != assessment.seal:
        changed.insert(0, assessment.id)
    replaced_by = tuple(one.id for one in case.assessments.values() if one.replaces == assessment.id)
    return Standing(replaced_by, by_target.get(assessment.id), undermined, tuple(changed))


def everything_below(case: Case, assessment: Assessment) -> tuple[str, ...]:
    """Return the ids of all a judgement rests on, through judgements below, relayed claims and matrices."""
    found: dict[str, None] = {}
    waiting = list(_next_below(case, assessment.id, assessment))
    while waiting:
        one = waiting.pop()
        if one in found or one == assessment.id:
            continue
        found[one] = None
        waiting += _next_below(case, one, None)
    return tuple(found)


def _next_below(case: Case, record_id: str, given: Assessment | None) -> Iterator[str]:
    assessment = given or case.assessments.get(record_id)
    if assessment is not None:
        yield from (*assessment.rests_on, *assessment.builds_on)
        if matrix := case.matrices.get(assessment.matrix or ""):
            yield from (one for piece in matrix.evidence for one in piece.refers_to if one in case.records)
    elif record_id in case.claims:
        claim = case.claims[record_id]
        yield from (one for one in (claim.relays, *claim.rests_on) if one)


def dependants_of(case: Case, record_id: str) -> tuple[Assessment, ...]:
    """Return the judgements that rest on a record, near or far."""
    return tuple(one for one in case.assessments.values() if record_id in everything_below(case, one))


def ladder_of(case: Case) -> tuple[Assessment, ...]:
    """Return the judgements that were neither replaced nor taken back, the weakest rung first.

    Judgements that rest on what was taken back are among them: a reader must see that they are undermined.
    """
    shown = [
        one
        for one in case.assessments.values()
        if not (found := standing_of(case, one)).replaced_by and not found.retracted
    ]
    return tuple(sorted(shown, key=lambda one: (one.rung.place if one.rung else -1, one.signed or "", one.id)))


def judgement_history(case: Case, assessment: Assessment) -> tuple[Assessment, ...]:
    """Return a judgement and those it replaced, the earliest first; a ring ends where it would begin again."""
    chain, seen = [assessment], {assessment.id}
    while (earlier := chain[-1].replaces) and earlier in case.assessments and earlier not in seen:
        seen.add(earlier)
        chain.append(case.assessments[earlier])
    return tuple(reversed(chain))


def undermined(case: Case, assessment: Assessment) -> Iterator[Breach]:
    """Yield what was taken back or changed beneath a judgement, and histories that fork."""
    found = standing_of(case, assessment)
    for record_id, retraction in found.undermined_by:
        yield Breach(
            "rests-on-retracted", f"{assessment.id} rests on {record_id}, taken back by {retraction.signed_by} on "
            f"{retraction.signed}: {retraction.reason}", "Replace the judgement, or take it back.", "evidence",
        )  # fmt: skip
    for record_id in found.changed:
        own = record_id == assessment.id
        yield Breach(
            "changed-after-signing" if own else "cited-changed",
            f"{record_id} no longer says what it said when {assessment.id} was signed.",
            "Undo the change; sign a new judgement that --replaces it." if own
            else "Read it again, and sign a new judgement if it matters.", "seal" if own else "cited",
        )  # fmt: skip
    if len(found.replaced_by) > 1:
        yield Breach(
            "forked-history", f"{assessment.id} is replaced by {' and by '.join(found.replaced_by)}.",
            "Sign one judgement that replaces the later of them; both stay.", "id",
        )  # fmt: skip
