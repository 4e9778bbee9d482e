"""What every judgement must have before it can be signed."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.assessment import Assessment, Rung
from undazzle.casebook.case import Case
from undazzle.casebook.ladder.breach import Breach

_NEEDED = (
    ("no-author", "signed_by", "Nobody signs it.", "Give --by NAME."),
    ("no-date", "signed", "The signature has no day.", "Give --on DAY."),
    ("no-evidence", "evidence", "It rests on nothing.", "Give --evidence, or --claim."),
    ("no-alternatives", "alternatives", "No other explanation was weighed.", "Give --alternative for each."),
    ("no-confidence", "confidence", "It has no confidence word.", "Give --confidence low, moderate or high."),
    ("no-basis", "confidence_statement", "Its confidence rests on nothing that is said.", "Give --basis."),
    ("nothing-would-change-it", "would_change", "Nothing would change it.", "Give --would-change for each."),
)


def missing_parts(case: Case, assessment: Assessment) -> Iterator[Breach]:
    """Yield what a judgement lacks.

    Parameters
    ----------
    case
        Not looked at; every finder takes it.
    assessment
        The judgement.
    """
    del case
    for rule, field, what, remedy in _NEEDED:
        held = assessment.rests_on if field == "evidence" else getattr(assessment, field)
        if not held:
            yield Breach(rule, f"{assessment.id}: {what}", remedy, field)
    if assessment.replaces and not assessment.changed_because:
        yield Breach(
            "no-reason-for-change", f"{assessment.id} replaces {assessment.replaces} and does not say why.",
            "Give --changed-because.", "changed_because",
        )  # fmt: skip
    if assessment.rung in (Rung.OPERATOR, Rung.SPONSOR):
        yield from _missing_above(assessment)


def _missing_above(assessment: Assessment) -> Iterator[Breach]:
    """Yield what a judgement on who is behind it lacks."""
    if assessment.actor is None:
        yield Breach(
            "no-actor", f"{assessment.id} is about the {assessment.rung} and names no actor.",
            "Give --actor, or stay on a weaker rung: “we do not attribute” is an answer.", "actor",
        )  # fmt: skip
    if assessment.matrix is None:
        yield Breach(
            "no-matrix", f"{assessment.id} was not weighed against its rivals.",
            "Give --matrix; undazzle weigh WS network:1 --case CASE drafts one.", "matrix",
        )  # fmt: skip
    if not assessment.proportionality:
        yield Breach(
            "no-proportionality", f"{assessment.id} does not say whether naming somebody is lawful and in measure.",
            "Give --proportionality.", "proportionality",
        )  # fmt: skip
