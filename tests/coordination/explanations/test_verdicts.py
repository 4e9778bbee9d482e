"""Each explanation on a small world made for it, and on one that only resembles it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.coordination.explanations.builders import MEMBERS, Person, Post, World, explained, together


def members(**said: object) -> dict[str, Person]:
    return {name: Person(**{"name": f"{name.title()} Of Town", **said}) for name in MEMBERS}  # type: ignore[arg-type]  # fields by name


def world(posts: list[Post], people: dict[str, Person] | None = None, **settings: float) -> World:
    return World(posts, people or members(), **settings).crowd()


def verdict(made: World, name: str, kinds: tuple[str, ...] = ("link",), window: float = 60.0) -> str:
    return explained(made.store(), MEMBERS, kinds, window).results[name].verdict


def same_words(items: int, text: str = "Sign here") -> list[Post]:
    return [replace(post, text=text) for post in together(items)]


# ---------------------------------------------------------------------------------------- a network like any other


def test_accounts_that_queue_links_are_explained_by_nothing() -> None:
    found = explained(world(together(8)).store(), MEMBERS, ["link"])
    fitting = {name for name, one in found.results.items() if one.verdict == "fits"}
    assert fitting == set()
    assert "None of" in found.headline_sentence


# ------------------------------------------------------------------------------------------------------ automation


@pytest.mark.parametrize(
    "description",
    [
        "Headlines, posted automatically",
        "Unofficial. This is a bot",
        "Wird automatisch befüllt",
        "本账号自动发布",
        "Автоматические новости",
    ],
)
def test_accounts_that_call_themselves_automatic_are_explained(description: str) -> None:
    assert verdict(world(together(6), members(description=description)), "automation") == "fits"


def test_a_flag_is_a_declaration() -> None:
    assert verdict(world(together(6), members(is_automated=True)), "automation") == "fits"


@pytest.mark.parametrize("description", ["Not automated. I am a person", "I am not a bot", "Robotics and boats"])
def test_a_denial_declares_nothing(description: str) -> None:
    found = explained(world(together(6, gap=7.0), members(description=description)).store(), MEMBERS, ["link"])
    assert found.results["automation"].value == 0


def test_a_fixed_delay_that_nobody_declares_fits_in_part_only() -> None:
    made = world(together(6), members(description="Sea and weather"))
    assert verdict(made, "automation") == "fits_in_part"


def test_a_delay_that_varies_is_no_sign_of_a_program() -> None:
    posts = [replace(post, at=post.at + (hash_of(post) % 40)) for post in together(8, gap=0.0)]
    assert verdict(world(posts, members(description="Sea and weather")), "automation") == "does_not_fit"


def hash_of(post: Post) -> int:
    return sum(ord(letter) * place for place, letter in enumerate(f"{post.account}{post.link}", start=7))


def test_two_of_five_declared_accounts_fit_in_part() -> None:
    people = members(description="Sea and weather")
    people |= {name: Person(name, "Posts automatically") for name in MEMBERS[:2]}
    found = explained(world(together(3), people).store(), MEMBERS, ["link"]).results["automation"]
    assert (found.verdict, found.value, found.n) == ("fits_in_part", 0.4, 5)
    assert found.figure == "2 of 5 accounts declare themselves automated"


def test_without_descriptions_or_flags_automation_cannot_be_tested() -> None:
    found = explained(world(together(3)).store(), MEMBERS, ["link"]).results["automation"]
    assert found.verdict == "not_testable"
    assert found.reason == "This data has no self-descriptions for these accounts."


# ------------------------------------------------------------------------------------------- one owner, one family


def test_equal_shown_names_are_one_owner() -> None:
    assert verdict(world(together(4), members(name="Quay Reader")), "one_owner") == "fits"


def test_a_profile_that_names_the_other_is_one_owner() -> None:
    people = members()
    chain = {name: Person(f"Name {name}", f"Also @{MEMBERS[place - 1]}_page") for place, name in enumerate(MEMBERS)}
    assert verdict(world(together(4), people | chain), "one_owner") == "does_not_fit"
    chain = {name: Person(f"Name Of{name}", f"Also @nameof{MEMBERS[place - 1]}") for place, name in enumerate(MEMBERS)}
    assert verdict(world(together(4), people | chain), "one_owner") == "fits"


def test_six_accounts_are_too_many_for_one_owner() -> None:
    names = (*MEMBERS, "fay")
    people = {name: Person("Quay Reader") for name in names}
    found = explained(World(together(4, names), people).crowd().store(), names, ["link"])
    assert found.results["one_owner"].verdict == "does_not_fit"
    assert found.results["page_family"].verdict == "fits"  # six accounts of one name are a family of pages


def test_pages_of_one_name_are_a_family() -> None:
    people = {name: Person(f"Harbour Gazette {name.title()}") for name in MEMBERS}
    assert verdict(world(together(6), people), "page_family") == "fits"


def test_a_word_that_everybody_uses_is_no_name() -> None:
    people = {name: Person(f"{name.title()} Number {name}") for name in MEMBERS}
    assert verdict(world(together(6, site="site-1.example"), people), "page_family") != "fits"


def test_a_site_of_their_own_without_a_name_fits_in_part_where_names_are_known() -> None:
    people = {name: Person(name * 3) for name in MEMBERS}
    made = world(together(6, site="site-1.example"), people)
    assert verdict(made, "page_family") == "fits_in_part"


def nameless(posts: list[Post]) -> World:
    made = World(posts).crowd()
    made.people = {name: Person() for name in made.people}
    return made


def test_where_nobody_has_a_name_a_site_that_the_public_knows_is_a_publishers() -> None:
    assert verdict(nameless(together(6, site="site-1.example")), "page_family") == "fits"


def test_a_site_that_nobody_else_links_to_fits_in_part() -> None:
    assert verdict(nameless(together(6)), "page_family") == "fits_in_part"


def test_several_sites_are_no_family() -> None:
    posts = together(4, site="site-1.example") + together(4, site="site-2.example", first=9_999.0)
    assert verdict(nameless(posts), "page_family") == "does_not_fit"


def test_links_that_hide_their_target_leave_the_family_untested() -> None:
    assert verdict(nameless(together(6, site="t.co")), "page_family") == "not_testable"


# ------------------------------------------------------------------------------------------ buttons, items, crowds


def signers(items: int, text: str = "Sign here", each: int = 12) -> list[Post]:
    """Outsiders who post the same words with the same links, minutes to hours later."""
    return [
        Post(f"signer{number}", 1_234.0 + item * 40_000 + 400 + 700 * number, text, f"https://quay.example/p-{item}")
        for item in range(items)
        for number in range(each)
    ]


def test_words_that_many_strangers_post_once_are_a_share_button() -> None:
    assert verdict(world(same_words(1) + signers(1)), "share_button") == "fits"


def test_members_who_repeat_themselves_press_no_button() -> None:
    assert verdict(world(same_words(12) + signers(12)), "share_button") == "does_not_fit"


def test_words_of_their_own_are_no_button() -> None:
    assert verdict(world(together(1) + signers(1)), "share_button") == "does_not_fit"


def test_words_that_nobody_else_posts_are_no_button() -> None:
    assert verdict(world(same_words(1)), "share_button") == "does_not_fit"


def test_one_thing_that_everybody_shares_is_a_viral_item() -> None:
    found = explained(world(together(1) + signers(1, "Mine")).store(), MEMBERS, ["link"])
    assert found.results["viral_item"].verdict == "fits"
    assert found.results["viral_item"].figure == "10 of 10 co-actions on the largest item"


def test_one_thing_that_nobody_else_shares_is_not_viral() -> None:
    assert verdict(world(together(1)), "viral_item") == "does_not_fit"


def test_many_things_are_no_viral_item() -> None:
    assert verdict(world(together(4) + signers(4, "Mine")), "viral_item") == "does_not_fit"


def crowd_around(items: int, each: int = 8) -> list[Post]:
    """Outsiders who share the same links in the same minutes."""
    return [
        Post(
            f"fan{number}",
            1_234.0 + item * 40_000 - 300 + 77 * number,
            f"Go {number}",
            f"https://quay.example/p-{item}",
        )
        for item in range(items)
        for number in range(each)
    ]


def test_a_crowd_around_every_burst_is_a_shared_interest() -> None:
    spread = [replace(post, at=post.at + 60 * MEMBERS.index(post.account)) for post in together(3, gap=0.0)]
    assert verdict(world(spread + crowd_around(3)), "shared_interest", window=120.0) == "fits"


def test_a_few_readers_are_no_crowd() -> None:
    assert verdict(world(together(6) + crowd_around(6, each=2)), "shared_interest") == "does_not_fit"


def test_members_who_meet_far_more_often_than_the_crowd_around_them_are_not_explained_by_it() -> None:
    found = explained(world(together(9) + crowd_around(9)).store(), MEMBERS, ["link"]).results["shared_interest"]
    assert found.value == 1.0
    assert found.verdict == "fits_in_part"
    assert "would be expected" in found.seen


def test_without_a_public_nothing_is_said_about_crowds() -> None:
    made = World(together(4) + signers(4, "Mine", each=2), members())
    found = explained(made.store(), MEMBERS, ["link"])
    for name in ("shared_interest", "share_button", "public_call", "readers"):
        assert found.results[name].verdict == "not_testable", name
        assert "cannot stand for a public" in found.results[name].reason


def caller(items: int) -> list[Post]:
    return [
        Post("caller", 1_000.0 + item * 40_000, "Share!", f"https://quay.example/p-{item}") for item in range(items)
    ]


def test_an_outsider_who_leads_the_public_and_the_members_is_a_public_call() -> None:
    spread = [replace(post, at=post.at + 50 * MEMBERS.index(post.account)) for post in together(4, gap=0.0)]
    assert verdict(world(spread + caller(4) + crowd_around(4)), "public_call", window=120.0) == "fits"


def test_an_outsider_whom_only_the_members_follow_fits_in_part() -> None:
    assert verdict(world(together(4) + caller(4)), "public_call") == "fits_in_part"


def test_nobody_before_the_bursts_is_no_call() -> None:
    assert verdict(world(together(4)), "public_call") == "does_not_fit"


def test_one_burst_shows_no_call() -> None:
    assert verdict(world(together(1) + caller(1)), "public_call") == "not_testable"


def own_links() -> list[Post]:
    """What members post beside the site in question: links to many others."""
    return [Post(name, 777.0 + 9_000 * place, f"Else {place}", f"https://site-{20 + place % 9}.example/{name}-{place}")
            for name in MEMBERS for place in range(12)]  # fmt: skip


def pages_of_a_paper(chosen: dict[str, tuple[int, ...]], gap: float) -> list[Post]:
    """Six pages of a paper, each shared by many readers; members share those that are named for them."""
    outside = [
        Post(f"reader{one}", 5_000.0 + page * 40_000 + 700 * one, f"Read {one}", f"https://paper.example/p-{page}")
        for page in range(6)
        for one in range(page, 60, 4)
    ]
    inside = [
        Post(name, 3_000.0 + page * 40_000 + gap * place, f"Words of {name}", f"https://paper.example/p-{page}")
        for place, (name, pages) in enumerate(chosen.items())
        for page in pages
    ]
    return outside + inside


READ_ON_THEIR_OWN = {"ann": (0, 1), "bob": (1, 2), "cy": (2, 3, 4), "dee": (0, 4), "eve": (3, 5, 1)}


def test_slow_sharers_of_what_a_known_site_publishes_are_its_readers() -> None:
    posts = pages_of_a_paper(READ_ON_THEIR_OWN, gap=200.0) + own_links()
    assert verdict(world(posts), "readers", window=900.0) == "fits"
    fast = pages_of_a_paper(READ_ON_THEIR_OWN, gap=4.0) + own_links()
    assert verdict(world(fast), "readers", window=900.0) == "does_not_fit"


def test_slow_sharers_of_always_the_same_pages_are_more_than_readers() -> None:
    posts = together(5, gap=200.0, site="site-1.example") + own_links()
    assert verdict(world(posts), "readers", window=600.0) == "fits_in_part"


# --------------------------------------------------------------------------------------------------- friends, clocks


def friends(items: int, gap: float = 300.0) -> list[Post]:
    """Each passes on what the one before did; they answer each other on other days."""
    talk = [
        Post(name, 500_000.0 + 5_000 * place + 300 * MEMBERS.index(name), f"Yes {place}", answers=MEMBERS[index - 1])
        for index, name in enumerate(MEMBERS)
        for place in range(3)
    ]
    chain = []
    for item in range(items):
        names = MEMBERS[item % 5 :] + MEMBERS[: item % 5]
        chain += [Post(name, 1_234.0 + item * 40_000 + gap * place, f"{name} {item}", f"https://quay.example/p-{item}")
                  for place, name in enumerate(names)]  # fmt: skip
    return talk + chain


def test_delays_along_answers_are_contagion() -> None:
    found = explained(world(friends(8)).store(), MEMBERS, ["link"], 600.0).results["contagion"]
    assert found.verdict == "fits"
    assert found.figure == "32 of 32 later acts follow somebody they write to"


def test_seconds_between_friends_are_no_contagion() -> None:
    assert verdict(world(friends(8, gap=5.0)), "contagion", window=600.0) == "does_not_fit"


def test_minutes_between_strangers_are_no_contagion() -> None:
    posts = [replace(post, answers="reader1") if post.answers else post for post in friends(8)]
    assert verdict(world(posts), "contagion", window=600.0) == "does_not_fit"


def test_one_who_always_leads_is_a_source_not_a_friend() -> None:
    talk = [post for post in friends(0) if post.answers] + [
        Post(name, 600_000.0 + 400 * place, "Ha", answers="ann") for place, name in enumerate(MEMBERS[1:] * 2)
    ]
    assert verdict(world(talk + together(8, gap=300.0)), "contagion", window=600.0) == "fits_in_part"


def on_the_hour(items: int) -> list[Post]:
    return together(items, first=3_600.0 * 8, every=3_600.0 * 7, gap=4.0)


def test_bursts_on_the_hour_with_common_things_are_a_timetable() -> None:
    readers = [
        Post(f"reader{number}", 3_600.0 * 8 + item * 3_600 * 7 + 20_000, "Mine", f"https://quay.example/p-{item}")
        for item in range(8)
        for number in range(4)
    ]
    assert verdict(world(on_the_hour(8) + readers), "schedule") == "fits"


def test_bursts_on_the_hour_with_things_of_their_own_fit_in_part() -> None:
    found = explained(world(on_the_hour(8)).store(), MEMBERS, ["link"]).results["schedule"]
    assert found.verdict == "fits_in_part"
    assert "not why they choose things" in found.seen


def test_four_bursts_show_no_timetable() -> None:
    assert verdict(world(on_the_hour(4)), "schedule") == "not_testable"


def test_times_to_the_hour_show_no_timetable() -> None:
    assert verdict(world(on_the_hour(8), resolution=3600.0), "schedule", window=7200.0) == "not_testable"


# ---------------------------------------------------------------------------------------------- programs, collection


def test_a_rare_program_fits_in_part_and_an_open_one_fits() -> None:
    posts = [replace(post, client="Push Desk") for post in together(5)]
    assert verdict(world(posts), "one_program") == "fits_in_part"
    others = [replace(post, client="Push Desk") for post in signers(1, "Mine")]
    assert verdict(world(posts[:5] + others), "one_program") == "fits"


def test_a_common_program_is_nothing_special() -> None:
    assert verdict(world([replace(post, client="Web") for post in together(5)]), "one_program") == "does_not_fit"


def test_times_rounded_to_more_than_the_window_are_an_artefact() -> None:
    found = explained(world(together(5), resolution=3600.0).store(), MEMBERS, ["link"]).results["collection"]
    assert found.verdict == "fits"
    assert "times to 1 h" in found.figure


def test_times_to_the_minute_are_said_but_explain_nothing() -> None:
    found = explained(world(together(5), resolution=60.0).store(), MEMBERS, ["link"], 10.0).results["collection"]
    assert found.verdict == "fits_in_part"
    assert "the window of 10 s really covers up to 70 s" in found.seen


def test_what_the_data_were_collected_by_is_an_artefact() -> None:
    made = world([replace(post, tags=("ferries",), link=None) for post in together(5)])
    made.posts = [replace(post, tags=("ferries",)) for post in made.posts]
    assert verdict(made, "collection", ("hashtag",)) == "fits"
    assert verdict(world(together(5)), "collection") == "does_not_fit"


def test_posts_stacked_on_one_instant_are_an_artefact() -> None:
    made = world(together(2, gap=0.0))
    moment = made.posts[0].at
    made.posts += [Post(f"reader{number}", moment, f"Import {number}") for number in range(40)]
    found = explained(made.store(), MEMBERS, ["link"]).results["collection"]
    assert found.value == pytest.approx(0.5)
    assert found.verdict == "fits_in_part"


def test_data_in_short_bursts_is_said_with_every_network() -> None:
    made = World(together(5, every=1_800.0), members()).crowd(days=1, each=60)
    made.posts = [replace(post, at=post.at % 7_000) for post in made.posts]
    made.posts.append(Post("reader1", timedelta(days=20).total_seconds(), "Late"))
    found = explained(made.store(), MEMBERS, ["link"]).results["collection"]
    assert found.verdict == "fits_in_part"
    assert "collected in bursts" in found.seen
