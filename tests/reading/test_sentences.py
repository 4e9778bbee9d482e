from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undazzle.reading.plain_text import paragraphs
from undazzle.reading.sentences import split_sentences
from undazzle.reading.truncation import CutKind, find_cuts, pieces


def sentences(text: str) -> list[str]:
    return [one.span.of(text) for one in split_sentences(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rep. A. Oak spoke. It rained.", ["Rep. A. Oak spoke.", "It rained."]),
        ("The U.S. ferry left. It came back.", ["The U.S. ferry left.", "It came back."]),
        ("It left the U.S. The crew slept.", ["It left the U.S.", "The crew slept."]),
        ("It ran.[1][2] It stopped.", ["It ran.[1][2]", "It stopped."]),
        ('He said "stop." She did.', ['He said "stop."', "She did."]),
        ("It ran during the... harbour days. It stopped.", ["It ran during the... harbour days.", "It stopped."]),
        ("It was not... It was.", ["It was not...", "It was."]),
        ("渡轮晚点。码头关闭。", ["渡轮晚点。", "码头关闭。"]),
    ],
)
def test_sentences_end_where_they_end(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_a_paragraph_torn_after_an_abbreviation_goes_on_in_the_next() -> None:
    text = "They voted by post on Nov.\n\n5, 2030 in the harbour of the U.S.\n\nferry company, as always."
    assert len(sentences(text)) == 1


def test_a_heading_is_not_torn_into_the_text_below() -> None:
    assert sentences("Ferries of the U.S.\n\nThey run late, as always.") == [
        "Ferries of the U.S.",
        "They run late, as always.",
    ]


def test_cuts_are_told_apart_by_where_they_stand() -> None:
    text = "It ran late and...\n\nthe pier was... closed for the day. It rained all night and…"
    found = split_sentences(text, paragraphs(text))
    kinds = [cut.kind for cut in find_cuts(text, found)]
    assert kinds == [CutKind.END, CutKind.BEGINNING, CutKind.INSIDE, CutKind.END]


def test_what_stands_after_a_cut_is_a_fragment_and_no_part_of_the_head() -> None:
    text = "The crew was told... timetable of the northern piers."
    [piece] = pieces(text, split_sentences(text, paragraphs(text)))
    assert piece.head.of(text) == "The crew was told"
    assert [one.of(text) for one in piece.fragments] == ["timetable of the northern piers."]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab .!?…\n"“”[1]U.S', max_size=120))
def test_no_letter_is_lost_and_none_stands_twice(text: str) -> None:
    spans = [one.span for one in split_sentences(text, paragraphs(text))]
    assert all(before.end <= after.begin for before, after in pairwise(spans))
    covered = {place for span in spans for place in range(span.begin, span.end)}
    assert all(place in covered for place, letter in enumerate(text) if letter.isalnum())
