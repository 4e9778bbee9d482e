from datetime import datetime

import pytest

from tests.ingest import fixtures_x_api as x
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.formats import BadRow
from undazzle.ingest.readers.x_api import READER


def test_a_post_has_its_author_from_includes():
    post = post_of(READER, x.normal())
    assert (post["post_id"], post["account_id"], post["handle"]) == ("1001", "11", "harbour_news")
    assert post["posted_at"] == datetime(2024, 5, 1, 9)
    assert post["posted_at_raw"] == "2024-05-01T09:00:00.000Z"
    assert post["account_created_at"] == datetime(2020, 2, 3, 4, 5, 6)
    assert (post["followers"], post["following"], post["account_posts"]) == (120, 30, 900)
    assert (post["likes"], post["reposts"], post["views"]) == (5, 2, 77)
    assert post["is_repost"] is False
    assert post["account_is_verified"] is False


def test_links_are_unwound_and_the_posts_own_media_are_no_links():
    post = post_of(READER, x.normal())
    assert post["links"] == ["https://ferries.example.org/timetable?line=9", "https://library.example.org/"]
    assert post["hashtags"] == ["ferry", "harbour"]
    assert post["mentions"] == ["library_desk"]
    assert post["media"] == ["https://pbs.example.org/m/1.jpg", "3_2"]


def test_without_entities_the_file_does_not_say_what_is_linked():
    post = post_of(READER, x.page(x.tweet()))
    assert post["links"] is post["hashtags"] is post["mentions"] is post["media"] is None


def test_with_entities_a_missing_list_means_there_is_none():
    post = post_of(READER, x.page(x.tweet(entities={"hashtags": [{"tag": "ferry"}]})))
    assert (post["links"], post["mentions"]) == ([], [])


def test_a_repost_carries_the_full_text_and_links_of_the_original():
    post = post_of(READER, x.repost())
    assert post["is_repost"] is True
    assert (post["repost_of"], post["repost_of_account"]) == ("900", "22")
    assert post["text"] == "RT @library_desk: " + "The library opens on Sunday. " * 8
    assert post["links"] == ["https://library.example.org/sunday"]
    assert "likes" not in post


def test_a_repost_without_its_original_keeps_its_own_text_and_the_author_it_names():
    record = x.repost()
    record["includes"] = {"users": [x.user()]}
    post = post_of(READER, record)
    assert (post["repost_of"], post["repost_of_account"]) == ("900", "22")
    assert post["text"].startswith("RT @library_desk: The library")


def test_a_reply_names_post_and_account():
    post = post_of(READER, x.reply())
    assert (post["reply_to"], post["reply_to_account"], post["conversation_id"]) == ("900", "22", "800")
    assert post["is_repost"] is False


def test_a_quote_names_post_and_account():
    post = post_of(READER, x.quote())
    assert (post["quote_of"], post["quote_of_account"], post["repost_of"]) == ("900", "22", None)
    assert post["text"] == "Good news"


def test_flattened_lines_are_read_without_includes():
    post = post_of(READER, x.flattened())
    assert (post["handle"], post["quote_of"], post["quote_of_account"]) == ("harbour_news", "900", "22")


def test_streamed_lines_hold_one_post_in_data():
    record = x.page(x.tweet()) | {"data": x.tweet(), "matching_rules": [{"id": "1"}]}
    assert post_of(READER, record)["post_id"] == "1001"


def test_long_posts_are_read_from_the_note():
    note = {"text": "x" * 3000, "entities": {"hashtags": [{"tag": "long"}]}}
    post = post_of(READER, x.page(x.tweet(note_tweet=note)))
    assert len(post["text"]) == 3000
    assert post["hashtags"] == ["long"]


def test_one_bad_post_does_not_cost_the_page():
    record = x.page(x.tweet(), x.tweet(created_at=None), "nonsense", x.tweet(tweet_id="1004"))
    good, first, second, last = READER.read_record(record)
    assert (good["post_id"], last["post_id"]) == ("1001", "1004")
    assert isinstance(first, BadRow)
    assert (first.row, first.reason) == (2, "no created_at")
    assert '"id":"1001"' in first.raw
    assert (second.row, second.reason) == (3, "not an object")


def test_an_empty_page_has_no_posts():
    assert posts_of(READER, {"meta": {"result_count": 0}}) == []


def test_what_is_no_page_is_set_aside():
    with pytest.raises(ValueError, match="neither data nor id"):
        list(READER.read_record({"hello": 1}))
