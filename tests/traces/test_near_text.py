import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.traces.builders import traces_of, workspace_of
from undazzle.errors import ParameterError
from undazzle.traces import extract_traces
from undazzle.traces.near_candidates import NearCandidates
from undazzle.traces.near_text import near_item, near_leaders
from undazzle.traces.normal_text import normalise_text
from undazzle.traces.shingles import hashed_shingles, jaccard, shingle_length, shingles

_SENTENCE = "the ferry from the old harbour to the library island is late again because of the weather"
_VOCABULARY = "the old new ferry harbour library island is was late early again because of weather rain snow and pier"
_WORDS = _VOCABULARY.split()


def _brute_force_leaders(texts: list[str], threshold: float) -> list[int]:
    """Compare everything with everything; in the order of candidates, each text without a group leads the next one."""
    leaders = list(range(len(texts)))
    free = set(leaders)
    for first in NearCandidates(texts, threshold).order.tolist() if texts else []:
        if first not in free:
            continue
        own = shingles(texts[first])
        for other in sorted(free):
            if other == first or jaccard(own, shingles(texts[other])) >= threshold:
                leaders[other] = first
                free.discard(other)
    return leaders


def _groups(store_traces: set[tuple[int, str]]) -> set[frozenset[int]]:
    by_item: dict[str, set[int]] = {}
    for post, item in store_traces:
        by_item.setdefault(item, set()).add(post)
    return {frozenset(posts) for posts in by_item.values()}


def _varied(chance: random.Random, text: str, changes: int) -> str:
    words = text.split()
    for _ in range(changes):
        words[chance.randrange(len(words))] = chance.choice(_WORDS)
    return " ".join(words)


def test_texts_that_differ_in_a_word_are_one_item():
    with workspace_of(
        [{"text": _SENTENCE}, {"text": _SENTENCE + " today"}, {"text": "another thing altogether here"}]
    ) as store:
        assert _groups(traces_of(store, "near_text")) == {frozenset({1, 2})}


def test_the_item_names_the_most_frequent_text():
    with workspace_of([{"text": _SENTENCE + " today"}, {"text": _SENTENCE}, {"text": _SENTENCE}]) as store:
        assert {item for _, item in traces_of(store, "near_text")} == {near_item(_SENTENCE)}


def _changed_once(number: int) -> str:
    """Return a text of thirty words of which one is changed, each time another."""
    return " ".join(chr(ord("a") + number) * 6 if place == number else f"word{place:02d}" for place in range(30))


def test_copies_that_are_changed_anew_each_time_stand_with_what_they_were_copied_from():
    copies, original = [_changed_once(number) for number in range(1, 26, 3)], _changed_once(-1)
    likeness = [jaccard(shingles(one), shingles(other)) for one in copies for other in copies if one < other]
    threshold = min(jaccard(shingles(original), shingles(copy)) for copy in copies)
    assert max(likeness) < threshold
    with workspace_of([{"text": text} for text in (*copies, original)]) as store:
        found = traces_of(store, "near_text", threshold=threshold)
    assert found == {(post, near_item(original)) for post in range(1, 11)}


def test_texts_with_more_partners_come_first_and_the_given_order_breaks_ties():
    texts = ["nothing like the rest at all", _changed_once(3), _changed_once(-1), "the last that has no partner"]
    assert NearCandidates(texts, 0.8).order.tolist() == [1, 2, 0, 3]
    assert NearCandidates([*texts, _changed_once(9)], 0.8).order.tolist()[0] == 2


def test_a_text_of_one_post_alone_makes_no_trace_and_of_two_does():
    with workspace_of(
        [{"text": "a text that stands alone"}, {"text": _SENTENCE}, {"text": _SENTENCE.upper()}]
    ) as store:
        assert _groups(traces_of(store, "near_text")) == {frozenset({2, 3})}


