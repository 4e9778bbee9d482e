"""Items put the same posts together as the objects of other tools on the same data."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.real_data import data_set
from undazzle.store import Store
from undazzle.traces import extract_traces

pytestmark = pytest.mark.real_data

_TOOLKIT_TEXT = {"ignore": ("mentions",), "min_words": 0}


def _partition(rows: Iterable[tuple[Any, int]]) -> set[frozenset[int]]:
    posts: dict[Any, set[int]] = defaultdict(set)
    for item, post in rows:
        posts[item].add(post)
    return {frozenset(group) for group in posts.values()}


def _loaded(size: str) -> Store:
    """Load a slice in the toolkit's layout with plain SQL, so that this test stands without the readers."""
    store = Store()
    path = data_set(f"parity/{size}_posts.csv.gz")
    store.execute(
        "INSERT INTO posts (post_key, post_id, platform, account_key, posted_at, text, is_repost, repost_of, links,"
        " hashtags)"
        " SELECT substr(message_id, 2)::BIGINT, 'x:' || message_id, 'x', dense_rank() OVER (ORDER BY user_id),"
        " make_timestamp(timestamp::BIGINT * 1000000), message, repost_id IS NOT NULL, 'x:' || repost_id,"
        " CASE WHEN urls IS NULL THEN [] ELSE string_split(urls, ' ') END,"
        r" regexp_extract_all(message, '#([\p{L}\p{N}_]+)', 1)"
        f" FROM read_csv('{path}', all_varchar = true)"
    )
    store.execute("INSERT INTO sources (sha256, posts_added) VALUES (?, 1)", [size])
    return store


def _objects(size: str, name: str) -> Iterator[tuple[str, int]]:
    with gzip.open(data_set(f"parity/{size}_{name}.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["object_id"], int(row["content_id"][1:])


@pytest.mark.parametrize("size", ["10k", "100k"])
@pytest.mark.parametrize(
    ("kind", "settings", "name"),
    [
        ("text", _TOOLKIT_TEXT, "cotweet"),
        ("text", {**_TOOLKIT_TEXT, "exact": True}, "cotweet"),
        ("link", {"canonical": False, "include_reposts": True}, "courl"),
        ("repost", {}, "coretweet"),
        ("hashtag", {"include_reposts": True}, "hashtag"),
    ],
    ids=str,
)
def test_items_group_posts_as_the_objects_of_the_slice_do(size: str, kind: str, settings: dict[str, Any], name: str):
    with _loaded(size) as store:
        found = extract_traces(store, kind, settings)
        traces = store.rows("SELECT item_key, post_key FROM traces WHERE trace_set = ?", [found.trace_set])
    assert _partition(traces) == _partition(_objects(size, name))


def test_one_spelling_joins_links_that_differ_in_the_scheme_alone():
    with _loaded("100k") as store:
        exact = extract_traces(store, "link", {"canonical": False, "include_reposts": True})
        found = extract_traces(store, "link", {"include_reposts": True})
    assert 0 < exact.items - found.items < 10
