"""The views for reading: one row for each co-action, whatever was extracted before or since."""

from datetime import datetime

from undazzle.store import Store


def with_co_action() -> Store:
    store = Store()
    for key, account in ((1, "x:a"), (2, "x:b")):
        store.execute(
            "INSERT INTO posts (post_key, post_id, account_id, posted_at, text) VALUES (?, ?, ?, ?, ?)",
            [key, f"x:{key}", account, datetime(2026, 3, 1), "the ferry leaves"],
        )
    store.execute("INSERT INTO trace_sets (trace_set, kind) VALUES (1, 'link'), (2, 'text'), (3, 'link')")
    store.execute(
        "INSERT INTO co_actions (run_id, time_window, kind, item_key, post_a, post_b) VALUES (1, 60, 'link', 7, 1, 2)"
    )
    return store


def test_a_co_action_is_one_row_though_other_kinds_number_an_item_alike():
    store = with_co_action()
    store.execute("INSERT INTO items VALUES (1, 7, 'https://ferry.example'), (2, 7, 'a text')")
    assert store.rows("SELECT item FROM co_action_view") == [("https://ferry.example",)]


def test_a_co_action_is_one_row_though_its_kind_was_extracted_twice():
    store = with_co_action()
    store.execute("INSERT INTO items VALUES (1, 7, 'https://ferry.example/old'), (3, 7, 'https://ferry.example/new')")
    assert store.rows("SELECT item FROM co_action_view") == [("https://ferry.example/new",)]


def test_a_co_action_whose_item_is_gone_is_not_lost():
    assert with_co_action().rows("SELECT item, account_a, account_b FROM co_action_view") == [(None, "x:a", "x:b")]
