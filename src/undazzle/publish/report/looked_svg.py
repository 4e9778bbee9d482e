"""Charts of the sections on accounts, narratives, targets and impact: the network solid, everybody else in outline.

Text lies above its bar, so that nothing overlaps on a phone. Positions along x are per cent, all else pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup, escape

from undazzle.publish.report.text import as_markup, cut, number, plural, short_day

_ROW = 40
_LABEL = 44
_TIME_ROW = 24


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: its label, the network's value, everybody else's, and both in words; an interval where there is one."""

    label: str
    mine: float
    others: float | None
    words: str
    low: float | None = None
    high: float | None = None


def bar_rows(rows: Sequence[BarRow], label: str, top: float | None = None) -> Markup:
    """Return two bars a row on one scale from zero: solid for the network, outlined for everybody else.

    Parameters
    ----------
    rows
        What to draw.
    label
        What the chart says, for readers who do not see it.
    top
        End of the scale; the largest value if not given.
    """
    high = top or max([1e-9, *(one.mine for one in rows), *(one.others or 0.0 for one in rows)])
    parts = []
    for place, one in enumerate(rows):
        y = place * _ROW
        shown, left_out = cut(one.label, _LABEL)
        parts.append(f'<text x="0" y="{y + 13}">{escape(shown)}{"…" if left_out else ""}</text>')
        parts.append(f'<text class="num" x="100%" y="{y + 13}" text-anchor="end">{escape(one.words)}</text>')
        parts.append(f'<rect class="observed" x="0" y="{y + 18}" width="{_per_cent(one.mine, high)}" height="8"/>')
        if one.low is not None and one.high is not None:
            ends = f'x1="{_per_cent(one.low, high)}" x2="{_per_cent(one.high, high)}"'
            parts.append(f'<line class="axis" {ends} y1="{y + 22}" y2="{y + 22}"/>')
        if one.others is not None:
            width = _per_cent(one.others, high)
            parts.append(f'<rect class="others" x="0" y="{y + 28}" width="{width}" height="5"/>')
    return _svg(parts, _ROW * len(rows) + 2, label)


def _per_cent(value: float, high: float) -> str:
    return f"{100 * min(1.0, max(0.0, value / high)):.2f}%"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One narrative on the time line: its number, first and last post, first by the network, first by anybody else."""

    number: int
    first: datetime
    last: datetime
    mine: datetime
    others: datetime | None


def _bounds(rows: Sequence[TimeRow]) -> tuple[datetime, datetime]:
    """Return what to draw: up to the last post, or where that is far off, a little beyond the last mark."""
    start, stop = min(one.first for one in rows), max(one.last for one in rows)
    marks = max(max(one.mine, one.others or one.mine) for one in rows)
    near = marks + max(timedelta(hours=1), (marks - start) / 4)
    return start, near if near - start < (stop - start) / 2 else stop


def who_was_first(rows: Sequence[TimeRow]) -> Markup:
    """Return one line a narrative: a disc where the network first said it, a ring where anybody else did."""
    start, stop = _bounds(rows)
    span = max(1.0, (stop - start).total_seconds())

    def x(at: datetime) -> str:
        return f"{8 + 90 * min(1.0, (at - start).total_seconds() / span):.2f}%"

    parts = []
    for place, one in enumerate(rows):
        y = place * _TIME_ROW + 14
        parts.append(f'<text class="num" x="0" y="{y + 4}">{one.number}</text>')
        parts.append(f'<line class="faint" x1="{x(one.first)}" x2="{x(one.last)}" y1="{y}" y2="{y}"/>')
        if one.others is not None:
            parts.append(f'<circle class="m-hollow" cx="{x(one.others)}" cy="{y}" r="7"/>')
        parts.append(f'<circle class="observed" cx="{x(one.mine)}" cy="{y}" r="4"/>')
    bottom = len(rows) * _TIME_ROW + 6
    parts.append(f'<line class="axis" x1="8%" x2="98%" y1="{bottom}" y2="{bottom}"/>')
    parts.append(f'<text x="8%" y="{bottom + 16}">{short_day(start)} {start.year}</text>')
    parts.append(f'<text x="98%" y="{bottom + 16}" text-anchor="end">{short_day(stop)} {stop.year}</text>')
    before = sum(one.others is None or one.mine < one.others for one in rows)
    label = (
        f"One line for each of {plural(len(rows), 'narrative')}, from its first to its last post in these data. The "
        f"disc is the network's first post, the ring the first by anybody else: the disc comes first on {before}. "
        "Lines that reach the edge on the right go on. The table below has every date."
    )
    return _svg(parts, bottom + 22, label)


def weeks_chart(weeks: Sequence[tuple[date, int]], calendar: Sequence[tuple[date, str]]) -> Markup:
    """Return posts by week, with numbered lines where the election calendar has an entry.

    Parameters
    ----------
    weeks
        Monday and posts, oldest first.
    calendar
        Day and name of what lies within these weeks.
    """
    start, stop = weeks[0][0], weeks[-1][0] + timedelta(days=7)
    span, top = (stop - start).days, max(count for _, count in weeks)
    parts = ['<line class="axis" x1="0" x2="100%" y1="130" y2="130"/>']
    width = 100 * 7 / span
    for week, count in weeks:
        left, tall = 100 * (week - start).days / span, 100 * count / top
        parts.append(
            f'<rect class="observed" x="{left + width * 0.1:.2f}%" y="{130 - tall:.1f}" width="{width * 0.8:.2f}%"'
            f' height="{tall:.1f}"/>'
        )
    for place, (day, _) in enumerate(calendar, start=1):
        at = 100 * (day - start).days / span
        parts.append(f'<line class="faint" x1="{at:.2f}%" x2="{at:.2f}%" y1="14" y2="130"/>')
        parts.append(f'<text class="num" x="{at:.2f}%" y="11" text-anchor="middle">{place}</text>')
    parts.append(f'<text class="num" x="0" y="26">{number(top)} in the fullest week</text>')
    parts.append(f'<text x="0" y="148">{_day(start)}</text>')
    parts.append(f'<text x="100%" y="148" text-anchor="end">{_day(stop)}</text>')
    events = "; ".join(f"{place}: {_day(day)} {name}" for place, (day, name) in enumerate(calendar, start=1))
    label = (
        f"Posts by week that name a target: {plural(sum(count for _, count in weeks), 'post')} in "
        f"{plural(len(weeks), 'week')}, at most {number(top)} in one. {events}"
    )
    return _svg(parts, 154, label)


def ladder(category: int | None) -> Markup:
    """Return the six steps of the Breakout Scale: solid up to the category that was seen, dashed above."""
    reached = category or 0
    parts = []
    for step in range(1, 7):
        x = 2 + (step - 1) * 16
        kind = "observed" if step <= reached else "expected-unknown"
        parts.append(f'<rect class="{kind}" x="{x}%" y="2" width="12%" height="18"/>')
        parts.append(f'<text class="num" x="{x + 6}%" y="36" text-anchor="middle">{step}</text>')
    said = f"At least category {reached} of 6." if reached else "No category was reached in what was seen."
    return _svg(parts, 42, f"Breakout Scale. {said} Dashed steps are not excluded: nobody observed them.")


def _day(at: date) -> str:
    return f"{short_day(datetime(at.year, at.month, at.day))} {at.year}"


def _svg(parts: Sequence[str], height: int, label: str) -> Markup:
    return as_markup(
        f'<svg class="plot" height="{height}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )
