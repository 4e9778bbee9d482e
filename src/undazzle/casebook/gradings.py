"""Scales with a meaning: the Admiralty code, confidence words, and likelihood words with their ranges.

Reliability belongs to who speaks, credibility to what is said; "cannot be judged" is unknown, not worst.
Confidence is about the basis of a judgment, likelihood about the event: two words, never in one sentence.
"""

from __future__ import annotations

from enum import StrEnum


class Reliability(StrEnum):
    """Reliability of a source, letters A to F of the Admiralty code."""

    COMPLETELY_RELIABLE = "completely-reliable"
    USUALLY_RELIABLE = "usually-reliable"
    FAIRLY_RELIABLE = "fairly-reliable"
    NOT_USUALLY_RELIABLE = "not-usually-reliable"
    UNRELIABLE = "unreliable"
    CANNOT_BE_JUDGED = "cannot-be-judged"

    @property
    def letter(self) -> str:
        """Return the letter from A to F.

        Examples
        --------
        >>> Reliability.CANNOT_BE_JUDGED.letter
        'F'
        """
        return "ABCDEF"[list(Reliability).index(self)]

    @property
    def rank(self) -> int | None:
        """Return 1 (best) to 5, or ``None`` where it cannot be judged: unknown has no place in an order."""
        return None if self is Reliability.CANNOT_BE_JUDGED else list(Reliability).index(self) + 1


class Credibility(StrEnum):
    """Credibility of a statement, numbers 1 to 6 of the Admiralty code."""

    CONFIRMED = "confirmed"  # by other, independent sources: needs two origins
    PROBABLY_TRUE = "probably-true"
    POSSIBLY_TRUE = "possibly-true"
    DOUBTFUL = "doubtful"
    IMPROBABLE = "improbable"
    CANNOT_BE_JUDGED = "cannot-be-judged"

    @property
    def number(self) -> int:
        """Return the number from 1 to 6."""
        return list(Credibility).index(self) + 1

    @property
    def rank(self) -> int | None:
        """Return 1 (best) to 5, or ``None`` where it cannot be judged."""
        return None if self is Credibility.CANNOT_BE_JUDGED else self.number


class ConfidenceWord(StrEnum):
    """Confidence in the basis of a judgment."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class ConfidenceScheme(StrEnum):
    """Which published definition of the confidence words a product uses."""

    ESTIMATE_2007 = "estimate-2007"
    ANNEX_2023 = "annex-2023"
    OWN = "own"  # the claimant's own scale
    UNKNOWN = "unknown"


class LikelihoodWord(StrEnum):
    """Likelihood words of ICD 203, first row of its table."""

    ALMOST_NO_CHANCE = "almost-no-chance"
    VERY_UNLIKELY = "very-unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly-even-chance"
    LIKELY = "likely"
    VERY_LIKELY = "very-likely"
    ALMOST_CERTAIN = "almost-certain"

    @property
    def range(self) -> tuple[int, int]:
        """Return the range in percent as printed in the directive; neighbours touch at the edges.

        Examples
        --------
        >>> LikelihoodWord.LIKELY.range
        (55, 80)
        """
        edges = (1, 5, 20, 45, 55, 80, 95, 99)
        place = list(LikelihoodWord).index(self)
        return edges[place], edges[place + 1]


# Words of both rows of the table, as they stand in running text.
LIKELIHOOD_PHRASES = (
    "almost no chance", "remote", "very unlikely", "highly improbable", "unlikely", "improbable", "improbably",
    "roughly even chance", "roughly even odds", "likely", "probable", "probably", "very likely", "highly probable",
    "almost certain", "almost certainly", "nearly certain",
)  # fmt: skip
