"""Grades mean what the scales say: unknown is not worst, confirmed needs two origins, never 0 or 100 percent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from undazzle.casebook.assessment import Assessment
from undazzle.casebook.case import Case
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.claim import Claim
from undazzle.casebook.gradings import Credibility, Reliability
from undazzle.casebook.origins import independent_origins
from undazzle.casebook.problems import Problem, Severity

_UNKNOWN = re.compile(
    r"\b(reliability|credibility|source|it)\b[^.]{0,60}\b(unknown|not known|cannot be judged|can not be judged)\b"
    r"|\b(grade[ds]?|rated|rating|reliability|credibility)\b[^.]{0,20}(\bF\b|\b6\b)|\bF6\b",
    re.IGNORECASE,
)
_WORST = {Credibility.DOUBTFUL, Credibility.IMPROBABLE}


def find(case: Case) -> Iterator[Problem]:
    """Yield grades that treat unknown as bad, claims called confirmed on one origin, and certain judgements."""
    for claim in case.claims.values():
        yield from _check_claim(case, claim)
    for claimant in case.claimants.values():
        if claimant.reliability is not Reliability.CANNOT_BE_JUDGED and not claimant.reliability_basis:
            yield problem(
                case, claimant, ("reliability",), "grade-without-basis", Severity.WARNING,
                f"{claimant.id} has a reliability without a reason.", "Give reliability_basis.",
            )  # fmt: skip
    for assessment in case.assessments.values():
        yield from _check_assessment(case, assessment)


def _check_claim(case: Case, claim: Claim) -> Iterator[Problem]:
    if claim.credibility is Credibility.CANNOT_BE_JUDGED:
        return
    if not claim.credibility_basis:
        yield problem(
            case, claim, ("credibility",), "grade-without-basis", Severity.WARNING,
            f"{claim.id} has a credibility without a reason.", "Give credibility_basis.",
        )  # fmt: skip
    elif claim.credibility in _WORST and _UNKNOWN.search(claim.credibility_basis):
        yield problem(
            case, claim, ("credibility",), "unknown-treated-as-worst", Severity.ERROR,
            f"{claim.id} is called {claim.credibility} because something cannot be judged.",
            "Write cannot-be-judged: F and 6 are unknown, not worst.",
        )  # fmt: skip
    if claim.credibility is Credibility.CONFIRMED and len(_supporters(case, claim)) < 2:
        yield problem(
            case, claim, ("credibility",), "confirmed-by-one-origin", Severity.ERROR,
            f"{claim.id} is called confirmed, but its support comes from one origin.",
            "Write probably-true, or name claims of another origin that corroborate it.",
        )  # fmt: skip


def _supporters(case: Case, claim: Claim) -> frozenset[str]:
    from undazzle.casebook.contradictions.provenance import supporting_claims

    return independent_origins(case, supporting_claims(case, claim))


def _check_assessment(case: Case, assessment: Assessment) -> Iterator[Problem]:
    if assessment.probability is not None and not 0 < assessment.probability < 100:
        yield problem(
            case, assessment, ("probability",), "certain-probability", Severity.ERROR,
            f"{assessment.id} gives {assessment.probability:g} %.", "Give a number between 0 and 100, or a word.",
        )  # fmt: skip
    for index, one in enumerate(assessment.set_aside):
        if _UNKNOWN.search(one.reason):
            yield problem(
                case, assessment, ("set_aside", index, "reason"), "unknown-treated-as-worst", Severity.ERROR,
                f"{assessment.id} sets {one.claim} aside because its grade is unknown.",
                "Unknown is no reason: say what speaks against it, or use it with its grade shown.",
            )  # fmt: skip


CHECK = Check(
    "gradings",
    "Unknown treated as worst, confirmed on one origin, 0 or 100 percent",
    ("unknown-treated-as-worst", "confirmed-by-one-origin", "certain-probability", "grade-without-basis"),
    find,
)
