import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publish.network_builder import build_workspace
from undazzle.publish.masking import Identity, Mask, mask_names, masked_accounts

FERRY = Identity("x:771234", "Ferry_Fan", "Ferry Fan Club")
PLAIN = Identity("telegram:88", "news", "News")
SKY = Identity("bluesky:did:plc:abcd1234", "amber.bsky.social", "Amber")


def mask_of(*identities, posts=()):
    return Mask({one: f"account-{place:02d}" for place, one in enumerate(identities, start=1)}, posts)


def test_names_do_not_depend_on_the_order_of_accounts():
    ids = [f"x:{number}" for number in range(30)]
    assert mask_names("amber-otter", ids) == mask_names("amber-otter", reversed(ids))


def test_names_of_one_network_are_all_different_and_numbered_without_gaps():
    names = sorted(mask_names("amber-otter", [f"x:{number}" for number in range(120)]).values())
    assert names[0] == "account-001"
    assert len(set(names)) == 120


def test_numbers_do_not_follow_the_alphabet_of_handles():
    ids = [f"x:{letter}" for letter in "abcdefghijklmnop"]
    names = mask_names("amber-otter", ids)
    assert [names[one] for one in ids] != sorted(names.values())


@pytest.mark.parametrize(
    "text",
    [
        "RT @Ferry_Fan: low tide",
        "RT @FERRY_FAN low tide",
        "ask ferry_fan, she knows",
        "see https://x.com/Ferry_Fan/status/99",
        "see x.com/ferry_fan",
        "see https://example.org/people/ferry_fan/feed",
        "by Ferry Fan Club",
        "by FERRY FAN CLUB!",
        "id 771234 was here",
        "https://example.org/?user=771234",
        "(@Ferry_Fan)",
        "@Ferry_Fan's boat",
        "＠Ferry_Fan",
    ],
)
def test_handle_name_and_id_are_gone_from_texts_and_links(text):
    masked = mask_of(FERRY)(text)
    assert "account-01" in masked
    assert not re.search("ferry.?fan|771234", masked, re.IGNORECASE)


def test_a_link_is_cut_behind_the_account_because_the_rest_leads_to_it():
    assert mask_of(FERRY)("https://x.com/Ferry_Fan/status/99?s=20 yes") == "https://x.com/account-01/… yes"


def test_a_handle_that_is_an_everyday_word_is_masked_only_where_it_means_the_account():
    mask = mask_of(PLAIN)
    assert mask("the news at https://paper.example/news/today") == "the news at https://paper.example/news/today"
    assert mask("@news t.me/news/12 https://mastodon.example/@news/3") == (
        "@account-01 t.me/account-01/… https://mastodon.example/@account-01/…"
    )


def test_handles_with_dots_and_ids_with_colons_are_masked():
    mask = mask_of(SKY)
    assert mask("hi @amber.bsky.social.") == "hi @account-01."
    assert "abcd1234" not in mask("https://bsky.app/profile/did:plc:abcd1234/post/3k")
    assert "amber" not in mask("https://bsky.app/profile/amber.bsky.social/post/3k")


def test_a_full_stop_or_dash_behind_a_handle_is_kept():
    assert mask_of(FERRY)("Thanks @Ferry_Fan. Bye") == "Thanks @account-01. Bye"
    assert mask_of(FERRY)("Thanks @Ferry_Fan-see you") == "Thanks @account-01-see you"


def test_ids_of_the_networks_posts_are_taken_out():
    mask = mask_of(FERRY, posts=["1799000111"])
    assert mask("https://x.com/i/status/1799000111") == "https://x.com/i/status/…"
    assert mask("post 1799000111 again") == "post … again"


def test_other_accounts_are_left_alone():
    text = "RT @harbour_master: https://x.com/harbour_master/status/5"
    assert mask_of(FERRY)(text) == text


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_around_a_mention_saves_the_handle(before, after):
    masked = mask_of(FERRY)(f"{before} @Ferry_Fan {after}")
    assert "@ferry_fan" not in masked.casefold()


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text):
    mask = mask_of(FERRY, SKY)
    assert mask(mask(text)) == mask(text)


def test_labels_of_a_report_lead_back_to_accounts_for_the_command_line():
    store = build_workspace()
    found = masked_accounts(store, 1, 1)
    assert len(found) == 23
    assert found["account-01"].startswith("x:50")


def test_an_unknown_network_has_no_labels():
    assert masked_accounts(build_workspace(), 1, 99) == {}


def test_the_command_a_masked_report_prints_finds_the_pair(tmp_path):
    from undazzle.store import Store
    from undazzle.workspace import Workspace

    build_workspace(store=Store(tmp_path / "ws.duckdb")).close()
    with Workspace(tmp_path / "ws.duckdb", read_only=True) as opened:
        masked = masked_accounts(opened.store, 1, 1)
        pair = opened.store.rows(
            "SELECT a.account_id, b.account_id FROM pairs p JOIN accounts a ON a.account_key ="
            " p.account_a JOIN accounts b ON b.account_key = p.account_b ORDER BY ALL LIMIT 1"
        )[0]
        labels = {one: label for label, one in masked.items()}
        found = opened.evidence(1, labels[pair[0]], labels[pair[1]])
        assert len(found) == len(opened.evidence(1, *pair)) > 0
