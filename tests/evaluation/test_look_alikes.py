from __future__ import annotations

import numpy as np
import pytest

from undazzle.evaluation.evasion import DIALS, planting_of, rotated
from undazzle.evaluation.look_alikes import LOOK_ALIKES, sampled_in_bursts, with_readers
from undazzle.samples import Corpus, Planting, planted_corpus

_QUIET = Planting(link_waves=0, text_waves=0, ring_items=0, look_alikes=False)


def quiet() -> Corpus:
    return planted_corpus(0, _QUIET, posts=12_000)


def assert_sound(corpus: Corpus) -> None:
    ids = [post["post_id"] for post in corpus.posts]
    assert len(ids) == len(set(ids))
    times = [post["posted_at"] for post in corpus.posts]
    assert times == sorted(times)
    assert {post["account_id"] for post in corpus.posts} <= set(corpus.truth)


@pytest.mark.parametrize("name", list(LOOK_ALIKES))
def test_a_look_alike_is_a_group_of_people_who_are_in_the_corpus_anyway(name: str) -> None:
    before = quiet()
    corpus = LOOK_ALIKES[name](before, np.random.default_rng(0))
    assert_sound(corpus)
    group = corpus.group(name)
    assert group.kind == "look_alike"
    assert set(group.members) <= set(before.group("background").members)
    assert {post["account_id"] for post in corpus.posts_of(name)} >= set(group.members[: len(group.members) // 2])


def test_readers_share_links_of_the_network_and_belong_to_nobody() -> None:
    corpus = with_readers(planted_corpus(0, Planting(look_alikes=False), posts=12_000), np.random.default_rng(0))
    assert_sound(corpus)
    links = {link for post in corpus.posts_of("readers") for link in post["links"]}
    assert links <= set(corpus.group("link_queues").items)
    assert not set(corpus.group("readers").members) & set(corpus.group("link_queues").members)


def test_a_burst_sample_holds_four_minutes_of_each_hour() -> None:
    corpus = quiet()
    burst = sampled_in_bursts(corpus, np.random.default_rng(0))
    assert {post["posted_at"].minute for post in burst.posts} == {0, 1, 2, 3}
    assert 0.03 < len(burst.posts) / len(corpus.posts) < 0.2


def test_rotation_replaces_accounts_and_keeps_every_post() -> None:
    corpus = planted_corpus(0, Planting(look_alikes=False), posts=12_000)
    turned = rotated(corpus, "link_queues", 6)
    assert [post["post_id"] for post in turned.posts] == [post["post_id"] for post in corpus.posts]
    assert len(turned.group("link_queues").members) > 2 * len(corpus.group("link_queues").members)
    per_account: dict[str, int] = {}
    for post in turned.posts_of("link_queues"):
        per_account[post["account_id"]] = per_account.get(post["account_id"], 0) + 1
    assert max(per_account.values()) == 6


def test_every_setting_of_every_dial_can_be_planted() -> None:
    for dial, values in DIALS.items():
        for value in values:
            planting = planting_of(dial, value)
            assert getattr(planting, dial, value) == value
