from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

from tests.samples.corpora import by_item, demo, seconds_between
from undazzle.samples.crowds import SHARE_BUTTON_CLIENT, SHORTEST_LAG


def ties() -> dict[str, set[str]]:
    """Whom each friend answers among the friends."""
    members = set(demo().group("friends").members)
    found: dict[str, set[str]] = defaultdict(set)
    for post in demo().posts_of("friends"):
        if post["reply_to_account"] in members:
            found[post["account_id"]].add(post["reply_to_account"])
    return found


def cascades() -> list[list[dict]]:
    reposts = [post for post in demo().posts_of("friends") if post["is_repost"]]
    return [posts for posts in by_item(reposts, "repost_of").values() if len(posts) > 1]


def test_friends_answer_each_other() -> None:
    assert set(ties()) == set(demo().group("friends").members)
    assert all(2 <= len(others) <= 3 for others in ties().values())


def test_friends_pass_on_minutes_after_somebody_they_answer() -> None:
    assert len(cascades()) > 30
    for posts in cascades():
        for place, post in enumerate(posts[1:], start=1):
            earlier = [one for one in posts[:place] if one["account_id"] in ties()[post["account_id"]]]
            assert any(SHORTEST_LAG <= seconds_between(one, post) < 3 * 3_600 for one in earlier)


def test_friends_are_hardly_ever_together_within_a_minute() -> None:
    gaps = [seconds_between(one, other) for posts in cascades() for one, other in pairwise(posts)]
    assert sum(gap <= 60 for gap in gaps) < 0.2 * len(gaps)


def test_the_share_button_text_comes_after_a_public_call() -> None:
    call, *signatures = demo().posts_of("petition")
    assert "Please share" in call["text"]
    assert len(signatures) > 300
    assert len({post["text"] for post in signatures}) == 1
    assert {post["client"] for post in signatures} == {SHARE_BUTTON_CLIENT}
    assert max(Counter(post["account_id"] for post in signatures).values()) == 1
    assert signatures[-1]["posted_at"] - call["posted_at"] > timedelta(days=1)


def test_signers_are_ordinary_people_otherwise() -> None:
    signatures = set(demo().group("petition").post_ids)
    members = set(demo().group("petition").members)
    others = Counter(
        post["account_id"]
        for post in demo().posts
        if post["account_id"] in members and post["post_id"] not in signatures
    )
    assert set(others) == members


def test_the_beloved_post_is_passed_on_by_a_great_many_and_brings_many_pairs_within_a_minute() -> None:
    reposts = [post for post in demo().posts_of("viral_post") if post["is_repost"]]
    assert len({post["account_id"] for post in reposts}) == len(reposts) > 300
    assert len({post["repost_of"] for post in reposts}) == 1
    assert sum(seconds_between(one, other) <= 60 for one, other in pairwise(reposts)) > 50
