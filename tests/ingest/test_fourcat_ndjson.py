from datetime import datetime

import pytest

from tests.ingest import fixtures_fourcat_ndjson as fourcat
from tests.ingest import fixtures_zeeschuimer as zee
from tests.ingest.staged import post_of
from undazzle.ingest.readers.fourcat_ndjson import READER


def test_imported_items_are_read_as_the_site_gave_them():
    assert post_of(READER, fourcat.imported())["platform"] == "tiktok"
    post = post_of(READER, fourcat.imported("twitter.com", zee.x_tweet()))
    assert (post["platform"], post["account_id"]) == ("x", "11")


def test_imported_items_of_other_sites_are_set_aside_by_name():
    with pytest.raises(ValueError, match=r"'9gag.com' cannot be read yet"):
        list(READER.read_record(fourcat.imported("9gag.com", {"id": "1"})))


def test_posts_of_the_x_api_are_read_with_the_author_that_4cat_added():
    post = post_of(READER, fourcat.from_x_api())
    assert (post["handle"], post["is_repost"], post["repost_of"]) == ("harbour_news", True, "900")
    assert post["repost_of_account"] == "22"
    assert post["text"].startswith("RT @library_desk: The library opens on Sunday.")


def test_rows_of_columns_are_read():
    post = post_of(READER, fourcat.row())
    assert (post["platform"], post["post_id"], post["account_id"], post["handle"]) == (
        "x",
        "1001",
        "11",
        "harbour_news",
    )
    assert (post["posted_at"], post["posted_at_raw"]) == (datetime(2024, 5, 1, 9), "1714554000")
    assert (post["hashtags"], post["mentions"]) == (["ferry", "harbour"], [])
    assert (post["likes"], post["views"], post["is_repost"]) == (5, None, False)


def test_a_repost_in_a_row_names_the_account_only():
    post = post_of(READER, fourcat.repost())
    assert (post["is_repost"], post["repost_of_account"], post.get("repost_of")) == (True, "library_desk", None)


def test_a_reply_in_a_row_answers_its_thread():
    post = post_of(READER, fourcat.row(is_reply="yes", thread_id="900", replied_user="library_desk"))
    assert (post["reply_to"], post["reply_to_account"]) == ("900", "library_desk")


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://www.tiktok.com/@h/video/1", "tiktok"),
        ("https://twitter.com/h/status/1", "x"),
        ("https://t.me/h/1", "telegram"),
        ("https://[bad", None),
        (None, None),
    ],
)
def test_the_platform_of_a_row_is_that_of_its_address(address, platform):
    assert post_of(READER, fourcat.row(link=address))["platform"] == platform


def test_other_items_are_refused():
    with pytest.raises(ValueError, match="no item of 4CAT"):
        list(READER.read_record({"id": "1", "body": "x"}))
