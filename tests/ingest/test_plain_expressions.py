from __future__ import annotations

import pytest

from undazzle.ingest.columns import ColumnSample
from undazzle.ingest.plain_expressions import (
    count_expression,
    flag_expression,
    handle_expression,
    id_expression,
    rounded_id_expression,
    text_expression,
    word_expression,
)
from undazzle.ingest.sample_table import SampleTable


def read(make, values, sql_type="VARCHAR"):
    sample = ColumnSample('a "cell"', sql_type, tuple(values))
    with SampleTable([sample]) as table:
        return [row[0] for row in table.values(make(sample))]


def test_an_id_keeps_every_digit_and_loses_only_the_fraction_of_a_table_program():
    assert read(id_expression, ["360666534.0", "1824213416996712627", " x1 ", "a.0b"]) == [
        "360666534", "1824213416996712627", "x1", "a.0b",
    ]  # fmt: skip


@pytest.mark.parametrize("nothing", ["", "nan", "NaN", "None", "NULL", "null", "NA", "<NA>", None])
def test_words_for_nothing_are_no_ids(nothing):
    assert read(id_expression, [nothing, "7"]) == [None, "7"]


def test_a_typed_id_is_written_without_fraction_or_exponent():
    assert read(id_expression, [7, 9007199254740993, None], "BIGINT") == ["7", "9007199254740993", None]
    assert read(id_expression, [7.0, 360666534.0, float("nan")], "DOUBLE") == ["7", "360666534", None]


def test_rounded_and_exact_spellings_of_one_id_agree_and_show_that_they_are_rounded():
    exact, rounded, small = read(rounded_id_expression, ["1836135572022169679", "1.8361355720221696e+18", "14377605.0"])
    assert exact == rounded == "1.8361355720221696e+18"
    assert small == "14377605"


def test_counts_are_read_from_numbers_with_fractions_and_thousands():
    assert read(count_expression, ["26.0", "1,234", "7", "many", "", None]) == [26, 1234, 7, None, None, None]
    assert read(count_expression, [3.0, None], "DOUBLE") == [3, None]


def test_flags_are_read_from_the_words_that_exporters_write():
    assert read(flag_expression, ["True", "1.0", "yes", "false", "0", "N", "maybe", None]) == [
        True, True, True, False, False, False, None, None,
    ]  # fmt: skip
    assert read(flag_expression, [1, 0], "INTEGER") == [True, False]


def test_texts_stay_as_they_are_and_words_are_trimmed():
    assert read(text_expression, ["  The ferry \n", "None"]) == ["  The ferry \n", "None"]
    assert read(word_expression, ["  en ", "None"]) == ["en", None]
    assert read(handle_expression, ["@anna", "ben"]) == ["anna", "ben"]
