"""The Breakout Scale over time, from observations that a person logged or that were counted in posts.

Source: Ben Nimmo, "The Breakout Scale: Measuring the impact of influence operations", Brookings, September 2020,
https://www.brookings.edu/articles/the-breakout-scale-measuring-the-impact-of-influence-operations/
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from undazzle.casebook.observation import Amplifier, Observation, Outcome
from undazzle.casebook.vocabulary import CoverageKind

_HIGH_PROFILE = (Amplifier.CELEBRITY, Amplifier.POLITICIAN, Amplifier.INFLUENCER)
# Whoever runs or serves the operation does not carry it further by posting it elsewhere.
_OWN = (Amplifier.NONE, Amplifier.OPERATION, Amplifier.STATE_MEDIA)

LOWER_BOUND = "A lower bound: what nobody observed, or what is not in these data, may have reached further."


@dataclass(frozen=True)
class Seen:
    """One observation of reach.

    Attributes
    ----------
    day
        ISO date; ``2024-10`` and ``2024`` count from their last day.
    platform, community
        Where; empty if not known. A community is a group of accounts, a forum or a medium, never a private person.
    amplifier, coverage, outcome
        Who carried it, whether carried or only exposed, and what came of it.
    basis
        Id of the observation, or how it was counted.
    has_source
        Whether a claim or source stands behind it; an outcome without one is not counted.
    """

    day: str
    platform: str | None = None
    community: str | None = None
    amplifier: Amplifier = Amplifier.NONE
    coverage: CoverageKind = CoverageKind.AMPLIFIED
    outcome: Outcome = Outcome.NONE
    basis: str = ""
    has_source: bool = False


@dataclass(frozen=True)
class BreakoutStep:
    """The category from one day on, with what raised it."""

    day: str
    category: int
    because: str
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Breakout:
    """Category over time.

    Attributes
    ----------
    steps
        Only rises, oldest first; empty if nothing was carried.
    exposed, debunked
        Observations that exposed or debunked it: counted, and never raising the category.
    notes
        What could not be counted, and why.
    """

    steps: tuple[BreakoutStep, ...]
    exposed: int = 0
    debunked: int = 0
    notes: tuple[str, ...] = field(default=())

    @property
    def category(self) -> int | None:
        """Return the category reached, from 1 to 6, or none if nothing was carried."""
        return self.steps[-1].category if self.steps else None

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        apart = f" Exposed {self.exposed} times and debunked {self.debunked} times, which does not count as reach."
        apart = apart if self.exposed or self.debunked else ""
        if not self.steps:
            return f"No category: nothing was seen that carried it further.{apart}"
        last = self.steps[-1]
        return f"At least category {last.category} of 6 since {last.day}: {last.because}.{apart} {LOWER_BOUND}"


def seen_from_observation(observation: Observation) -> Seen:
    """Return a logged observation of a casebook as the scale needs it."""
    return Seen(
        day=observation.observed,
        platform=observation.platform,
        community=observation.community,
        amplifier=observation.amplifier,
        coverage=observation.coverage,
        outcome=observation.outcome,
        basis=observation.id,
        has_source=bool(observation.claim or observation.source),
    )


def breakout_over_time(observations: Iterable[Seen], *, communities_unknown: str = "") -> Breakout:
    """Return the Breakout category over time, from 1 to 6.

    1: one platform, one community. 2: several platforms without a breakout, or one breakout to other communities on
    one platform. 3: breakouts on several platforms. 4: mainstream media carried it. 5: a celebrity, politician or
    high-profile influencer carried it. 6: a policy response or another concrete action followed, or it calls for
    violence; only as entered by a person with a source.

    Parameters
    ----------
    observations
        In any order. What exposes or debunks an operation is counted apart and raises nothing.
    communities_unknown
        Why it could not be seen in how many communities it was carried; then no step says "one community".
    """
    ordered = sorted(observations, key=lambda one: (_last_day(one.day), one.basis))
    carried = [one for one in ordered if one.coverage is CoverageKind.AMPLIFIED]
    steps: list[BreakoutStep] = []
    for until, one in enumerate(carried, start=1):
        category, because, basis = _category(carried[:until], communities_unknown)
        if not steps or category > steps[-1].category:
            steps.append(BreakoutStep(one.day, category, because, basis))
    return Breakout(
        steps=tuple(steps),
        exposed=sum(one.coverage is CoverageKind.EXPOSED for one in ordered),
        debunked=sum(one.coverage is CoverageKind.DEBUNKED for one in ordered),
        notes=tuple(_notes(ordered, carried)),
    )


def _category(carried: Sequence[Seen], communities_unknown: str) -> tuple[int, str, tuple[str, ...]]:
    followed = [one for one in carried if one.outcome is not Outcome.NONE and one.has_source]
    if followed:
        return 6, f"{_words(followed[0].outcome)} was reported to have followed", _bases(followed)
    famous = [one for one in carried if one.amplifier in _HIGH_PROFILE]
    if famous:
        return 5, f"carried by {_with_article(famous[0].amplifier)}", _bases(famous)
    media = [one for one in carried if one.amplifier is Amplifier.MAINSTREAM_MEDIA]
    if media:
        return 4, "carried by mainstream media", _bases(media)
    return _social_category(carried, communities_unknown)


def _social_category(carried: Sequence[Seen], communities_unknown: str) -> tuple[int, str, tuple[str, ...]]:
    """Categories 1 to 3: platforms it was on, and communities outside the operation's own that carried it."""
    platforms = sorted({one.platform for one in carried if one.platform})
    own = {(one.platform, one.community) for one in carried if one.amplifier in _OWN}
    outside = [
        one
        for one in carried
        if one.amplifier is Amplifier.ORDINARY_USERS and one.community and (one.platform, one.community) not in own
    ]
    broke_out_on = {one.platform for one in outside}
    many = f"seen on {len(platforms)} platforms ({', '.join(platforms)})"
    if len(broke_out_on) > 1:
        return 3, f"{many}, and carried by other communities on {len(broke_out_on)} of them", _bases(outside)
    if outside:
        count = len({one.community for one in outside})
        communities = "1 other community" if count == 1 else f"{count} other communities"
        return 2, f"carried by {communities} on one platform", _bases(outside)
    unknown = f"in how many communities is not known ({communities_unknown})"
    if len(platforms) > 1:
        return 2, f"{many}, {unknown if communities_unknown else 'carried by no other community'}", _bases(carried)
    return 1, f"seen on one platform, {unknown if communities_unknown else 'in one community'}", _bases(carried)


def _notes(ordered: Sequence[Seen], carried: Sequence[Seen]) -> list[str]:
    notes = []
    unsourced = [one for one in ordered if one.outcome is not Outcome.NONE and not one.has_source]
    if unsourced:
        notes.append(f"{len(unsourced)} outcomes without a source were not counted: {', '.join(_bases(unsourced))}.")
    nowhere = [one for one in carried if one.amplifier is Amplifier.ORDINARY_USERS and not one.community]
    if nowhere:
        notes.append(
            f"{len(nowhere)} observations of ordinary users name no community, so no breakout was counted from them."
        )
    if any(not one.platform for one in carried):
        notes.append("Some observations name no platform; they add none.")
    return notes


def _bases(seen: Sequence[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.basis for one in seen if one.basis))


def _words(value: Amplifier | Outcome) -> str:
    return value.value.replace("-", " ")


def _with_article(amplifier: Amplifier) -> str:
    word = _words(amplifier)
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _last_day(day: str) -> str:
    """Sort a month after its days and a year after its months: by then at the latest."""
    return day if len(day) == 10 else f"{day}-99" if len(day) == 7 else f"{day}-99-99"
