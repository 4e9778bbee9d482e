"""Weighs competing hypotheses by what speaks against each, and says which evidence decides.

Source: Heuer 1999, chapter 8 (least inconsistency, not most consistency); weights of credibility and relevance as in
the public tool for it (PARC ACH 2.0: high 1.414, medium 1, low 0.707).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from undazzle.attribution.hypotheses import Degree, Evidence, Matrix, Rating

WEIGHTS = {Degree.HIGH: 1.414, Degree.MEDIUM: 1.0, Degree.LOW: 0.707}
_AGAINST = {Rating.INCONSISTENT: 1.0, Rating.VERY_INCONSISTENT: 2.0}
_ORDER = {
    Rating.VERY_INCONSISTENT: -2, Rating.INCONSISTENT: -1, Rating.NEUTRAL: 0, Rating.NOT_APPLICABLE: 0,
    Rating.CONSISTENT: 1, Rating.VERY_CONSISTENT: 2,
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """How much speaks against one hypothesis.

    Attributes
    ----------
    hypothesis_id, statement, kind
        As in the matrix.
    count
        1 for each inconsistent and 2 for each very inconsistent piece of evidence.
    low, high
        The same with weights of credibility and relevance; where one is unknown it may be low or high, so a range.
    """

    hypothesis_id: str
    statement: str
    kind: str
    count: int
    low: float
    high: float


@dataclass(frozen=True)
class Weighing:
    """A weighed matrix.

    Attributes
    ----------
    standings
        Least inconsistent first.
    least
        Hypotheses that nothing separates from the least inconsistent one: their ranges overlap.
    diagnosticity
        By evidence: distance between its best and worst rating, 0 to 4. 0 says nothing about which is right.
    flips
        By evidence: the hypotheses that would be least inconsistent if this piece were wrong, where that differs.
    set_aside
        Evidence that made somebody look: shown, not counted.
    unrated
        Evidence the software drew up and nobody has rated: shown, not counted.
    """

    question: str
    standings: tuple[Standing, ...]
    least: tuple[str, ...]
    diagnosticity: Mapping[str, int]
    flips: Mapping[str, tuple[str, ...]]
    set_aside: tuple[str, ...]
    unrated: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Say it in one sentence, without naming a winner where there is none."""
        if self.unrated and not self.diagnosticity.keys() - {*self.unrated, *self.set_aside}:
            return f"Nobody has rated the evidence yet: {len(self.unrated)} pieces wait for a person."
        if len(self.least) == len(self.standings):
            return "The evidence does not separate these hypotheses."
        names = " or ".join(f"“{one.statement}”" for one in self.standings if one.hypothesis_id in self.least)
        doubt = f" It hangs on {', '.join(self.flips)}: without it the answer is another." if self.flips else ""
        return f"Least speaks against {names}. That is no proof of it.{doubt}"


def weigh(matrix: Matrix, weights: Mapping[Degree, float] = WEIGHTS) -> Weighing:
    """Return what speaks against each hypothesis, which evidence tells them apart, and which would flip the result.

    Parameters
    ----------
    matrix
        Hypotheses, evidence and ratings.
    weights
        By degree of credibility and of relevance.

    Innocent explanations are in the matrix itself: authentic, commercial and false-flag hypotheses are compulsory.
    """
    counted = [one for one in matrix.evidence if not (one.is_selection or one.is_unrated)]
    standings = _standings(matrix, counted, weights)
    least = _least(standings)
    flips = {}
    for one in counted:
        without = _least(_standings(matrix, [other for other in counted if other is not one], weights))
        if set(without) != set(least):
            flips[one.id] = without
    return Weighing(
        question=matrix.question,
        standings=tuple(standings),
        least=least,
        diagnosticity={one.id: _diagnosticity(one) for one in matrix.evidence},
        flips=flips,
        set_aside=tuple(one.id for one in matrix.evidence if one.is_selection),
        unrated=tuple(one.id for one in matrix.evidence if one.is_unrated and not one.is_selection),
    )


def _standings(matrix: Matrix, evidence: Sequence[Evidence], weights: Mapping[Degree, float]) -> list[Standing]:
    found = []
    for hypothesis in matrix.hypotheses:
        count, low, high = 0.0, 0.0, 0.0
        for one in evidence:
            against = _AGAINST.get(one.ratings[hypothesis.id], 0.0)
            lowest, highest = _weight(one, weights)
            count, low, high = count + against, low + against * lowest, high + against * highest
        found.append(Standing(hypothesis.id, hypothesis.statement, hypothesis.kind.value, int(count), low, high))
    return sorted(found, key=lambda one: (one.high + one.low, one.count, one.hypothesis_id))


def _weight(evidence: Evidence, weights: Mapping[Degree, float]) -> tuple[float, float]:
    """Return the least and the most that a piece may weigh: unknown is not low, it is unknown."""
    lowest = highest = 1.0
    for degree in (evidence.credibility, evidence.relevance):
        known = weights.get(degree)
        lowest *= min(weights.values()) if known is None else known
        highest *= max(weights.values()) if known is None else known
    return lowest, highest


def _least(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Return the hypotheses whose range reaches down to the least range."""
    bound = min(one.high for one in standings)
    return tuple(one.hypothesis_id for one in standings if one.low <= bound + 1e-9)


def _diagnosticity(evidence: Evidence) -> int:
    ratings = [_ORDER[one] for one in evidence.ratings.values()]
    return max(ratings) - min(ratings)
