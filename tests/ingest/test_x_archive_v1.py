from datetime import datetime

import pytest

from tests.ingest import fixtures_x_archive_v1 as v1
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.readers.x_archive_v1 import READER


def test_a_post_is_read_with_its_account():
    post = post_of(READER, v1.normal())
    assert (post["post_id"], post["account_id"], post["handle"]) == ("1001", "11", "harbour_news")
    assert post["posted_at"] == datetime(2024, 5, 1, 9)
    assert post["posted_at_raw"] == "Wed May 01 09:00:00 +0000 2024"
    assert post["account_created_at"] == datetime(2020, 2, 3, 4, 5, 6)
    assert post["client"] == "Example App"
    assert post["links"] == ["https://ferries.example.org/timetable"]
    assert (post["hashtags"], post["mentions"]) == (["ferry"], ["library_desk"])
    assert post["media"] == ["https://pbs.example.org/m/1.jpg"]
    assert (post["likes"], post["reposts"], post["followers"]) == (5, 2, 120)
    assert post["is_repost"] is False


def test_a_repost_carries_the_full_text_and_tags_of_the_original():
    post = post_of(READER, v1.repost())
    assert post["is_repost"] is True
    assert (post["repost_of"], post["repost_of_account"]) == ("900", "22")
    assert post["text"] == "RT @library_desk: " + "The library opens on Sunday. " * 8
    assert post["hashtags"] == ["sunday"]
    assert (post["account_id"], post["handle"]) == ("11", "harbour_news")


def test_a_repost_of_a_quote_quotes_nothing_itself():
    post = post_of(READER, v1.repost() | {"quoted_status_id_str": "800", "is_quote_status": True})
    assert post["repost_of"] == "900"
    assert post.get("quote_of") is None


def test_a_reply_names_post_and_account():
    post = post_of(READER, v1.reply())
    assert (post["reply_to"], post["reply_to_account"]) == ("900", "22")


def test_a_quote_names_post_and_account():
    post = post_of(READER, v1.quote())
    assert (post["quote_of"], post["quote_of_account"]) == ("900", "22")
    assert post["text"] == "Good news"


def test_extended_tweets_of_the_stream_are_read_in_full():
    long = {"full_text": "in full " * 30, "entities": v1.entities(tag="late")}
    record = v1.tweet(text="cut…", extended_tweet=long, truncated=True)
    post = post_of(READER, record)
    assert post["text"] == "in full " * 30
    assert post["hashtags"] == ["late"]


def test_the_short_text_serves_where_there_is_no_full_one():
    record = v1.tweet()
    record["text"] = record.pop("full_text")
    assert post_of(READER, record)["text"] == "The ferry sails at nine"


def test_unwound_links_are_preferred():
    record = v1.tweet()
    record["entities"]["urls"][0]["unwound"] = {"url": "https://ferries.example.org/final", "status": 200}
    assert post_of(READER, record)["links"] == ["https://ferries.example.org/final"]


def test_rounded_ids_are_refused():
    record = v1.tweet() | {"id_str": None, "id": 1.001e18}
    with pytest.raises(ValueError, match="rounded"):
        list(READER.read_record(record))


def test_search_answers_and_stream_notices_are_understood():
    assert len(posts_of(READER, {"statuses": [v1.normal(), v1.reply()]})) == 2
    assert posts_of(READER, {"delete": {"status": {"id_str": "1"}}}) == []
