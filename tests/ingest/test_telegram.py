from datetime import datetime

import pytest

from tests.ingest import fixtures_telegram as tg
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.formats import BadRow
from undazzle.ingest.readers.telegram import READER


def test_a_message_is_known_by_its_chat_and_number():
    post = post_of(READER, tg.normal())
    assert (post["post_id"], post["account_id"], post["display_name"]) == ("555/1001", "user11", "Harbour News")
    assert (post["posted_at"], post["posted_at_raw"]) == (datetime(2024, 5, 1, 9), "1714554000")
    assert post["url"] == "https://t.me/c/555/1001"
    assert post["conversation_id"] == "555"
    assert post["media"] == ["photos/photo_1.jpg"]
    assert post["is_repost"] is False


@pytest.mark.parametrize("strip", [(), ("text_entities",)])
def test_text_is_put_together_from_its_pieces_in_new_and_old_exports(strip):
    message = {key: value for key, value in tg.message().items() if key not in strip}
    post = post_of(READER, tg.chat(message))
    assert post["text"] == "The ferry sails #ferry https://ferries.example.org/ more @library_desk Desk"
    assert post["links"] == ["https://ferries.example.org/", "https://library.example.org/"]
    assert post["hashtags"] == ["ferry"]
    assert post["mentions"] == ["library_desk", "user22"]


def test_plain_text_links_nothing():
    message = tg.message(text="The ferry sails")
    del message["text_entities"]
    post = post_of(READER, tg.chat(message))
    assert (post["text"], post["links"], post["hashtags"]) == ("The ferry sails", [], [])


def test_a_forward_is_a_repost_of_an_unnamed_message():
    post = post_of(READER, tg.repost())
    assert post["is_repost"] is True
    assert post["repost_of_account"] == "Library"
    assert post.get("repost_of") is None


def test_a_forward_from_a_hidden_source_is_still_a_repost():
    post = post_of(READER, tg.chat(tg.message(text="x", forwarded_from=None)))
    assert (post["is_repost"], post["repost_of_account"]) == (True, None)


def test_a_reply_names_the_message_in_its_own_chat_or_another():
    assert post_of(READER, tg.reply())["reply_to"] == "555/900"
    elsewhere = tg.message(text="x", reply_to_message_id=900, reply_to_peer_id="channel777")
    assert post_of(READER, tg.chat(elsewhere))["reply_to"] == "777/900"


def test_channel_posts_belong_to_the_channel():
    message = tg.message(from_id=None)
    assert post_of(READER, tg.chat(message, kind="public_channel"))["account_id"] == "channel555"
    assert post_of(READER, tg.chat(tg.message(from_id=11)))["account_id"] == "user11"


def test_older_exports_have_local_time_only():
    message = tg.message()
    del message["date_unixtime"]
    assert post_of(READER, tg.chat(message))["posted_at"] == datetime(2024, 5, 1, 11)


def test_files_that_were_not_exported_are_no_media():
    message = tg.message(file="(File not included. Change data exporting settings to download.)")
    assert post_of(READER, tg.chat(message))["media"] == []


def test_notices_and_unknown_messages_are_no_posts():
    notice = {"id": 1, "type": "service", "date": "2024-05-01T11:00:00", "actor": "x", "action": "pin_message"}
    assert posts_of(READER, tg.chat(notice, {"id": 2, "type": "unsupported"})) == []


def test_an_export_of_an_account_holds_many_chats():
    record = tg.account(tg.normal(), tg.chat(tg.message(), kind="public_channel", chat_id=666))
    assert [post["post_id"] for post in posts_of(READER, record)] == ["555/1001", "666/1001"]


def test_a_bad_message_costs_neither_its_chat_nor_the_others():
    record = tg.account(tg.chat(tg.message(date_unixtime="soon"), tg.message()), {"id": 7, "messages": 3}, tg.normal())
    bad, good, bad_chat, last = READER.read_record(record)
    assert isinstance(bad, BadRow)
    assert bad.reason == "date_unixtime is no time that can be read"
    assert good["post_id"] == last["post_id"] == "555/1001"
    assert bad_chat.reason == "messages is a number, not a list"


def test_private_chats_have_no_address():
    assert post_of(READER, tg.chat(tg.message(), kind="personal_chat"))["url"] is None
