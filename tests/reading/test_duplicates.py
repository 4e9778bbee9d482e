from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.builders import reading
from undazzle.reading.duplicates import WORDS_IN_A_ROW, find_repeats, repeated_share

_SENTENCE = "The harbour office said that the evening ferry would leave the northern pier at nine."


def test_a_repeated_run_of_words_is_found_with_its_first_place() -> None:
    text = f"{_SENTENCE} Something else stands between. {_SENTENCE.upper()}"
    [repeat] = find_repeats(text)
    assert repeat.first.begin == 0
    assert text[repeat.span.begin :].startswith("THE HARBOUR OFFICE")


def test_a_run_shorter_than_the_least_is_a_phrase_of_the_language() -> None:
    assert find_repeats("the office said on Monday that. The office said on Monday that.") == ()


def test_a_sentence_that_only_repeats_is_no_second_claim() -> None:
    text = f"Officials said the {'fake accounts near the northern pier were all removed on one evening'}."
    found = reading(f"{text}\n\nA quite different sentence stands between them here.\n\n{text}")
    assert len(found.claims) == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=60))
def test_every_repeat_says_exactly_what_its_first_place_says_and_they_do_not_overlap(words: list[str]) -> None:
    text = " ".join(words)
    for repeat in find_repeats(text):
        assert repeat.span.of(text) == repeat.first.of(text)
        assert repeat.first.end <= repeat.span.begin
        assert repeat.words >= WORDS_IN_A_ROW


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("ab"), max_size=50))
def test_every_run_that_stands_earlier_is_covered(words: list[str]) -> None:
    text = " ".join(words)
    repeats = find_repeats(text, 4)
    for place in range(4, len(words) - 3):
        run = words[place : place + 4]
        if any(words[first : first + 4] == run for first in range(place - 3)):
            assert any(repeat.span.begin <= 2 * place + 6 and 2 * place < repeat.span.end for repeat in repeats)


def test_the_share_that_repeats_is_counted_in_characters() -> None:
    text = f"{_SENTENCE} {_SENTENCE}"
    repeats = find_repeats(text)
    assert repeated_share(repeats[0].span, repeats) == 1.0
    assert repeated_share(repeats[0].first, repeats) == 0.0
