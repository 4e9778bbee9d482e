from __future__ import annotations

import pytest

from tests.samples.corpora import by_item, seconds_between
from undazzle.errors import ParameterError
from undazzle.samples import Corpus, Planting, planted_corpus


def corpus(**knobs: float | bool) -> Corpus:
    return planted_corpus(1, Planting(**knobs), posts=12_000, days=14)


def test_more_jitter_spreads_the_waves() -> None:
    waves = by_item(corpus(jitter_seconds=1_800).posts_of("link_queues"), "links").values()
    spans = [seconds_between(posts[0], posts[-1]) for posts in waves]
    assert max(spans) <= 1_800
    assert sum(span > 60 for span in spans) > 0.9 * len(spans)


def test_no_jitter_puts_a_wave_on_one_second() -> None:
    waves = by_item(corpus(jitter_seconds=0).posts_of("link_queues"), "links").values()
    assert all(seconds_between(posts[0], posts[-1]) == 0 for posts in waves)


def test_a_smaller_dose_gives_fewer_waves() -> None:
    weak = corpus(link_waves=7, text_waves=0, ring_items=2)
    assert len(weak.group("link_queues").items) == 7
    assert weak.group("paraphrasers").post_ids == ()
    assert len(weak.group("closed_ring").items) == 2
    assert len(weak.posts) == 12_000


def test_without_paraphrase_the_texts_are_copied_word_by_word() -> None:
    copied = corpus(paraphrase=0)
    assert {post["text"] for post in copied.posts_of("paraphrasers")} == set(copied.group("paraphrasers").items)


def test_without_dilution_the_links_are_closed() -> None:
    closed = corpus(ordinary_sharers=0)
    everyone = by_item(closed.posts, "links")
    members = set(closed.group("link_queues").members)
    assert all({post["account_id"] for post in everyone[link]} <= members for link in closed.group("link_queues").items)


def test_look_alikes_can_be_left_out() -> None:
    plain = corpus(look_alikes=False)
    assert {group.kind for group in plain.groups} == {"planted", "background"}
    assert len(plain.posts) == 12_000


@pytest.mark.parametrize("knobs", [{"paraphrase": 1.5}, {"jitter_seconds": -1}, {"link_waves": -2}])
def test_impossible_knobs_are_refused(knobs: dict[str, float]) -> None:
    with pytest.raises(ParameterError, match=next(iter(knobs))):
        Planting(**knobs)


def test_a_dose_beyond_the_room_is_refused() -> None:
    with pytest.raises(ParameterError, match="plant less"):
        corpus(link_waves=2_000)
