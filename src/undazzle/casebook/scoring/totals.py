"""Totals of a scorecard, always derived from its answers."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.casebook.scorecard import Answer, Coding
from undazzle.casebook.scoring.items import ITEMS, Item, Section, items_of


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements hold, do not hold, do not apply, or are not known."""

    true: int
    false: int
    na: int
    unknown: int

    @property
    def points(self) -> int:
        """Return the points as DFRLab counts them: one for each statement that holds, none otherwise."""
        return self.true

    @property
    def possible(self) -> int:
        """Return how many statements there are."""
        return self.true + self.false + self.na + self.unknown

    @property
    def answered(self) -> int:
        """Return how many statements have a yes or a no; points out of these are fairer to a source."""
        return self.true + self.false


def tally(coding: Coding, items: tuple[Item, ...] = tuple(ITEMS)) -> Tally:
    """Return the tally of a coding over some of the 18 statements, all by default."""
    given = [coding.answer(item) for item in items]
    return Tally(*(given.count(one) for one in (Answer.TRUE, Answer.FALSE, Answer.NA, Answer.UNKNOWN)))


def profile(coding: Coding) -> dict[Section, Tally]:
    """Return the tally of each section: a profile says more than a sum."""
    return {section: tally(coding, items_of(section)) for section in Section}
