import random
from typing import Any

import pytest

from tests.traces.builders import add_posts, posts_of, traces_of, workspace_of
from undazzle.errors import ParameterError, UnknownNameError
from undazzle.store import Store
from undazzle.traces import TRACE_KINDS, complete_settings, extract_traces, trace_kind

_POSTS: list[dict[str, Any]] = [
    {
        "text": f"the ferry {number % 7} is late again today",
        "links": [f"https://example.org/{number % 5}", f"https://example.net/{number}"],
        "hashtags": ["ferry", "late", f"pier{number % 3}"],
        "mentions": ["harbour"],
        "reply_to": f"x:{number % 4}",
        "quote_of": f"x:{number % 6}",
        "objects": [f"thing{number % 2}"],
        "media_hashes": [f"{number % 3:064x}"],
        "account_key": number % 8,
    }
    for number in range(40)
] + [{"repost_of": "x:1"}, {"repost_of": "x:1"}]


def _by_name(store: Store) -> set[tuple[Any, ...]]:
    return set(store.rows("SELECT kind, item, post_id, account_id, acted_at FROM trace_view"))


@pytest.mark.parametrize("kind", TRACE_KINDS)
def test_the_order_of_rows_does_not_matter(kind: str):
    posts = posts_of(_POSTS)
    shuffled = random.Random(1).sample(posts, len(posts))
    with workspace_of(_POSTS) as store, Store() as other:
        add_posts(other, shuffled, sha256="first")
        assert extract_traces(store, kind).traces > 0
        extract_traces(other, kind)
        assert _by_name(store) == _by_name(other)
        assert store.rows("FROM items ORDER BY ALL") == other.rows("FROM items ORDER BY ALL")


def test_the_same_extraction_is_not_done_twice():
    with workspace_of(_POSTS) as store:
        first = extract_traces(store, "text", {"ignore": ("mentions",)})
        second = extract_traces(store, "text", {"ignore": "mentions"})
        assert first.is_new
        assert not second.is_new
        assert second.trace_set == first.trace_set
        assert (second.traces, second.items, second.warnings) == (first.traces, first.items, first.warnings)


def test_other_parameters_make_another_set_and_leave_the_first():
    with workspace_of(_POSTS) as store:
        first = extract_traces(store, "link")
        second = extract_traces(store, "link", {"canonical": False})
        assert first.trace_set != second.trace_set
        assert store.rows("SELECT count(*) FROM trace_sets")[0][0] == 2


def test_new_posts_replace_the_set_of_the_old_ones():
    with workspace_of(_POSTS) as store:
        first = extract_traces(store, "link")
        extract_traces(store, "text")
        add_posts(store, posts_of([{"post_key": 99, "links": ["https://example.org/0"]}]), sha256="second")
        second = extract_traces(store, "link")
        assert second.traces == first.traces + 1
        assert store.rows("SELECT DISTINCT trace_set FROM traces WHERE trace_set = ?", [first.trace_set]) == []
        assert store.rows("SELECT DISTINCT trace_set FROM items WHERE trace_set = ?", [first.trace_set]) == []
        assert {row[0] for row in store.rows("SELECT kind FROM trace_sets")} == {"link", "text"}


def test_items_that_stored_results_point_to_outlive_their_traces():
    with workspace_of(_POSTS) as store:
        first = extract_traces(store, "link")
        kept, item = store.rows("SELECT item_key, item FROM items ORDER BY item LIMIT 1")[0]
        store.execute("INSERT INTO co_actions (run_id, item_key, kind) VALUES (1, ?, 'link')", [kept])
        add_posts(store, posts_of([{"post_key": 99}]), sha256="second")
        second = extract_traces(store, "link")
        assert second.trace_set > first.trace_set
        assert store.rows("SELECT item FROM items WHERE item_key = ?", [kept]) == [(item,)]


def test_a_newer_version_of_a_kind_replaces_the_older_set():
    from dataclasses import replace

    with workspace_of(_POSTS) as store:
        extract_traces(store, "link")
        second = extract_traces(store, replace(trace_kind("link"), version="99"))
        assert second.is_new
        assert store.rows("SELECT version FROM trace_sets") == [("99",)]


def test_item_keys_are_unique_in_the_whole_workspace():
    with workspace_of(_POSTS) as store:
        for kind in TRACE_KINDS:
            extract_traces(store, kind)
        total, distinct = store.rows("SELECT count(*), count(DISTINCT item_key) FROM items")[0]
        assert total == distinct > 0
        assert store.rows("SELECT count(*) FROM traces t ANTI JOIN items i USING (trace_set, item_key)")[0][0] == 0


