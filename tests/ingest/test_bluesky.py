from datetime import datetime

import pytest

from tests.ingest import fixtures_bluesky as bsky
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.readers.bluesky import READER

MINE = "at://did:plc:harbour/app.bsky.feed.post/3kmine"


def test_an_event_becomes_a_post_with_its_address_as_id():
    post = post_of(READER, bsky.normal())
    assert (post["post_id"], post["account_id"]) == (MINE, bsky.ME)
    assert post["posted_at"] == datetime(2024, 5, 1, 9, 0, 0, 123000)
    assert post["posted_at_raw"] == "2024-05-01T11:00:00.123+02:00"
    assert post["url"] == "https://bsky.app/profile/did:plc:harbour/post/3kmine"
    assert post["links"] == ["https://ferries.example.org/"]
    assert (post["hashtags"], post["mentions"]) == (["ferry"], [bsky.OTHER])
    assert post["media"] == ["bafkimage"]
    assert (post["language"], post["is_repost"]) == ("en", False)


def test_a_repost_event_names_post_and_account():
    post = post_of(READER, bsky.repost())
    assert post["post_id"] == "at://did:plc:harbour/app.bsky.feed.repost/3kmine"
    assert post["is_repost"] is True
    assert (post["repost_of"], post["repost_of_account"]) == (bsky.OTHERS_POST, bsky.OTHER)
    assert post["posted_at"] == datetime(2024, 5, 1, 9, 0, 30)


def test_a_reply_names_parent_and_root():
    post = post_of(READER, bsky.reply())
    assert (post["reply_to"], post["reply_to_account"]) == (bsky.OTHERS_POST, bsky.OTHER)
    assert post["conversation_id"].endswith("/3kroot")


@pytest.mark.parametrize("build", [bsky.quote, bsky.quote_with_media])
def test_a_quote_names_post_and_account(build):
    post = post_of(READER, build())
    assert (post["quote_of"], post["quote_of_account"]) == (bsky.OTHERS_POST, bsky.OTHER)


def test_a_card_beside_a_quote_is_a_link():
    assert post_of(READER, bsky.quote_with_media())["links"] == ["https://library.example.org/"]


def test_an_embedded_list_is_no_quote():
    embed = {"record": {"uri": "at://did:plc:library/app.bsky.graph.list/3k"}}
    assert post_of(READER, bsky.event(bsky.post_record(embed=embed)))["quote_of"] is None


def test_without_facets_the_record_does_not_say_what_is_linked():
    post = post_of(READER, bsky.event(bsky.post_record()))
    assert post["links"] is post["hashtags"] is post["mentions"] is None
    assert post["media"] == []


def test_a_view_adds_account_and_counts():
    post = post_of(READER, bsky.view())
    assert (post["handle"], post["display_name"]) == ("harbour.example.org", "Harbour News")
    assert post["account_created_at"] == datetime(2023, 2, 3, 4, 5, 6)
    assert (post["likes"], post["reposts"], post["replies"], post["quotes"]) == (5, 2, 1, 0)


def test_a_bot_label_counts_only_if_the_account_gave_it_itself():
    record = bsky.view()
    record["author"]["labels"] = [{"src": "did:plc:moderation", "val": "bot"}]
    assert post_of(READER, record)["account_is_automated"] is None
    record["author"]["labels"] = [{"src": bsky.ME, "val": "bot"}]
    assert post_of(READER, record)["account_is_automated"] is True


def test_a_repost_in_a_feed_belongs_to_the_account_that_reposted():
    post = post_of(READER, bsky.feed_repost())
    assert (post["account_id"], post["handle"]) == (bsky.ME, "harbour.example.org")
    assert (post["repost_of"], post["repost_of_account"], post["text"]) == (bsky.OTHERS_POST, bsky.OTHER, "Sunday")
    assert post["posted_at"] == datetime(2024, 5, 1, 9, 30)


def test_answers_that_list_posts_are_read_whole():
    assert len(posts_of(READER, {"posts": [bsky.view(), bsky.view(uri=bsky.OTHERS_POST)]})) == 2
    assert len(posts_of(READER, {"feed": [bsky.feed_repost(), {"post": bsky.view()}], "cursor": "x"})) == 2
    assert post_of(READER, {"records": [bsky.listed()]})["post_id"] == MINE


@pytest.mark.parametrize(
    "record",
    [
        bsky.event({"$type": "app.bsky.feed.like"}, "app.bsky.feed.like"),
        bsky.event(None, operation="delete"),
        {"did": bsky.ME, "time_us": 1, "kind": "identity", "identity": {"did": bsky.ME, "handle": "h.example.org"}},
    ],
)
def test_events_that_are_no_posts_yield_nothing(record):
    assert posts_of(READER, record) == []
