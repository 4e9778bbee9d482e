"""Every kind in SQL finds exactly what its brute-force reference finds."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.traces.builders import posts_of, reference_traces, refill, traces_of
from undazzle.store import Store
from undazzle.traces import TRACE_KINDS

_ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_ODD_LETTERS = st.text(
    st.sampled_from(
        "aB#@/.:-_~%?&= \t\n\u00a0\u200b\ufe0fİıßẞſΣς№…＃＠ＡａéÉe\u0301渡輪港ｶカﾞ한글ไทยЯя𝐀👍🏽\x1f\x00\ufffd"
    ),
    max_size=20,
)
_URLS = st.one_of(
    st.sampled_from(
        [
            "https://t.co/AbC1234567", "http://t.co/AbC1234567", "https://t.co/AbC", "https://t.co/", "https://t",
            "https://example.org/a", "http://www.example.org/a/", "HTTPS://EXAMPLE.org/a#top", "https://example.org",
            "https://example.org/a...", "https://example.org/a…", "https://m.facebook.com/harbour", "example.org/a",
            "https://twitter.com/Harbour/status/12", "https://mobile.twitter.com/Harbour", "https://x.com/i/status/12",
            "https://youtu.be/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk&t=1", "https://t.me/s/harbour/7",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa", "https://google.com/url", "23678",
            "https://xn--mnchen-3ya.de/a", "https://münchen.de/a", "https://a_b.example.org/a", "javascript:alert(1)",
            "https://news.example.co.uk/a/./b", "https://example.org/a//b", "https://example.org/-/~x", "", " ",
            "https://harbour.blogspot.com/2024/10/a.html", "https://example.org/?utm_source=x&b=2&a=1",
            "https://127.0.0.1/a", "https://1.2.3/a", "https://example.org:8080/a", "https://user@example.org/a",
        ]
    ),
    st.builds("https://{}/{}".format, _ODD_LETTERS, _ODD_LETTERS),
    st.from_regex(r"https?://([a-zA-Z0-9_-]{1,4}\.){1,3}[a-z]{1,3}(/[A-Za-z0-9._~%?=&#-]{0,4}){0,3}", fullmatch=True),
    _ANYTHING,
)  # fmt: skip
_TEXTS = st.one_of(
    _ANYTHING,
    _ODD_LETTERS,
    st.lists(
        st.sampled_from(
            ["the", "Ferry", "IS", "late", "@harbour", "@harbour:", "https://t.co/abc", "(http://example.org/a)", "…",
             "渡轮晚点了", "https://t.co/abc渡轮", "@harbour渡轮", "  ", "\n", "№1", "pic.twitter.com/abc",
             "한국어", "Я", "𝐀"]
        ),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip
_TAGS = st.one_of(
    st.sampled_from(["ferry", "Ferry", "#ferry", "ＦＥＲＲＹ", "fähre", "", "#", "a #b", "渡轮", "x" * 150]),
    _ODD_LETTERS,
)
_NAMES = st.one_of(st.sampled_from(["Harbour", "harbour", "@harbour", "lib@example.org", "", "@"]), _ODD_LETTERS)
_IDS = st.one_of(st.none(), st.sampled_from(["x:1", "x:2", "y:1"]))


def _listed(element: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.lists(st.one_of(element, st.none()), max_size=5))


_POSTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "text": st.one_of(st.none(), _TEXTS),
            "is_repost": st.one_of(st.none(), st.booleans()),
            "repost_of": _IDS,
            "reply_to": _IDS,
            "quote_of": _IDS,
            "links": _listed(_URLS),
            "domains": _listed(_URLS),
            "hashtags": _listed(_TAGS),
            "mentions": _listed(_NAMES),
            "objects": _listed(st.one_of(_ANYTHING, st.sampled_from(["x:1", "1", "2", "thing"]))),
            "platform": st.sampled_from(["x", "mastodon", "4chan", None]),
        },
    ),
    max_size=20,
)
_SETTINGS: list[tuple[str, dict[str, Any]]] = [
    *((kind_id, {}) for kind_id, kind in TRACE_KINDS.items() if kind.reference),
    *((kind_id, {"include_reposts": True}) for kind_id in ("link", "text", "hashtag", "hashtag_sequence", "mention")),
    ("link", {"canonical": False}),
    ("domain", {"exclude_platforms": False, "include_reposts": True}),
    ("hashtag_sequence", {"min_hashtags": 1}),
    ("repost", {"match_by_text": False}),
    ("text", {"min_words": 0}),
    ("text", {"min_words": 0, "ignore": ("mentions",)}),
    ("text", {"min_words": 1, "ignore": (), "exact": True}),
    ("text", {"min_words": 0, "ignore": ("mentions",), "exact": True}),
]


@pytest.mark.parametrize(("kind", "chosen"), _SETTINGS, ids=str)
def test_the_extraction_equals_the_brute_force_reference(kind: str, chosen: dict[str, Any]):
    with Store() as store:

        @given(posts=_POSTS)
        @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
        def check(posts: list[dict[str, Any]]):
            refill(store, posts)
            assert traces_of(store, kind, **chosen) == reference_traces(posts, kind, **chosen)

        check()


def test_every_kind_that_looks_at_one_post_alone_has_a_reference():
    assert {kind_id for kind_id, kind in TRACE_KINDS.items() if kind.reference is None} == {"near_text", "image"}


def test_builders_number_posts_from_one():
    assert [post["post_key"] for post in posts_of([{}, {"text": "a"}])] == [1, 2]
