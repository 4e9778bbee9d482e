from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.builders import reading
from undazzle.reading.dates import Anchor, Deadline, find_dates
from undazzle.reading.spans import Span

_ANCHOR = Anchor(date(2031, 6, 18), "a test")  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on Monday", date(2031, 6, 16), date(2031, 6, 16)),
        ("on Wednesday", date(2031, 6, 18), date(2031, 6, 18)),
        ("this week", date(2031, 6, 16), date(2031, 6, 22)),
        ("last month", date(2031, 5, 1), date(2031, 5, 31)),
        ("last year", date(2030, 1, 1), date(2030, 12, 31)),
        ("In February", date(2031, 2, 1), date(2031, 2, 28)),
        ("in November", date(2030, 11, 1), date(2030, 11, 30)),
        ("June 20", date(2031, 6, 20), date(2031, 6, 20)),
        ("28 December", date(2030, 12, 28), date(2030, 12, 28)),
        ("yesterday", date(2031, 6, 17), date(2031, 6, 17)),
        ("two weeks ago", date(2031, 6, 1), date(2031, 6, 7)),
    ],
)
def test_a_relative_date_is_counted_from_its_anchor(text: str, first: date, last: date) -> None:
    [found] = find_dates(text, Span(0, len(text)), _ANCHOR)
    assert (found.first, found.last, found.anchor) == (first, last, _ANCHOR)


def test_without_an_anchor_a_relative_date_cannot_be_told() -> None:
    [found] = find_dates("on Monday", Span(0, 9))
    assert (found.first, found.partial) == (None, None)


def test_a_full_date_stands_alone_and_anchors_those_after_it() -> None:
    text = "On 9 August 2031 it began. A day later it ended."
    full, later = find_dates(text, Span(0, len(text)))
    assert (full.partial, full.anchor) == ("2031-08-09", None)
    assert (later.partial, later.anchor and later.anchor.known_from) == (
        "2031-08-10",
        "the last full date before it in the text",
    )


def test_a_countdown_to_an_election_says_when_it_was_written() -> None:
    text = "Four weeks remain before Election Day."
    [found] = find_dates(text, Span(0, len(text)), None, (Deadline("Election Day", date(2031, 6, 29)),))
    assert found.first is not None and found.last is not None
    assert found.first <= date(2031, 6, 1) <= found.last
    assert (found.last - found.first).days == 6


def test_the_dateline_of_a_text_anchors_its_dates() -> None:
    text = "ALDER HARBOUR, 18 June 2031 — The office said on Monday that fake accounts had posted."
    found = {one.span.of(text): one for one in reading(text).dates}
    assert found["on Monday"].partial == "2031-06-16"
    assert found["on Monday"].anchor and found["on Monday"].anchor.known_from == "the dateline"


def test_a_day_that_does_not_exist_is_not_told() -> None:
    [found] = find_dates("February 30, 2031", Span(0, 17))
    assert found.first is None


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789-, JanuryMaeksgoonM. a", max_size=60))
def test_no_text_breaks_it_and_every_range_runs_forward(text: str) -> None:
    for found in find_dates(text, Span(0, len(text)), _ANCHOR):
        assert found.first is None or found.last is None or found.first <= found.last
