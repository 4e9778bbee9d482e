"""Numbers of the same thing that differ, and numbers that only look alike because they count something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions.finding import (
    Conflict,
    Contradiction,
    ContradictionKind,
    Level,
    contradiction,
    side_of,
)
from undazzle.casebook.contradictions.likeness import Likeness
from undazzle.casebook.quantity import Quantity

_Counted = tuple[Quantity, Claim]


def find(case: Case, likeness: Likeness) -> Iterator[Contradiction]:
    """Yield the things that different claims count differently."""
    del likeness  # numbers are compared for one and the same actor or incident only
    things: dict[tuple[str, str], list[_Counted]] = defaultdict(list)
    for claim in case.claims.values():
        for one in claim.quantities:
            for subject in _subjects(case, claim, one):
                things[one.counted, subject].append((one, claim))
    for (counted, subject), held in sorted(things.items()):
        yield from _compare(case, counted, subject, held)


def _subjects(case: Case, claim: Claim, quantity: Quantity) -> list[str]:
    if quantity.subject:
        return [quantity.subject]
    if len(claim.proposition.actors) == 1:  # a number given for several is nobody's own
        return list(claim.proposition.actors)
    return [one.id for one in case.incidents_by_claim.get(claim.id, ())]


def _compare(case: Case, counted: str, subject: str, held: list[_Counted]) -> Iterator[Contradiction]:
    sides: dict[str, list[_Counted]] = defaultdict(list)
    for quantity, claim in held:
        sides[_label(quantity)].append((quantity, claim))
    labels = list(sides)
    conflicts = []
    for left, one in enumerate(labels):
        for right in range(left + 1, len(labels)):
            found = _clash(sides[one][0][0], sides[labels[right]][0][0])
            if found and not _one_document(sides[one], sides[labels[right]]):
                conflicts.append(Conflict(left, right, found[0], ("quantities",), (found[1],)))
    if conflicts:
        built = (side_of(case, label, [claim for _, claim in sides[label]]) for label in labels)
        yield contradiction(ContradictionKind.NUMBER, (counted, subject), built, conflicts)


def _one_document(left: list[_Counted], right: list[_Counted]) -> bool:
    """Return whether both numbers stand in one document, which then counts two things knowingly."""
    return {claim.source for _, claim in left} == {claim.source for _, claim in right}


def _label(quantity: Quantity) -> str:
    measure = f" ({quantity.measure.replace('-', ' ')})" if quantity.measure else ""
    day = f", as of {quantity.as_of}" if quantity.as_of else ""
    return f"{quantity}{measure}{day}"


def _clash(one: Quantity, other: Quantity) -> tuple[Level, str] | None:
    if one.denominator != other.denominator:
        if one.value == other.value:
            return None
        return Level.TENSION, "they count different things: never to be added up or set against each other"
    if _agree(one, other):
        return None
    if one.as_of and other.as_of and one.as_of != other.as_of:
        return Level.TENSION, "they were given on different days"
    if one.is_approximate or other.is_approximate:
        return Level.TENSION, "one of them is approximate"
    return Level.CONTRADICTION, "they count the same thing"


def _agree(one: Quantity, other: Quantity) -> bool:
    if one.value is None or other.value is None:
        return one.words == other.words
    if one.value == other.value:
        return True
    if one.is_at_least and other.is_at_least:
        return one.as_of == other.as_of
    low, exact = (one, other) if one.is_at_least else (other, one)
    return low.is_at_least and (exact.value or 0) >= (low.value or 0)
