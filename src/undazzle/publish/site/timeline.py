"""Claims in time: which months are shown, one row per actor, and where each mark goes so that none hides another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from undazzle.casebook import Claim
from undazzle.casebook.event import Event, EventKind
from undazzle.casebook.fields import first_day, last_day
from undazzle.publish.report.text import clean, cut
from undazzle.publish.site.addresses import slug_of
from undazzle.publish.site.index import NO_ACTOR, SiteIndex
from undazzle.publish.site.words import MONTHS

# Above this many marks single ones cannot be told apart; months are counted instead.
MOST_MARKS = 420
_MOST_HEADS, _FEWEST_CLAIMS = 7, 3
_SHARE_SHOWN, _MOST_MONTHS = 0.8, 24
_WIDTH, _LANE = 930.0, 15.5  # pixels at which marks are kept apart; wider screens only add room
GUTTER, RIGHT = 15.0, 98.5  # per cent of the width
RADII = {1: 4.0, 2: 5.5, 3: 7.5, 4: 9.5, 5: 12.0, 6: 14.0}
_LETTER = 6.3
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim in one row: centre in per cent and pixels, shape, size, and its word."""

    claim: Claim
    x: float
    y: float
    shape: str
    radius: float
    upper: float
    word: str
    word_left: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One actor, or what somebody ties to it; ``value`` is the value of the filter it stands for."""

    value: str
    label: str
    note: str
    is_tied: bool
    claims: tuple[Claim, ...]
    marks: tuple[Mark, ...]
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the timeline shows, and how much lies outside it."""

    months: tuple[str, ...]
    rows: tuple[Row, ...]
    events: tuple[tuple[Event, float], ...]
    shown: int
    earlier: int
    later: int
    undated: int
    median: date | None
    is_counted: bool
    height: float

    def place(self, day: date) -> float:
        """Return where a day lies, in per cent of the width."""
        return _place(self.months, day)


def build_timeline(index: SiteIndex, claims: Sequence[Claim]) -> Timeline | None:
    """Return the timeline of claims, or nothing where no claim is dated to a month."""
    dated = [one for one in claims if len(index.day(one)) >= 7]
    if not dated:
        return None
    months = shown_months([index.day(one)[:7] for one in dated])
    inside = [one for one in dated if months[0] <= index.day(one)[:7] <= months[-1]]
    rows, is_counted = _rows(index, inside, months)
    days = sorted(_middle(index.day(one)) for one in inside)
    return Timeline(
        months=months,
        rows=rows,
        events=_elections(index, months),
        shown=len(inside),
        earlier=sum(index.day(one)[:7] < months[0] for one in dated),
        later=sum(index.day(one)[:7] > months[-1] for one in dated),
        undated=len(claims) - len(dated),
        median=days[len(days) // 2],
        is_counted=is_counted,
        height=rows[-1].top + rows[-1].height if rows else 0,
    )


def shown_months(months: Sequence[str]) -> tuple[str, ...]:
    """Return the shortest run of months that holds four claims in five, 24 months at most.

    Examples
    --------
    >>> shown_months(["2016-01"] + ["2024-09"] * 5 + ["2024-11"] * 4)
    ('2024-09', '2024-10', '2024-11')
    """
    held = sorted(_number(one) for one in months)
    span = held[-1] - held[0]
    if span < _MOST_MONTHS // 2:
        return tuple(_month(one) for one in range(held[0], held[-1] + 1))
    need = max(1, round(_SHARE_SHOWN * len(held)))
    best = min((held[at + need - 1] - held[at], at) for at in range(len(held) - need + 1))
    if best[0] < _MOST_MONTHS:
        first, last = held[best[1]], held[best[1] + need - 1]
    else:  # spread too far: the two years that hold most
        starts = [(bisect_right(held, one + _MOST_MONTHS - 1) - bisect_left(held, one), one) for one in set(held)]
        first = max(starts)[1]
        last = min(first + _MOST_MONTHS - 1, held[-1])
    return tuple(_month(one) for one in range(first, last + 1))


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _middle(day: str) -> date:
    first, last = first_day(day), last_day(day)
    return date.fromordinal((first.toordinal() + last.toordinal()) // 2)


def _place(months: Sequence[str], day: date) -> float:
    first, end = first_day(months[0]).toordinal(), last_day(months[-1]).toordinal() + 1
    return GUTTER + (RIGHT - GUTTER) * (day.toordinal() - first) / (end - first)


def _elections(index: SiteIndex, months: Sequence[str]) -> tuple[tuple[Event, float], ...]:
    found = [
        (one, _place(months, _middle(one.begin)))
        for one in index.case.events.values()
        if one.event_kind is EventKind.ELECTION and len(one.begin) >= 7 and months[0] <= one.begin[:7] <= months[-1]
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0].id)))[:6]


