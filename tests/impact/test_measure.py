from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.impact.builders import workspace_with
from undazzle.casebook.observation import Amplifier
from undazzle.cli.impact import impact_lines
from undazzle.errors import UnknownNameError
from undazzle.impact import Seen, measure_impact
from undazzle.impact.stored import stored_impact

NETWORK = [
    {"id": "1", "account": "ferry"},
    {"id": "2", "account": "harbour", "repost_of": "x:1", "repost_of_account": "x:ferry"},
]


def test_engagement_is_split_into_members_other_networks_and_anybody_else() -> None:
    posts = [
        *NETWORK,
        {"id": "3", "account": "baker", "reply_to": "x:1"},
        {"id": "4", "account": "baker", "reply_to_account": "x:Ferry"},
        {"id": "5", "account": "rival", "quote_of": "x:2"},
        {"id": "6", "account": "angler", "mentions": ["harbour"]},
        {"id": "7", "account": "stranger"},
    ]
    reach = measure_impact(workspace_with(posts, ["ferry", "harbour"], ["rival"]), 1).reach
    counted = {
        one.kind: (one.by_members, one.by_networks, one.by_others, one.other_accounts) for one in reach.engagements
    }
    assert counted == {"repost": (1, 0, 0, 0), "reply": (0, 0, 2, 1), "quote": (0, 1, 0, 0), "mention": (0, 0, 1, 1)}
    assert (reach.other_accounts, reach.accounts_in_data, reach.internal_share) == (2, 4, pytest.approx(1 / 5))


def test_a_reply_that_also_mentions_its_author_counts_once() -> None:
    posts = [*NETWORK, {"id": "3", "account": "baker", "reply_to": "x:1", "mentions": ["ferry"]}]
    reach = measure_impact(workspace_with(posts, ["ferry", "harbour"]), 1).reach
    assert [one.by_others for one in reach.engagements] == [0, 1, 0, 0]


def test_nobody_listening_is_a_result_that_reads_like_one() -> None:
    posts = [*NETWORK, {"id": "3", "account": "baker", "reply_to": "x:999"}]
    result = measure_impact(workspace_with(posts, ["ferry", "harbour"]), 1)
    assert result.sentence.startswith("Nobody outside reposted or answered it in these data")
    assert "100% from its own members" in result.sentence
    assert result.breakout.category == 1


def test_data_without_links_between_posts_are_not_testable_rather_than_silent() -> None:
    posts = [{"id": "1", "account": "ferry"}, {"id": "2", "account": "baker"}]
    result = measure_impact(workspace_with(posts, ["ferry"]), 1)
    assert result.sentence.startswith("Not testable")
    expected = {f"{kind}: the files that hold its posts do not give it." for kind in ("reply", "quote")}
    assert expected <= set(result.warnings)


def test_replies_that_only_another_file_gives_are_not_testable_rather_than_none() -> None:
    posts = [
        {"id": "1", "account": "ferry", "source_id": 1}, {"id": "2", "account": "baker", "source_id": 2,
         "reply_to": "x:999", "reply_to_account": "x:somebody"},
    ]  # fmt: skip
    result = measure_impact(workspace_with(posts, ["ferry"]), 1)
    assert not any(one.testable for one in result.reach.engagements)
    assert "replies cannot be tested" in result.spread.untested
    answered = [
        *posts,
        {"id": "3", "account": "baker", "source_id": 2, "reply_to": "x:1", "reply_to_account": "x:ferry"},
    ]
    seen = {one.kind: one for one in measure_impact(workspace_with(answered, ["ferry"]), 1).reach.engagements}
    assert seen["reply"].testable
    assert seen["reply"].by_others == 1


def test_ids_made_from_a_text_name_no_post() -> None:
    posts = [{"id": "1", "account": "ferry"}, {"id": "2", "account": "baker", "repost_of": "x:text-0a"}]
    assert measure_impact(workspace_with(posts, ["ferry"]), 1).sentence.startswith("Not testable")


def with_likes(members: int, others: int, of_members: float, of_others: float) -> list[dict[str, Any]]:
    draws = np.random.default_rng(1)
    posts: list[dict[str, Any]] = []
    for side, accounts, mean in (("m", members, of_members), ("o", others, of_others)):
        for number in range(accounts):
            for turn in range(6):
                likes = int(draws.poisson(mean))
                posts.append({"id": f"{side}{number}-{turn}", "account": f"{side}{number}", "likes": likes})
    return posts


@pytest.mark.parametrize(
    ("of_members", "words"), [(10, "no difference"), (1, "less than ordinary"), (40, "more than ordinary")]
)
def test_counters_are_held_against_ordinary_accounts_of_the_same_days(of_members: float, words: str) -> None:
    store = workspace_with(with_likes(12, 60, of_members, 10), [f"m{number}" for number in range(12)])
    likes = measure_impact(store, 1).counters[0]
    assert words in likes.sentence


def test_the_interval_of_a_counter_covers_one_half_where_there_is_no_difference() -> None:
    covered = 0
    for seed in range(40):
        draws = np.random.default_rng(seed)
        posts = [
            {"id": f"{number}-{turn}", "account": f"a{number}", "likes": int(draws.poisson(mean))}
            for number, mean in enumerate(draws.gamma(2, 5, 50))
            for turn in range(4)
        ]
        likes = measure_impact(workspace_with(posts, [f"a{number}" for number in range(15)]), 1).counters[0]
        assert likes.low is not None
        assert likes.high is not None
        covered += likes.low <= 0.5 <= likes.high
    assert covered >= 34  # 95 % of 40 is 38; 34 or fewer happens once in 70 tries


