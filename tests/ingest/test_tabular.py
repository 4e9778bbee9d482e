"""Tables are read by the engine, in one pass, in the order of the file."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undazzle.errors import SourceError
from undazzle.ingest.columns import ColumnChoice, ColumnPlan
from undazzle.ingest.dialect import Dialect
from undazzle.ingest.staging import finish_staging, start_staging
from undazzle.ingest.tabular import (
    FieldSql,
    UnreliableRowsError,
    count_rows,
    csv_table,
    field_sql,
    json_lines_table,
    json_pointers,
    parquet_table,
    sample_columns,
    stage_table,
)
from undazzle.store import Store

DIALECT = Dialect(",", '"', ("id", "body"))
FIELDS = FieldSql({"post_id": '"id"', "text": '"body"'}, {})


def table_of(tmp_path, content, **given_):
    path = tmp_path / "posts.csv"
    path.write_bytes(content)
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    return csv_table(path, path, DIALECT, **{"lines": lines, **given_})


def staged(store, table, fields=FIELDS):
    start_staging(store)
    stage_table(store, table, fields)
    finish_staging(store, count_rows(store, table.first_row), fields.same)
    posts = store.rows('SELECT "row", post_id, text FROM staged_posts WHERE bad_raw IS NULL ORDER BY rid')
    return posts, store.rows("SELECT source_row, reason FROM unread_rows ORDER BY 1")


def test_a_table_is_read_whole(tmp_path):
    with Store() as store:
        posts, bad = staged(store, table_of(tmp_path, b'id,body\n1,ferry\n2,"a ""b""\n, c"\n3,\n'))
    assert posts == [(2, "1", "ferry"), (3, "2", 'a "b"\n, c'), (4, "3", None)] and not bad


def test_row_numbers_count_the_rows_set_aside(tmp_path):
    content = b"id,body\n1,a\n2\n3\n4,d\n5,e,f\n6,g\n"
    with Store() as store:
        posts, bad = staged(store, table_of(tmp_path, content))
    assert [row for row, _, _ in posts] == [2, 5, 7]
    assert bad == [(3, "too few fields"), (4, "too few fields"), (6, "too many fields")]


@settings(max_examples=25)
@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_row_numbers_hold_whatever_rows_are_bad(tmp_path_factory, goods):
    lines = ["id,body", *(f"{number},x" if good else f"{number}" for number, good in enumerate(goods, start=2))]
    with Store(threads=1) as store:
        table = table_of(tmp_path_factory.mktemp("table"), "\n".join(lines).encode())
        posts, bad = staged(store, table)
    assert [(row, str(row)) for row, good in enumerate(goods, start=2) if good] == [post[:2] for post in posts]
    assert [row for row, good in enumerate(goods, start=2) if not good] == [row for row, _ in bad]


@pytest.mark.parametrize("parallel", [False, True])
def test_a_reading_counts_only_if_no_line_is_missing(parallel, tmp_path):
    content = b"id,body\n1,a\n2,b\n"
    with Store() as store:
        assert len(staged(store, table_of(tmp_path, content, lines=3, parallel=parallel))[0]) == 2
        with pytest.raises(UnreliableRowsError):
            staged(store, table_of(tmp_path, content, lines=4, parallel=parallel))
        assert not store.rows("SELECT * FROM duckdb_tables() WHERE table_name IN ('staged_columns', 'reject_errors')")


def test_a_parallel_reading_with_bad_rows_does_not_count(tmp_path):
    with Store() as store, pytest.raises(UnreliableRowsError):
        staged(store, table_of(tmp_path, b"id,body\n1,a\n2\n", parallel=True))


@pytest.mark.parametrize("content", [b'1,"a\n2,b\n', b'1,"a"x\n2,b\n', b'1,"a\n2,"b\n3,c\n', b'1,i"j\n""",x\nx\n'])
def test_stray_quotes_are_left_to_mending(content, tmp_path):
    with Store() as store, pytest.raises(UnreliableRowsError):
        staged(store, table_of(tmp_path, b"id,body\n" + content))


