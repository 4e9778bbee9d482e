from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.samples.corpora import small
from undazzle.errors import ParameterError
from undazzle.samples import BAD_ROW_COUNT, write_corpus
from undazzle.samples.files import COLUMNS, file_record

LISTS = ("urls", "hashtags", "mentions")


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_json_lines_hold_every_post_again(tmp_path: Path) -> None:
    path = write_corpus(small(), tmp_path / "posts.jsonl", bad_rows=False)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert records == [file_record(post) for post in small().posts]
    assert datetime.fromisoformat(records[0]["created_at"]).replace(tzinfo=None) == small().posts[0]["posted_at"]


def test_csv_holds_every_post_again(tmp_path: Path) -> None:
    rows = read_csv(write_corpus(small(), tmp_path / "posts.csv", bad_rows=False))
    assert len(rows) == len(small().posts)
    for row, post in zip(rows, small().posts, strict=True):
        assert (row["id"], row["user_id"], row["text"]) == (post["post_id"], post["account_id"], post["text"])
        assert row["urls"].split() == post["links"]
        for column in LISTS[1:]:
            assert [part for part in row[column].split(",") if part] == post[COLUMNS[column]]


def test_column_names_are_fields_of_a_post_in_ordinary_words() -> None:
    assert set(COLUMNS.values()) == set(small().posts[0]) - {"posted_at_raw"}


@pytest.mark.parametrize("name", ["posts.jsonl", "posts.csv"])
def test_the_same_corpus_gives_the_same_file(tmp_path: Path, name: str) -> None:
    first, second = (write_corpus(small(), tmp_path / folder / name).read_bytes() for folder in ("a", "b"))
    assert first == second


def test_fourteen_json_lines_are_no_posts_and_every_post_is_still_there(tmp_path: Path) -> None:
    lines = write_corpus(small(), tmp_path / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(small().posts) + BAD_ROW_COUNT
    sound = [record for record in map(sound_json, lines) if record is not None]
    assert sound == [file_record(post) for post in small().posts]


def sound_json(line: str) -> dict | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and is_sound(record) else None


def is_sound(record: dict) -> bool:
    try:
        datetime.fromisoformat(record["created_at"] or "")
    except ValueError:
        return False
    return bool(record["user_id"] or record["username"])


def test_fourteen_csv_rows_are_no_posts_and_every_post_is_still_there(tmp_path: Path) -> None:
    rows = read_csv(write_corpus(small(), tmp_path / "posts.csv"))
    assert len(rows) == len(small().posts) + BAD_ROW_COUNT
    assert [row["id"] for row in rows if is_sound(row)] == [post["post_id"] for post in small().posts]


def test_bad_rows_have_many_different_faults(tmp_path: Path) -> None:
    good = set(write_corpus(small(), tmp_path / "good.jsonl", bad_rows=False).read_text("utf-8").splitlines())
    bad = [
        line
        for line in write_corpus(small(), tmp_path / "all.jsonl").read_text("utf-8").splitlines()
        if line not in good
    ]
    assert len(set(bad)) == BAD_ROW_COUNT
    assert any("\x00" in line for line in bad)
    assert any(r"\u0000" in line for line in bad)
    assert any("<html>" in line for line in bad)


def test_the_beginning_of_the_file_is_sound(tmp_path: Path) -> None:
    lines = write_corpus(small(), tmp_path / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(sound_json(line) for line in lines[:500])


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"\.jsonl or \.csv"):
        write_corpus(small(), tmp_path / "posts.parquet")
    assert not (tmp_path / "posts.parquet").exists()
