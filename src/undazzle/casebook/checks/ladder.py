"""Judgements keep the rules of the ladder, and nothing rests on what was taken back."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.finding import Finding
from undazzle.casebook.ladder.rules import RULES, breaches
from undazzle.casebook.ladder.standing import standing_of
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.retraction import Retraction
from undazzle.casebook.seals import seal_of
from undazzle.casebook.vocabulary import Review

# Told by the checks of wording and grades for every record; here only when somebody signs.
_TOLD_ELSEWHERE = {"likelihood-with-confidence", "certain-probability"}
_WARN_ONLY = {"cited-changed", "forked-history"}


def find(case: Case) -> Iterator[Problem]:
    """Yield rules of the ladder that judgements break, changed findings and retractions, and retractions of nothing."""
    for assessment in case.assessments.values():
        found = standing_of(case, assessment)
        is_draft = assessment.review is Review.DRAFT and not assessment.signed_by
        for one in breaches(case, assessment):
            if one.rule in _TOLD_ELSEWHERE or (
                one.rule == "rests-on-retracted" and (found.replaced_by or found.retracted)
            ):
                continue  # what nobody holds any more undermines nobody
            severity = Severity.WARNING if is_draft or one.rule in _WARN_ONLY else Severity.ERROR
            yield problem(case, assessment, (one.field,), one.rule, severity, one.what, one.remedy)
    signed: list[Finding | Retraction] = [*case.findings.values(), *case.retractions.values()]
    for record in signed:
        if record.seal is not None and seal_of(record) != record.seal:
            yield problem(
                case, record, ("seal",), "changed-after-signing", Severity.ERROR,
                f"{record.id} no longer says what it said when it was signed.", "Undo the change, or pin it anew.",
            )  # fmt: skip
    for retraction in case.retractions.values():
        if not retraction.takes_back:
            yield problem(
                case, retraction, ("id",), "retracts-nothing", Severity.ERROR,
                f"{retraction.id} takes nothing back.", "Name an assessment, a claim or a finding.",
            )  # fmt: skip


CHECK = Check(
    "ladder",
    "Judgements without author, evidence, alternatives or confidence; rungs out of order; caps; what was taken back",
    (*(one for one in RULES if one not in _TOLD_ELSEWHERE), "retracts-nothing"),
    find,
)
