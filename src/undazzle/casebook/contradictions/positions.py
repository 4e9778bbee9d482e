"""Claims on one question that take different positions: yes or no, and different answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions.clashes import Position, clash
from undazzle.casebook.contradictions.finding import (
    Conflict,
    Contradiction,
    ContradictionKind,
    Level,
    contradiction,
    side_of,
)
from undazzle.casebook.contradictions.labels import label_of
from undazzle.casebook.contradictions.levels import level_between
from undazzle.casebook.contradictions.likeness import Likeness
from undazzle.casebook.contradictions.questions import NEGATIVE, Subject, questions
from undazzle.casebook.vocabulary import Aspect, Deployment

_WEIGHED = {Deployment.CONSIDERED, Deployment.PREPARED}
# Fields whose difference is a tension by its nature, with the reason.
_SOFT_FIELDS = {
    "targets": "one side names another target, not another finding",
    "preference": "aiming at a candidate is not yet preferring another",
    "rung": "one of them leaves open what the other names",
}


@dataclass(slots=True)
class _Sides:
    """Claims by the label of their position, and the fields on which two labels clash."""

    claims: dict[str, list[Claim]]
    clashes: dict[tuple[str, str], set[str]]


def find(case: Case, likeness: Likeness) -> Iterator[Contradiction]:
    """Yield the questions on which claims take different positions."""
    for subject, claims in sorted(questions(case, likeness).items()):
        sides = _compare(case, likeness, claims)
        if sides.clashes:
            yield _built(case, subject, sides)


def _compare(case: Case, likeness: Likeness, claims: list[Claim]) -> _Sides:
    positions: dict[Position, list[Claim]] = defaultdict(list)
    for claim in claims:
        positions[_position(likeness, claim)].append(claim)
    sides = _Sides({}, {})
    listed = list(positions)
    for index, one in enumerate(listed):
        for other in listed[index + 1 :]:
            fields = clash(likeness, one, other)
            labels = label_of(case, one), label_of(case, other)
            if fields and labels[0] != labels[1]:
                for position, label in zip((one, other), labels, strict=True):
                    held = sides.claims.setdefault(label, [])
                    held += [claim for claim in positions[position] if claim not in held]
                sides.clashes.setdefault(labels, set()).update(fields)
    return sides


def _built(case: Case, subject: Subject, sides: _Sides) -> Contradiction:
    places = {label: place for place, label in enumerate(sides.claims)}
    conflicts = []
    for (one, other), fields in sides.clashes.items():
        level, reasons = level_between(sides.claims[one], sides.claims[other])
        soft = [reason for name, reason in _SOFT_FIELDS.items() if name in fields]
        if soft and not fields - _SOFT_FIELDS.keys():
            level, reasons = Level.TENSION, (*reasons, *soft)
        conflicts.append(Conflict(places[one], places[other], level, tuple(sorted(fields)), reasons))
    built = (side_of(case, label, held) for label, held in sides.claims.items())
    return contradiction(_kind(subject, conflicts), subject, built, conflicts)


def _kind(subject: Subject, conflicts: Iterable[Conflict]) -> ContradictionKind:
    if subject[0] == Aspect.NATURE:
        return ContradictionKind.DEFINITION
    if any({"polarity", "preference"} & set(one.fields) for one in conflicts):
        return ContradictionKind.POLARITY
    return ContradictionKind.DEGREE


def _position(likeness: Likeness, claim: Claim) -> Position:
    said = claim.proposition
    return Position(
        said.aspect,
        said.polarity in NEGATIVE,
        said.answer,
        said.deployment in _WEIGHED,
        said.approval,
        frozenset(said.actors),
        frozenset(likeness.families(claim)),
        frozenset(said.targets),
        frozenset(said.favoured),
    )
