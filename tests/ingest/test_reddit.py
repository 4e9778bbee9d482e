from datetime import datetime

import pytest

from tests.ingest import fixtures_reddit as reddit
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.readers.reddit import READER


def test_a_link_submission_is_its_title_and_its_address():
    post = post_of(READER, reddit.normal())
    assert (post["post_id"], post["account_id"], post["handle"]) == ("t3_abc", "harbour_news", "harbour_news")
    assert (post["posted_at"], post["account_created_at"]) == (datetime(2024, 5, 1, 9), datetime(2020, 2, 3, 4, 5, 6))
    assert post["text"] == "The ferry"
    assert (post["links"], post["media"]) == (["https://ferries.example.org/timetable"], [])
    assert (post["likes"], post["replies"], post["is_repost"]) == (5, 1, False)
    assert post["url"] == "https://www.reddit.com/r/harbour/comments/abc/the_ferry/"


def test_a_self_post_links_what_its_text_links():
    post = post_of(READER, reddit.submission(is_self=True, selftext="sails at nine"))
    assert (post["text"], post["links"]) == ("The ferry\n\nsails at nine", None)


def test_an_image_is_media_and_no_link():
    post = post_of(READER, reddit.submission(url="https://i.redd.it/1.png"))
    assert (post["links"], post["media"]) == ([], ["https://i.redd.it/1.png"])


def test_a_crosspost_is_a_repost():
    post = post_of(READER, reddit.repost())
    assert post["is_repost"] is True
    assert (post["repost_of"], post["repost_of_account"]) == ("t3_par", "desk")


def test_a_comment_answers_its_parent():
    post = post_of(READER, reddit.reply())
    assert (post["post_id"], post["reply_to"], post["conversation_id"]) == ("t1_xyz", "t1_uvw", "t3_abc")
    assert post["posted_at"] == datetime(2024, 5, 1, 9, 1)
    assert post["likes"] is None


def test_deleted_accounts_are_not_taken_for_one_account():
    one = post_of(READER, reddit.comment(handle="[deleted]"))
    other = post_of(READER, reddit.comment(handle="[deleted]", id="xyw"))
    assert one["account_id"] == "[deleted] t1_xyz" != other["account_id"]
    assert one["handle"] is None


@pytest.mark.parametrize("text", ["[removed]", "[deleted]", " [removed] "])
def test_removed_texts_are_not_taken_for_the_same_text(text):
    assert post_of(READER, reddit.comment(text))["text"] is None
    assert post_of(READER, reddit.submission(is_self=True, selftext=text))["text"] == "The ferry"


def test_answers_of_a_search_service_are_read_whole():
    assert len(posts_of(READER, {"data": [reddit.normal(), reddit.reply()]})) == 2


def test_other_things_are_refused():
    with pytest.raises(ValueError, match="neither a submission"):
        list(READER.read_record({"id": "harbour", "display_name": "harbour", "created_utc": 1}))
