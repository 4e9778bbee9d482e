"""Every real data set that holds posts is read without a word from the user."""

from __future__ import annotations

import pytest

from tests.real_data import data_set
from undazzle.ingest.inspection import inspect_file
from undazzle.ingest.load import ingest_file
from undazzle.store import Store

pytestmark = pytest.mark.real_data

EXPECTED = {
    "ira_2015_2016/tweets.parquet": ("parquet", {"text", "links", "hashtags", "is_repost", "language", "followers"}),
    "x_us2024_usc/tweets.parquet": ("usc_x24", {"text", "links", "post_id", "reply_to", "account_created_at"}),
    "us2020_hashtag_control/tweets.parquet": ("kaggle_us2020", {"text", "handle", "client", "account_created_at"}),
    "coortweet/german_elections.parquet": ("coortweet_wide", {"links", "hashtags", "domains", "media_hashes"}),
    "coortweet/russian_coord_tweets.parquet": ("coortweet", {"objects"}),
    "prc_cnhu_sample/tweets_sample.csv": ("x_archive", {"text", "links", "hashtags", "client", "account_created_at"}),
    "parity/10k_posts.csv.gz": ("cnt", {"text", "links", "repost_of", "is_repost"}),
    "parity/100k_posts.csv.gz": ("cnt", {"text", "links", "repost_of", "is_repost"}),
    "parity/1m_posts.parquet": ("cnt", {"text", "links", "repost_of", "is_repost"}),
}
SHARE_TABLES = (
    "10k_cotweet",
    "10k_courl",
    "10k_coretweet",
    "10k_hashtag",
    "100k_cotweet",
    "100k_courl",
    "100k_coretweet",
)
EXPECTED.update({f"parity/{name}.csv.gz": ("coortweet", {"objects"}) for name in SHARE_TABLES})


@pytest.mark.parametrize("name", EXPECTED)
def test_a_data_set_is_understood_without_a_mapping(name):
    format_id, fields = EXPECTED[name]
    found = inspect_file(data_set(name))
    assert not found.problems
    assert found.format_id == format_id
    assert {"account_id", "posted_at", *fields} <= found.filled_fields
    # Ids that were rounded are never used as ids of posts or accounts.
    for one in found.fields:
        assert one.field not in {"post_id", "account_id"} or not any("e+" in sample for sample in one.samples)


@pytest.mark.parametrize(
    ("name", "rows", "accounts"),
    [
        ("prc_cnhu_sample/tweets_sample.csv", 21, 21),
        ("us2020_hashtag_control/tweets.parquet", 3_998, 2_575),
        ("parity/10k_posts.csv.gz", 10_000, 297),
        ("x_us2024_usc/tweets.parquet", 21_007, 16_258),
        pytest.param("ira_2015_2016/tweets.parquet", 339_514, 1_047, marks=pytest.mark.slow),
        pytest.param("coortweet/german_elections.parquet", 218_971, 58_317, marks=pytest.mark.slow),
    ],
)
def test_every_row_and_account_of_a_data_set_arrives(name, rows, accounts):
    with Store() as store:
        summary = ingest_file(store, data_set(name))
        assert summary.rows_in == rows == summary.posts_added + summary.duplicates + summary.merged
        assert not summary.rejected
        assert summary.accounts_added == accounts


def test_exact_ids_of_posts_come_out_of_a_data_set_whose_ids_were_rounded():
    with Store() as store:
        ingest_file(store, data_set("x_us2024_usc/tweets.parquet"))
        posts = store.rows(
            "SELECT count(*), count(DISTINCT post_id) FROM posts WHERE regexp_matches(post_id, '^x:[0-9]{19}$')"
        )
        assert posts == [(21_007, 21_007)]


def test_the_links_of_the_german_data_are_those_that_the_published_analysis_counts():
    with Store() as store:
        ingest_file(store, data_set("coortweet/german_elections.parquet"))
        assert store.rows("SELECT count(*) FROM posts WHERE len(links) > 0") == [(41_100,)]
