"""Filters: one module for their names, their values and their words. The names stand in addresses and stay valid.

Each filter is a query parameter of the front page and, for readers without script, a set of pages under ``by/``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from undazzle.casebook import Claim
from undazzle.publish.site.addresses import slug_of
from undazzle.publish.site.index import NO_ACTOR, SiteIndex
from undazzle.publish.site.words import ACT, ATTRIBUTION, CATEGORY, MONTHS, POLARITY, VERIFICATION

PAGE_ROWS = 250  # most claims on one page
# Filters whose values are records with a page that lists the claims.
_FOLDERS = {"actor": "actors", "target": "targets", "claimant": "claimants"}


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with a fixed set of values.

    Attributes
    ----------
    name
        Parameter in the address, and the beginning of the names of its pages.
    label
        What the form calls it.
    everything
        What the form says for no choice.
    values
        The values of a claim.
    words
        How a value reads.
    """

    name: str
    label: str
    everything: str
    values: Callable[[SiteIndex, Claim], Iterable[str]]
    words: Callable[[SiteIndex, str], str]


def confidence_values(index: SiteIndex, claim: Claim) -> tuple[str, ...]:
    """Return ``none`` where the claimant gave no word of confidence, else ``given`` and the level if it is one."""
    del index
    held = claim.confidence
    if held is None or not (held.word or held.quoted):
        return ("none",)
    return ("given", str(held.word)) if held.word else ("given",)


def _breakout(index: SiteIndex, claim: Claim) -> tuple[str, ...]:
    incident = index.incident_of(claim)
    rated = incident.breakout if incident else None
    if rated is None or rated.category is None:
        return ("none",)
    return (str(rated.category),)


def _row_values(index: SiteIndex, claim: Claim) -> tuple[str, ...]:
    return tuple(slug_of(one) if one != NO_ACTOR else NO_ACTOR for one in index.families(claim))


def _named(kind: str) -> Callable[[SiteIndex, str], str]:
    def words(index: SiteIndex, value: str) -> str:
        return "No actor named" if (kind, value) == ("actor", NO_ACTOR) else index.name(f"{kind}:{value}")

    return words


def _listed(words: dict[str, str]) -> Callable[[SiteIndex, str], str]:
    return lambda _, value: words.get(value, value)


def _month_words(index: SiteIndex, value: str) -> str:
    del index
    if value == "undated":
        return "no month known"
    year, month = value.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def month_of(index: SiteIndex, claim: Claim) -> str:
    """Return the month of a claim, or ``undated`` where none is known."""
    day = index.day(claim)
    return day[:7] if len(day) >= 7 else "undated"


_CONFIDENCE = {
    "given": "a word given",
    "none": "none given",
    "low": "low confidence",
    "moderate": "moderate confidence",
    "high": "high confidence",
}
_CONTRADICTED = {"yes": "contradicted", "tension": "in tension only", "no": "not contradicted"}


def _contradicted(index: SiteIndex, claim: Claim) -> tuple[str, ...]:
    standing = index.standing[claim.id]
    return ("yes" if standing.has_conflicts else "tension" if standing.has_tensions else "no",)


FACETS: tuple[Facet, ...] = (
    Facet("family", "Actor, or tied to it", "all", _row_values, _named("actor")),
    Facet(
        "category",
        "Claimant",
        "all",
        lambda index, one: (str(held.category),) if (held := index.case.claimants.get(one.claimant or "")) else (),
        _listed(CATEGORY),
    ),
    Facet("confidence", "Confidence word", "any", confidence_values, _listed(_CONFIDENCE)),
    Facet("polarity", "Kind", "all", lambda _, one: (str(one.proposition.polarity),), _listed(POLARITY)),
    Facet("act", "Act", "all", lambda _, one: (str(one.proposition.act_class),), _listed(ACT)),
    Facet(
        "actor", "Actor named", "all",
        lambda _, one: tuple(slug_of(held) for held in one.proposition.actors) or (NO_ACTOR,), _named("actor"),
    ),
    Facet(
        "target", "Target", "all",
        lambda _, one: tuple(map(slug_of, dict.fromkeys(one.proposition.targets + one.proposition.favoured))),
        _named("target"),
    ),
    Facet("claimant", "Who said it", "all", lambda _, one: (slug_of(one.claimant),) if one.claimant else (),
          _named("claimant")),
    Facet("event", "Election", "all", lambda _, one: (slug_of(one.proposition.event),) if one.proposition.event else (),
          _named("event")),
    Facet("attribution", "Attribution", "all", lambda _, one: (str(one.attribution),), _listed(ATTRIBUTION)),
    Facet("contradicted", "Contradicted", "all", _contradicted, _listed(_CONTRADICTED)),
    Facet("verification", "What was read", "all", lambda _, one: (str(one.verification),), _listed(VERIFICATION)),
    Facet("breakout", "Breakout", "any", _breakout, lambda _, value: "no value" if value == "none" else value),
    Facet("month", "Month", "all", lambda index, one: (month_of(index, one),), _month_words),
)  # fmt: skip
# Shown in the form at once, before the others; the front page adds words and two dates.
FIRST = ("family", "category", "confidence", "polarity", "act")
# Parameters that hold something other than a value of a facet.
FREE = ("q", "breakout_min", "from", "to", "sort", "page")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its words, and the claims that have it."""

    facet: Facet
    value: str
    words: str
    claims: tuple[Claim, ...]
    is_known: bool = True

    @property
    def page(self) -> str:
        """Return its page, without ending: that of the record where it lists all the claims, else one of its own."""
        folder = _FOLDERS.get(self.facet.name)
        if folder and self.value != NO_ACTOR and self.is_known and len(self.claims) <= PAGE_ROWS:
            return f"{folder}/{self.value}"
        return f"by/{self.facet.name}~{self.value}"

    @property
    def has_own_page(self) -> bool:
        """Return whether the list is a page of its own."""
        return self.page.startswith("by/")


def choices(index: SiteIndex, facet: Facet) -> tuple[Choice, ...]:
    """Return the values of a facet that occur, the frequent first; months, dates and scales in their own order."""
    held: dict[str, list[Claim]] = {}
    for claim in index.claims:
        for value in facet.values(index, claim):
            held.setdefault(value, []).append(claim)
    counts = Counter({value: len(claims) for value, claims in held.items()})
    if facet.name in {"month", "breakout"}:
        order = sorted(held)
    else:
        order = sorted(held, key=lambda value: (-counts[value], value))
    return tuple(
        Choice(facet, value, facet.words(index, value), tuple(held[value]), f"{facet.name}:{value}" in index.case)
        for value in order
    )
