import numpy as np
import pytest

from tests.real_data import data_set
from tests.traces.builders import items_of, traces_of, workspace_of
from undazzle.store import Store
from undazzle.traces import extract_traces
from undazzle.traces.link import QUICK_LINK_SQL, link_item

_HOSTS = """
example.org www.example.org m.facebook.com x.com a.x.com xn--a.org t.co a-b.c1.org 1.2.org a_b.org mobile.twitter.com
youtu.be t.me localhost 1.1.1.1 co m.example.org old.reddit.com
"""
_PATHS = "/ /a /abcdef /a/ /a//b /.a /.. /a... /a. /~a /- /A_b /a/status/1 /%41 /a;b"


def test_a_post_without_a_link_makes_no_link_trace():
    with workspace_of([{"links": []}, {"links": []}, {"links": None}, {"links": [""]}, {"links": [None]}]) as store:
        assert traces_of(store, "link") == set()
        assert traces_of(store, "link", canonical=False) == set()
        assert traces_of(store, "domain") == set()


def test_two_spellings_of_one_page_are_one_item():
    with workspace_of(
        [{"links": ["http://www.example.org/a/?utm_source=x"]}, {"links": ["https://example.org/a#top"]}]
    ) as store:
        assert traces_of(store, "link") == {(1, "https://example.org/a"), (2, "https://example.org/a")}


def test_two_spellings_in_one_post_are_one_trace():
    with workspace_of(
        [{"links": ["http://example.org/a", "https://www.example.org/a/", "https://example.org/a"]}]
    ) as store:
        assert traces_of(store, "link") == {(1, "https://example.org/a")}


def test_exact_strings_stay_apart_if_asked_for():
    with workspace_of([{"links": ["http://example.org/a", "https://example.org/a"]}]) as store:
        assert items_of(store, "link", canonical=False) == {"http://example.org/a", "https://example.org/a"}


def test_a_repost_carries_its_link_only_if_asked_for():
    posts = [
        {"links": ["https://example.org/a"], "repost_of": "x:9"},
        {"links": ["https://example.org/a"], "is_repost": True},
    ]
    with workspace_of(posts) as store:
        assert traces_of(store, "link") == set()
        assert {post for post, _ in traces_of(store, "link", include_reposts=True)} == {1, 2}


def test_ids_that_stand_for_addresses_are_items_and_scripts_are_not():
    with workspace_of([{"links": ["23678", "javascript:alert(1)", "data:text/html,x", "https"]}]) as store:
        assert items_of(store, "link") == {"23678"}


def test_links_that_make_no_trace_are_counted():
    with workspace_of([{"links": ["https://t.co/", "javascript:alert(1)", "https://example.org/a"]}]) as store:
        assert extract_traces(store, "link").warnings == (
            "2 links are no web address, or were cut off, and make no trace.",
        )


def test_short_links_are_kept_and_warned_of():
    with workspace_of([{"links": ["https://t.co/AbC1234567"]}]) as store:
        found = extract_traces(store, "link")
        assert found.items == 1
        assert "short links" in found.warnings[0]


def test_a_very_long_address_is_cut_and_told_apart():
    long = "https://example.org/" + "a" * 3_000
    with workspace_of([{"links": [long, long + "b"]}]) as store:
        items = items_of(store, "link")
    assert len(items) == 2
    assert all(len(item) < 1_000 for item in items)


def _assert_quick_equals_python(store: Store) -> int:
    rows = store.rows(f"SELECT raw, {QUICK_LINK_SQL} FROM t")
    quick = [(raw, item) for raw, item in rows if item is not None]
    assert [(raw, item, link_item(raw)) for raw, item in quick if item != link_item(raw)] == []
    return len(quick)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("ira_2015_2016/tweets.parquet", "unnest(urls)"),
        ("x_us2024_usc/tweets.parquet", "unnest(regexp_extract_all(links, 'https?://[^ ''\"]+'))"),
        ("parity/1m_posts.parquet", "unnest(string_split(urls, ' '))"),
    ],
)
def test_sql_and_python_agree_on_real_links(name: str, sql: str):
    path = data_set(name)
    with Store() as store:
        links = f"SELECT DISTINCT {sql} AS raw FROM '{path}'"
        store.execute(f"CREATE TEMP TABLE t AS FROM ({links}) WHERE hash(raw) % 20 = 0")
        assert _assert_quick_equals_python(store) > 200


def test_sql_and_python_agree_on_made_up_hosts_and_paths():
    urls = [
        f"{scheme}://{host}{path}"
        for scheme in ("http", "https", "HTTP")
        for host in _HOSTS.split()
        for path in ["", *_PATHS.split()]
    ]
    with Store() as store:
        store.execute("CREATE TEMP TABLE t (raw VARCHAR)")
        store.append("t", {"raw": np.array(urls, dtype=object)})
        assert _assert_quick_equals_python(store) > 50
