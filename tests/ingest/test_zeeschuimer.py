from datetime import datetime

import pytest

from tests.ingest import fixtures_zeeschuimer as zee
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.readers.zeeschuimer import READER


def test_a_post_on_x_is_read():
    post = post_of(READER, zee.normal())
    assert (post["platform"], post["post_id"], post["account_id"]) == ("x", "1001", "11")
    assert (post["handle"], post["posted_at"]) == ("harbour_news", datetime(2024, 5, 1, 9))
    assert (post["views"], post["likes"], post["replies"]) == (77, 5, 1)
    assert post["links"] == ["https://ferries.example.org/timetable"]
    assert post["client"] == "Example App"
    assert (post["account_is_verified"], post["is_repost"]) == (True, False)


def test_a_repost_on_x_carries_the_full_text_of_the_original():
    post = post_of(READER, zee.repost())
    assert post["is_repost"] is True
    assert (post["repost_of"], post["repost_of_account"]) == ("900", "22")
    assert post["text"] == "RT @library_desk: " + "The library opens on Sunday. " * 8


def test_a_reply_on_x_names_post_and_account():
    post = post_of(READER, zee.reply())
    assert (post["reply_to"], post["reply_to_account"]) == ("900", "22")


def test_a_quote_on_x_names_post_and_account():
    post = post_of(READER, zee.quote())
    assert (post["quote_of"], post["quote_of_account"]) == ("900", "22")


def test_long_posts_on_x_are_read_from_the_note():
    note = {"note_tweet_results": {"result": {"text": "x" * 3000}}}
    assert len(post_of(READER, zee.envelope("x.com", zee.x_tweet(note_tweet=note)))["text"]) == 3000


def test_users_whose_names_moved_out_of_legacy_are_read():
    tweet = zee.x_tweet()
    user = tweet["core"]["user_results"]["result"]
    names = {name: user["legacy"].pop(name) for name in ("screen_name", "name", "created_at")}
    user["core"] = names
    post = post_of(READER, zee.envelope("x.com", tweet))
    assert (post["handle"], post["display_name"]) == ("harbour_news", "Harbour News")
    assert post["account_created_at"] == datetime(2020, 2, 3, 4, 5, 6)


def test_a_video_on_tiktok_is_read():
    post = post_of(READER, zee.tiktok())
    assert (post["platform"], post["post_id"], post["account_id"]) == ("tiktok", "7301", "harbour_news")
    assert (post["hashtags"], post["mentions"]) == (["ferry"], ["library_desk"])
    assert (post["likes"], post["reposts"], post["replies"], post["views"]) == (5, 2, 1, 77)
    assert (post["followers"], post["account_posts"]) == (120, 90)


def test_a_video_embedded_in_a_page_names_its_author_by_handle():
    item = zee.tiktok_item(author="harbour_news", nickname="Harbour News", createTime="1714554000")
    post = post_of(READER, zee.envelope("tiktok.com", item))
    assert (post["account_id"], post["display_name"]) == ("harbour_news", "Harbour News")


def test_a_post_on_instagram_is_read_in_both_layouts():
    post = post_of(READER, zee.instagram())
    assert (post["platform"], post["post_id"], post["account_id"]) == ("instagram", "Cabc", "harbour_news")
    assert (post["text"], post["likes"], post["replies"]) == ("The ferry sails #ferry", None, 1)
    assert post["media"] == ["https://ig.example.org/1.jpg"]
    graph = post_of(READER, zee.envelope("instagram.com", zee.instagram_graph()))
    assert (graph["post_id"], graph["account_id"], graph["text"]) == ("Cabc", "harbour_news", "The ferry")
    assert (graph["likes"], graph["replies"], graph["media"]) == (5, 1, ["https://ig.example.org/1.jpg"])


def test_every_picture_of_a_carousel_is_media():
    parts = [{"image_versions2": {"candidates": [{"url": f"https://ig.example.org/{n}.jpg"}]}} for n in (1, 2)]
    post = post_of(READER, zee.envelope("instagram.com", zee.instagram_item(carousel_media=parts)))
    assert post["media"] == ["https://ig.example.org/1.jpg", "https://ig.example.org/2.jpg"]


def test_advertisements_on_instagram_are_no_posts():
    assert posts_of(READER, zee.envelope("instagram.com", zee.instagram_item(product_type="ad"))) == []


def test_threads_and_truth_social_are_read():
    thread = post_of(READER, zee.threads())
    assert (thread["platform"], thread["repost_of"], thread["repost_of_account"]) == (
        "threads",
        "Corig",
        "library_desk",
    )
    assert (thread["replies"], thread["reposts"]) == (3, 2)
    truth = post_of(READER, zee.truthsocial())
    assert (truth["platform"], truth["text"]) == ("truthsocial", "The ferry")


def test_other_sites_are_set_aside_by_name():
    with pytest.raises(ValueError, match=r"items of 'linkedin.com' cannot be read yet \(can: twitter.com, x.com"):
        list(READER.read_record(zee.envelope("linkedin.com", {"id": 1})))


def test_withheld_posts_are_set_aside():
    with pytest.raises(ValueError, match="withheld"):
        list(READER.read_record(zee.envelope("x.com", {"__typename": "TweetTombstone", "tombstone": {}})))
