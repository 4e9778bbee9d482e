"""Claims become contradictions and tensions, one module per rule, each with both sides and their origins.

Reads claims, actors, targets and incidents; writes nothing. It must not know, and never says, which side is right.
"""

from __future__ import annotations

from undazzle.casebook.case import Case
from undazzle.casebook.contradictions import definitions, denials, numbers, positions, retelling
from undazzle.casebook.contradictions.finding import Conflict, Contradiction, ContradictionKind, Level, Side
from undazzle.casebook.contradictions.likeness import Likeness
from undazzle.casebook.contradictions.provenance import Provenance, provenance

RULES = (positions, numbers, retelling, definitions, denials)


def find_contradictions(case: Case) -> tuple[Contradiction, ...]:
    """Return every contradiction and tension between the claims of a case, in a stable order.

    Contradictions come before tensions. Nothing is resolved: each side is shown with its claims and origins.
    """
    likeness = Likeness(case)
    found = [one for rule in RULES for one in rule.find(case, likeness)]
    return tuple(sorted(found, key=lambda one: (one.level is Level.TENSION, one.code)))


__all__ = [
    "Conflict",
    "Contradiction",
    "ContradictionKind",
    "Level",
    "Provenance",
    "Side",
    "find_contradictions",
    "provenance",
]
