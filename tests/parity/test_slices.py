"""On every real slice and window, every edge equals the oracle and the totals are those the peers gave."""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from tests.parity.oracle import Network, Share, coortweet_network, read_shares, toolkit_text
from tests.parity.pipeline import assert_same, detected, ingested
from tests.parity.totals import expected_totals, totals_of
from tests.real_data import data_set
from undazzle.workspace import Workspace

MINUTE, DAY = 60.0, 86400.0
SLICES = ["10k_cotweet", "10k_courl", "10k_coretweet", "10k_hashtag", "100k_cotweet", "100k_courl", "100k_coretweet"]
CASES = [(name, window) for name in SLICES for window in (MINUTE, DAY)]
PUBLISHED = [case for case in CASES if case != ("10k_hashtag", DAY)]

# Network of the toolkit -> trace kind and the settings that give it.
TRACES: dict[str, tuple[str, dict[str, Any]]] = {
    "coretweet": ("repost", {}),
    "courl": ("link", {"canonical": False, "include_reposts": True}),
    "cotweet": ("text", {"ignore": "mentions", "min_words": 0, "exact": True}),
    "hashtag": ("hashtag", {"include_reposts": True}),
}

pytestmark = [pytest.mark.real_data, pytest.mark.slow]


@cache
def shares_of(name: str) -> list[Share]:
    return read_shares(data_set(f"parity/{name}.csv.gz"))


def posts(size: str) -> Iterator[dict[str, str]]:
    with gzip.open(data_set(f"parity/{size}_posts.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def expected(name: str, window: float) -> Network:
    return coortweet_network(shares_of(name), window)


@cache
def found_in_shares(name: str) -> dict[float, Network]:
    return detected(ingested(data_set(f"parity/{name}.csv.gz")), "object", [MINUTE, DAY])


@cache
def posts_workspace(size: str) -> Workspace:
    return ingested(data_set(f"parity/{size}_posts.csv.gz"))


@cache
def found_in_posts(name: str) -> dict[float, Network]:
    size, _, network = name.partition("_")
    kind, settings = TRACES[network]
    return detected(posts_workspace(size), kind, [MINUTE, DAY], settings={kind: settings})


@pytest.mark.parametrize(("name", "window"), CASES)
def test_a_table_of_shares_gives_the_network_of_the_oracle(name: str, window: float) -> None:
    assert_same(found_in_shares(name)[window], expected(name, window))


@pytest.mark.parametrize(("name", "window"), [case for case in CASES if "hashtag" not in case[0]])
def test_the_posts_themselves_give_the_same_network(name: str, window: float) -> None:
    assert_same(found_in_posts(name)[window], expected(name, window))
    assert totals_of(found_in_posts(name)[window]) == expected_totals(name, window)


@pytest.mark.parametrize(("name", "window"), PUBLISHED)
def test_totals_are_those_that_the_peers_gave(name: str, window: float) -> None:
    assert totals_of(found_in_shares(name)[window]) == expected_totals(name, window)


@pytest.mark.parametrize("window", [MINUTE, DAY])
def test_hashtags_in_texts_give_the_network_of_the_slice_but_for_what_is_no_hashtag(window: float) -> None:
    """The slice takes every ``#`` with letters or digits; here ``#1``, ``&#8217;`` and ``New#Tag`` are none."""
    texts = {row["message_id"]: row["message"] for row in posts("10k")}
    shares = [share for share in shares_of("10k_hashtag") if is_hashtag(share.object_id, texts[share.content_id])]
    assert len(shares_of("10k_hashtag")) - len(shares) == 17
    folded = [share._replace(object_id=fold(share.object_id)) for share in shares]
    assert_same(found_in_posts("10k_hashtag")[window], coortweet_network(folded, window))


def is_hashtag(tag: str, text: str) -> bool:
    return not tag.isdigit() and re.search(rf"(?<![\w&/])#{re.escape(tag)}(?!\w)", text.lower()) is not None


def fold(tag: str) -> str:
    return unicodedata.normalize("NFKC", tag).casefold()


def test_the_toolkits_text_is_what_the_slice_was_made_of() -> None:
    """The co-tweet slice and the toolkit's published text rule name the same groups of posts."""
    by_rule = {row["message_id"]: toolkit_text(row["message"]) for row in posts("10k") if not row["repost_id"]}
    by_slice = {share.content_id: share.object_id for share in shares_of("10k_cotweet")}
    assert by_rule.keys() == by_slice.keys()
    assert len({(by_rule[post], by_slice[post]) for post in by_rule}) == len(set(by_rule.values()))
