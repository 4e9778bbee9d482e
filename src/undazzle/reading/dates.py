"""Dates of a text, also relative ones: each with the days it can mean and with the anchor it was counted from.

"On Monday" means nothing without the day of writing. Where no anchor is known it stays unresolved; where one is only
likely, that is said.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from undazzle.reading.spans import Span

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(calendar.month_name[1:])
_DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_COUNTS = {word: number for number, word in enumerate("a two three four five six seven eight nine ten".split(), 1)}
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative dates are counted from, and where it is known from."""

    day: date
    known_from: str


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text.

    Attributes
    ----------
    span
        Its words.
    first, last
        The days it can mean; both empty where it cannot be told.
    anchor
        What it was counted from; empty for a date that stands alone.
    is_full
        Whether it names day, month and year itself.
    """

    span: Span
    first: date | None
    last: date | None
    anchor: Anchor | None = None
    is_full: bool = False

    @property
    def partial(self) -> str | None:
        """Return the date as a case writes it: a day, a month or a year, whichever holds all the days it can mean."""
        if self.first is None or self.last is None or self.first.year != self.last.year:
            return None
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first:%Y-%m}" if self.first.month == self.last.month else f"{self.first:%Y}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that texts count down to, such as an election."""

    words: str
    day: date


Rule = Callable[[re.Match[str], "Anchor | None"], "tuple[date, date] | None"]


def find_dates(
    text: str, span: Span, anchor: Anchor | None = None, deadlines: tuple[Deadline, ...] = ()
) -> tuple[DateFound, ...]:
    """Return the dates in a span of a text, in their order.

    Parameters
    ----------
    text, span
        The text and the part of it.
    anchor
        Day of writing, if one is known. A full date in the text takes its place for the dates after it only where
        none is known.
    deadlines
        Days that are counted down to.
    """
    found: list[DateFound] = []
    own = anchor
    for begin, end, rule, match in _matches(text, span):
        counted = rule(match, own)
        is_full = rule is _full
        first, last = counted or (None, None)
        found.append(DateFound(Span(begin, end), first, last, None if is_full or rule is _plain else own, is_full))
        if is_full and first is not None and anchor is None:
            own = Anchor(first, "the last full date before it in the text")
    found += _countdowns(text, span, deadlines)
    return tuple(sorted(found, key=lambda one: one.span))


def _matches(text: str, span: Span) -> Iterator[tuple[int, int, Rule, re.Match[str]]]:
    taken = span.begin
    spots = sorted(
        ((one.start(), -one.end(), number, one) for number, (form, _) in enumerate(_RULES)
         for one in form.finditer(text, span.begin, span.end)),
        key=lambda spot: spot[:3],
    )  # fmt: skip
    for begin, end, number, match in spots:
        if begin >= taken:
            taken = -end
            yield begin, -end, _RULES[number][1], match


def _day(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def _full(match: re.Match[str], anchor: Anchor | None) -> tuple[date, date] | None:
    del anchor
    given = match.groupdict()
    month = _MONTHS[given["month"].casefold()] if not given["month"].isdigit() else int(given["month"])
    return _day(int(given["year"]), month, int(given["day"])) if 1 <= month <= 12 else None


def _plain(match: re.Match[str], anchor: Anchor | None) -> tuple[date, date] | None:
    """Read a month with its year, or a year."""
    del anchor
    year = int(match.group("year"))
    if name := match.groupdict().get("month"):
        month = _MONTHS[name.casefold()]
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def _without_year(match: re.Match[str], anchor: Anchor | None) -> tuple[date, date] | None:
    """Take the nearest such day to the anchor; a text that looks back or ahead by half a year names the year."""
    if anchor is None:
        return None
    month, day = _MONTHS[match.group("month").casefold()], int(match.group("day"))
    near = [found for year in (-1, 0, 1) if (found := _day(anchor.day.year + year, month, day))]
    return min(near, key=lambda one: abs(one[0] - anchor.day)) if near else None


def _month_alone(match: re.Match[str], anchor: Anchor | None) -> tuple[date, date] | None:
    """Take the last such month that has begun by the anchor."""
    if anchor is None:
        return None
    month = _MONTHS[match.group("month").casefold()]
    year = anchor.day.year - (month > anchor.day.month)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _weekday(match: re.Match[str], anchor: Anchor | None) -> tuple[date, date] | None:
    """Take the last such day by the anchor, the day itself included."""
    if anchor is None:
        return None
    back = (anchor.day.weekday() - _DAYS[match.group("weekday").casefold()]) % 7
    found = anchor.day - timedelta(days=back)
    return found, found


def _this(match: re.Match[str], anchor: Anchor | None) -> tuple[date, date] | None:
    if anchor is None:
        return None
    unit, day = match.group("unit"), anchor.day
    back = match.group("which").casefold() in {"last", "past", "previous"}
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        first = (day.replace(day=1) - timedelta(days=1)).replace(day=1) if back else day.replace(day=1)
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return date(day.year - back, 1, 1), date(day.year - back, 12, 31)


def _near_day(match: re.Match[str], anchor: Anchor | None) -> tuple[date, date] | None:
    if anchor is None:
        return None
    found = anchor.day + timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[match.group().casefold()])
    return found, found


