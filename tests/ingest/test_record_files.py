"""Files of every record format, from the file to the tables of the workspace."""

import json

import pytest

from tests.ingest import (
    fixtures_bluesky,
    fixtures_mastodon,
    fixtures_telegram,
    fixtures_tiktok,
    fixtures_x_api,
    fixtures_x_archive_v1,
    fixtures_youtube,
)
from tests.ingest.test_record_readers import FIXTURES, KINDS
from undazzle.ingest.load import ingest_file
from undazzle.store import Store

PLATFORMS = {"x_api": "x", "x_archive_v1": "x", "telegram_api": "telegram", "zeeschuimer": "x", "fourcat_ndjson": "x"}
DOCUMENTS = [
    ("x_api", fixtures_x_api.page(fixtures_x_api.tweet(), fixtures_x_api.tweet(tweet_id="2"))),
    ("x_api", [fixtures_x_api.normal(), fixtures_x_api.page(fixtures_x_api.tweet(tweet_id="2"))]),
    ("x_archive_v1", {"statuses": [fixtures_x_archive_v1.tweet(), fixtures_x_archive_v1.tweet(tweet_id="2")]}),
    ("bluesky", {"feed": [{"post": fixtures_bluesky.view()}, fixtures_bluesky.feed_repost()], "cursor": "c"}),
    ("mastodon", [fixtures_mastodon.status(), fixtures_mastodon.status(status_id="2")]),
    ("telegram", fixtures_telegram.chat(fixtures_telegram.message(), fixtures_telegram.message(number=2))),
    ("telegram", fixtures_telegram.account(fixtures_telegram.normal(), fixtures_telegram.chat(
        fixtures_telegram.message(), chat_id=2))),
    ("tiktok", fixtures_tiktok.answer(fixtures_tiktok.video(), fixtures_tiktok.video(id=2))),
    ("youtube", fixtures_youtube.reply()),
    ("youtube", fixtures_youtube.answer(fixtures_youtube.video(), fixtures_youtube.comment())),
]  # fmt: skip


@pytest.mark.parametrize("name", FIXTURES)
def test_a_file_with_one_record_per_line_lands(name, tmp_path):
    module = FIXTURES[name]
    records = [getattr(module, kind)() for kind in KINDS if hasattr(module, kind)]
    path = tmp_path / "posts.ndjson"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    with Store() as store:
        summary = ingest_file(store, path)
        posts = store.records("SELECT platform, is_repost, repost_of, reply_to FROM posts")
    assert summary.format == name
    assert not summary.rejected
    assert len(posts) == summary.rows_in >= len(records)
    assert {post["platform"] for post in posts} == {PLATFORMS.get(name, name)}
    assert all(post["repost_of"] for post in posts if post["is_repost"])


@pytest.mark.parametrize(("name", "document"), DOCUMENTS)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_document_lands(name, document, indent, tmp_path):
    path = tmp_path / "posts.json"
    path.write_text(json.dumps(document, indent=indent))
    with Store() as store:
        summary = ingest_file(store, path)
    assert (summary.format, summary.posts_added, dict(summary.rejected)) == (name, 2, {})


def test_a_bad_post_of_a_page_is_set_aside_with_its_reason_and_the_others_land(tmp_path):
    page = fixtures_x_api.page(*(fixtures_x_api.tweet(tweet_id=str(n)) for n in range(1, 40)))
    page["data"][3]["created_at"] = "soon"
    path = tmp_path / "page.json"
    path.write_text(json.dumps(page))
    with Store() as store:
        summary = ingest_file(store, path)
    assert (summary.posts_added, dict(summary.rejected)) == (38, {"created_at is no time that can be read": 1})
