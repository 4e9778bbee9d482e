"""The timeline as SVG for wide screens and paper, and as a table of days for phones. Both link to every claim."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup, escape

from undazzle.casebook import Claim
from undazzle.casebook.fields import first_day
from undazzle.publish.report.text import as_markup
from undazzle.publish.site.addresses import page_of
from undazzle.publish.site.index import NO_ACTOR, SiteIndex
from undazzle.publish.site.rows import breakout_words
from undazzle.publish.site.timeline import (
    GUTTER,
    OTHERS,
    RADII,
    Mark,
    Row,
    Timeline,
    month_label,
    shape_of,
    short_name,
    size_of,
    word_of,
)
from undazzle.publish.site.words import POLARITY, day_words, title_of

_MOST_COLUMNS = 5


def symbols() -> Markup:
    """Return the shapes of marks, to be used by name."""
    made = [
        f'<symbol id="m-{size}" viewBox="-15 -15 30 30"><circle class="m-solid" r="{radius}"/></symbol>'
        f'<symbol id="r-{size}" viewBox="-15 -15 30 30"><circle class="m-range" r="{radius}"/></symbol>'
        for size, radius in RADII.items()
    ]
    shapes = {
        "square": '<rect class="m-solid" x="-5" y="-5" width="10" height="10"/>',
        "hollow": '<rect class="m-hollow" x="-5" y="-5" width="10" height="10"/>',
        "diamond": '<path class="m-hollow" d="M0 -6.5L6.5 0L0 6.5L-6.5 0Z"/>',
        "triangle": '<path class="m-hollow" d="M0 -6.5L6.5 5L-6.5 5Z"/>',
    }
    made += [f'<symbol id="m-{name}" viewBox="-15 -15 30 30">{path}</symbol>' for name, path in shapes.items()]
    return as_markup("\n".join(made))


def mark_words(index: SiteIndex, claim: Claim) -> str:
    """Return everything a mark says, in words."""
    incident = index.incident_of(claim)
    size = breakout_words(incident.breakout if incident else None)
    actors = ", ".join(index.name(one) for one in claim.proposition.actors) or "No actor named"
    kind = POLARITY[claim.proposition.polarity]
    confidence = claim.confidence.quoted or claim.confidence.word if claim.confidence else None
    likely = claim.likelihood.quoted or claim.likelihood.word if claim.likelihood else None
    return " ".join(
        f"{part}." for part in (
            index.day(claim), index.name(claim.claimant), kind, title_of(claim).rstrip("."), f"Actor: {actors}",
            f"Confidence: {confidence}" if confidence else "No confidence word given",
            f"Likelihood: {likely}" if likely else "",
            "No Breakout value" if size == "\u2014" else f"Breakout {size}",
        ) if part
    )  # fmt: skip


def draw_timeline(index: SiteIndex, timeline: Timeline, root: str) -> Markup:
    """Return the timeline as SVG: positions in per cent, sizes in pixels, so that it stretches and type does not.

    Each actor with what is tied to it is a picture of its own, so that paper breaks between actors.
    """
    words = f"Timeline of {timeline.shown} claims, one row per actor. The table below holds the same claims."
    parts = [f'<div class="tl-all" role="group" aria-label="{words}">', _axis(timeline)]
    for _, held in groupby(timeline.rows, key=lambda row: row.value):
        parts.append(_head(index, timeline, list(held), root))
    return as_markup("".join(parts) + _feet(timeline) + "</div>")


def _axis(timeline: Timeline) -> str:
    step = 1 if len(timeline.months) <= 14 else 2 if len(timeline.months) <= 18 else 3
    labels = "".join(
        f'<text x="{timeline.place(first_day(month)):.2f}%" dx="3" y="15">'
        f"{month_label(month, with_year=at == 0 or month.endswith('-01') or step == 3)}</text>"
        for at, month in enumerate(timeline.months)
        if at % step == 0
    )
    line = '<line class="axis" x1="0" x2="100%" y1="22" y2="22"/>'
    return f'<svg class="plot tl" height="23" aria-hidden="true">{labels}{line}</svg>'


def _feet(timeline: Timeline) -> str:
    """Return the names of elections under the lines that mark them."""
    names = "".join(
        f'<text class="strong" x="{x:.2f}%" dx="8" y="15" text-anchor="{"end" if x > 50 else "start"}">'
        f"{escape(f'{event.name}, {day_words(event.begin)}')}</text>"
        for event, x in timeline.events
    )
    return f'<svg class="plot tl" height="22">{names}</svg>' if names else ""


def _head(index: SiteIndex, timeline: Timeline, rows: list[Row], root: str) -> str:
    """Return the picture of one actor: its own row and the row of what somebody ties to it."""
    top, bottom = rows[0].top, rows[-1].top + rows[-1].height
    height = f"{bottom - top:.0f}"
    parts = [f'<svg class="plot tl" height="{height}">']
    for month in timeline.months:
        x = f"{timeline.place(first_day(month)):.2f}%"
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{height}"/>')
    for _, at in timeline.events:
        parts.append(f'<line class="leader vote" x1="{at:.2f}%" x2="{at:.2f}%" y1="0" y2="{height}"/>')
    for place, row in enumerate(rows):
        parts += _row(index, timeline, row, root, top, is_last_of_head=place + 1 == len(rows))
    return "".join(parts) + "</svg>"


def _row(
    index: SiteIndex, timeline: Timeline, row: Row, root: str, top: float, *, is_last_of_head: bool
) -> Iterable[str]:
    end = row.top + row.height - top - (0.5 if is_last_of_head else 0)
    begin = "0" if is_last_of_head else f"{GUTTER - 1:.1f}%"
    look = "grid" if is_last_of_head else "grid tie"
    yield f'<line class="{look}" x1="{begin}" x2="100%" y1="{end:.1f}" y2="{end:.1f}"/>'
    y = row.top - top + 18
    for line in _lines(row.label):
        yield f'<text class="strong" x="0" y="{y:.0f}">{escape(line)}</text>'
        y += 14
    yield f'<text class="num" x="0" y="{y:.0f}">{escape(row.note)}</text>'
    if timeline.is_counted:
        yield from _counts(index, timeline, row, root, row.top - top)
    for mark in row.marks:
        yield _mark(index, mark, root, top)


def _counts(index: SiteIndex, timeline: Timeline, row: Row, root: str, top: float) -> Iterable[str]:
    """Yield the number of claims of each month, where there are too many for marks."""
    counts = Counter(index.day(one)[:7] for one in row.claims)
    y = top + row.height / 2 + 4
    for month in timeline.months:
        if counts[month]:
            x = timeline.place(first_day(month))
            words = f"{row.label or row.note}, {month}: {counts[month]} claims"
            yield (
                f'<a href="{root}by/month~{month}.html" aria-label="{escape(words)}">'
                f'<text class="strong count" data-row="{row_key(row)}" data-month="{month}" x="{x:.2f}%" dx="5" '
                f'y="{y:.0f}">{counts[month]}</text></a>'
            )


def _lines(label: str) -> list[str]:
    """Return a label in lines that fit beside the first month."""
    return textwrap.wrap(label, 19, max_lines=2, placeholder=" \u2026")


def row_key(row: Row) -> str:
    """Return what the data for filters calls a row."""
    return f"{row.value}+" if row.is_tied else row.value


def _mark(index: SiteIndex, mark: Mark, root: str, top: float) -> str:
    x, y, words = f"{mark.x:.2f}%", mark.y - top, escape(mark_words(index, mark.claim))
    if mark.shape == "circle":
        ring = f'<circle class="m-range" cx="{x}" cy="{y:.1f}" r="{mark.upper}"/>' if mark.upper else ""
        drawn = f'{ring}<circle class="m-solid" cx="{x}" cy="{y:.1f}" r="{mark.radius}"/>'
    else:
        drawn = f'<svg x="{x}" y="{y:.1f}" overflow="visible">{_use(f"m-{mark.shape}")}</svg>'
    beside = max(mark.radius, mark.upper) + 4
    anchor, shift = ("end", -beside) if mark.word_left else ("start", beside)
    word = (
        f'<text class="word" aria-hidden="true" x="{x}" dx="{shift}" text-anchor="{anchor}" y="{y + 4.3:.1f}">'
        f"{escape(mark.word)}</text>"
        if mark.word
        else ""
    )
    return (
        f'<g class="hit" data-id="{mark.claim.id[6:]}"><a href="{root}{page_of(mark.claim.id)}" aria-label="{words}">'
        f"<title>{words}</title>{drawn}</a>{word}</g>"
    )


def draw_days(index: SiteIndex, timeline: Timeline, root: str) -> Markup:
    """Return the timeline for phones: time runs down, a row is a day with claims, a column an actor."""
    columns = _columns(index, timeline)
    cells: dict[tuple[str, str], dict[str, tuple[Claim, bool]]] = defaultdict(dict)
    for row in timeline.rows:
        column = row.value if row.value in columns else OTHERS
        for claim in row.claims:
            period = index.day(claim)[:7] if timeline.is_counted else index.day(claim)
            cells[period, column].setdefault(claim.id, (claim, row.is_tied))
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns.values())
    parts = [
        f'<table class="days"><caption class="sr">Timeline of {timeline.shown} claims, from the first day to the last'
        f'</caption><thead><tr><th scope="col">Day</th>{heads}</tr></thead>'
    ]
    elections = {event.begin: event.name for event, _ in timeline.events}
    periods = sorted({period for period, _ in cells} | (set() if timeline.is_counted else set(elections)))
    last = ""
    for period in periods:
        if period[:7] != last:
            parts.append("" if not last else "</tbody>")
            last = period[:7]
            wide = f'colspan="{len(columns) + 1}" scope="rowgroup"'
            parts.append(f'<tbody><tr class="month"><th {wide}>{day_words(last)}</th></tr>')
        parts.append(
            _day(
                index,
                timeline,
                period,
                [list(cells[period, one].values()) if (period, one) in cells else [] for one in columns],
                root,
            )
        )
        if period in elections:
            parts.append(
                f'<tr class="vote"><th colspan="{len(columns) + 1}" scope="row">{escape(elections[period])}</th></tr>'
            )
    return as_markup("".join(parts) + "</tbody></table>")


def _columns(index: SiteIndex, timeline: Timeline) -> dict[str, str]:
    """Return the columns by the value of their row: the biggest actors, then all others."""
    found: dict[str, str] = {}
    for row in timeline.rows:
        if row.value not in (NO_ACTOR, OTHERS) and row.value not in found and len(found) < _MOST_COLUMNS - 1:
            found[row.value] = short_name(index, f"actor:{row.value}", 12)
    values = {row.value for row in timeline.rows}
    return found | ({OTHERS: "Others"} if values - found.keys() else {})


def _day(index: SiteIndex, timeline: Timeline, period: str, cells: list[list[tuple[Claim, bool]]], root: str) -> str:
    if timeline.is_counted:
        counts = "".join(
            f'<td><a class="n-counted" href="{root}by/month~{period}.html">{len(one)}</a></td>' if one else "<td></td>"
            for one in cells
        )
        return f'<tr><th scope="row">{period}</th>{counts}</tr>'
    label = f"{int(period[8:10])}" if len(period) == 10 else "in the month"
    filled = "".join(f"<td>{''.join(_small(index, *one, root) for one in claims)}</td>" for claims in cells)
    return f'<tr><th scope="row"><time datetime="{period}">{label}</time></th>{filled}</tr>'


def _small(index: SiteIndex, claim: Claim, is_tied: bool, root: str) -> str:
    category, at_most = size_of(index, claim)
    shape, word = shape_of(claim, category), word_of(claim)
    name = str(category) if shape == "circle" else shape
    ring = _use(f"r-{at_most}") if shape == "circle" and at_most else ""
    beside = f'<span class="conf" aria-hidden="true">{escape(word)}</span>' if word else ""
    return (
        f'<a class="hit{" tied" if is_tied else ""}" data-id="{claim.id[6:]}" href="{root}{page_of(claim.id)}" '
        f'aria-label="{escape(mark_words(index, claim))}"><svg viewBox="-15 -15 30 30" aria-hidden="true">{ring}'
        f"{_use(f'm-{name}')}</svg>{beside}</a>"
    )


def _use(name: str) -> str:
    return f'<use href="#{name}" x="-15" y="-15" width="30" height="30"/>'
