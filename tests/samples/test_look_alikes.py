from __future__ import annotations

from collections import Counter

from tests.samples.corpora import by_item, demo, likeness, own_words, seconds_between
from undazzle.samples.look_alikes import FEED_CLIENT, FEED_LATENCY, FORECAST_CLIENT


def profiles(label: str) -> list[dict]:
    members = set(demo().group(label).members)
    return [account for account in demo().accounts if account["account_id"] in members]


def test_fans_post_on_match_days_with_tags_that_many_others_use() -> None:
    posts = demo().posts_of("fan_club")
    assert {(post["posted_at"] - demo().start).days % 7 for post in posts} == {2, 6}
    assert all("MerrowbyRovers" in post["hashtags"] for post in posts)
    members = set(demo().group("fan_club").members)
    others = {post["account_id"] for post in demo().posts if "MerrowbyRovers" in post["hashtags"]} - members
    assert len(others) > 80


def test_fans_use_their_own_words() -> None:
    texts = [own_words(post) for post in demo().posts_of("fan_club")]
    assert max(Counter(texts).values()) <= 4


def test_the_syndicate_declares_itself_and_uses_one_program() -> None:
    assert all(profile["account_is_automated"] for profile in profiles("news_syndicate"))
    assert all("automatically" in profile["account_description"] for profile in profiles("news_syndicate"))
    assert {post["client"] for post in demo().posts_of("news_syndicate")} == {FEED_CLIENT}


def test_the_syndicate_has_a_fixed_delay_per_account_and_one_site() -> None:
    delay = dict(zip(demo().group("news_syndicate").members, FEED_LATENCY, strict=True))
    for link, posts in by_item(demo().posts_of("news_syndicate"), "links").items():
        assert link.startswith("https://estuary-wire.example/")
        assert len(posts) == 10
        for post in posts:
            expected = delay[post["account_id"]] - delay[posts[0]["account_id"]]
            assert seconds_between(posts[0], post) == expected


def test_the_weather_service_keeps_its_timetable_and_declares_itself() -> None:
    posts = demo().posts_of("weather_service")
    assert len(posts) == 6 * 3 * 28
    assert all(post["posted_at"].hour in {6, 12, 18} and post["posted_at"].minute == 0 for post in posts)
    assert {post["client"] for post in posts} == {FORECAST_CLIENT}
    assert all(profile["account_is_automated"] for profile in profiles("weather_service"))


def test_each_weather_account_has_a_page_of_its_own_but_nearly_the_same_text() -> None:
    posts = demo().posts_of("weather_service")
    accounts_of_link = {link: {post["account_id"] for post in some} for link, some in by_item(posts, "links").items()}
    assert all(len(accounts) == 1 for accounts in accounts_of_link.values())
    assert likeness(own_words(posts[0]), own_words(posts[1]), 3) > 0.4


def test_nobody_else_is_declared_automated() -> None:
    declared = {account["account_id"] for account in demo().accounts if account["account_is_automated"]}
    assert {demo().truth[account] for account in declared} == {"news_syndicate", "weather_service"}