def test_a_trace_keeps_account_post_and_time():
    with workspace_of([{"repost_of": "x:9", "account_key": 7, "posted_at": "2024-10-01 09:30:00"}]) as store:
        extract_traces(store, "repost")
        row = store.rows("SELECT account_key, post_key, acted_at::VARCHAR FROM traces")
        assert row == [(7, 1, "2024-10-01 09:30:00")]


def test_items_of_a_single_account_are_kept():
    with workspace_of([{"links": ["https://example.org/a"]}, {"links": ["https://example.org/b"]}]) as store:
        assert extract_traces(store, "link").items == 2


def test_posts_without_a_time_are_counted_and_left_out():
    with workspace_of([{"repost_of": "x:9", "posted_at": None}, {"repost_of": "x:9"}]) as store:
        found = extract_traces(store, "repost")
        assert found.traces == 1
        assert found.warnings == ("1 traces were left out because their post has no time.",)


@pytest.mark.parametrize("kind", TRACE_KINDS)
def test_no_posts_make_no_traces(kind: str):
    with workspace_of([]) as store:
        assert traces_of(store, kind) == set()


@pytest.mark.parametrize("kind", TRACE_KINDS)
def test_posts_that_say_nothing_make_no_traces(kind: str):
    with workspace_of([{}, {"links": None, "hashtags": None, "mentions": None}]) as store:
        assert traces_of(store, kind) == set()


def test_a_failed_extraction_leaves_nothing_behind():
    from dataclasses import replace

    def fail(store: Store, settings: Any, target: str) -> dict[str, int]:
        store.execute(f"INSERT INTO {target} VALUES ('a', 1)")
        raise RuntimeError

    with workspace_of(_POSTS) as store:
        with pytest.raises(RuntimeError):
            extract_traces(store, replace(trace_kind("link"), extract=fail))
        assert store.rows("SELECT count(*) FROM trace_sets")[0][0] == 0
        assert extract_traces(store, "link").traces > 0


def test_an_unknown_parameter_is_refused_with_the_nearest_one():
    with pytest.raises(UnknownNameError, match="canonical"):
        complete_settings(trace_kind("link"), {"canonicall": True})


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("link", {"canonical": "perhaps"}),
        ("text", {"min_words": "many"}),
        ("text", {"min_words": -1}),
        ("text", {"ignore": "emoji"}),
        ("text", {"ignore": 5}),
        ("near_text", {"threshold": "nan"}),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(kind: str, settings: dict[str, Any]):
    with pytest.raises(ParameterError, match=next(iter(settings))):
        complete_settings(trace_kind(kind), settings)


def test_values_typed_on_a_command_line_are_understood():
    found = complete_settings(
        trace_kind("near_text"), {"threshold": "0.8", "ignore": "urls, mentions", "exact": "yes", "min_words": "0"}
    )
    assert found == {
        "threshold": 0.8,
        "ignore": ("mentions", "urls"),
        "min_words": 0,
        "exact": True,
        "include_reposts": False,
    }
    assert complete_settings(trace_kind("text"), {"ignore": ""})["ignore"] == ()


def test_items_of_several_posts_are_numbered_first_by_first_post_and_name():
    with Store() as store:
        # more than the engine writes at once; every second link is shared, posts are not in order of their keys
        store.execute(
            "INSERT INTO posts (post_key, post_id, account_key, account_id, posted_at, links) SELECT k, 'x:' || k, 1, "
            "'x:a', TIMESTAMP '2024-10-01', ['https://b.example/' || k, 'https://a.example/' || (k % 50_000)] "
            "FROM (SELECT (i * 7_919) % 150_000 AS k FROM range(150_000) r(i))"
        )
        extract_traces(store, "link")
        shared, kept = store.rows("SELECT last_shared_item, items FROM trace_sets")[0]
        named = store.rows("SELECT item FROM items ORDER BY item_key")
        seen = store.rows(
            "SELECT item, min(post_key) AS first_post, count(*) AS posts FROM traces JOIN items USING (item_key) "
            "GROUP BY item"
        )
    wanted = [item for item, _, _ in sorted(seen, key=lambda one: (one[2] == 1, one[1], one[0]))]
    assert (shared, kept, len(named)) == (50_000, 200_000, 200_000)
    assert [item for (item,) in named] == wanted
