"""The day a segment was written, as far as anything says so: what its relative dates are counted from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from undazzle.casebook import Case
from undazzle.casebook.event import EventKind
from undazzle.casebook.fields import first_day
from undazzle.reading.dates import Anchor, DateFound, Deadline, find_dates
from undazzle.reading.document import Document
from undazzle.reading.segments import Segment
from undazzle.reading.spans import Span

_DATELINE = 120  # characters at the head of an article in which a dateline stands
_DASH = re.compile(r"\s[—–-]\s")


def deadlines_of(cases: Sequence[Case], text: str) -> tuple[Deadline, ...]:
    """Return the election days that cases know and whose year the text names."""
    days = {
        first_day(event.begin)
        for case in cases
        for event in case.events.values()
        if event.event_kind is EventKind.ELECTION and len(event.begin) == 10 and event.begin[:4] in text
    }
    latest = max(days, default=None)  # two elections in one text: the later one is the one still to come
    return (Deadline("Election Day", latest),) if latest else ()


def dates_of(
    document: Document, segment: Segment, is_alone: bool, deadlines: tuple[Deadline, ...], written: date | None
) -> tuple[DateFound, ...]:
    """Return the dates of a segment, counted from the best anchor there is.

    In this order: its dateline, a countdown to an election day, the day a person gave, the day the page says it was
    published. The last two are of the page: on one that gathers others' texts they say nothing about each of them.
    """
    anchor = _dateline(document.text, segment.span) or _countdown(document.text, segment.span, deadlines)
    if anchor is None and is_alone:
        anchor = _of_page(document, written)
    return find_dates(document.text, segment.span, anchor, deadlines)


def _dateline(text: str, span: Span) -> Anchor | None:
    head = Span(span.begin, min(span.end, span.begin + _DATELINE))
    dash = _DASH.search(text, head.begin, head.end)
    if dash is None:
        return None
    full = [one for one in find_dates(text, Span(head.begin, dash.start())) if one.is_full and one.first]
    return Anchor(full[0].first, "the dateline") if full and full[0].first else None


def _countdown(text: str, span: Span, deadlines: tuple[Deadline, ...]) -> Anchor | None:
    for found in find_dates(text, span, None, deadlines):
        if found.anchor and found.anchor.day in {one.day for one in deadlines} and found.first and found.last:
            middle = found.first + (found.last - found.first) / 2
            return Anchor(middle, f"“{' '.join(found.span.of(text).split())}”, give or take half a week")
    return None


def _of_page(document: Document, written: date | None) -> Anchor | None:
    if written is not None:
        return Anchor(written, "the day given with --dated")
    if document.published:
        try:
            return Anchor(date.fromisoformat(document.published), "the day the page says it was published")
        except ValueError:
            return None
    return None
