"""What a hit of a test is worth where few of the things it looks for exist."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.errors import ParameterError


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How often a test is right about what it finds.

    Attributes
    ----------
    prevalence
        Share of all things that are what the test looks for, 0 to 1.
    found
        Share of these that it finds, 0 to 1.
    false_alarms
        Share of all other things that it takes for them, 0 to 1.
    """

    prevalence: float
    found: float
    false_alarms: float

    def __post_init__(self) -> None:
        for name in ("prevalence", "found", "false_alarms"):
            if not 0 <= getattr(self, name) <= 1:
                raise ParameterError(name, getattr(self, name), "It is a share between 0 and 1.")

    @property
    def right(self) -> float:
        """Share of hits that are right, 0 to 1; 0 if there are no hits."""
        true = self.prevalence * self.found
        hits = true + (1 - self.prevalence) * self.false_alarms
        return true / hits if hits else 0.0


def base_rate_sentence(rate: BaseRate, what: str, among: int = 10_000) -> str:
    """Return the arithmetic in words.

    Parameters
    ----------
    rate
        The three shares.
    what
        What the test looks for, in the plural.
    among
        How many things the sentence speaks of.

    Examples
    --------
    >>> print(base_rate_sentence(BaseRate(0.0004, 0.995, 0.01), "generated faces"))
    Of 10,000 pictures about 4 are generated faces; the test would find 4 of them and take 100 others for them: 4% of \
hits are right. A hit is a lead, not a finding.
    """
    true = rate.prevalence * among
    wrong = (1 - rate.prevalence) * among * rate.false_alarms
    return (
        f"Of {among:,} pictures about {true:.0f} are {what}; the test would find {true * rate.found:.0f} of them and "
        f"take {wrong:,.0f} others for them: {rate.right:.0%} of hits are right. A hit is a lead, not a finding."
    )
