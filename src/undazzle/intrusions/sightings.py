"""A sighting: where an indicator was seen, and how much that can mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from undazzle.casebook.vocabulary import ActClass
from undazzle.intrusions.indicator import Indicator
from undazzle.intrusions.matching import IndicatorIndex

MAX_KEPT = 10_000  # sightings of one indicator that are kept; all are counted
TOO_COMMON = 0.05  # of the accounts (or records) of the data
LEAST_COMMON = 20  # accounts or records; fewer are never too common


class Standing(StrEnum):
    """How much a sighting can mean. None of these says who is behind it."""

    STANDS = "stands"
    WEAK = "weak"  # real, but an ordinary reason is close at hand
    SET_ASIDE = "set-aside"  # the indicator would point at half the internet


@dataclass(frozen=True, slots=True)
class Sighting:
    """An indicator, seen in one record.

    ``where`` is ``post``, ``mail`` or ``log``; ``field`` the part of it; ``seen`` the text that showed it.
    """

    indicator: Indicator
    where: str
    record_id: str
    account_id: str
    seen_at: datetime | None
    field: str
    seen: str
    standing: Standing = Standing.STANDS
    reason: str = ""
    case_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SightingReport:
    """All sightings, with what was searched, and counts per class of act. Classes are never added up."""

    sightings: tuple[Sighting, ...]
    searched: dict[str, int]  # records of each kind
    counts: dict[str, int]  # matches of each indicator, also those that were not kept
    guarded: dict[str, str]  # indicators that were set aside, and why
    indicators: int
    notes: tuple[str, ...] = ()

    def by_act(self) -> dict[ActClass, dict[str, int]]:
        """Return counts for each class of act on its own."""
        found: dict[ActClass, dict[str, int]] = {}
        for act in dict.fromkeys(one.indicator.act_class for one in self.sightings):
            own = [one for one in self.sightings if one.indicator.act_class is act]
            standing = Counter(one.standing for one in own)
            found[act] = {
                "sightings": len(own),
                "stands": standing[Standing.STANDS],
                "weak": standing[Standing.WEAK],
                "set_aside": standing[Standing.SET_ASIDE],
                "indicators": len({one.indicator.indicator_id for one in own if one.standing is Standing.STANDS}),
                "records": len({(one.where, one.record_id) for one in own if one.standing is Standing.STANDS}),
                "accounts": len({one.account_id for one in own if one.account_id and one.standing is Standing.STANDS}),
            }
        return found


def weighed(
    sightings: Sequence[Sighting], index: IndicatorIndex, totals: dict[str, int], *, max_age_days: int
) -> list[Sighting]:
    """Return sightings with their standing.

    Parameters
    ----------
    sightings
        As found.
    index
        The indicators, with those that were set aside.
    totals
        Accounts among the posts, and records of other kinds, by ``where``.
    max_age_days
        Beyond that many days after an indicator was last known (or before it was first known) a sighting is weak:
        names and addresses change hands.
    """
    guarded = {index.indicators[number].indicator_id: why for number, why in index.guarded.items()}
    common = _common(sightings, totals)
    return [
        _weighed(one, guarded, common.get((one.indicator.indicator_id, one.where), ""), max_age_days)
        for one in sightings
    ]


def _weighed(one: Sighting, guarded: dict[str, str], common: str, max_age_days: int) -> Sighting:
    if why := guarded.get(one.indicator.indicator_id):
        return replace(one, standing=Standing.SET_ASIDE, reason=why)
    why = common or _age(one.indicator, one.seen_at, max_age_days)
    return replace(one, standing=Standing.WEAK, reason=why) if why else one


def _common(sightings: Iterable[Sighting], totals: dict[str, int]) -> dict[tuple[str, str], str]:
    """Return indicators that so much of the data shows that seeing one says little."""
    holders: dict[tuple[str, str], set[str]] = {}
    for one in sightings:
        holders.setdefault((one.indicator.indicator_id, one.where), set()).add(one.account_id or one.record_id)
    found = {}
    for key, held in holders.items():
        total = totals.get(key[1], 0)
        if len(held) >= LEAST_COMMON and total and len(held) > TOO_COMMON * total:
            what = "accounts" if key[1] == "post" else "records"
            found[key] = f"common here: {len(held):,} of {total:,} {what} show it, so it tells few apart"
    return found


def _age(indicator: Indicator, seen_at: datetime | None, max_age_days: int) -> str:
    if seen_at is None:
        return ""
    day: date = seen_at.date()
    if indicator.last_known and (late := (day - indicator.last_known).days) > max_age_days:
        return f"old: seen {late:,} days after it was last known; names and addresses change hands"
    if indicator.first_known and (early := (indicator.first_known - day).days) > max_age_days:
        return f"early: seen {early:,} days before it was first known; it can have belonged to others"
    return ""
