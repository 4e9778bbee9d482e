"""One value, one cell: nothing from a post can act in a spreadsheet, a terminal or an XML file."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.results.cells import harmless_cell, one_line, plain_value, shown_value, xml_text
from undazzle.results.table_files import csv_lines

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", "\x00=1", "\ufeff=1", "\u200b+1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_starts_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["ferry", "a=b", "x:-5", "", "5 - 3", -3, 0.5, True])
def test_other_values_stay_as_they_are(value: object) -> None:
    assert harmless_cell(value) == value


@given(st.text())
def test_no_text_cell_begins_a_formula_and_nothing_of_it_is_lost(text: str) -> None:
    cell = str(harmless_cell(text))
    assert cell in (text, f"'{text}")
    assert not cell.lstrip(" \x00\ufeff").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_csv_reads_back_row_by_row(rows: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    assert csv_lines(["a", "=b"], rows, file) == len(rows)
    read = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    assert read == [["a", "'=b"], *([str(harmless_cell(cell)) for cell in row] for row in rows)]


def test_lists_and_times_are_written_so_that_they_can_be_read() -> None:
    assert plain_value(["link", "near_text"]) == "link; near_text"
    assert plain_value(datetime(2024, 3, 1, 9, 0, 0, 5000, UTC)) == "2024-03-01T09:00:00.005000Z"
    assert harmless_cell(["=x", "y"]) == "'=x; y"


@given(st.text())
def test_one_line_is_one_printable_line(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert not any(unicodedata.category(one) == "Cc" for one in line)
    assert not any(unicodedata.bidirectional(one) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI") for one in line)


@given(st.text())
def test_xml_text_can_be_parsed(text: str) -> None:
    element = ElementTree.Element("a", name=xml_text(text))
    assert ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).get("name") is not None


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234567, "1,234,567"), (60.0, "60"), (0.00012, "0.00012"), (12345.6, "12,346"), (None, ""), (False, "no")],
)
def test_numbers_are_shown_as_people_read_them(value: object, shown: str) -> None:
    assert shown_value(value) == shown
