from __future__ import annotations

from collections import Counter

import numpy as np

from tests.samples.corpora import by_item, demo, likeness, own_words


def ordinary():
    group_posts = {post_id for group in demo().groups for post_id in group.post_ids}
    return [post for post in demo().posts if post["post_id"] not in group_posts]


def test_a_few_accounts_make_most_of_the_posts_and_most_make_few() -> None:
    members = set(demo().group("background").members)
    counts = sorted(Counter(post["account_id"] for post in demo().posts if post["account_id"] in members).values())
    assert counts[0] >= 1
    assert counts[-1] > 100
    assert counts[len(counts) // 2] < 8


def test_links_are_heavy_tailed_in_popularity() -> None:
    shares = sorted((len(posts) for posts in by_item(ordinary(), "links").values()), reverse=True)
    assert shares[0] > 60
    assert shares[len(shares) // 2] < 12


def test_people_sleep() -> None:
    english = [post for post in ordinary() if post["account_language"] == "en"]
    hours = Counter(post["posted_at"].hour for post in english)
    night, evening = sum(hours[hour] for hour in (2, 3, 4)), sum(hours[hour] for hour in (18, 19, 20))
    assert night < 0.3 * evening


def test_four_languages_and_two_platforms_occur() -> None:
    languages = Counter(post["language"] for post in ordinary())
    assert set(languages) == {"en", "es", "ar", "zh"}
    assert min(languages.values()) > 500
    assert set(Counter(post["platform"] for post in ordinary())) == {"platform-a", "platform-b"}


def test_answers_and_reposts_are_a_good_part() -> None:
    posts = ordinary()
    assert 0.08 < sum(post["reply_to"] is not None for post in posts) / len(posts) < 0.2
    assert 0.1 < sum(post["is_repost"] for post in posts) / len(posts) < 0.25


def test_ordinary_texts_are_hardly_ever_near_duplicates() -> None:
    texts = [
        own_words(post)
        for post in ordinary()
        if post["language"] == "en" and not post["is_repost"] and post["reply_to"] is None and len(post["text"]) > 40
    ]
    random = np.random.default_rng(0)
    pairs = random.integers(0, len(texts), size=(4_000, 2)).tolist()
    alike = sum(likeness(texts[one], texts[other]) > 0.5 for one, other in pairs if one != other)
    assert alike <= 4


def test_some_short_greetings_recur_among_ordinary_people() -> None:
    greetings = Counter(post["text"] for post in ordinary() if post["text"].startswith("Good morning"))
    assert max(greetings.values()) > 20
