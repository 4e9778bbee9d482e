"""A file becomes posts of the workspace, whole or not at all."""

import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.loading import balance, csv_bytes, load, posts_of, row, rows, write
from tests.real_data import data_set
from undazzle.errors import SourceError
from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.load import ingest_file
from undazzle.store import Store


def content(store):
    """Posts and accounts as they are, wherever they came from."""
    kept = "* EXCLUDE (source_id, source_row, post_key, account_key)"
    return (
        store.rows(f"SELECT {kept} FROM posts ORDER BY post_id"),
        store.rows("SELECT * EXCLUDE (account_key) FROM accounts ORDER BY account_id"),
    )


def test_the_summary_says_what_came_of_the_file(tmp_path):
    path = write(tmp_path, [*rows(20), row(3, account="acc3"), row(40, created_at="soon"), {**row(41), "mood": "glad"}])
    path.write_bytes(csv_bytes([*rows(20), row(3, account="acc3"), row(40, created_at="soon")]))
    with Store() as store:
        summary, posts = load(path, store, citation="The Ferry Archive")
        (source,) = store.records("SELECT * FROM sources")
    assert (summary.rows_in, summary.posts_added, summary.duplicates) == (22, 20, 1) and balance(summary)
    assert dict(summary.rejected) == {"time not understood": 1}
    assert (summary.accounts_added, summary.format, summary.was_known) == (5, "csv", False)
    assert (summary.first_at, summary.last_at) == (posts[0]["posted_at"], posts[-1]["posted_at"])
    assert summary.mapping["posted_at"] == "created_at" and summary.seconds > 0
    assert source["source_id"] == summary.source_id == posts[0]["source_id"]
    assert (source["citation"], source["rejected"], source["file_name"]) == ("The Ferry Archive", 1, "posts.csv")
    assert json.loads(source["mapping"]) == summary.mapping
    assert source["bytes"] == path.stat().st_size and len(source["sha256"]) == 64


def test_the_same_file_twice_adds_nothing_even_under_another_name(tmp_path):
    first, again = write(tmp_path, rows(9)), write(tmp_path, rows(9), "copy.csv")
    with Store() as store:
        load(first, store)
        before = content(store)
        summary, _ = load(again, store)
        assert summary.was_known and summary.posts_added == 0 and summary.duplicates == 9
        assert content(store) == before and store.rows("SELECT count(*) FROM sources") == [(1,)]


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    path = write(tmp_path, [*rows(9), row(10, created_at="")])
    with Store() as store:
        dry, posts = load(path, store, dry_run=True)
        assert not posts and dry.source_id is None
        for table in ("sources", "accounts", "account_observations", "rejected_rows"):
            assert store.rows(f"SELECT count(*) FROM {table}") == [(0,)]
        real, _ = load(path, store)
    assert (dry.rows_in, dry.posts_added, dry.rejected, dry.mapping) == (
        real.rows_in,
        real.posts_added,
        real.rejected,
        real.mapping,
    )


def test_platforms_mix_and_their_ids_do_not_meet(tmp_path):
    with Store() as store:
        load(write(tmp_path, rows(5)), store, mapping={"platform": "=facebook"})
        summary, posts = load(write(tmp_path, rows(5), "b.csv"), store, mapping={"platform": "=Telegram"})
        # the same bytes are the same source, whatever else was said about them
        assert summary.was_known
        load(write(tmp_path, [*rows(5), row(6)], "c.csv"), store, mapping={"platform": "=Telegram"})
        found = {post["platform"] for post in posts_of(store)}
    assert found == {"facebook", "telegram"} and len(posts) == 5


def test_two_files_that_overlap_add_nothing_twice(tmp_path):
    with Store() as store:
        load(write(tmp_path, rows(12)), store)
        summary, posts = load(write(tmp_path, rows(20)[6:], "more.csv"), store)
    assert (summary.posts_added, summary.duplicates, len(posts)) == (8, 6, 20) and balance(summary)


def as_json_lines(posts):
    return "".join(json.dumps(post) + "\n" for post in posts).encode()


def as_parquet(posts, folder):
    path = folder / "made.parquet"
    pq.write_table(pa.Table.from_pylist(posts), path)
    return path.read_bytes()


def test_one_table_in_any_kind_of_file_gives_the_same_posts(tmp_path):
    posts = [row(n, text=f'The "ferry", late\n#{n}a @ada https://ferry.example/{n}') for n in range(30)]
    files = {
        "posts.csv": csv_bytes(posts),
        "posts.tsv": csv_bytes(posts, delimiter="\t"),
        "semicolon.csv": csv_bytes(posts, delimiter=";"),
        "posts.csv.gz": gzip.compress(csv_bytes(posts)),
        "wide.csv": csv_bytes(posts).decode().encode("utf-16"),
        "posts.jsonl": as_json_lines(posts),
        "posts.json": json.dumps({"data": posts}).encode(),
        "list.json": json.dumps(posts, indent=1).encode(),
        "posts.parquet": as_parquet(posts, tmp_path),
        "posts.parquet.gz": gzip.compress(as_parquet(posts, tmp_path)),
    }
    found = {}
    for name, body in files.items():
        with Store(threads=1) as store:
            summary, _ = load(write(tmp_path, body, name), store)
            assert not summary.rejected and summary.posts_added == 30, name
            found[name] = content(store)
    assert all(one == found["posts.csv"] for one in found.values())
    assert found["posts.csv"][0][0] != found["posts.csv"][0][1]


