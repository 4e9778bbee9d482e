"""Signal ``days_off``: the group rests on the public holidays of one calendar and of no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from undazzle.errors import MissingExtraError
from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.signals.descriptor import Reading, Signal, untestable
from undazzle.signals.group import Group

# Large populations and the calendars of every continent; none of them is a suspicion.
CALENDARS = {
    "US": "United States", "CN": "China", "RU": "Russia", "IR": "Iran", "IN": "India", "DE": "Germany",
    "BR": "Brazil", "TR": "Turkey",
}  # fmt: skip
FEWEST_HOLIDAYS, FEWEST_DAYS, FEWEST_POSTS = 5, 120, 1000
MOST_RATIO, LEAST_LEAD = 0.8, 0.85
# Moving a calendar yields at most 90 others, so that no chance of one in a hundred can be shown for eight of them.
MOST_CHANCE = 0.1
_AROUND = 21
_LARGEST_SHIFT = 45
_DAYS = """
SELECT is_member, posted_at::DATE AS day, count(*) FROM signal_times
JOIN (SELECT account_key, is_member FROM signal_accounts) USING (account_key) GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Rest:
    """How a group posts on the holidays of a calendar.

    Attributes
    ----------
    calendar
        Code of the country.
    holidays
        Working days of the data that are holidays.
    ratio, control_ratio
        Posts on them, divided by posts on the same weekdays three weeks around: 1 is no rest; the others beside it.
    p_value
        Share of calendars moved by up to 45 days that show as low a ratio.
    """

    calendar: str
    holidays: int
    ratio: float
    control_ratio: float | None
    p_value: float


def rest_of(days: Mapping[date, int], holidays: set[date], others: Mapping[date, int], calendar: str) -> Rest | None:
    """Return how a group posts on holidays; ``None`` if the data holds too few of them.

    Parameters
    ----------
    days, others
        Posts by day (UTC), of the group and of the others.
    holidays
        Holidays.
    calendar
        Code of the country.
    """
    first, last = min(days), max(days)
    span = [first + timedelta(days=one) for one in range((last - first).days + 1)]
    posts = np.array([days.get(one, 0) for one in span], dtype=np.float64)
    away = np.array([others.get(one, 0) for one in span], dtype=np.float64)
    is_holiday = np.array([one in holidays for one in span])
    is_working = np.array([one.weekday() < 5 for one in span])
    tested = is_holiday & is_working
    if tested.sum() < FEWEST_HOLIDAYS:
        return None
    ratio = _ratio(posts, tested, is_holiday)
    moved = [
        _ratio(posts, shifted & is_working & ~is_holiday, is_holiday)
        for step in range(-_LARGEST_SHIFT, _LARGEST_SHIFT + 1)
        if abs(step) > 2 and (shifted := _shifted(tested, step)).any()
    ]
    usable = [one for one in moved if one is not None]
    if ratio is None or len(usable) < 20:
        return None
    p_value = (1 + sum(one <= ratio for one in usable)) / (1 + len(usable))
    return Rest(calendar, int(tested.sum()), ratio, _ratio(away, tested, is_holiday), p_value)


def _shifted(days: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    moved = np.zeros_like(days)
    if step > 0:
        moved[step:] = days[:-step]
    else:
        moved[:step] = days[-step:]
    return moved


def _ratio(posts: NDArray[np.float64], chosen: NDArray[np.bool_], left_out: NDArray[np.bool_]) -> float | None:
    """Return posts on the chosen days over posts on the same weekdays within three weeks, holidays left out."""
    seen = expected = 0.0
    for place in np.flatnonzero(chosen):
        around = [place + step for step in range(-_AROUND, _AROUND + 1, 7) if step]
        around = [one for one in around if 0 <= one < len(posts) and not left_out[one] and not chosen[one]]
        if around:
            seen += posts[place]
            expected += float(np.mean(posts[around]))
    return seen / expected if expected else None


def read(group: Group) -> Reading:
    """Return what the holidays of the group say."""
    if find_spec("holidays") is None:
        return untestable(str(MissingExtraError("calendars", "Calendars of holidays")))
    days: dict[bool, dict[date, int]] = {True: {}, False: {}}
    for is_member, day, posts in group.store.rows(_DAYS):
        days[bool(is_member)][day] = int(posts)
    mine = days[True]
    if len(mine) < FEWEST_DAYS or sum(mine.values()) < FEWEST_POSTS:
        return untestable(
            f"The group posts on {len(mine):,} days ({sum(mine.values()):,} posts); {FEWEST_DAYS} days and "
            f"{FEWEST_POSTS:,} posts are needed.{group.left_out()}",
            len(mine),
        )
    found = [rest for code in CALENDARS if (rest := rest_of(mine, _holidays(code, mine), days[False], code))]
    if not found:
        return untestable(f"Fewer than {FEWEST_HOLIDAYS} working days of this data are holidays in any calendar.")
    return _reading(sorted(found, key=lambda one: (one.p_value, one.ratio)), len(mine), group.left_out())


def _reading(found: list[Rest], days: int, left_out: str) -> Reading:
    first = found[0]
    p_value = min(1.0, first.p_value * len(found))
    stands = (
        p_value <= MOST_CHANCE
        and first.ratio <= MOST_RATIO
        and all(first.ratio < LEAST_LEAD * one.ratio for one in found[1:])
        and (first.control_ratio is None or first.ratio <= MOST_RATIO * first.control_ratio)
    )
    beside = f", others {first.control_ratio:.0%}" if first.control_ratio is not None else ""
    lowest = f"{first.ratio:.0%} of the usual posts on {first.holidays} holidays of {CALENDARS[first.calendar]}{beside}"
    return Reading(
        "stands_out" if stands else "ordinary",
        lowest if stands else f"no calendar of {len(found)} stands out",
        f"{'' if stands else f'The lowest: {lowest}. '}Of {len(found)} calendars this one stands lowest beside the "
        "same days moved. Next: "
        + ", ".join(f"{CALENDARS[one.calendar]} {one.ratio:.0%}" for one in found[1:4])
        + f". A hint: with so few holidays the chance cannot fall below one in a hundred.{left_out}",
        first.ratio, None, None, "share of usual posts", days, first.control_ratio, first.holidays, p_value,
        details={"calendars": [asdict(one) for one in found]},
    )  # fmt: skip


def _holidays(code: str, days: Mapping[date, int]) -> set[date]:
    import holidays

    years = range(min(days).year, max(days).year + 1)
    return set(holidays.country_holidays(code, years=years))


DAYS_OFF = Signal(
    signal_id="days_off",
    version="1",
    title="Days off",
    summary="Finds a calendar of public holidays on which the group rests.",
    family="hours",
    method=(
        "For eight calendars, posts on working days that are public holidays are divided by posts on the same weekdays "
        "three weeks around. The chance is the share of the same calendar, moved by up to 45 days, with as low a "
        "ratio, all calendars counted; moved calendars are few, so that it cannot fall below 1 in 100. A calendar "
        "stands out if rest on it is a fifth below the usual and below that of the others, clearly more than on any "
        "other calendar, and its chance is below 1 in 10: a hint, weaker than the other signals."
    ),
    needs=("posted_at",),
    needs_words="posts",
    innocent_explanations=(
        InnocentExplanation("Everybody who lives there", "A calendar is kept by all people of a country."),
        InnocentExplanation("Holidays in common", "New Year, Labour Day and Christmas stand in many calendars."),
        InnocentExplanation("Chance", "With a handful of holidays a quiet week is soon mistaken for rest."),
    ),
    error_rates=(
        "Weak: it can never be surer than 9 in 100. In testing it raised one false alarm among random groups: "
        "it is a hint only, never a finding by itself. The foreign-language accounts of the Internet Research Agency "
        "post 52 % of the usual on Russian holidays, other accounts of it 91 %; but among 16 accounts of its news "
        "feeds the calendar of Brazil stands lowest, by chance."
    ),
    read=read,
    parameters=(
        Parameter("calendars", tuple(CALENDARS), "countries", "Calendars that are tried"),
        Parameter("fewest_days", FEWEST_DAYS, "days", "Days with posts that are needed"),
        Parameter("most_ratio", MOST_RATIO, "share of usual posts", "Rest must be at least so deep"),
    ),
    references=(Reference("holidays, a Python library of public holidays", "https://holidays.readthedocs.io"),),
)
