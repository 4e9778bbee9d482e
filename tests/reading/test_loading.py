from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading.builders import pdf, write
from undazzle.errors import SourceError, TooLargeError
from undazzle.reading import loading
from undazzle.reading.document import BlockKind
from undazzle.reading.loading import load_document
from undazzle.reading.reading import read_file


def test_scripts_styles_and_hidden_parts_of_a_page_are_not_read_and_counted(tmp_path: Path) -> None:
    page = "<p>The ferry runs.</p><script>ferry()</script><div style='display: none'>Hidden.</div><p>It is late.</p>"
    document = load_document(write(tmp_path, "page.html", f"<html><body>{page}</body></html>"))
    assert document.text == "The ferry runs.\n\nIt is late."
    assert [note.words for note in document.notes] == ["Not read: 1 <script>, 1 hidden parts."]


def test_hostile_markup_stays_inert_text(tmp_path: Path) -> None:
    page = "<p>&lt;script&gt;alert(1)&lt;/script&gt; said the office\x1b[2J.</p><img src=x onerror=alert(1)>"
    document = load_document(write(tmp_path, "page.html", page))
    assert document.text == "<script>alert(1)</script> said the office[2J."


def test_headings_of_a_page_are_no_sentences_of_an_article(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, "page.html", "<h2>Ferry news</h2><p>The ferry runs.</p>"))
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_page_says_its_language_and_its_day(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2031-06-20T08:00:00Z"><title> Ferry  day </title>'
    document = load_document(write(tmp_path, "a.html", f'<html lang="en"><head>{head}</head><body><p>Yes.</p></body>'))
    assert (document.language, document.published, document.title) == ("en", "2031-06-20", "Ferry day")


def test_a_page_nested_deeper_than_any_person_writes_is_refused_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "page.html", "<div>" * 100_000 + "The ferry runs.")
    begun = time.process_time()
    with pytest.raises(SourceError, match="nested 100,000 deep"):
        load_document(path)
    assert time.process_time() - begun < 2


def test_a_line_drawn_across_a_page_is_no_text_and_parts_it(tmp_path: Path) -> None:
    page = "<article><p>The pier is shut.</p></article><hr><article><p>The library is open.</p></article><hr>"
    reading = read_file(write(tmp_path, "page.html", page))
    assert [one.span.of(reading.document.text) for one in reading.sentences] == [
        "The pier is shut.",
        "The library is open.",
    ]


_TAGS = [
    "<p>",
    "</p>",
    "<hr>",
    "<article>",
    "</article>",
    "<h2>",
    "<script>",
    "</script>",
    "<b hidden>",
    "<br>",
    "<!--",
    "-->",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([*_TAGS, "The FBI said so. ", "... ", "“", '"', "[1]", " hacked", "&lt;", "\u202e"]),
        max_size=30,
    )
)
def test_no_soup_of_tags_breaks_the_reader(tmp_path: Path, parts: list[str]) -> None:
    path = write(tmp_path, "page.html", "".join(parts))
    try:
        reading = read_file(path)
    except SourceError:
        return
    assert "<script>" not in reading.document.text
    assert all(one.span.end <= len(reading.document.text) for one in reading.claims)


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, "report.pdf", pdf("The ferry office said so on Monday.", "It runs late.")))
    assert "The ferry office said so on Monday." in document.text
    assert document.media == "pdf"


def test_a_scanned_pdf_is_named_as_a_scan(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds pictures of pages, no text \(a scan\).*text recognition"):
        load_document(write(tmp_path, "scan.pdf", pdf("", "")))


def test_pages_without_text_in_a_pdf_are_named(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, "half.pdf", pdf("The ferry office published its yearly report.", "")))
    assert document.is_partial
    assert [note.words for note in document.notes] == ["No text on 1 of 2 pages (2): not read."]


def test_a_broken_pdf_is_named_as_broken(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="This PDF"):
        load_document(write(tmp_path, "broken.pdf", b"%PDF-1.7\n" + b"\x00garbage" * 50))


def test_archives_and_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no text, HTML or PDF"):
        load_document(write(tmp_path, "page.docx", b"PK\x03\x04" + b"\0" * 100))


def test_an_empty_or_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no text"):
        load_document(write(tmp_path, "empty.txt", " \n\n "))
    with pytest.raises(SourceError, match="no such file"):
        load_document(tmp_path / "nowhere.txt")


def test_a_file_beyond_the_bound_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MOST_BYTES", 10)
    with pytest.raises(TooLargeError):
        load_document(write(tmp_path, "long.txt", "The ferry runs late."))


@pytest.mark.slow
def test_fifty_megabytes_are_read_as_far_as_the_bound_and_the_rest_is_named(tmp_path: Path) -> None:
    sentence = "Officials said the ferry office found fake accounts. It runs on Monday.\n\n"
    path = write(tmp_path, "long.txt", sentence * (50_000_000 // len(sentence)))
    begun = time.process_time()
    reading = read_file(path)
    assert len(reading.document.text) <= loading.MOST_CHARACTERS
    assert [note.code for note in reading.document.notes] == ["cut-off"]
    assert time.process_time() - begun < 60


def test_marks_that_turn_text_around_are_left_out_and_named(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, "turn.txt", "The office\u202e said \u2066so\u2069."))
    assert document.text == "The office said so."
    assert [note.code for note in document.notes] == ["direction-marks"]


def test_text_in_other_scripts_is_kept_and_the_bound_of_the_rules_is_named(tmp_path: Path) -> None:
    arabic = "قال المكتب إن العبارات ستصل في موعدها. " * 10
    reading = read_file(write(tmp_path, "mixed.txt", arabic + "The office said the ferry is late."))
    assert "قال المكتب" in reading.document.text
    assert [note.code for note in reading.document.notes] == ["language"]


def test_bytes_that_are_not_utf_8_are_read_and_named(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, "old.txt", "Fähre".encode("cp1252")))
    assert document.text == "Fähre"
    assert [note.code for note in document.notes] == ["encoding"]
