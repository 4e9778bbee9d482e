"""Tables are lazy, can be narrowed, and give their rows in any shape."""

from __future__ import annotations

import builtins
import json
from datetime import UTC, datetime, timedelta, timezone

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.builders import filled_store, first_network
from undazzle.errors import MissingExtraError, OutputExistsError, QueryError, UnknownNameError
from undazzle.results import Run, Table
from undazzle.results.query import Query
from undazzle.store import Store


def numbers(count: int) -> Table:
    return Table(Store(), Query(f"SELECT i, i % 3 AS rest FROM range({count}) r(i)", "i"), "Numbers")


def test_a_table_knows_its_length_columns_and_rows() -> None:
    table = numbers(5)
    assert (len(table), table.columns) == (5, ["i", "rest"])
    assert list(table)[4] == {"i": 4, "rest": 1} == table[4] == table[-1]
    assert table["i"] == [0, 1, 2, 3, 4]


def test_a_missing_row_or_column_is_said_to_be_missing() -> None:
    with pytest.raises(IndexError, match="no row 5"):
        numbers(5)[5]
    with pytest.raises(IndexError, match="no row -6"):
        numbers(5)[-6]
    with pytest.raises(UnknownNameError, match="Did you mean 'rest'"):
        numbers(5)["res"]
    with pytest.raises(IndexError, match="step"):
        numbers(5)[::2]


@given(st.integers(0, 9), st.lists(st.tuples(st.none() | st.integers(-12, 12), st.none() | st.integers(-12, 12))))
def test_slices_of_slices_are_what_lists_give(count: int, cuts: list[tuple[int | None, int | None]]) -> None:
    table, expected = numbers(count), list(range(count))
    for start, stop in cuts[:3]:
        table, expected = table[start:stop], expected[start:stop]
    assert table["i"] == expected
    assert len(table) == len(expected)


def test_head_keeps_the_order_and_never_fails() -> None:
    assert numbers(5).head(2)["i"] == [0, 1]
    assert len(numbers(5).head(0)) == 0
    assert len(numbers(5).head(99)) == 5
    assert numbers(5).head(3).head(9)["i"] == [0, 1, 2]


def test_filter_takes_sql_and_values() -> None:
    assert numbers(9).filter("i > 2 -- and a comment")["i"] == [3, 4, 5, 6, 7, 8]
    assert numbers(9).filter("i > 2", rest=0).filter(i=[3, 4, 8])["i"] == [3]
    assert numbers(9).head(4).filter(rest=0)["i"] == [0, 3]
    assert len(numbers(9).filter(i=None)) == 0


