from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.samples.corpora import demo, small
from undazzle.errors import ParameterError, UnknownNameError
from undazzle.model import POST_FIELDS
from undazzle.samples import build_corpus

TYPES = {"id": str, "text": str, "time": datetime, "count": int, "flag": bool, "list": list}


def test_the_same_seed_gives_the_same_corpus() -> None:
    again = build_corpus(3, posts=12_000, days=14)
    assert again.posts == small().posts
    assert again.accounts == small().accounts
    assert again.truth == small().truth
    assert again.groups == small().groups


def test_another_seed_gives_another_corpus() -> None:
    other = build_corpus(4, posts=12_000, days=14)
    shared = {post["text"] for post in other.posts} & {post["text"] for post in small().posts}
    assert other.posts != small().posts
    assert len(shared) < len(other.posts) / 4


def test_the_number_of_posts_is_as_asked_for() -> None:
    assert len(demo().posts) == 20_000
    assert len(small().posts) == 12_000


def test_about_two_thousand_accounts_take_part_and_each_is_in_the_truth() -> None:
    corpus = demo()
    posting = {post["account_id"] for post in corpus.posts}
    assert 1_900 <= len(posting) <= 2_100
    assert posting == set(corpus.truth) == {account["account_id"] for account in corpus.accounts}


def test_groups_have_the_sizes_they_claim_and_do_not_overlap() -> None:
    corpus = demo()
    sizes = {group.label: len(group.members) for group in corpus.groups}
    assert sizes["link_queues"] == 23
    assert sizes["paraphrasers"] == 11
    assert sizes["closed_ring"] == 9
    assert sum(sizes.values()) == len(corpus.truth)
    assert Counter(corpus.truth.values()) == Counter(sizes)


def test_planted_groups_come_first_and_the_background_last() -> None:
    kinds = [group.kind for group in demo().groups]
    assert kinds == ["planted"] * 3 + ["look_alike"] * 6 + ["background"]


def test_every_post_has_only_fields_of_a_staged_post_with_values_of_their_kind() -> None:
    kinds = {field.name: field.kind for field in POST_FIELDS}
    for post in demo().posts:
        assert set(post) <= set(kinds)
        for name, value in post.items():
            assert value is None or type(value) is TYPES[kinds[name]], name


def test_post_ids_are_unique_and_grow_with_time() -> None:
    posts = demo().posts
    ids = [int(post["post_id"]) for post in posts]
    assert ids == sorted(set(ids))
    assert [post["posted_at"] for post in posts] == sorted(post["posted_at"] for post in posts)


def test_all_times_lie_within_the_days_asked_for() -> None:
    for corpus in (demo(), small()):
        end = corpus.start + timedelta(days=corpus.days)
        assert all(corpus.start <= post["posted_at"] < end for post in corpus.posts)
        assert all(account["account_created_at"] < corpus.start for account in corpus.accounts)


def test_no_posts_pile_up_on_the_last_second() -> None:
    last = demo().start + timedelta(days=28, seconds=-60)
    assert sum(post["posted_at"] >= last for post in demo().posts) < 10


def test_answers_and_reposts_follow_a_post_by_somebody_else_on_the_same_platform() -> None:
    posts = {post["post_id"]: post for post in demo().posts}
    for post in posts.values():
        for field in ("repost_of", "reply_to"):
            if post[field] is not None:
                target = posts[post[field]]
                assert target["account_id"] == post[f"{field}_account"] != post["account_id"]
                assert target["platform"] == post["platform"]
                assert target["posted_at"] <= post["posted_at"]
        assert post["is_repost"] == (post["repost_of"] is not None)


def test_a_start_with_a_time_zone_is_taken_as_that_moment() -> None:
    elsewhere = datetime(2026, 3, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    corpus = build_corpus(3, posts=12_000, days=14, start=elsewhere)
    assert corpus.start == datetime(2026, 3, 1)
    assert corpus.posts == build_corpus(3, posts=12_000, days=14, start=datetime(2026, 3, 1, tzinfo=UTC)).posts


@pytest.mark.parametrize(("posts", "days"), [(500, 28), (20_000, 3)])
def test_too_small_a_corpus_is_refused_with_the_number_it_takes(posts: int, days: int) -> None:
    with pytest.raises(ParameterError, match="at least"):
        build_corpus(posts=posts, days=days)


def test_an_unknown_group_is_named_with_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'fan_club'"):
        demo().group("fan_clubs")
