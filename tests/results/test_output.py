"""Every printed table can be had as text, CSV, JSON, lines of JSON and Parquet."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.errors import OutputExistsError, UnknownNameError
from undazzle.results.output import OUTPUT_FORMATS, render_rows, write_rows

COLUMNS = ("account_id", "posts", "kinds", "first_at")
ROWS = [
    ("x:1", 1200, ["link", "text"], datetime(2024, 3, 1, 9, tzinfo=UTC)),
    {"account_id": "=x:2", "posts": None, "kinds": [], "first_at": None},
]


def written(to: str, **settings: object) -> str:
    file = io.StringIO(newline="")
    assert write_rows(COLUMNS, ROWS, to, file, **settings) == 2  # type: ignore[arg-type]  # settings vary by test
    return file.getvalue()


def test_a_table_is_aligned_numbers_to_the_right() -> None:
    assert written("table").splitlines() == [
        "account_id  posts  kinds       first_at",
        "x:1         1,200  link; text  2024-03-01 09:00:00",
        "=x:2",
    ]


def test_a_table_says_how_much_of_it_is_shown() -> None:
    assert written("table", total=70).splitlines()[-1] == (
        "Showing 2 of 70 rows. All of them: --csv, --json or --parquet."
    )


def test_without_rows_a_table_says_so_and_data_formats_keep_their_form() -> None:
    expected = {"table": "No rows.\n", "csv": "a\r\n", "json": "[]\n", "nl": ""}
    for to, text in expected.items():
        file = io.StringIO(newline="")
        assert write_rows(["a"], [], to, file) == 0
        assert file.getvalue() == text


def test_csv_and_json_read_back() -> None:
    read = list(csv.DictReader(io.StringIO(written("csv"), newline="")))
    assert [row["account_id"] for row in read] == ["x:1", "'=x:2"]
    whole = json.loads(written("json"))
    assert whole == [json.loads(line) for line in written("nl").splitlines()]
    assert whole[0] == {
        "account_id": "x:1",
        "posts": 1200,
        "kinds": ["link", "text"],
        "first_at": "2024-03-01T09:00:00Z",
    }
    assert whole[1]["account_id"] == "=x:2"


def test_parquet_goes_to_a_binary_file_or_behind_a_text_file() -> None:
    binary = io.BytesIO()
    write_rows(COLUMNS, ROWS, "parquet", binary)
    behind = io.TextIOWrapper(io.BytesIO())
    write_rows(COLUMNS, ROWS, "parquet", behind)
    for file in (binary, behind.buffer):
        file.seek(0)
        assert pq.read_table(file).to_pylist()[0]["kinds"] == ["link", "text"]


def test_a_column_of_several_types_becomes_text_in_parquet(tmp_path: Path) -> None:
    write_rows(["a"], [(1,), ("two",), (None,)], "parquet", tmp_path / "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet")["a"].to_pylist() == ["1", "two", None]


@pytest.mark.parametrize("to", OUTPUT_FORMATS)
def test_a_file_is_replaced_only_when_asked(to: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / "out"
    write_rows(COLUMNS, ROWS, to, path)
    with pytest.raises(OutputExistsError):
        write_rows(COLUMNS, ROWS, to, path)
    assert write_rows(COLUMNS, ROWS[:1], to, path, overwrite=True) == 1


def test_an_unknown_format_suggests_the_one_meant() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'parquet'"):
        write_rows(COLUMNS, ROWS, "parket", io.StringIO())


def test_a_terminal_without_unicode_gets_question_marks_instead_of_a_crash() -> None:
    for to in ("table", "csv"):
        file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
        write_rows(["text"], [("渡船 …",)], to, file)
        file.flush()
        assert b"?? ?" in file.buffer.getvalue()  # type: ignore[attr-defined]  # it is a BytesIO


def test_half_a_surrogate_pair_does_not_break_any_format(tmp_path: Path) -> None:
    for to in OUTPUT_FORMATS:
        if to != "parquet":
            write_rows(["text"], [("a\ud800b",)], to, tmp_path / to)
            assert "a?b" in (tmp_path / to).read_text(encoding="utf-8")


@given(st.integers(20, 200), st.lists(st.tuples(st.text(), st.integers(), st.text()), min_size=1, max_size=5))
def test_no_line_is_wider_than_the_screen(width: int, rows: list[tuple[str, int, str]]) -> None:
    from rich.cells import cell_len

    lines = render_rows(["a", "number", "b"], rows, width=width).splitlines()
    assert len([line for line in lines if not line.startswith("Not shown")]) == len(rows) + 1
    assert max(cell_len(line) for line in lines if not line.startswith("Not shown")) <= width


def test_columns_that_do_not_fit_are_named() -> None:
    columns = [f"column_{number}" for number in range(9)]
    text = render_rows(columns, [["some text here"] * 9], width=60)
    assert text.splitlines()[-1].startswith("Not shown for lack of room: column_4")


def test_long_text_is_cut_with_a_mark_and_numbers_never_are() -> None:
    line = render_rows(["text", "posts"], [("harbour " * 20, 123456789)], width=40).splitlines()[1]
    assert "…" in line
    assert line.endswith("123,456,789")
