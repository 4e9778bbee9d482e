from datetime import datetime

import pytest

from tests.ingest import fixtures_youtube as yt
from tests.ingest.staged import post_of, posts_of
from undazzle.ingest.formats import BadRow
from undazzle.ingest.readers.youtube import READER


@pytest.mark.parametrize("record", [yt.video(), yt.answer(yt.video())])
def test_a_video_is_a_post_of_its_channel(record):
    post = post_of(READER, record)
    assert (post["post_id"], post["account_id"], post["display_name"]) == ("vid1", "UCharbour", "Harbour News")
    assert post["posted_at"] == datetime(2024, 5, 1, 9)
    assert post["text"] == "The ferry\n\nsails at nine https://ferries.example.org/"
    assert (post["views"], post["likes"], post["replies"]) == (77, 5, 1)
    assert (post["language"], post["is_repost"]) == ("en", False)
    assert post["url"] == "https://www.youtube.com/watch?v=vid1"


def test_titles_of_search_results_are_unescaped():
    assert post_of(READER, yt.found())["text"].startswith("Ferry & library\n\n")
    assert post_of(READER, yt.video("a &amp; b"))["text"].startswith("a &amp; b")


def test_channels_that_a_search_found_are_no_posts():
    assert posts_of(READER, yt.answer(yt.found("channel", channelId="UCx"), kind="searchList")) == []


def test_a_comment_answers_its_video():
    post = post_of(READER, yt.normal())
    assert (post["post_id"], post["account_id"], post["handle"]) == ("c9", "UCdesk", "desk")
    assert (post["reply_to"], post["conversation_id"], post["likes"]) == ("vid1", "vid1", 3)


def test_a_thread_holds_a_comment_and_replies_to_it():
    first, reply = posts_of(READER, yt.reply())
    assert (first["reply_to"], first["reply_to_account"], first["replies"]) == ("vid1", "UCharbour", 1)
    assert (reply["post_id"], reply["reply_to"], reply["reply_to_account"]) == ("c1.r1", "c1", "UCdesk")
    assert reply["conversation_id"] == "vid1"


def test_a_bad_reply_does_not_cost_the_thread():
    broken = yt.comment(comment_id="c1.r1", authorChannelId=None)
    first, bad, last = READER.read_record(yt.thread(broken, yt.comment(comment_id="c1.r2")))
    assert isinstance(bad, BadRow)
    assert bad.reason == "no authorChannelId.value"
    assert (first["post_id"], last["post_id"]) == ("c1", "c1.r2")


def test_shown_html_serves_where_the_original_text_is_hidden():
    assert post_of(READER, yt.comment(textOriginal=None, textDisplay="a &amp; b<br>c"))["text"] == "a & b\nc"


def test_other_kinds_are_refused():
    with pytest.raises(ValueError, match="'playlist'"):
        list(READER.read_record({"kind": "youtube#playlist", "id": "PL1"}))
