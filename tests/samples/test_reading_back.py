"""The files that the demo writes, as the reader of the demo understands them, with nothing told about columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.samples.corpora import small
from undazzle.ingest.load import ingest_file
from undazzle.samples import BAD_ROW_COUNT, write_corpus
from undazzle.store import Store

IDS = ("post_id", "account_id", "repost_of", "reply_to")
VALUES = ("posted_at", "text", "language", "client", "is_repost", "links", "hashtags", "mentions", "likes")


@pytest.mark.parametrize("name", ["posts.jsonl", "posts.csv"])
def test_every_post_is_read_back_and_every_bad_row_set_aside(tmp_path: Path, name: str) -> None:
    path = write_corpus(small(), tmp_path / name)
    with Store() as store:
        summary = ingest_file(store, path)
        assert summary.posts_added == len(small().posts)
        assert sum(summary.rejected.values()) == BAD_ROW_COUNT
        assert summary.unread == ()
        assert summary.accounts_added == len(small().truth)


@pytest.mark.parametrize("name", ["posts.jsonl", "posts.csv"])
def test_every_field_is_read_back_as_it_was(tmp_path: Path, name: str) -> None:
    path = write_corpus(small(), tmp_path / name)
    with Store() as store:
        ingest_file(store, path)
        rows = store.rows(f"SELECT {', '.join(IDS + VALUES)} FROM posts")
    wanted = {
        tuple(f"{post['platform']}:{post[key]}" if post[key] else None for key in IDS): [post[key] for key in VALUES]
        for post in small().posts
    }
    assert {row[: len(IDS)]: list(row[len(IDS) :]) for row in rows} == wanted
