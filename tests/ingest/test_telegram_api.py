from datetime import datetime

import pytest

from tests.ingest import fixtures_telegram
from tests.ingest import fixtures_telegram_api as api
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.readers import telegram
from undazzle.ingest.readers.fourcat_ndjson import READER as FOURCAT
from undazzle.ingest.readers.telegram_api import READER


def test_a_channel_post_belongs_to_the_channel():
    post = post_of(READER, api.normal())
    assert (post["post_id"], post["account_id"], post["handle"]) == ("555/1001", "channel555", "harbour_news")
    assert (post["display_name"], post["followers"]) == ("Harbour News", 120)
    assert post["posted_at"] == datetime(2024, 5, 1, 9)
    assert post["url"] == "https://t.me/harbour_news/1001"
    assert (post["views"], post["reposts"], post["replies"], post["is_repost"]) == (77, 2, 1, False)


def test_marked_pieces_are_found_behind_an_emoji():
    post = post_of(READER, api.normal())
    assert post["links"] == ["https://ferries.example.org/"]
    assert (post["hashtags"], post["mentions"]) == (["ferry"], ["desk", "user22"])


def test_a_forward_names_the_original_message():
    post = post_of(READER, api.repost())
    assert post["is_repost"] is True
    assert (post["repost_of"], post["repost_of_account"]) == ("777/42", "channel777")


def test_a_forward_from_a_hidden_user_names_nobody_but_a_name():
    post = post_of(READER, api.message(fwd_from={"from_name": "Somebody", "date": 1}))
    assert (post["is_repost"], post["repost_of"], post["repost_of_account"]) == (True, None, "Somebody")


def test_a_reply_names_the_message():
    post = post_of(READER, api.reply())
    assert (post["reply_to"], post["account_id"]) == ("555/900", "user11")
    assert post["url"] == "https://t.me/c/555/1003"


@pytest.mark.parametrize("reader", [READER, FOURCAT])
def test_data_sets_of_4cat_are_read_by_both_readers(reader):
    post = post_of(reader, api.from_fourcat())
    assert (post["account_id"], post["handle"], post["display_name"]) == ("user11", "harbour", "Harbour News")
    assert (post["account_is_automated"], post["url"]) == (True, "https://t.me/harbour_talk/1001")


def test_an_exported_and_a_collected_message_are_the_same_post():
    exported = post_of(telegram.READER, fixtures_telegram.reply())
    collected = post_of(READER, api.reply())
    same = ("platform", "post_id", "account_id", "posted_at", "text", "reply_to", "conversation_id", "url")
    assert {name: exported[name] for name in same} == {name: collected[name] for name in same}


def test_notices_are_no_posts():
    assert posts_of(READER, api.message(action={"_": "MessageActionChatJoinedByLink"})) == []