def test_groups_do_not_chain():
    words = [f"word{number:02d}" for number in range(60)]
    chain = [" ".join(words[start : start + 30]) for start in range(0, 24, 4)]
    pieces = [shingles(text) for text in chain]
    assert all(jaccard(one, other) >= 0.7 for one, other in pairwise(pieces))
    assert all(jaccard(one, other) < 0.7 for one, other in zip(pieces, pieces[2:], strict=False))
    with workspace_of([{"text": text} for text in chain]) as store:
        groups = _groups(traces_of(store, "near_text"))
    assert groups
    assert all(max(group) - min(group) <= 2 for group in groups)


def test_chinese_texts_are_compared_by_pairs_of_letters():
    one, other = (
        "今天从老港口到图书馆岛的渡轮因为天气原因再次晚点了",
        "今天从老港口到图书馆岛的渡轮因为大雾原因再次晚点了",
    )
    assert shingle_length(one) == 2
    with workspace_of([{"text": one}, {"text": other}, {"text": "图书馆明天上午九点开门欢迎大家"}]) as store:
        assert _groups(traces_of(store, "near_text")) == {frozenset({1, 2})}


def test_a_threshold_of_one_joins_equal_pieces_only():
    with workspace_of([{"text": _SENTENCE}, {"text": _SENTENCE + " now"}, {"text": _SENTENCE}]) as store:
        assert _groups(traces_of(store, "near_text", threshold=1.0)) == {frozenset({1, 3})}


@pytest.mark.parametrize("threshold", [0.0, 0.29, 1.5])
def test_a_threshold_that_cannot_work_is_refused(threshold: float):
    with workspace_of([{"text": _SENTENCE}]) as store, pytest.raises(ParameterError, match="threshold"):
        extract_traces(store, "near_text", {"threshold": threshold})


def test_mentions_and_addresses_do_not_make_texts_differ():
    posts = [{"text": f"@{name} {_SENTENCE} https://t.co/{name}"} for name in ("harbour", "library")]
    with workspace_of(posts) as store:
        assert _groups(traces_of(store, "near_text")) == {frozenset({1, 2})}


@given(st.lists(st.lists(st.sampled_from(_WORDS), min_size=4, max_size=9).map(" ".join), max_size=12))
@settings(max_examples=60, deadline=None)
def test_few_texts_are_grouped_as_by_brute_force(texts: list[str]):
    counted = Counter(texts)
    ranked = sorted(counted, key=lambda text: (-counted[text], text))
    assert near_leaders(ranked, 0.7).tolist() == _brute_force_leaders(ranked, 0.7)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.9])
def test_of_many_alike_texts_hardly_any_is_missed(threshold: float):
    chance = random.Random(7)
    seeds = [" ".join(chance.choices(_WORDS, k=40)) for _ in range(40)]
    texts = sorted({_varied(chance, seed, changes) for seed in seeds for changes in (0, 1, 1, 2, 2, 3, 4)})
    found, expected = near_leaders(texts, threshold), np.array(_brute_force_leaders(texts, threshold))
    grouped = expected != np.arange(len(texts))
    assert grouped.sum() > 20
    assert (found == expected).mean() >= 0.98


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), min_size=1, max_size=5))
def test_pieces_as_numbers_are_the_pieces_as_texts(texts: list[str]):
    hashes, offsets = hashed_shingles(texts)
    for text, start, end in zip(texts, offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
        assert len(set(hashes[start:end].tolist())) == len(shingles(text))


def test_a_very_long_text_is_compared_by_its_beginning():
    text = "the ferry is late " * 600
    with workspace_of([{"text": text + "a"}, {"text": text + "b"}]) as store:
        assert _groups(traces_of(store, "near_text")) == {frozenset({1, 2})}


def test_every_exact_copy_is_in_one_group_with_its_copies():
    texts = [f"{_SENTENCE} {number % 3}" for number in range(9)] + [f"number {n} of the other list" for n in (1, 1, 2)]
    with workspace_of([{"text": text} for text in texts]) as store:
        item_of = dict(traces_of(store, "near_text"))
    by_text: dict[str, set[str | None]] = {}
    for post, text in enumerate(texts, start=1):
        by_text.setdefault(normalise_text(text), set()).add(item_of.get(post))
    assert all(len(items) == 1 for items in by_text.values())
