"""A matrix is drawn up from what is known: a pinned network, its signals, its playbooks, and claims of the case.

The software writes down what is seen and what an ordinary test said. What each piece means for each hypothesis is a
person's to rate: pieces whose meaning no published test gives stand unrated, and count for nothing until somebody has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from undazzle.attribution.playbooks import find_playbook
from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.finding import Finding, Outcome, TestedPlaybook
from undazzle.casebook.gradings import Credibility
from undazzle.casebook.matrix import Degree, Evidence, Hypothesis, HypothesisKind, Matrix
from undazzle.errors import UnknownNameError

_NULLS = {"commercial-spam": "commercial", "domestic-partisans": "domestic", "fandom": "authentic"}
_MOST_SIGNALS, _MOST_CLAIMS = 12, 60
_RIVALS = (
    Hypothesis(id="authentic", kind=HypothesisKind.AUTHENTIC,
               statement="People who know nothing of each other, or a crowd that shares an interest"),
    Hypothesis(id="domestic", kind=HypothesisKind.DOMESTIC, statement="Volunteers or a campaign at home, organised"),
    Hypothesis(id="commercial", kind=HypothesisKind.COMMERCIAL, statement="A seller of reach, or advertising"),
    Hypothesis(id="false-flag", kind=HypothesisKind.FALSE_FLAG,
               statement="Somebody who imitates a published operation so that it is blamed"),
    Hypothesis(id="operation", kind=HypothesisKind.OPERATION, statement="An operation run by one hand, unknown which"),
)  # fmt: skip
_CREDIBILITY = {
    Credibility.CONFIRMED: Degree.HIGH, Credibility.PROBABLY_TRUE: Degree.HIGH,
    Credibility.POSSIBLY_TRUE: Degree.MEDIUM, Credibility.DOUBTFUL: Degree.LOW, Credibility.IMPROBABLE: Degree.LOW,
}  # fmt: skip


def draft_matrix(
    case: Case, findings: Iterable[Finding], *, matrix_id: str, rated_by: str, rated: str,
    claims: Iterable[str] = (), operations: Iterable[str] = (),
) -> Matrix:  # fmt: skip
    """Return a matrix with every compulsory rival, filled with what the case and its findings hold.

    Parameters
    ----------
    case
        The case.
    findings
        Pinned networks.
    matrix_id, rated_by, rated
        Its name, who will rate it, and the day.
    claims
        Claims of the case to put in, unrated. None by default: which claim bears on the question is a judgement.
    operations
        Playbooks to weigh as hypotheses of their own, beside "an operation, not known which".

    Raises
    ------
    UnknownNameError
        If a claim is not in the case or there is no such playbook.
    """
    named = [find_playbook(one) for one in operations]
    hypotheses = (*_RIVALS, *(
        Hypothesis(id=one.id, kind=HypothesisKind.OPERATION, statement=f"The operation known as {one.name}")
        for one in named
    ))  # fmt: skip
    held = tuple(findings)
    evidence = [piece for one in held for piece in _of_finding(one, hypotheses)]
    evidence += [_of_claim(_claim(case, one), hypotheses) for one in list(claims)[:_MOST_CLAIMS]]
    what = held[0].name if held else case.head.title
    return Matrix(
        id=matrix_id, question=f"Who or what is behind {what}?", hypotheses=hypotheses, evidence=tuple(evidence),
        rated_by=rated_by, rated=rated,
    )  # fmt: skip


def _claim(case: Case, claim_id: str) -> Claim:
    if claim_id not in case.claims:
        raise UnknownNameError("claim", claim_id, case.claims)
    return case.claims[claim_id]


def _of_finding(found: Finding, hypotheses: tuple[Hypothesis, ...]) -> Iterator[Evidence]:
    yield _synchrony(found, hypotheses)
    yield from _ordinary_reasons(found, hypotheses)
    yield from _signals(found, hypotheses)
    yield from _playbooks(found, hypotheses)


def _synchrony(found: Finding, hypotheses: tuple[Hypothesis, ...]) -> Evidence:
    """Beyond chance means together, not by whom: it speaks against strangers only, and only where it was tested."""
    beyond = found.expected is not None and found.co_actions > found.expected and found.timing_testable
    chance = "nobody computed what chance gives" if found.expected is None else f"{found.expected:,.0f} by chance"
    return _piece(
        found, "together", f"{found.accounts} accounts acted together {found.co_actions:,} times; {chance}",
        hypotheses, {"authentic": "I"} if beyond and not found.explained_by else {}, Degree.HIGH, Degree.MEDIUM,
    )  # fmt: skip


def _ordinary_reasons(found: Finding, hypotheses: tuple[Hypothesis, ...]) -> Iterator[Evidence]:
    for number, one in enumerate(found.explanations, 1):
        if one.verdict == "not testable":
            continue
        fits = one.verdict == "fits"
        ratings = {"authentic": "CC", "domestic": "C", "operation": "I", "false-flag": "I"} if fits else {}
        yield _piece(
            found, f"reason-{number}", f"Ordinary reason tested: {one.title}: {one.verdict}", hypotheses, ratings,
            Degree.MEDIUM, Degree.MEDIUM, is_unrated=not fits,
        )  # fmt: skip


def _signals(found: Finding, hypotheses: tuple[Hypothesis, ...]) -> Iterator[Evidence]:
    """What stands out counts for nobody until a person says whom it speaks against."""
    out = [one for one in found.signals if one.outcome is Outcome.STANDS_OUT]
    for one in out[:_MOST_SIGNALS]:
        ordinary = f" It could also be: {one.innocent}" if one.innocent else ""
        yield _piece(
            found, f"signal-{one.signal}", f"{one.title}: {one.figure or 'stands out'}.{ordinary}", hypotheses, {},
            Degree.MEDIUM, Degree.UNKNOWN, is_selection=one.is_selection, is_unrated=not one.is_selection,
        )  # fmt: skip
    quiet = [one for one in found.signals if one.outcome is Outcome.ORDINARY]
    if quiet:
        yield _piece(
            found, "signals-as-elsewhere", f"{len(quiet)} signals are as elsewhere: "
            f"{', '.join(one.title for one in quiet[:_MOST_SIGNALS])}", hypotheses, {}, Degree.MEDIUM, Degree.UNKNOWN,
            is_absence=True, is_unrated=True,
        )  # fmt: skip


def _playbooks(found: Finding, hypotheses: tuple[Hypothesis, ...]) -> Iterator[Evidence]:
    """A playbook weighed as a hypothesis is rated by its interval; one that only was compared is not rated."""
    ordinary = max((one.coverage for one in found.playbooks if one.is_ordinary), default=0.0)
    ids = {one.id for one in hypotheses}
    for one in found.playbooks:
        if one.testable == 0:
            continue
        ratings = {one.playbook: _agreement(one, ordinary)} if one.playbook in ids else _of_null(one)
        word = "ordinary" if one.is_ordinary else "operation"
        yield _piece(
            found, f"playbook-{one.playbook}",
            f"Agrees with {one.agreeing} of {one.testable} testable observables of {one.playbook} ({word}; coverage "
            f"{one.coverage:.2f}, {one.low:.2f} to {one.high:.2f}; margin {one.margin:+.2f})",
            hypotheses, ratings, Degree.MEDIUM, Degree.LOW, is_unrated=not ratings,
        )  # fmt: skip


def _agreement(one: TestedPlaybook, ordinary: float) -> str:
    """Rate an operation by its own playbook: agreement is never more than C, because it can be imitated."""
    if one.high < 0.5:
        return "II"
    if one.coverage < 0.5:
        return "I"
    return "C" if one.low > 0.5 and one.coverage > ordinary else "N"


def _of_null(one: TestedPlaybook) -> Mapping[str, str]:
    """Rate an ordinary hypothesis up where its playbook agrees; one ordinary pattern missing excludes no other."""
    rival = _NULLS.get(one.playbook, "")
    return {rival: "C"} if rival and one.low > 0.5 else {}


def _of_claim(claim: Claim, hypotheses: tuple[Hypothesis, ...]) -> Evidence:
    return Evidence(
        id=claim.id.partition(":")[2].replace(".", "-")[:60],
        statement=f"Claimed ({claim.proposition.polarity}): {claim.statement}"[:2_000],
        refers_to=(claim.id,),
        is_unrated=True,
        credibility=_CREDIBILITY.get(claim.credibility, Degree.UNKNOWN),
        ratings=dict.fromkeys((one.id for one in hypotheses), "N"),  # type: ignore[arg-type]  # read by the model
    )


def _piece(
    found: Finding, name: str, statement: str, hypotheses: tuple[Hypothesis, ...], ratings: Mapping[str, str],
    credibility: Degree, relevance: Degree, **more: Any,
) -> Evidence:  # fmt: skip
    given = {one.id: ratings.get(one.id, "N") for one in hypotheses}
    short = "".join(one if one.isalnum() else "-" for one in f"{found.name}-{name}".lower())[:60]
    return Evidence.model_validate({
        "id": short, "statement": statement[:2_000], "refers_to": (found.id,), "ratings": given,
        "credibility": credibility, "relevance": relevance, **more,
    })  # fmt: skip
