"""Judgements, pinned networks, matrices and retractions as notes; what was taken back stays, and says so."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.assessment import Assessment
from undazzle.casebook.finding import Finding
from undazzle.casebook.ladder import grid_of, standing_of
from undazzle.casebook.matrix import Matrix
from undazzle.casebook.retraction import Retraction
from undazzle.publish.exchange.dates import timestamp
from undazzle.publish.exchange.stix.collecting import PRODUCER, Collection
from undazzle.publish.exchange.stix.scales import confidence_number


def add_judgements(made: Collection) -> None:
    """Add what was pinned, weighed, judged and taken back, each as a note on what it is about."""
    for finding in made.case.findings.values():
        _add_finding(made, finding)
    for matrix in made.case.matrices.values():
        _add_matrix(made, matrix)
    for assessment in _weakest_first(made):
        _add_assessment(made, assessment)
    for retraction in made.case.retractions.values():
        _add_retraction(made, retraction)


def _weakest_first(made: Collection) -> list[Assessment]:
    """Return judgements so that each stands after those it builds on or replaces."""
    return sorted(
        made.case.assessments.values(), key=lambda one: (one.rung.place if one.rung else -1, one.signed or "", one.id)
    )


def finding_lines(one: Finding) -> Iterator[str]:
    """Yield what was measured of a network, against what, and what it does not say."""
    chance = "nobody computed what chance gives" if one.expected is None else f"chance gives {one.expected:,.1f}"
    yield f"{one.accounts:,} accounts acted together {one.co_actions:,} times on {one.items:,} items; {chance}."
    if one.explained_by:
        yield f"Something ordinary explains it: {one.explained_by.replace('_', ' ')}."
    yield from (f"Ordinary reason tested: {each.title}: {each.verdict}." for each in one.explanations)
    if one.playbook_sentence:
        yield one.playbook_sentence
    yield "More than chance is synchrony. It does not say who acts, or for whom."


def _add_finding(made: Collection, one: Finding) -> None:
    made.add(
        "note", (one.id,), record=one, abstract=f"Network {one.name}, pinned by {one.pinned_by or 'nobody'}",
        content="\n".join(finding_lines(one)) + f"\n({one.id})", object_refs=[PRODUCER],
        authors=[one.pinned_by] if one.pinned_by else None, labels=["casebook:finding"],
        created=timestamp(one.pinned) if one.pinned else None,
    )  # fmt: skip


def _add_matrix(made: Collection, one: Matrix) -> None:
    lines = [one.question, *(f"Hypothesis ({each.kind}): {each.statement}" for each in one.hypotheses)]
    for each in one.evidence:
        rated = ", ".join(f"{name} {rating}" for name, rating in each.ratings.items())
        lines.append(f"Evidence: {each.statement} [{'not rated' if each.is_unrated else rated}]")
    refs = made.refs_of(ref for each in one.evidence for ref in each.refers_to) or [PRODUCER]
    made.add(
        "note", (one.id,), record=one, abstract=f"Hypotheses weighed by {one.rated_by}",
        content="\n".join(lines) + f"\n({one.id})", object_refs=refs, authors=[one.rated_by],
        labels=["casebook:matrix"], created=timestamp(one.rated),
    )  # fmt: skip


def _add_assessment(made: Collection, one: Assessment) -> None:
    standing = standing_of(made.case, one)
    refs = made.refs_of((*one.incidents, *one.rests_on, one.matrix, *one.builds_on, one.replaces)) or [PRODUCER]
    made.add(
        "note", (one.id,), record=one, abstract=f"Assessment signed by {one.signed_by or 'nobody yet'}",
        content="\n".join(_assessment_lines(made, one, standing.word)), object_refs=refs,
        authors=[one.signed_by] if one.signed_by else None, confidence=confidence_number(one.confidence),
        created=timestamp(one.signed) if one.signed else None,
        labels=["casebook:assessment", *([f"rung:{one.rung}"] if one.rung else []),
                f"standing:{standing.word.replace(' ', '-')}"],
    )  # fmt: skip


def _assessment_lines(made: Collection, one: Assessment, word: str) -> Iterator[str]:
    if word != "held":
        yield f"No longer held as it stands: {word}."
    yield from (f"Limit: {each}" for each in one.limits)
    yield one.statement
    if one.confidence_statement:
        yield one.confidence_statement
    if one.evidence:
        yield grid_of(made.case, one).sentence
    yield from (
        f"Rests on ({each.evidence_kind}, {each.access}): {each.says} [{each.rests_on}]" for each in one.evidence
    )
    yield from (f"Alternative weighed: {each}" for each in one.alternatives)
    yield from (f"Would change it: {each}" for each in one.would_change)
    yield from (f"Set aside: {each.claim} ({each.reason})" for each in one.set_aside)
    yield f"({one.id})"


def _add_retraction(made: Collection, one: Retraction) -> None:
    made.add(
        "note", (one.id,), record=one, abstract=f"Taken back by {one.signed_by}",
        content=f"{one.takes_back} is taken back: {one.reason}\n({one.id})", authors=[one.signed_by],
        object_refs=made.refs_of((one.takes_back,)) or [PRODUCER], created=timestamp(one.signed),
        labels=["casebook:retraction"],
    )  # fmt: skip