def test_filter_matches_lists_and_times_in_any_zone() -> None:
    network = first_network()
    assert [row["account_b"] for row in network.pairs.filter(kinds="link")] == ["x:12"]
    assert len(network.pairs.filter(kinds=["link", "near_text"])) == 3
    nine = datetime(2024, 3, 1, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    assert network.posts.filter(posted_at=nine)["post_id"] == ["x:101"]


@pytest.mark.parametrize("condition", ["true); DROP TABLE posts; --", "no_such_column = 1", "i >", "i = $missing"])
def test_filter_refuses_what_does_not_only_read(condition: str) -> None:
    with pytest.raises(QueryError):
        numbers(3).filter(condition)


def test_filter_suggests_the_column_that_was_meant() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'rest'"):
        numbers(3).filter(rests=1)


def test_a_value_cannot_become_sql() -> None:
    network = first_network()
    assert len(network.members.filter(handle="x' OR '1'='1")) == 0
    assert len(network.posts) == 5


def test_the_sql_of_a_table_gives_the_same_rows_elsewhere() -> None:
    store = filled_store()
    table = (
        first_network(store).evidence("ferry_times", "x:12").filter(kind="near_text", item=["the ferry leaves at nine"])
    )
    _, rows = store.query(table.sql)
    assert [row[0] for row in rows] == table["gap_seconds"] == [5.0]


def test_text_of_the_user_without_an_order_of_ours_works_too() -> None:
    table = Table(Store(), "SELECT i FROM range(9) r(i) ORDER BY i DESC")
    assert table[1:4]["i"] == [7, 6, 5]
    assert table.filter("i < 3")["i"] == [2, 1, 0]


def test_times_say_that_they_are_utc_in_every_shape() -> None:
    posts = first_network().posts
    nine = datetime(2024, 3, 1, 9, tzinfo=UTC)
    assert posts[0]["posted_at"] == nine
    assert posts.to_arrow().schema.field("posted_at").type == pa.timestamp("us", "UTC")
    assert posts.to_polars()["posted_at"][0] == nine
    assert posts.to_pandas()["posted_at"][0] == nine


def test_other_libraries_take_a_table_as_a_stream() -> None:
    posts = first_network().posts
    assert pl.DataFrame(posts).height == len(posts) == pa.table(posts).num_rows == 5
    assert pa.table(posts).equals(posts.to_arrow())


def test_a_stream_does_not_block_other_queries() -> None:
    store = filled_store()
    seen = [row["post_id"] for row in first_network(store).posts if store.rows("SELECT count(*) FROM posts") == [(9,)]]
    assert len(seen) == 5


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_missing_library_is_named_with_its_remedy(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: object, **named: object) -> object:
        if name == library:
            raise ImportError(name)
        return real(name, *rest, **named)  # type: ignore[arg-type]  # passes on what it got

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError, match=rf"undazzle\[{library}\]"):
        getattr(numbers(1), f"to_{library}")()


def test_files_hold_what_the_table_holds(tmp_path) -> None:
    posts = first_network().posts
    rows = json.loads(posts.to_json(tmp_path / "posts.json").read_text(encoding="utf-8"))
    assert [row["post_id"] for row in rows] == posts["post_id"]
    assert rows[0]["posted_at"] == "2024-03-01T09:00:00Z"
    assert pq.read_table(posts.to_parquet(tmp_path / "posts.parquet", metadata={"a": "b"})).equals(posts.to_arrow())
    assert pq.read_metadata(tmp_path / "posts.parquet").metadata[b"a"] == b"b"
    lines = posts.to_csv(tmp_path / "posts.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    assert "'=SUM(A1)" in lines[3]


def test_an_empty_table_makes_files_with_columns(tmp_path) -> None:
    empty = numbers(0)
    assert empty.to_csv(tmp_path / "a.csv").read_text() == "i,rest\n"
    assert json.loads(empty.to_json(tmp_path / "a.json").read_text()) == []
    assert pq.read_table(empty.to_parquet(tmp_path / "a.parquet")).column_names == ["i", "rest"]


@pytest.mark.parametrize("shape", ["csv", "json", "parquet"])
def test_a_file_is_replaced_only_when_asked(shape: str, tmp_path) -> None:
    path = tmp_path / "deep" / "out"
    write = getattr(numbers(2), f"to_{shape}")
    write(path)
    before = path.read_bytes()
    with pytest.raises(OutputExistsError, match="--overwrite"):
        getattr(numbers(3), f"to_{shape}")(path)
    assert path.read_bytes() == before
    getattr(numbers(3), f"to_{shape}")(path, overwrite=True)
    assert path.read_bytes() != before
    assert [one.name for one in path.parent.iterdir()] == ["out"]


def test_a_failed_file_leaves_nothing_behind(tmp_path) -> None:
    broken = Table(Store(), "SELECT CAST(i AS TINYINT) AS i FROM range(200000) r(i)")
    with pytest.raises(Exception, match=r"(?i)cast|conversion|range"):
        broken.to_csv(tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_networks_has_empty_tables() -> None:
    store = filled_store()
    store.execute("DELETE FROM networks")
    assert len(Run.find(store).networks) == 0
    assert "0 rows" in repr(Run.find(store).networks)
