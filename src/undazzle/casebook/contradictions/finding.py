"""A contradiction: sides that cannot all hold, each with its claims and their origins. Never resolved here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.origins import independent_origins, origin_of


class Level(StrEnum):
    """Contradiction: both cannot be so as they are said. Tension: they pull apart, and both may be so."""

    CONTRADICTION = "contradiction"
    TENSION = "tension"


class ContradictionKind(StrEnum):
    """On what the sides differ."""

    POLARITY = "polarity"
    DEGREE = "degree"
    NUMBER = "number"
    CONFIDENCE = "confidence"
    ORIGIN = "origin"
    DEFINITION = "definition"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True)
class Side:
    """One position: the claims that take it, who first said so, and how many of these are independent."""

    position: str
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that do not go together (by their places), on which fields, how hard, and why."""

    left: int
    right: int
    level: Level
    fields: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Sides that do not go together, about one question.

    Attributes
    ----------
    code
        Stable name, made of kind and subject.
    kind
        On what the sides differ.
    subject
        What it is about: question, actor, election or incident, by id.
    sides
        Two or more positions.
    conflicts
        Which sides conflict with which.
    """

    code: str
    kind: ContradictionKind
    subject: tuple[str, ...]
    sides: tuple[Side, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def level(self) -> Level:
        """Return contradiction if any two sides contradict each other, else tension."""
        hard = any(one.level is Level.CONTRADICTION for one in self.conflicts)
        return Level.CONTRADICTION if hard else Level.TENSION

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields on which sides differ."""
        return tuple(sorted({name for one in self.conflicts for name in one.fields}))

    @property
    def claims(self) -> tuple[str, ...]:
        """Return the ids of all claims involved."""
        return tuple(dict.fromkeys(claim for side in self.sides for claim in side.claims))

    def opposes(self, one: str, other: str) -> bool:
        """Return whether two claims stand on sides that conflict."""
        return any(
            (one in self.sides[pair.left].claims and other in self.sides[pair.right].claims)
            or (other in self.sides[pair.left].claims and one in self.sides[pair.right].claims)
            for pair in self.conflicts
        )


def side_of(case: Case, position: str, claims: Iterable[Claim]) -> Side:
    """Return a side with its origins."""
    held = list({one.id: one for one in claims}.values())
    origins = sorted({origin_of(case, one) for one in held})
    return Side(position, tuple(one.id for one in held), tuple(origins), len(independent_origins(case, held)))


def contradiction(
    kind: ContradictionKind, subject: Iterable[str], sides: Iterable[Side], conflicts: Iterable[Conflict]
) -> Contradiction:
    """Return a contradiction with its stable code."""
    about = tuple(one for one in subject if one)
    code = "/".join((kind, *(one.replace(":", "-") for one in about)))
    return Contradiction(code, kind, about, tuple(sides), tuple(conflicts))
