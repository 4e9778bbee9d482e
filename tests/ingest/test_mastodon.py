from datetime import datetime

import pytest

from tests.ingest import fixtures_mastodon as masto
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.readers.mastodon import READER

PAGE = "https://ferries.example.org/timetable?line=9&day=sun"


def test_a_status_is_known_by_address_and_its_account_by_full_handle():
    post = post_of(READER, masto.normal())
    assert post["post_id"] == "https://town.example/users/harbour/statuses/1001"
    assert post["account_id"] == post["handle"] == "harbour@town.example"
    assert post["posted_at"] == datetime(2024, 5, 1, 9)
    assert post["account_created_at"] == datetime(2020, 2, 3)
    assert post["account_description"] == "Ferries & weather"
    assert post["account_is_automated"] is False
    assert (post["client"], post["language"], post["is_repost"]) == ("Web", "en", False)
    assert (post["likes"], post["reposts"], post["replies"], post["followers"]) == (5, 2, 1, 120)


def test_html_becomes_text_and_its_links_are_those_to_pages():
    post = post_of(READER, masto.normal())
    assert post["text"] == f"The ferry sails {PAGE}\n#ferry @desk"
    assert post["links"] == [PAGE]
    assert post["hashtags"] == ["ferry"]
    assert post["mentions"] == ["desk@city.example"]
    assert post["media"] == ["https://town.example/m/1.png"]


def test_a_boost_carries_what_the_original_says():
    post = post_of(READER, masto.repost())
    assert post["is_repost"] is True
    assert post["repost_of"] == "https://city.example/users/desk/statuses/7"
    assert post["repost_of_account"] == "desk@city.example"
    assert post["text"] == "The library opens"
    assert post["account_id"] == "harbour@town.example"
    assert "likes" not in post


def test_a_reply_names_post_and_account():
    post = post_of(READER, masto.reply())
    assert (post["reply_to"], post["reply_to_account"]) == ("900", "desk@city.example")


def test_a_reply_to_oneself_and_to_a_stranger_can_be_told_apart():
    assert post_of(READER, masto.status(in_reply_to_id="1", in_reply_to_account_id="11"))["reply_to_account"] == (
        "harbour@town.example"
    )
    assert post_of(READER, masto.status(in_reply_to_id="1", in_reply_to_account_id="99"))["reply_to_account"] is None


def test_a_quote_names_post_and_account():
    post = post_of(READER, masto.quote())
    assert post["quote_of"] == "https://city.example/users/desk/statuses/7"
    assert post["quote_of_account"] == "desk@city.example"


def test_a_shallow_quote_names_the_post_only():
    post = post_of(READER, masto.status(quote={"state": "accepted", "quoted_status_id": "900"}))
    assert (post["quote_of"], post["quote_of_account"]) == ("900", None)


def test_a_content_warning_is_part_of_the_text():
    assert post_of(READER, masto.status("<p>b</p>", spoiler_text="a"))["text"] == "a\n\nb"


def test_search_answers_are_read_whole():
    assert len(posts_of(READER, {"accounts": [], "statuses": [masto.normal(), masto.reply()], "hashtags": []})) == 2


def test_an_account_without_handle_is_refused():
    with pytest.raises(ValueError, match="no acct"):
        list(READER.read_record(masto.status(by={"id": "11", "url": "https://town.example/@x"})))


def test_script_in_content_is_not_text():
    assert post_of(READER, masto.status("<p>a<script>alert(1)</script>b</p>"))["text"] == "ab"
