"""JSON records become staged posts."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undazzle.errors import SourceError
from undazzle.ingest import records
from undazzle.ingest.contents import open_source
from undazzle.ingest.formats import BadRow, Reader
from undazzle.ingest.records import line_records, load_document, posts_table, records_in, sample_lines, stage_records
from undazzle.ingest.staging import start_records, start_staging
from undazzle.model import POST_FIELDS
from undazzle.store import Store

NOON = datetime(2024, 5, 1, 12)


def reader(read_record, **changes):
    return Reader("test", "Test", "For tests.", "records", lambda _: 1.0, read_record, **changes)


def source(tmp_path, content):
    path = tmp_path / "posts.jsonl"
    path.write_bytes(content)
    return open_source(path)


def staged(read_record, numbered, **changes):
    with Store(threads=1) as store:
        start_staging(store)
        start_records(store)
        tally = stage_records(store, reader(read_record, **changes), numbered)
        posts = store.records("SELECT * FROM staged_columns ORDER BY rowid")
        return tally, posts, store.rows("SELECT * FROM unread_rows ORDER BY source_row")


def test_lines_are_numbered_and_broken_ones_passed_on(tmp_path):
    found = list(line_records(source(tmp_path, b'{"a": 1}\n\n{"a": \n{"a": 2}')))
    assert [(number, getattr(one, "reason", one)) for number, one in found] == [
        (1, {"a": 1}),
        (3, "broken JSON"),
        (4, {"a": 2}),
    ]


def test_the_sample_leaves_out_broken_lines(tmp_path):
    content = b"{\n" * 5 + b'{"a": 1}\n' * 30
    assert sample_lines(source(tmp_path, content), 20) == [{"a": 1}] * 20


@pytest.mark.parametrize(
    ("document", "paths", "expected"),
    [
        ([1, 2], (), [1, 2]),
        ({"data": [{"a": 1}], "meta": [2]}, (), [{"a": 1}]),
        ({"other": [{"a": 1}]}, (), [{"a": 1}]),
        ({"a": 1}, (), [{"a": 1}]),
        ({"x": {"y": [1]}, "z": [2]}, ("x.y", "z"), [1, 2]),
        ({"x": {"y": 1}}, ("x.y",), [{"x": {"y": 1}}]),
        ("text", (), []),
    ],
)
def test_the_list_of_records_is_found(document, paths, expected):
    assert records_in(document, paths) == expected


def test_a_document_too_large_for_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "LARGEST_DOCUMENT", 10)
    with pytest.raises(SourceError, match="larger than 2 GB"):
        load_document(source(tmp_path, b'[{"a": 1}, {"a": 2}]'))


def test_posts_bad_rows_and_records_without_posts_are_told_apart():
    def read(record):
        if record["kind"] == "two":
            yield {"post_id": "1", "posted_at": NOON}
            yield BadRow(99, "half a post", "raw")
        if record["kind"] == "bad":
            raise ValueError("no author")
        if record["kind"] == "odd":
            yield {"post_id": record["missing"]["deep"]}

    numbered = [(1, {"kind": "two"}), (2, {"kind": "notice"}), (3, {"kind": "bad"}), (4, {"kind": "odd"}), (5, [1]),
                (6, BadRow(6, "broken JSON", "{"))]  # fmt: skip
    tally, posts, bad = staged(read, numbered)
    assert (tally.records, tally.without_posts) == (6, 1)
    assert [(post["row"], post["post_id"], post["posted_at"]) for post in posts] == [(1, "1", NOON)]
    assert [(row, reason) for row, reason, _ in bad] == [
        (1, "half a post"),
        (3, "no author"),
        (4, "not as expected (KeyError: 'missing')"),
        (5, "not a JSON object"),
        (6, "broken JSON"),
    ]


def test_batches_keep_the_order(monkeypatch):
    monkeypatch.setattr(records, "BATCH", 7)
    _, posts, _ = staged(lambda one: iter([{"post_id": one["id"]}]), [(n, {"id": str(n)}) for n in range(50)])
    assert [(post["row"], post["post_id"]) for post in posts] == [(n, str(n)) for n in range(50)]


def test_constants_fill_gaps_only():
    posts = [{"post_id": "1"}, {"post_id": "2", "platform": "y"}]
    table = posts_table([1, 2], posts, {"platform": "x"})
    assert table.column("platform").to_pylist() == ["x", "y"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("posted_at", NOON.replace(tzinfo=timezone(timedelta(hours=2))), NOON - timedelta(hours=2)),
        ("posted_at", "2024-05-01T12:00:00+02:00", NOON - timedelta(hours=2)),
        ("posted_at", NOON.replace(tzinfo=UTC).timestamp(), NOON),
        ("posted_at", int(NOON.replace(tzinfo=UTC).timestamp() * 1000), NOON),
        ("posted_at", "soon", None),
        ("posted_at", 1e300, None),
        ("likes", "26.0", 26),
        ("likes", 2**70, None),
        ("likes", "many", None),
        ("is_repost", "true", True),
        ("is_repost", "perhaps", None),
        ("links", ["a", None, 3, ""], ["a", "3"]),
        ("links", "a", None),
        ("text", 5, "5"),
        ("text", {"a": 1}, '{"a":1}'),
        ("text", "a\0b", "ab"),
        ("post_id", 12345678901234567890, "12345678901234567890"),
    ],
)
def test_values_are_brought_into_their_type_or_dropped(field, value, expected):
    table = posts_table([1, 2], [{field: value}, {}], {})
    assert table.column(field).to_pylist() == [expected, None]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=25)
@given(st.lists(st.dictionaries(st.sampled_from([field.name for field in POST_FIELDS]), JSON, max_size=6), max_size=4))
def test_no_value_of_json_ends_an_ingest(posts):
    _, found, _ = staged(lambda record: iter([record["post"]]), [(n, {"post": post}) for n, post in enumerate(posts)])
    assert len(found) == len(posts)


def test_files_are_read_with_the_memory_of_a_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "BATCH", 100)
    sizes = []
    original = records.posts_table
    monkeypatch.setattr(records, "posts_table", lambda rows, *rest: sizes.append(len(rows)) or original(rows, *rest))
    content = "".join(json.dumps({"id": str(number)}) + "\n" for number in range(1_050)).encode()
    numbered = line_records(source(tmp_path, content))
    _, posts, _ = staged(lambda one: iter([{"post_id": one["id"]}]), numbered)
    assert len(posts) == 1_050 and max(sizes) == 100
