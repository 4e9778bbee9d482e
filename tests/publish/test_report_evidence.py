from hypothesis import given
from hypothesis import strategies as st

from tests.publish.network_builder import BuiltNetwork, build_workspace
from tests.publish.page_reading import Page
from undazzle.publish.report import build_report
from undazzle.publish.report.evidence import common_tokens, marked, tokens

WORDS = st.lists(st.sampled_from(["the", "ferry", "leaves", "at", "ten", "from", "pier", "four"]), max_size=12)


def longest_common(first, second):
    """Brute force: the longest list of words that both hold in order."""
    if not first or not second:
        return 0
    if first[0] == second[0]:
        return 1 + longest_common(first[1:], second[1:])
    return max(longest_common(first[1:], second), longest_common(first, second[1:]))


@given(WORDS.map(lambda words: words[:7]), WORDS.map(lambda words: words[:7]))
def test_words_in_common_are_as_many_as_brute_force_finds(first, second):
    kept_first, kept_second = common_tokens(first, second)
    assert len(kept_first) == len(kept_second) == longest_common(first, second)


@given(WORDS, WORDS)
def test_words_in_common_read_the_same_on_both_sides(first, second):
    kept_first, kept_second = common_tokens(first, second)
    assert [first[place] for place in sorted(kept_first)] == [second[place] for place in sorted(kept_second)]


@given(st.text(max_size=120), st.sets(st.integers(0, 40)))
def test_marking_never_changes_the_text(text, common):
    assert "".join(piece for _, piece in marked(text, common)) == text


def test_neighbouring_words_that_differ_are_marked_as_one():
    first, second = "Read it before Monday: now", "Read it this weekend: now"
    common, _ = common_tokens(tokens(first), tokens(second))
    assert marked(first, common) == [(False, "Read it "), (True, "before Monday:"), (False, " now")]


def test_scripts_without_spaces_are_compared_letter_by_letter():
    assert tokens("渡轮时刻表 new") == ["渡", "轮", "时", "刻", "表", "new"]


def evidence_of(store, **settings):
    return Page(build_report(store, 1, 1, **settings)).evidence


def test_the_block_holds_every_co_action_once_with_both_posts_and_the_gap():
    store = build_workspace()
    block = evidence_of(store)
    packed = sorted(
        (*sorted((block["posts"]["key"][a], block["posts"]["key"][b])), gap)
        for a, b, gap in zip(block["co"]["a"], block["co"]["b"], block["co"]["gap"], strict=True)
    )
    stored = store.rows("SELECT least(post_a, post_b), greatest(post_a, post_b), gap_seconds FROM co_actions")
    assert packed == sorted(stored)


def test_each_side_of_a_co_action_is_a_post_of_that_side_of_the_pair():
    store = build_workspace()
    page = Page(build_report(store, 1, 1, mask=False))
    block, rows = page.evidence, {one["row"]: one["account"] for one in page.data["accounts"]}
    handle_of = dict(store.rows("SELECT post_key, handle FROM posts JOIN accounts USING (account_key)"))
    for pair, a, b in zip(block["co"]["pair"], block["co"]["a"], block["co"]["b"], strict=True):
        assert handle_of[block["posts"]["key"][a]] == rows[block["pairs"]["a"][pair - 1]]
        assert handle_of[block["posts"]["key"][b]] == rows[block["pairs"]["b"][pair - 1]]


def test_the_gap_is_the_difference_of_the_two_times():
    block = evidence_of(build_workspace())
    from datetime import datetime

    times = [datetime.fromisoformat(one) for one in block["posts"]["at"]]
    for a, b, gap in zip(block["co"]["a"], block["co"]["b"], block["co"]["gap"], strict=True):
        assert abs((times[a] - times[b]).total_seconds()) == gap


def test_the_closest_co_action_of_a_pair_comes_first():
    block = evidence_of(build_workspace())
    first = {}
    for pair, gap in zip(block["co"]["pair"], block["co"]["gap"], strict=True):
        first.setdefault(pair, gap)
    assert [first[number] for number in sorted(first)] == block["pairs"]["gap"]


def test_pairs_come_strongest_first():
    counts = evidence_of(build_workspace())["pairs"]["n"]
    assert counts == sorted(counts, reverse=True)


def test_with_less_room_every_pair_keeps_its_closest_co_action():
    store = build_workspace(BuiltNetwork(groups=(60,), crowd=(25, 30), bursts_per_day=3))
    page = Page(build_report(store, 1, 1, max_bytes=220_000))
    block = page.evidence
    assert len(block["co"]["pair"]) < page.data["network"]["co_actions"]
    assert set(block["co"]["pair"]) == set(range(1, len(block["pairs"]["n"]) + 1))
    assert "The closest co-actions of every pair" in page.text


def test_with_very_little_room_the_weakest_pairs_are_left_to_the_command_line():
    store = build_workspace(BuiltNetwork(groups=(60,), crowd=(25, 30), bursts_per_day=3))
    page = Page(build_report(store, 1, 1, max_bytes=175_000))
    held = set(page.evidence["co"]["pair"])
    assert held == set(range(1, len(held) + 1))
    assert "more did not fit" in page.text


def test_pairs_without_a_card_name_the_command_that_shows_their_posts():
    store = build_workspace(BuiltNetwork(groups=(40,), crowd=(20, 25)))
    page = Page(build_report(store, 1, 1))
    assert "undazzle evidence WS network:1 --between account-" in page.text


def test_every_card_shows_both_posts_of_its_pair():
    page = Page(build_report(build_workspace(), 1, 1))
    cards = [one for one in page.ids if one.startswith("pair-") and one[5].isdigit()]
    articles = [given["aria-label"] for tag, given in page.tags if tag == "article" and "aria-label" in given]
    assert len(articles) == 2 * len(cards)
