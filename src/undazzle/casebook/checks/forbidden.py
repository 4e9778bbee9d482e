"""What ``must_not_assert`` of a case names is not asserted by any of its claims."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.case_file import Forbidden
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.checks.texts import said_texts
from undazzle.casebook.claim import Claim
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.vocabulary import Polarity, Verification


def find(case: Case) -> Iterator[Problem]:
    """Yield claims and texts that say what the case must not, and claims nobody has read."""
    rules = case.head.must_not_assert
    for claim in case.claims.values():
        for rule in rules:
            if _has_conditions(rule) and _matches(rule, claim):
                yield problem(
                    case, claim, ("proposition",), "must-not-assert", Severity.ERROR,
                    f"{claim.id} asserts what the case must not ({rule.code}).", rule.why,
                )  # fmt: skip
        if claim.verification is Verification.UNREAD and claim.review == "reviewed":
            yield problem(
                case, claim, ("verification",), "unread", Severity.WARNING,
                f"Nobody has read the source of {claim.id}.", "Read it, or leave the claim out.",
            )  # fmt: skip
    phrases = [(phrase.casefold(), rule) for rule in rules for phrase in rule.phrases]
    if phrases:
        yield from _said(case, phrases)


def _said(case: Case, phrases: list[tuple[str, Forbidden]]) -> Iterator[Problem]:
    for record in (*case.claims.values(), *case.incidents.values(), *case.assessments.values()):
        for path, text in said_texts(record):
            folded = text.casefold()
            for phrase, rule in phrases:
                if phrase in folded:
                    yield problem(
                        case, record, path, "must-not-assert", Severity.ERROR,
                        f"{record.id} holds words the case must not ({rule.code}).", rule.why,
                    )  # fmt: skip


def _has_conditions(rule: Forbidden) -> bool:
    return bool(
        rule.actors or rule.claimants or rule.event or rule.aspect or rule.polarity or rule.answers or rule.confidence
    )


def _matches(rule: Forbidden, claim: Claim) -> bool:
    said = claim.proposition
    level = claim.confidence.word if claim.confidence else None
    return all(
        (
            not rule.actors or bool(set(rule.actors) & set(said.actors)),
            not rule.claimants or claim.claimant in rule.claimants,
            rule.event is None or said.event == rule.event,
            rule.aspect is None or said.aspect is rule.aspect,
            said.polarity is (rule.polarity or Polarity.ASSERTS),
            not rule.answers or said.answer in rule.answers,
            not rule.confidence or level in rule.confidence,
        )
    )


CHECK = Check(
    "must-not-assert",
    "What the case itself says it must not assert, and claims nobody has read",
    ("must-not-assert", "unread"),
    find,
)
