from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.builders import reading, write
from tests.reading.scoring import TEXTS
from undazzle.reading.reading import read_file
from undazzle.reading.sample_page import write_aggregator_page
from undazzle.reading.style import StyleCosts, bits, style_of

# How each text on the shipped page begins, and what of it is a repeat.
_OPENINGS = (
    "The government of Vesterland interfered", "Ferry passengers queue", "Each Saturday, I look",
    "The Sound's neighbours", "Vesterland information operations", "Foreign meddling in the harbour",
    "People Also Search", "Ferry Passengers Queue For",
)  # fmt: skip


def test_the_texts_on_the_shipped_page_are_told_apart(tmp_path: Path) -> None:
    found = read_file(write_aggregator_page(tmp_path / "page.html"))
    begins = [one.span.begin for one in found.segments[1:]]
    wanted = [found.document.text.index(words) for words in _OPENINGS]
    hits = set(begins) & set(wanted)
    assert 2 * len(hits) / (len(begins) + len(wanted)) >= 0.9


def test_repeats_on_the_shipped_page_give_no_claims(tmp_path: Path) -> None:
    found = read_file(write_aggregator_page(tmp_path / "page.html"))
    repeats = [one.number for one in found.segments if one.is_repeat]
    assert len(repeats) == 2
    assert not [draft for draft in found.claims if draft.segment in repeats]


@pytest.mark.parametrize("name", ["paris", "tehran", "norland"])
def test_a_text_by_one_hand_stays_whole(name: str) -> None:
    assert not read_file(TEXTS / f"{name}.txt").is_spliced


def test_two_hands_are_told_apart_by_their_marks_alone() -> None:
    curly = "The pier’s crew met at dawn and “waited” for the tide’s turn near Kelpton’s wall. " * 8
    straight = "A library's roof leaked again; \"buckets\" stood in its hall, the town's clerk wrote. " * 8
    text = f"{curly.strip()} {straight.strip()}"
    found = reading(text)
    assert [one.span.begin for one in found.segments] == [0, text.index("A library")]


def test_articles_that_a_page_parts_by_a_line_and_a_heading_are_told_apart(tmp_path: Path) -> None:
    page = "<h1>Pier</h1><p>The pier is shut.</p><hr><h2>Library</h2><p>The roof leaks. The clerk said so.</p>"
    found = read_file(write(tmp_path, "page.html", page))
    assert [one.span.of(found.document.text).split()[0] for one in found.segments][-1] == "Library"


def test_segments_cover_every_sentence_once_and_in_order() -> None:
    found = reading((TEXTS / "paris.txt").read_text(encoding="utf-8"))
    for sentence in found.sentences:
        assert sum(one.span.holds(sentence.span) for one in found.segments) == 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(['"', "“", "US", "U.S.", "[1]", " [2]", "word"]), min_size=2, max_size=12))
def test_running_sums_give_the_same_bits_as_counting(words: list[str]) -> None:
    styles = [style_of(word) for word in words]
    places = list(range(len(styles) + 1))
    quick = StyleCosts(styles, places)
    for end in range(1, len(places)):
        for begin, found in enumerate(quick.until(end)):
            summed = {
                name: tuple(sum(one[name][form] for one in styles[begin:end]) for form in range(len(styles[0][name])))
                for name in styles[0]
            }
            assert found == pytest.approx(bits(summed))


def test_the_shipped_page_names_no_body_of_the_edition() -> None:
    from tests.reading.seed import gazetteer

    page = (Path(__file__).parents[2] / "src/undazzle/reading/samples/aggregator-page.html").read_text(encoding="utf-8")
    words = re.sub(r"<[^>]+>", " ", page)
    named = {one.name.label for one in gazetteer().find(words) if one.name.id.startswith(("claimant:", "actor:"))}
    assert named <= {"Reuters"}  # a photo credit, as pages have them
