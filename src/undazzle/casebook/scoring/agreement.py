"""How far two coders agree: percent, and Cohen's kappa, which takes off what chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from undazzle.casebook.scorecard import Answer, Coding, Scorecard
from undazzle.casebook.scoring.items import ITEMS, Item

Pair = tuple[Answer, Answer]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over a number of answers; ``kappa`` is empty where it is not defined.

    Kappa is not defined when both coders gave one and the same answer throughout.
    """

    answers: int
    agreed: int
    kappa: float | None

    @property
    def percent(self) -> float | None:
        """Return the share of equal answers in percent."""
        return 100 * self.agreed / self.answers if self.answers else None


def pairs_of(first: Coding, second: Coding, items: Iterable[Item] = ITEMS) -> list[Pair]:
    """Return the two coders' answers to each statement."""
    return [(first.answer(item), second.answer(item)) for item in items]


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Return percent agreement and Cohen's kappa over pairs of answers, all four answers being categories.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. doi:10.1177/001316446002000104

    Examples
    --------
    >>> yes, no = Answer.TRUE, Answer.FALSE
    >>> agreement([(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15).kappa
    0.4
    """
    total = len(pairs)
    agreed = sum(one is other for one, other in pairs)
    firsts, seconds = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(firsts[word] * seconds[word] for word in Answer)  # times total squared, kept whole
    if not total or by_chance == total * total:
        return Agreement(total, agreed, None)
    kappa = (agreed * total - by_chance) / (total * total - by_chance)
    return Agreement(total, agreed, round(kappa, 12))


def agreement_of(scorecards: Iterable[Scorecard], items: Iterable[Item] = ITEMS) -> Agreement:
    """Return the agreement of the first two coders over all scorecards that have two."""
    chosen = tuple(items)
    pairs: list[Pair] = []
    for card in scorecards:
        if len(card.codings) >= 2:
            pairs += pairs_of(card.codings[0], card.codings[1], chosen)
    return agreement(pairs)