def test_few_posts_are_not_compared() -> None:
    store = workspace_with([{"id": "1", "account": "ferry", "likes": 3}, {"id": "2", "account": "baker"}], ["ferry"])
    assert "not testable" in measure_impact(store, 1).counters[0].sentence


def test_posts_alone_show_at_most_category_3_and_logged_observations_raise_it() -> None:
    store = workspace_with(NETWORK, ["ferry", "harbour"])
    logged = [Seen("2024-03-02", amplifier=Amplifier.CELEBRITY, basis="observation:a")]
    assert measure_impact(store, 1).breakout.category == 1
    assert measure_impact(store, 1, observed=logged).breakout.category == 5


def test_reposts_by_two_outside_communities_are_a_breakout() -> None:
    posts: list[dict[str, Any]] = [{"id": "0", "account": "ferry"}]
    for group in ("g", "h"):
        for one in range(8):
            name = f"{group}{one}"
            posts.append({"id": name, "account": name, "repost_of": "x:0", "repost_of_account": "x:ferry"})
            posts += [
                {"id": f"{name}-{other}", "account": name, "mentions": [f"{group}{other}"]}
                for other in range(8)
                if other != one
            ]
    found = measure_impact(workspace_with(posts, ["ferry"]), 1).breakout
    assert found.category == 2
    assert "1 other community on one platform" in found.sentence


def test_a_measurement_is_a_run_that_is_not_taken_for_a_detection() -> None:
    store = workspace_with(NETWORK, ["ferry", "harbour"])
    first, second = measure_impact(store, 1), measure_impact(store, 1)
    assert (first.of_run, second.of_run) == (1, 1)
    assert second.run_id > first.run_id


def test_an_unknown_network_is_named() -> None:
    with pytest.raises(UnknownNameError, match="network:9"):
        measure_impact(workspace_with(NETWORK, ["ferry"]), 9)


def test_a_counter_over_drawn_posts_says_that_they_were_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undazzle.impact.counters._MOST_POSTS", 100)
    monkeypatch.setattr("undazzle.impact.counters._ORDER", "ORDER BY hash(post_id), post_id LIMIT 100")
    store = workspace_with(with_likes(12, 60, 10, 10), [f"m{number}" for number in range(12)])
    assert "(100 drawn)" in measure_impact(store, 1).counters[0].sentence


def test_cascades_that_are_cut_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undazzle.impact.spread._MOST_STEPS", 2)
    posts = [{"id": "1", "account": "ferry"}]
    posts += [{"id": str(n), "account": "baker", "reply_to": f"x:{n - 1}"} for n in range(2, 4)]
    assert measure_impact(workspace_with(posts, ["ferry"]), 1).spread.note.startswith("Cut after 2 steps")


def test_one_community_is_said_only_where_communities_could_be_told_apart() -> None:
    nobody = measure_impact(workspace_with(NETWORK, ["ferry", "harbour"]), 1).breakout
    assert "one community" not in nobody.sentence
    assert "not known (no account outside reposted it in these data)" in nobody.sentence
    few = [{"id": str(n), "account": f"o{n}", "repost_of": "x:1", "repost_of_account": "x:ferry"} for n in range(3, 6)]
    said = measure_impact(workspace_with([*NETWORK, *few], ["ferry", "harbour"]), 1).breakout.sentence
    assert "not known (only 3 accounts outside reposted it in these data)" in said
    without = [{"id": "1", "account": "ferry"}, {"id": "3", "account": "baker", "reply_to": "x:1"}]
    said = measure_impact(workspace_with(without, ["ferry"]), 1).breakout.sentence
    assert "not known (these data do not say whose posts were reposted)" in said


def test_reposts_by_one_outside_community_are_said_to_be_one_community() -> None:
    posts: list[dict[str, Any]] = [{"id": "0", "account": "ferry"}]
    for one in range(12):
        name, others = f"g{one}", [two for two in range(12) if two != one]
        posts.append({"id": name, "account": name, "repost_of": "x:0", "repost_of_account": "x:ferry"})
        posts += [{"id": f"{name}-{two}", "account": name, "mentions": [f"g{two}"]} for two in others]
    breakout = measure_impact(workspace_with(posts, ["ferry"]), 1).breakout
    assert breakout.category == 1
    assert "seen on one platform, in one community" in breakout.sentence


def test_a_network_that_something_ordinary_explains_is_said_to_be_so_first() -> None:
    store = workspace_with(NETWORK, ["ferry", "harbour"])
    store.execute("UPDATE networks SET explained_by = 'syndication'")
    store.execute(
        "INSERT INTO explanations (run_id, network_id, explanation_id, title) VALUES (1, 1, 'syndication', 'One feed')"
    )
    result = measure_impact(store, 1)
    assert result.sentence.startswith("Something ordinary explains this network (One feed)")
    assert "Something ordinary explains this network (One feed)" in next(iter(list(impact_lines(result))[1:]))


def test_what_was_kept_comes_back_as_it_was_measured() -> None:
    store = workspace_with([*NETWORK, {"id": "3", "account": "baker", "reply_to": "x:1"}], ["ferry", "harbour"])
    logged = [Seen("2024-03-02", amplifier=Amplifier.CELEBRITY, basis="observation:a")]
    assert stored_impact(store, 1, 1) is None
    measured = measure_impact(store, 1, observed=logged)
    assert stored_impact(store, 1, 1) == measured
    assert measured.reach.examples == (("reply", "x:3"),)
    assert measured.sentence.startswith("1 account outside reposted or answered it once; 1 of 2 engagements")
