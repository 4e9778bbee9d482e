"""Static charts as SVG text: they need no script, stretch from phone to paper and keep their type size.

Positions along the x axis are per cent, everything else is pixels; only the network picture scales. Each chart
carries a title and a description, and the numbers stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil, floor, log10

from markupsafe import Markup, escape

from undazzle.publish.report.facts import Activity, Member
from undazzle.publish.report.text import as_markup, number, plural, short_day
from undazzle.publish.report.wording import rounded

_BASE, _TOP = 150.0, 24.0
_STRIP = 16


def nice_step(top: float, steps: int = 5) -> float:
    """Return a round step so that about ``steps`` of them reach ``top``.

    Examples
    --------
    >>> nice_step(111), nice_step(3), nice_step(9400), nice_step(11)
    (25, 1, 2000, 5)
    """
    raw = max(top, 1) / steps
    power = 10 ** floor(log10(raw))
    # counts are whole, so that 2.5 is no step; whole steps are compared, or eleven would take six steps of two
    return next(step for one in (1, 2, 2.5, 5, 10) if (step := int(one * power)) >= max(raw, 1))


def bars_chart(activity: Activity) -> Markup:
    """Return co-actions over time as solid bars, from zero."""
    counts = activity.drawn
    top = max(counts, default=0)
    step = nice_step(max(top, *activity.expected) if activity.expected else top)
    high = step * max(1, ceil(max(top, *activity.expected, 0) / step))
    scale = (_BASE - _TOP) / high
    parts = [f'<line class="axis" x1="0" x2="100%" y1="{_BASE:g}" y2="{_BASE:g}"/>']
    for level in range(int(step), int(high) + 1, int(step)):
        y = _BASE - level * scale
        parts.append(f'<line class="grid" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="num" x="0" y="{y - 4:.1f}">{number(level)}</text>')
    parts += _expected_bars(activity.expected, scale)
    parts += _bars(counts, scale, top, is_slim=bool(activity.expected))
    parts += _time_ticks(activity)
    chance = f" Hatched: {sum(activity.expected):,.0f} expected by chance." if activity.expected else ""
    label = (
        f"Co-actions by {activity.bucket}: {plural(sum(counts), 'co-action')} on "
        f"{sum(1 for one in counts if one)} of {plural(len(counts), activity.bucket)}, at most {number(top)}.{chance} "
        "The table below has every figure."
    )
    return as_markup(f'<svg class="plot" height="190" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>')


# The first and last part of the width carry the scale's labels.
_LEFT, _WIDTH = 4.5, 95.5


def _expected_bars(expected: Sequence[float], scale: float) -> Iterator[str]:
    """Yield what chance gives, hatched and wide, to stand behind what happened."""
    slot = _WIDTH / max(1, len(expected))
    width = min(slot * 0.94, 7)
    for place, value in enumerate(expected):
        if value * scale >= 0.5:
            x, tall = _LEFT + slot * place + (slot - width) / 2, value * scale
            size = f'width="{width:.2f}%" height="{tall:.1f}"'
            yield f'<rect class="expected" x="{x:.2f}%" y="{_BASE - tall:.1f}" {size}/>'


def _bars(counts: Sequence[int], scale: float, top: int, *, is_slim: bool = False) -> Iterator[str]:
    slot = _WIDTH / max(1, len(counts))
    width = min(slot * 0.45, 3.4) if is_slim else min(slot * 0.8, 6)
    top_at = counts.index(top) if top else -1
    for place, count in enumerate(counts):
        if not count:
            continue
        x, tall = _LEFT + slot * place + (slot - width) / 2, max(1.0, count * scale)
        yield f'<rect class="observed" x="{x:.2f}%" y="{_BASE - tall:.1f}" width="{width:.2f}%" height="{tall:.1f}"/>'
        if place == top_at:
            anchor = "end" if place > len(counts) * 0.9 else "middle"
            yield (
                f'<text class="strong num" x="{x + width / 2:.2f}%" y="{_BASE - tall - 5:.1f}"'
                f' text-anchor="{anchor}">{number(count)}</text>'
            )


def _time_ticks(activity: Activity) -> Iterator[str]:
    total = len(activity.buckets)
    slot = _WIDTH / max(1, total)
    every = next(one for one in (1, 2, 3, 6, 7, 12, 14, 24, 28, 52, 104, 208, 10**9) if total / one <= 5.5)
    for place in range(0, total, every):
        x = _LEFT + slot * place
        yield f'<line class="axis" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_BASE:g}" y2="{_BASE + 6:g}"/>'
        anchor = "end" if x > 90 else "start"
        yield f'<text x="{x:.2f}%" y="{_BASE + 20:g}" text-anchor="{anchor}">{bucket_label(activity, place)}</text>'
    yield f'<text x="100%" y="186" text-anchor="end">{_axis_name(activity)}, UTC</text>'


def bucket_label(activity: Activity, place: int) -> str:
    """Return the name of one bar: ``09:00``, ``1 Mar`` or ``Mar 2026``."""
    at = activity.buckets[place][0]
    if activity.bucket == "hour":
        return f"{short_day(at)} {at:%H}:00"
    return f"{short_day(at).split()[1]} {at.year}" if activity.bucket == "month" else short_day(at)


def _axis_name(activity: Activity) -> str:
    if not activity.buckets:
        return f"{activity.bucket}s"
    first, last = activity.buckets[0][0], activity.buckets[-1][0]
    if activity.bucket == "month":
        return "months"
    years = str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    return f"{activity.bucket}s, {years}"


def observed_chart(observed: int, expected: float | None) -> Markup:
    """Return observed (solid) over expected (hatched), on one scale from zero.

    Without a computed expectation its row holds a dashed square and says so.
    """
    top = max(float(observed), expected or 0.0, 1.0)
    step = nice_step(top, 7)
    high = step * ceil(top / step)
    parts = [
        f'<text class="strong num" x="0" y="13">{number(observed)} observed</text>',
        f'<rect class="observed" x="0" y="20" width="{observed / high:.2%}" height="22"/>',
    ]
    if expected is None:
        parts.append('<rect class="expected-unknown" x="1" y="52" width="20" height="20"/>')
        parts.append('<text x="30" y="66">expected by chance: not computed</text>')
        said = "What chance alone would give was not computed."
    else:
        parts.append(f'<rect class="expected" x="0" y="50" width="{expected / high:.2%}" height="22"/>')
        parts.append(
            f'<text class="num" x="{expected / high:.2%}" dx="8" y="66">{rounded(expected)} expected by chance</text>'
        )
        said = f"Chance alone would give about {rounded(expected)}."
    parts.append('<line class="axis" x1="0" x2="100%" y1="84" y2="84"/>')
    for level in range(0, int(high) + 1, int(step)):
        anchor = "start" if level == 0 else "end" if level + step > high else "middle"
        parts.append(f'<line class="axis" x1="{level / high:.2%}" x2="{level / high:.2%}" y1="84" y2="89"/>')
        parts.append(f'<text class="num" x="{level / high:.2%}" y="104" text-anchor="{anchor}">{number(level)}</text>')
    label = escape(f"{plural(observed, 'co-action')} observed. {said}")
    return as_markup(f'<svg class="plot" height="110" role="img" aria-label="{label}">{"".join(parts)}</svg>')


def timeline_chart(members: Sequence[Member], activity: Activity, shapes: Sequence[Markup]) -> Markup:
    """Return one strip per account: tall ticks are posts in co-actions, short pale ones its other posts.

    Parameters
    ----------
    members
        The accounts to draw, in drawing order (by group).
    activity
        Post positions by member row.
    shapes
        The mark of each group.
    """
    height = _STRIP * len(members)
    parts = list(_strip_grid(activity, height))
    for place, member in enumerate(members):
        y = place * _STRIP
        if place and members[place - 1].group != member.group:
            parts.append(f'<line class="faint" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        parts.append(f'<g transform="translate(0 {y + 2.2:g}) scale(.82)">{shapes[member.group]}</g>')
        parts.append(f'<text class="num" x="36" text-anchor="end" y="{y + 12}">{member.row}</text>')
        name = member.label if len(member.label) <= 14 else member.label[:13] + "…"
        parts.append(f'<text x="42" y="{y + 12}">{escape(name)}</text>')
        hits, others = activity.strips.get(member.row, ((), ()))
        parts.append(
            f'<svg x="17%" y="{y}" width="83%" height="{_STRIP}" viewBox="0 0 {activity.bins} {_STRIP}"'
            f' preserveAspectRatio="none"><path class="tick" d="{_ticks(others, 6, 4)}"/>'
            f'<path class="tick-hit" d="{_ticks(hits, 2, 12)}"/></svg>'
        )
    label = (
        f"One strip for each of {plural(len(members), 'account')}. Short pale ticks are ordinary posts, tall solid "
        "ticks are posts that took part in a co-action. The same counts stand in the table of accounts."
    )
    return as_markup(
        f'<svg class="plot wide" height="{height + 36}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _ticks(bins: Sequence[int], y: int, tall: int) -> str:
    """Return a path with one box for every run of neighbouring bins."""
    boxes = []
    start = last = None
    for place in [*bins, None]:
        if start is not None and (place is None or place != last + 1):  # type: ignore[operator]  # last goes with start
            wide = last - start + 1  # type: ignore[operator]  # last goes with start
            boxes.append(f"M{start} {y}h{wide}v{tall}h-{wide}z")
            start = None
        start = place if start is None else start
        last = place
    return "".join(boxes)


def _strip_grid(activity: Activity, height: int) -> Iterator[str]:
    span = (activity.stop - activity.start).total_seconds()
    for at in _grid_times(activity):
        share = (at - activity.start).total_seconds() / span
        x = 17 + 83 * share
        anchor = "end" if share > 0.95 else "start"
        label = f"{at:%H}:00" if activity.bucket == "hour" else short_day(at)
        if activity.bucket in ("week", "month"):
            label = f"{short_day(at).split()[1]} {at.year}" if activity.bucket == "month" else f"{label} {at.year}"
        yield f'<line class="grid" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="{height}"/>'
        yield f'<text x="{x:.2f}%" y="{height + 17}" text-anchor="{anchor}">{label}</text>'


def _grid_times(activity: Activity) -> list[datetime]:
    times = [at for at, _ in activity.buckets]
    every = next(one for one in (1, 2, 3, 6, 7, 12, 14, 24, 28, 52, 104, 10**9) if len(times) / one <= 5.5)
    return times[::every]