def _away(match: re.Match[str], anchor: Anchor | None) -> tuple[date, date] | None:
    """Read "three weeks ago" and "a day later"; it is as coarse as its unit."""
    if anchor is None:
        return None
    word, unit = match.group("count").casefold(), match.group("unit").casefold()
    count = int(word) if word.isdigit() else _COUNTS.get(word, 1)
    days = _UNIT_DAYS[unit] * count * (-1 if match.group("side") in {"ago", "earlier", "before"} else 1)
    try:
        middle = anchor.day + timedelta(days=days)
        slack = timedelta(days=_UNIT_DAYS[unit] // 2)
        return middle - slack, middle + slack
    except OverflowError:
        return None


def _countdowns(text: str, span: Span, deadlines: tuple[Deadline, ...]) -> Iterator[DateFound]:
    """Yield the days at which "four weeks remain before Election Day" was written."""
    form = re.compile(
        rf"(?i:\b{_COUNT}\s+{_UNIT}\s+(?:remain|left|to go|away)\b)[^.]{{0,30}}?\b(?P<end>[A-Z]\w+ Day|[A-Z]\w+)"
    )
    for match in form.finditer(text, span.begin, span.end):
        for deadline in deadlines:
            if deadline.words in match.group():
                word = match.group("count").casefold()
                count = int(word) if word.isdigit() else _COUNTS.get(word, 1)
                days = _UNIT_DAYS[match.group("unit").casefold()]
                middle = deadline.day - timedelta(days=days * count)
                slack = timedelta(days=days // 2)
                known = Anchor(deadline.day, f"{deadline.words}, {deadline.day.isoformat()}")
                yield DateFound(Span(*match.span()), middle - slack, middle + slack, known)


_YEAR = r"(?P<year>(?:19|20)\d{2})"
_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}}),?\s+{_YEAR}\b"), _full),
    (re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\s+{_YEAR}\b"), _full),
    (re.compile(r"\b(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})\b"), _full),
    (re.compile(rf"\b(?P<month>{_MONTH})\s+{_YEAR}\b"), _plain),
    (re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:\s?[–-]\s?\d+)?\b(?!,?\s+\d{{4}})"), _without_year),
    (re.compile(rf"\b(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\b(?!\s+\d{{4}})"), _without_year),
    (re.compile(rf"\b[Ii]n\s+(?:early\s+|mid-?\s*|late\s+)?(?P<month>{_MONTH})\b(?!\s+\d)"), _month_alone),
    (re.compile(rf"\b(?:[Ii]n|[Ss]ince|[Dd]uring|by|[Uu]ntil|of)\s+(?:early\s+|mid-?\s*|late\s+)?{_YEAR}\b"), _plain),
    (re.compile(rf"\b(?:[Oo]n|[Ll]ast)\s+(?P<weekday>{'|'.join(calendar.day_name)})\b"), _weekday),
    (re.compile(r"\b(?P<which>[Tt]his|[Ll]ast|[Pp]ast|[Pp]revious)\s+(?P<unit>week|month|year)\b"), _this),
    (re.compile(r"\b(?:[Tt]oday|[Yy]esterday|[Tt]omorrow)\b"), _near_day),
    (re.compile(rf"\b{_COUNT}\s+{_UNIT}\s+(?P<side>ago|later|earlier)\b", re.I), _away),
)  # fmt: skip
