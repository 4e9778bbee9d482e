"""Traces of parts of the posts, taken together, are those of a workspace that holds all of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
import pytest

from tests.traces.builders import add_posts, posts_of, traces_of
from undazzle.errors import ParameterError
from undazzle.model import post_field
from undazzle.store import Store
from undazzle.traces import TRACE_KINDS, complete_settings, extract_traces, trace_kind
from undazzle.traces.parts import PartExtractor, check_kinds_of_parts, columns_read

OF_ONE_POST = [name for name, kind in TRACE_KINDS.items() if kind.is_of_one_post]
POSTS: list[dict[str, Any]] = [
    {"links": ["http://www.example.org/a/?utm_source=x", None, "https://t.co/AbC", ""], "text": None},
    {"links": ["https://example.org/a", "https://youtu.be/abcdefghijk"], "text": "The  ferry is LATE again https://t.co/x"},
    {"links": None, "hashtags": None, "mentions": None, "text": "渡轮晚点了 渡轮晚点了 №1", "platform": None},
    {"hashtags": ["Ferry", "ＦＥＲＲＹ", "late", None], "mentions": ["Harbour", "@harbour", None]},
    {"mentions": ["Harbour"], "platform": "mastodon", "account_id": "mastodon:account1", "account_key": 9},
    {"repost_of": "x:1", "is_repost": True, "links": ["https://example.org/a"]},
    {"is_repost": True, "text": "RT the ferry is late again @harbour", "links": ["https://example.org/b"]},
    {"reply_to": "x:1", "quote_of": "x:2", "objects": ["thing", "x:8", "8", ""]},
    {"domains": ["news.example.co.uk"], "links": ["javascript:alert(1)"], "objects": ["thing"]},
    {},
]  # fmt: skip


def table_of(posts: list[dict[str, Any]], names: tuple[str, ...]) -> pa.Table:
    types = {name: pa.list_(pa.string()) if post_field(name).kind == "list" else pa.string() for name in names}
    types |= {name: pa.bool_() for name in names if post_field(name).kind == "flag"}
    return pa.table({name: pa.array([post.get(name) for post in posts], types[name]) for name in names})


@pytest.mark.parametrize("step", [1, 3, len(POSTS)])
@pytest.mark.parametrize("kind", OF_ONE_POST)
def test_parts_give_what_a_workspace_gives(kind: str, step: int) -> None:
    posts = posts_of(POSTS)
    settings = complete_settings(trace_kind(kind), {})
    found: list[tuple[int, str]] = []
    with PartExtractor([(kind, settings)]) as extractor:
        for start in range(0, len(posts), step):
            part = posts[start : start + step]
            rows = extractor.extract(table_of(part, columns_read([kind]))).to_pylist()
            found += [(part[row["row"]]["post_key"], row["item"]) for row in rows]
    with Store() as store:
        add_posts(store, posts, sha256="first")
        expected = traces_of(store, kind)
        assert Counter(found) == Counter(expected)
        assert expected
        assert trace_kind(kind).warn(extractor.counts[0]) == list(extract_traces(store, kind).warnings)


def test_several_kinds_are_told_apart_and_counted_apart() -> None:
    kinds = [("hashtag", complete_settings(trace_kind("hashtag"), {})), ("link", {"canonical": True})]
    with PartExtractor(kinds) as extractor:
        rows = extractor.extract(table_of(posts_of(POSTS), columns_read(["hashtag", "link"]))).to_pylist()
    assert {row["item"] for row in rows if row["kind"] == 0} == {"#ferry", "#late"}
    assert extractor.counts == [Counter(), Counter(lost=3, links=3, short=0)]


@pytest.mark.parametrize("kind", ["near_text", "image"])
def test_kinds_that_compare_posts_are_refused(kind: str) -> None:
    with pytest.raises(ParameterError, match="leave it out, or read the posts into a workspace"):
        check_kinds_of_parts(["link", kind])
