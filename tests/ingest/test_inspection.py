from __future__ import annotations

import gzip
import json

import pytest

from undazzle.errors import SourceError, UnknownNameError
from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.inspection import inspect_file

HEADER = "id,user,created_at,text\n"
ROWS = "".join(f"p{n},reader{n % 2},2024-05-01 12:00:{n:02},The ferry leaves at {n}\n" for n in range(9))


def written(tmp_path, content, name="posts.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def view(found, field):
    return next(one for one in found.fields if one.field == field)


def test_a_plain_table_is_shown_field_by_field(tmp_path):
    found = inspect_file(written(tmp_path, HEADER + ROWS))
    assert (found.kind, found.format_id, found.certainty, found.rows_looked_at) == ("csv", "csv", 0.0, 9)
    assert not found.problems
    time = view(found, "posted_at")
    assert (time.column, time.filled) == ("created_at", 1.0)
    assert time.samples == ("2024-05-01 12:00:00", "2024-05-01 12:00:01", "2024-05-01 12:00:02")
    assert any("--timezone" in check.message for check in time.checks if check.level == "ask")
    assert "text" in found.filled_fields


def test_what_landing_takes_from_the_text_counts_as_usable(tmp_path):
    found = inspect_file(written(tmp_path, HEADER + ROWS))
    assert "links" not in found.filled_fields
    assert {"links", "hashtags", "mentions"} <= found.usable_fields


def test_a_known_layout_is_named_with_its_certainty_and_caveats(tmp_path):
    content = "object_id,account_id,content_id,timestamp_share\nfog,anna,m1,1475280000\n"
    found = inspect_file(written(tmp_path, content))
    assert (found.format_id, found.certainty) == ("coortweet", 1.0)
    assert found.caveats


def test_a_layout_can_be_asked_for_and_an_unknown_one_is_refused(tmp_path):
    path = written(tmp_path, HEADER + ROWS)
    assert inspect_file(path, format="fourcat_csv").format_id == "fourcat_csv"
    with pytest.raises(UnknownNameError):
        inspect_file(path, format="fourcatcsv")


def test_problems_are_shown_and_not_raised(tmp_path):
    found = inspect_file(written(tmp_path, "a,b\nfog,tide\n"))
    assert len(found.problems) == 2
    assert "Cannot be read yet:" in list(found.lines())
    assert found.unread == ("a", "b")


def test_what_the_user_says_is_used(tmp_path):
    path = written(tmp_path, HEADER + ROWS)
    found = inspect_file(path, ReadOptions({"text": "user"}, timezone="Europe/Berlin"))
    assert view(found, "text").samples == ("reader0", "reader1")
    assert view(found, "posted_at").samples[0] == "2024-05-01 10:00:00"


def test_everything_can_be_written_as_json(tmp_path):
    found = inspect_file(written(tmp_path, gzip.compress((HEADER + ROWS).encode()), "posts.csv.gz"))
    told = json.loads(json.dumps(found.to_json()))
    assert told["compression"] == "gzip"
    assert told["filled_fields"] == sorted(found.filled_fields)
    assert told["fields"][0]["samples"]


def test_flat_json_lines_are_read_as_a_table(tmp_path):
    lines = "\n".join(
        json.dumps({"id": n, "author": {"id": f"u{n}"}, "created_at": f"2024-05-01T12:00:0{n}Z", "text": "fog"})
        for n in range(4)
    )
    found = inspect_file(written(tmp_path, lines, "posts.jsonl"))
    assert not found.problems
    assert view(found, "account_id").column == "author.id"


def test_json_records_of_a_platform_are_given_to_their_reader(tmp_path):
    status = {
        "id": "1", "uri": "https://social.example/1", "created_at": "2024-05-01T12:00:00.000Z", "content": "<p>fog</p>",
        "url": "https://social.example/@anna/1", "visibility": "public", "reblog": None, "mentions": [], "tags": [],
        "media_attachments": [], "reblogs_count": 0, "favourites_count": 0, "replies_count": 0, "language": "en",
        "account": {"id": "7", "username": "anna", "acct": "anna", "url": "https://social.example/@anna"},
    }  # fmt: skip
    found = inspect_file(written(tmp_path, json.dumps([status]), "posts.json"))
    assert found.format_id == "mastodon"
    assert view(found, "text").samples == ("fog",)
    assert not found.problems


def test_only_the_beginning_of_a_large_file_is_looked_at(tmp_path):
    rows = "".join(f"p{n},anna,2024-05-01 12:00:00,fog\n" for n in range(5_000))
    assert inspect_file(written(tmp_path, HEADER + rows)).rows_looked_at == 2_000


def test_long_values_are_shortened_and_hostile_ones_only_shown(tmp_path):
    hostile = HEADER + f'p1,"<script>alert(1)</script>",2024-05-01 12:00:00,"{"x" * 5_000}"\n'
    found = inspect_file(written(tmp_path, hostile))
    assert view(found, "account_id").samples == ("<script>alert(1)</script>",)
    assert len(view(found, "text").samples[0]) == 80


def test_a_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(SourceError):
        inspect_file(tmp_path / "missing.csv")
    with pytest.raises(SourceError):
        inspect_file(written(tmp_path, ""))


def test_nothing_is_written_beside_the_file(tmp_path):
    path = written(tmp_path, HEADER + ROWS)
    list(inspect_file(path).lines())
    assert list(tmp_path.iterdir()) == [path]
