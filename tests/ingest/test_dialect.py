"""How delimited files are written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.ingest.dialect import (
    Dialect,
    detect_dialect,
    distinct_names,
    has_line_ends_in_quotes,
    parse_row,
)

COMMA = Dialect(",", '"', ("a", "b"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_every_row_as_many_fields(delimiter):
    lines = [delimiter.join(["id", "text, or; so|what\tever" if delimiter == "-" else "text", "when"])]
    lines += [delimiter.join(["1", '"The ferry, the hall; rain | wind"', "2024"]) for _ in range(20)]
    found = detect_dialect("\n".join(lines))
    assert (found.delimiter, found.columns) == (delimiter, ("id", "text", "when"))


def test_a_text_full_of_commas_does_not_hide_the_semicolon():
    assert detect_dialect("id;text\n1;a, b, c, d\n2;e, f\n3;g\n").delimiter == ";"


def test_one_column_is_a_table_too():
    assert detect_dialect("text\nferry\nlibrary\n").columns == ("text",)


def test_a_backslash_before_quotes_is_noticed():
    text = "id,text\n" + '1,"The \\"ferry\\", late"\n' * 20
    assert detect_dialect(text).escape == "\\"
    assert detect_dialect('id,text\n1,"The ""ferry"", late \\"\n').escape == '"'


def test_column_names_are_made_distinct_without_regard_to_case():
    assert distinct_names(["ID", "id", "", None, "\ufefftext"]) == ("ID", "id_2", "column3", "column4", "text")


@given(st.lists(st.text(max_size=5), max_size=12))
def test_column_names_are_always_distinct(names):
    found = distinct_names(names)
    assert len({one.casefold() for one in found}) == len(names)
    assert all(found)


def test_a_row_with_quotes_that_do_not_match_has_no_fields():
    assert parse_row('1,"a', COMMA) is None
    assert parse_row('1,"a" b', COMMA) is None
    assert parse_row("1,a\n2,b", COMMA) is None
    assert parse_row('1,"a\nb"', COMMA) == ["1", "a\nb"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")), min_size=1, max_size=5))
def test_what_was_written_is_read(fields):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(fields)
    assert parse_row(buffer.getvalue(), COMMA) == fields


def test_line_ends_inside_quotes_are_noticed():
    assert has_line_ends_in_quotes('a,b\n1,"x\ny"\n', COMMA)
    assert not has_line_ends_in_quotes('a,b\n1,"x y"\n', COMMA)
