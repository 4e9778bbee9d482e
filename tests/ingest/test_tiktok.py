from datetime import datetime

import pytest

from tests.ingest import fixtures_tiktok as tiktok
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.formats import BadRow
from undazzle.ingest.readers.tiktok import READER


@pytest.mark.parametrize("record", [tiktok.normal(), tiktok.video(), {"videos": [tiktok.video()]}])
def test_a_video_is_read_from_an_answer_or_a_line(record):
    post = post_of(READER, record)
    assert (post["post_id"], post["account_id"], post["handle"]) == ("7301", "harbour_news", "harbour_news")
    assert (post["posted_at"], post["posted_at_raw"]) == (datetime(2024, 5, 1, 9), "1714554000")
    assert post["text"] == "The ferry sails #ferry"
    assert (post["hashtags"], post["mentions"], post["links"]) == (["ferry"], ["library_desk"], None)
    assert (post["likes"], post["reposts"], post["replies"], post["views"]) == (5, 2, 1, 77)
    assert post["url"] == "https://www.tiktok.com/@harbour_news/video/7301"


def test_fields_that_were_not_asked_for_are_unknown():
    post = post_of(READER, {"id": "7301", "username": "harbour_news", "create_time": 1714554000})
    assert post["text"] is post["hashtags"] is post["likes"] is None


def test_an_answer_without_videos_has_no_posts():
    assert posts_of(READER, tiktok.answer()) == []


def test_a_video_without_account_is_set_aside_alone():
    bad, good = READER.read_record(tiktok.answer(tiktok.video(username=None), tiktok.video()))
    assert isinstance(bad, BadRow)
    assert bad.reason == "no username"
    assert good["post_id"] == "7301"


def test_comments_are_refused_because_nobody_signed_them():
    with pytest.raises(ValueError, match="who wrote them"):
        list(READER.read_record({"data": {"comments": [{"id": 1, "text": "x"}]}}))


def test_rounded_ids_are_refused():
    with pytest.raises(ValueError, match="rounded"):
        list(READER.read_record(tiktok.video(id=7.3e18)))