@pytest.mark.parametrize(("step", "word"), [(60, "minute"), (3600, "hour"), (86400, "day")])
def test_coarse_times_are_warned_of(step, word, tmp_path):
    start = 1_714_521_600
    posts = [row(n, created_at=str(start + n * step)) for n in range(30)]
    with Store() as store:
        summary, _ = load(write(tmp_path, posts), store)
        (stored,) = store.rows("SELECT time_resolution_seconds, warnings FROM sources")
    assert summary.time_resolution_seconds == stored[0] == step
    assert sum("windows below" in one and word in one for one in summary.warnings) == 1
    assert list(summary.warnings) == stored[1]


def test_progress_names_stages_in_order(tmp_path):
    seen = []
    with Store() as store:
        path = write(tmp_path, gzip.compress(csv_bytes(rows(9))), "posts.csv.gz")
        ingest_file(store, path, options=ReadOptions(), progress=lambda *report: seen.append(report[0]))
    assert list(dict.fromkeys(seen)) == ["checking", "unpacking", "landing"]


def test_a_workspace_on_disk_holds_the_posts_after_reopening(tmp_path):
    path = write(tmp_path, rows(9))
    with Store(tmp_path / "work.duckdb") as store:
        load(path, store)
    with Store(tmp_path / "work.duckdb", read_only=True) as store:
        assert len(posts_of(store)) == 9


def test_a_file_that_fails_leaves_no_trace_for_the_next(tmp_path):
    with Store() as store:
        with pytest.raises(SourceError):
            load(write(tmp_path, json.dumps(rows(3)).encode()[:-5], "cut.json"), store)
        assert load(write(tmp_path, rows(3)), store)[0].posts_added == 3


POSTS = st.lists(
    st.builds(
        row,
        number=st.integers(0, 9),
        account=st.just("ada"),
        text=st.sampled_from(["The ferry", "Rain\nlate", 'a "quote"', "#hall @bob", ""]),
        second=st.integers(0, 3),
    ),
    min_size=2,
    max_size=10,
    unique_by=lambda post: post["post_id"],
)


@settings(max_examples=10)
@given(POSTS, st.data())
def test_order_repetition_and_splitting_of_files_change_nothing(tmp_path_factory, posts, data):
    folder = tmp_path_factory.mktemp("files")
    cut = data.draw(st.integers(1, len(posts) - 1))
    mixed = data.draw(st.permutations(posts))
    ways = {
        "whole": [posts],
        "mixed": [mixed],
        "doubled": [posts + mixed],
        "split": [mixed[:cut], mixed[cut:]],
        "overlapping": [posts[: cut + 1], mixed],
    }
    found = {}
    for name, files in ways.items():
        with Store(threads=1) as store:
            for number, file in enumerate(files):
                load(write(folder, csv_bytes(file), f"{name}{number}.csv"), store, mapping={"posted_at": "created_at"})
            found[name] = content(store)
    assert all(one == found["whole"] for one in found.values())


REAL = {
    "ira_2015_2016/tweets.parquet": (339_514, 339_187, 1_047),
    "x_us2024_usc/tweets.parquet": (21_007, 21_007, 16_258),
    "us2020_hashtag_control/tweets.parquet": (3_998, 3_686, 2_575),
    "coortweet/russian_coord_tweets.parquet": (35_125, 35_085, 9_509),
    "coortweet/german_elections.parquet": (218_971, 194_326, 58_317),
    "parity/10k_posts.csv.gz": (10_000, 10_000, 297),
    "parity/10k_hashtag.csv.gz": (6_398, 4_658, 222),
    "parity/100k_courl.csv.gz": (89_740, None, None),
    "prc_cnhu_sample/tweets_sample.csv": (21, 21, 21),
}


@pytest.mark.slow
@pytest.mark.real_data
@pytest.mark.parametrize("name", REAL)
def test_every_real_data_set_lands_without_a_word_from_the_user(name, tmp_path):
    rows_in, added, accounts = REAL[name]
    with Store(tmp_path / "work.duckdb") as store:
        summary = ingest_file(store, data_set(name))
        again = ingest_file(store, data_set(name))
        landed = store.rows("SELECT count(*), count(DISTINCT post_id), count(DISTINCT account_key) FROM posts")[0]
        assert store.rows("SELECT count(*) FROM posts WHERE posted_at IS NULL OR account_key IS NULL") == [(0,)]
    assert (summary.rows_in, summary.rejected.total()) == (rows_in, 0) and balance(summary)
    assert landed[0] == landed[1] == summary.posts_added and landed[2] == summary.accounts_added
    assert added is None or (summary.posts_added, summary.accounts_added) == (added, accounts)
    assert again.was_known
