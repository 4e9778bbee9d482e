"""The quick look before a word is read is never wrong when it says no; reading a word twice gives the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.intrusions.builders import a_list
from undazzle.intrusions.kinds import read_value
from undazzle.intrusions.matching import IndicatorIndex
from undazzle.intrusions.refang import refang

INDEX = IndicatorIndex(
    a_list(
        "ferry.example", "quay.example/a", "https://x.com/desk", "192.88.99.7", "desk@pier.example", "bücher.example"
    ).indicators
)
PIECES = st.sampled_from([
    "ferry", "example", ".", "[.]", "quay.example", "/a", "https://", "hxxp://", "x.com", "twitter.com", "/desk", "@",
    "192.88.99.7", ":443", "www.", "WWW.", "desk", "pier.example", "bücher", "xn--bcher-kva", "%61", "?a=1", "=", "(",
    ")", "FERRY.Example", "://", "..", "-", "_", "mobile.", "url=",
])  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_word_that_shows_an_indicator_is_never_passed_over(word: str) -> None:
    if any(True for _ in INDEX.in_text(word)):
        assert INDEX.could_show(word)


@given(st.lists(PIECES, max_size=6).map("".join))
def test_a_value_as_it_is_compared_is_read_as_itself(word: str) -> None:
    reading = read_value(word)
    if reading is not None and reading.kind != "account":
        assert read_value(reading.value) == reading


@given(st.text(max_size=300))
def test_no_text_breaks_the_search(text: str) -> None:
    assert len(list(INDEX.in_text(text))) <= len(INDEX)
    assert refang(refang(text)) is not None