def _rows(index: SiteIndex, inside: Sequence[Claim], months: Sequence[str]) -> tuple[tuple[Row, ...], bool]:
    """Return the rows, biggest family first, and whether months are counted instead of drawing marks."""
    held: dict[tuple[str, bool], list[Claim]] = defaultdict(list)
    for claim in inside:
        for row in index.rows(claim):
            held[row].append(claim)
    counts: Counter[str] = Counter()
    for (head, _), claims in held.items():
        counts[head] += len(claims)
    heads = [head for head, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if head != NO_ACTOR]
    alone = [head for head in heads[:_MOST_HEADS] if counts[head] >= _FEWEST_CLAIMS] or heads[:_MOST_HEADS]
    rest = [head for head in heads if head not in alone]
    if len(rest) == 1:
        alone, rest = heads, []
    order = [(head, is_tied) for head in alone for is_tied in (False, True) if (head, is_tied) in held]
    if rest:
        others = {one.id: one for head in rest for tied in (False, True) for one in held.get((head, tied), ())}
        held[OTHERS, False] = sorted(others.values(), key=lambda one: (index.day(one), one.id))
        order.append((OTHERS, False))
    order += [(NO_ACTOR, False)] if (NO_ACTOR, False) in held else []
    is_counted = sum(len(held[one]) for one in order) > MOST_MARKS
    rows, top = [], 0.0
    for head, is_tied in order:
        claims = held[head, is_tied]
        marks, lanes = ((), 2) if is_counted else _marks(index, claims, months, top + 9)
        height = max(lanes * _LANE + 16, 44)
        label, note = _label(index, head, is_tied, len(claims), len(rest), is_under=(head, False) in held)
        rows.append(
            Row(slug_of(head) if ":" in head else head, label, note, is_tied, tuple(claims), tuple(marks), top, height)
        )
        top += height
    return tuple(rows), is_counted


def _label(index: SiteIndex, head: str, is_tied: bool, count: int, others: int, *, is_under: bool) -> tuple[str, str]:
    claims = f"{count:,} claim{'s' if count != 1 else ''}"
    if head == NO_ACTOR:
        return "No actor named", claims
    if head == OTHERS:
        return f"{others:,} other actors", claims
    name = short_name(index, head)
    if is_tied:
        return ("" if is_under else name), f"said to be tied to it: {count:,}"
    return name, claims


def short_name(index: SiteIndex, actor_id: str, limit: int = 28) -> str:
    """Return what a row is called: the nation of a state, else the name, cut where it is long."""
    actor = index.case.actors.get(actor_id)
    if actor is not None and actor.actor_kind == "state" and actor.nation:
        return clean(actor.nation)[:limit]
    name, left_out = cut(index.name(actor_id), limit)
    return f"{name} …" if left_out else name


def shape_of(claim: Claim, category: int | None) -> str:
    """Return the shape of a mark: a circle has a Breakout value, the hollow ones say no."""
    polarity = claim.proposition.polarity
    hollow = {"denies": "diamond", "negative-finding": "hollow", "assurance": "triangle"}.get(polarity)
    return hollow or ("circle" if category else "square")


def word_of(claim: Claim) -> str:
    """Return the claimant's word of confidence, else of likelihood, else nothing."""
    held, likely = claim.confidence, claim.likelihood
    if held and (held.quoted or held.word):
        return clean(held.quoted or f"{held.word} confidence")[:40]
    return clean((likely.quoted or str(likely.word or "").replace("-", " ")) if likely else "")[:40]


def size_of(index: SiteIndex, claim: Claim) -> tuple[int | None, int | None]:
    """Return the Breakout category and its upper end, as the editor coded the incident."""
    incident = index.incident_of(claim)
    rated = incident.breakout if incident else None
    return (rated.category, rated.at_most) if rated else (None, None)


def _marks(
    index: SiteIndex, claims: Sequence[Claim], months: Sequence[str], top: float
) -> tuple[tuple[Mark, ...], int]:
    """Place marks from left to right, each in the first lane where it, its ring and its word fit."""
    lanes: list[list[tuple[float, float]]] = []
    found = []
    for claim in claims:
        category, at_most = size_of(index, claim)
        shape, word = shape_of(claim, category), word_of(claim)
        radius = RADII[category] if shape == "circle" and category else 5.5
        upper = RADII[at_most] if shape == "circle" and at_most else 0.0
        x, half = _place(months, _middle(index.day(claim))), max(radius, upper) + 2
        centre, wide = x / 100 * _WIDTH, len(word) * _LETTER + (6 if word else 0)
        is_left = centre + half + wide > _WIDTH
        span = centre - half - (wide if is_left else 0), centre + half + (0 if is_left else wide)
        need = 1 if half < 9 else 2
        at = _first_free(lanes, span, need)
        y = top + (at + need / 2) * _LANE
        found.append(Mark(claim, round(x, 2), y, shape, radius, upper, word, is_left))
    return tuple(found), max(2, len(lanes))


def _first_free(lanes: list[list[tuple[float, float]]], span: tuple[float, float], need: int) -> int:
    at = 0
    while True:
        while len(lanes) < at + need:
            lanes.append([])
        if all(end <= span[0] or begin >= span[1] for lane in lanes[at : at + need] for begin, end in lane):
            for lane in lanes[at : at + need]:
                lane.append(span)
            return at
        at += 1


def month_label(month: str, *, with_year: bool) -> str:
    """Return a month on the axis."""
    name = MONTHS[int(month[5:7]) - 1][:3]
    return f"{name} {month[:4]}" if with_year else name
