"""Corpora that several tests look at, each built once, and how alike two texts are."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from undazzle.samples import Corpus, build_corpus

Post = dict[str, Any]


@cache
def demo() -> Corpus:
    return build_corpus()


@cache
def small(seed: int = 3) -> Corpus:
    return build_corpus(seed, posts=12_000, days=14)


def by_item(posts: list[Post], field: str) -> dict[str, list[Post]]:
    """Posts by what stands in a field (a value, or the first of a list); posts without it are left out."""
    grouped: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        value = post[field]
        item = (value[0] if value else None) if isinstance(value, list) else value
        if item is not None:
            grouped[item].append(post)
    return dict(grouped)


def seconds_between(earlier: Post, later: Post) -> float:
    return (later["posted_at"] - earlier["posted_at"]).total_seconds()


def likeness(one: str, other: str, size: int = 5) -> float:
    """Jaccard similarity of the character shingles of two texts."""
    first, second = ({text[at : at + size] for at in range(len(text) - size + 1)} for text in (one, other))
    return len(first & second) / max(1, len(first | second))


def own_words(post: Post) -> str:
    """The text without the links and hashtags at its end."""
    return post["text"].split(" https://")[0].split(" #")[0]
