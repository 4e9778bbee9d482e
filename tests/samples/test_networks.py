from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.samples.corpora import by_item, demo, likeness, own_words, seconds_between, small

ALL_SEEDS = [demo, small]


@pytest.mark.parametrize("corpus", ALL_SEEDS)
def test_queues_post_each_link_within_a_minute(corpus) -> None:
    waves = by_item(corpus().posts_of("link_queues"), "links")
    assert len(waves) == 56
    for posts in waves.values():
        assert 4 <= len({post["account_id"] for post in posts}) == len(posts) <= 7
        assert seconds_between(posts[0], posts[-1]) <= 60


def test_queues_act_on_eleven_days_only() -> None:
    days = {(post["posted_at"] - demo().start).days + 1 for post in demo().posts_of("link_queues")}
    assert days == {4, 5, 6, 10, 11, 12, 17, 18, 19, 24, 25}


def test_queues_rarely_overlap() -> None:
    members = demo().group("link_queues").members
    queue = {account: 0 if place < 10 else 1 if place < 18 else 2 for place, account in enumerate(members)}
    waves = by_item(demo().posts_of("link_queues"), "links").values()
    mixed = sum(len({queue[post["account_id"]] for post in posts}) > 1 for posts in waves)
    assert mixed == 7
    assert {queue[post["account_id"]] for posts in waves for post in posts} == {0, 1, 2}


def test_every_queue_member_takes_part_often_and_posts_of_its_own_too() -> None:
    planted = Counter(post["account_id"] for post in demo().posts_of("link_queues"))
    everything = Counter(post["account_id"] for post in demo().posts)
    for account in demo().group("link_queues").members:
        assert planted[account] >= 8
        assert everything[account] - planted[account] >= 8


def test_texts_of_one_wave_are_nearly_identical() -> None:
    for posts in by_item(demo().posts_of("link_queues"), "links").values():
        for one, other in pairwise(posts):
            size = 3 if one["language"] == "zh" else 5
            assert likeness(own_words(one), own_words(other), size) >= 0.35
    texts = [own_words(post) for post in demo().posts_of("link_queues")]
    assert 20 < len(set(texts)) < len(texts) / 3


def test_ordinary_people_share_the_queues_links_too_hours_apart() -> None:
    members = set(demo().group("link_queues").members)
    everyone = by_item([post for post in demo().posts if not post["is_repost"]], "links")
    for link in demo().group("link_queues").items:
        others = [post for post in everyone[link] if post["account_id"] not in members]
        assert len(others) == 10
        assert seconds_between(others[0], others[-1]) > 3_600


def test_paraphrasers_post_the_same_message_within_a_minute_and_no_link() -> None:
    posts = demo().posts_of("paraphrasers")
    assert not any(post["links"] or post["hashtags"] or post["is_repost"] for post in posts)
    waves = [[posts[0]]]
    for earlier, later in pairwise(posts):
        if seconds_between(earlier, later) <= 60 and likeness(earlier["text"], later["text"], 3) > 0.3:
            waves[-1].append(later)
        else:
            waves.append([later])
    assert len(waves) == 20
    assert all(6 <= len(wave) <= 9 and seconds_between(wave[0], wave[-1]) <= 60 for wave in waves)
    assert len({post["posted_at"].date() for post in posts}) == 9


def test_paraphrases_differ_and_yet_stay_near_their_message() -> None:
    messages = demo().group("paraphrasers").items
    texts = [post["text"] for post in demo().posts_of("paraphrasers")]
    changed = [text for text in texts if text not in messages]
    assert 0.15 < len(changed) / len(texts) < 0.55
    for text in changed:
        assert max(likeness(text, message, 3) for message in messages) >= 0.55


def test_ordinary_people_repeat_the_messages_at_other_hours() -> None:
    members = set(demo().group("paraphrasers").members)
    copies = Counter(post["text"] for post in demo().posts if post["account_id"] not in members)
    assert all(copies[message] >= 5 for message in demo().group("paraphrasers").items)


def test_the_ring_shares_what_nobody_else_shares() -> None:
    ring = demo().group("closed_ring")
    everyone = by_item(demo().posts, "links")
    for link in ring.items:
        assert {post["account_id"] for post in everyone[link]} <= set(ring.members)
        assert len({post["account_id"] for post in everyone[link]}) >= 5


def test_the_ring_is_never_together_within_five_minutes() -> None:
    for posts in by_item(demo().posts_of("closed_ring"), "links").values():
        assert all(timedelta(minutes=5) <= b["posted_at"] - a["posted_at"] for a, b in pairwise(posts))
    days = {post["posted_at"].date() for post in demo().posts_of("closed_ring")}
    assert len(days) >= 10
