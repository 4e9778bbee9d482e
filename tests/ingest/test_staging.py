"""Staged posts: what a file says, and where its rows stood."""

from undazzle.ingest.formats import BadRow
from undazzle.ingest.staging import (
    add_unread,
    clean_text,
    drop_staging,
    finish_staging,
    sql_name,
    sql_text,
    stage_query,
    start_records,
    start_staging,
)
from undazzle.model import POST_FIELDS
from undazzle.store import Store


def test_the_view_has_every_field_and_only_the_given_ones_are_present():
    with Store() as store:
        start_staging(store)
        stage_query(store, "(VALUES ('p1', 'a'), ('p2', 'b')) t(x, y)", {"post_id": "x", "text": "y"})
        present = finish_staging(store, "rowid + 2", {"platform": "'x'"})
        columns = [one[0] for one in store.rows("SELECT column_name FROM (DESCRIBE staged_posts)")]
        found = store.rows('SELECT rid, "row", platform, post_id, likes FROM staged_posts ORDER BY rid')
    assert present == {"post_id", "text", "platform"}
    assert columns == ["rid", "row", *(field.name for field in POST_FIELDS), "bad_raw"]
    assert found == [(0, 2, "x", "p1", None), (1, 3, "x", "p2", None)]


def test_an_expression_that_becomes_a_join_keeps_the_order_of_the_file():
    many = ", ".join(f"'{word}'" for word in ("a", "b", "c", "d", "e", "f"))
    with Store() as store:
        start_staging(store)
        expression = f"CASE WHEN x::VARCHAR IN ({many}) THEN NULL ELSE x::VARCHAR END"
        plan = store.rows(f"EXPLAIN SELECT {expression} FROM range(300000) t(x)")[0][1]
        stage_query(store, "(SELECT range AS x FROM range(300000))", {"post_id": expression})
        misplaced = store.rows("SELECT count(*) FROM staged_columns WHERE post_id <> rowid::VARCHAR")
    assert "join" in plan.lower(), "the engine does not join here any more: the guard may go"
    assert misplaced == [(0,)]


def test_unread_rows_are_kept_bounded_and_storable():
    with Store() as store:
        start_staging(store)
        add_unread(store, [])
        add_unread(store, [BadRow(7, "broken", "x" * 5_000), BadRow(9, "odd", "a\0b\ud800")])
        found = store.rows("SELECT source_row, reason, raw FROM unread_rows ORDER BY 1")
    assert found == [(7, "broken", "x" * 400), (9, "odd", "ab?")]


def test_nothing_stays_behind():
    with Store() as store:
        start_staging(store)
        start_records(store)
        finish_staging(store)
        drop_staging(store)
        drop_staging(store)
        assert not store.rows("SELECT table_name FROM duckdb_tables() WHERE temporary")


def test_names_and_texts_become_sql_safely():
    with Store() as store:
        odd = "a\"b'c; --"
        assert store.records(f"SELECT {sql_text(odd)} AS {sql_name(odd)}") == [{odd: odd}]


def test_clean_text_keeps_what_can_be_stored():
    assert clean_text("Fähre 🛳 \ud83d\0") == "Fähre 🛳 ?"