def test_a_large_table_keeps_its_order_on_several_threads(tmp_path):
    lines = b"".join(b"%d,%s\n" % (number, b"The ferry is late " * 8) for number in range(500_000))
    with Store(threads=4) as store:
        table = table_of(tmp_path, b"id,body\n" + lines, parallel=True)
        start_staging(store)
        stage_table(store, table, FieldSql({"post_id": '"id"', "text": 'upper("body")'}, {}))
        assert store.rows("SELECT count(*), count(*) FILTER (post_id <> rowid::VARCHAR) FROM staged_columns") == [
            (500_000, 0)
        ]


def test_a_table_without_header_starts_at_row_one(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_bytes(b"1,a\n2,b\n")
    with Store() as store:
        posts, _ = staged(store, csv_table(path, path, Dialect(",", '"', ("id", "body"), has_header=False), lines=2))
    assert posts == [(1, "1", "a"), (2, "2", "b")]


def test_thousands_of_columns_are_refused(tmp_path):
    with pytest.raises(SourceError, match="3,000 fields"):
        csv_table(tmp_path, tmp_path, Dialect(",", '"', tuple(map(str, range(3_000)))), lines=1)


def test_json_lines_become_columns_by_path(tmp_path):
    records = [{"id": 1, "body": "a", "user": {"name": "ada", "at": {"x": {"y": 1}}}}, {"id": "2", "tags": ["b", 3]}]
    path = tmp_path / "posts.jsonl"
    path.write_text("\n\n".join(map(json.dumps, records)) + "\n[1]\n{\n")
    with Store() as store:
        table = json_lines_table(path, path, records, lines=5, parallel=True)
        assert [name for name, _ in table.columns] == ["id", "body", "user.name", "user.at.x", "tags"]
        start_staging(store)
        stage_table(store, table, FieldSql({"post_id": '"id"', "text": '"user.at.x"', "handle": '"tags"'}, {}))
        finish_staging(store, count_rows(store, table.first_row))
        found = store.rows('SELECT "row", post_id, text, handle, bad_raw FROM staged_posts ORDER BY rid')
    assert found == [
        (1, "1", '{"y":1}', None, None),
        (3, "2", None, '["b",3]', None),
        (4, None, None, None, None),
        (5, None, None, None, "{"),
    ]


def test_keys_that_differ_in_case_only_give_one_column():
    assert json_pointers([{"Text": 1, "text": 2, "a/b": {"c~d": 3}, "": 4}]) == {
        "Text": "/Text",
        "a/b.c~d": "/a~1b/c~0d",
    }


def test_parquet_keeps_its_types(tmp_path):
    path = tmp_path / "posts.parquet"
    pq.write_table(pa.table({"id": [1, 2], "body": [["a"], None]}), path)
    with Store() as store:
        table = parquet_table(store, path, path)
        samples = sample_columns(store, table)
    assert [(one.name, one.sql_type, one.values) for one in samples] == [
        ("id", "BIGINT", (1, 2)),
        ("body", "VARCHAR[]", (["a"], None)),
    ]


def test_a_wrong_expression_is_no_fault_of_the_rows(tmp_path):
    with Store() as store, pytest.raises(SourceError, match="cannot be read"):
        staged(store, table_of(tmp_path, b"id,body\n1,a\n"), FieldSql({"text": "no_such_function(1)"}, {}))


def test_fields_without_a_column_are_the_same_for_all_rows(tmp_path):
    table = table_of(tmp_path, b"id,body\n1,a\n")
    choices = (
        ColumnChoice("posted_at", "body", "NULL::TIMESTAMP", ""),
        ColumnChoice("language", "", "'en'", ""),
    )
    found = field_sql(table, ColumnPlan(choices, ()), {"platform": "x", "language": "de"})
    assert found.by_row == {"posted_at": "NULL::TIMESTAMP", "posted_at_raw": '"body"'}
    assert found.same == {"language": "'en'", "platform": "'x'"}
