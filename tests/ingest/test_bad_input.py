"""Files that are broken, hostile or odd: a clear message, or a row set aside with its reason, never a wrong post."""

import gzip
import json
import os
import zipfile
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.loading import HEADER, balance, csv_bytes, load, posts_of, rejected_of, row, rows, write
from undazzle.errors import MappingError, ParameterError, SourceError, TooManyRejectedError, UnknownNameError
from undazzle.ingest.load import ingest_file
from undazzle.store import Store


def tables(store):
    return {
        name: store.rows(f"SELECT count(*) FROM {name}")[0][0]
        for name in ("sources", "posts", "accounts", "account_observations", "rejected_rows")
    }


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(SourceError, match="a folder, not a file"):
        load(tmp_path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        load(tmp_path / "nothing.csv")


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="no plain file"):
        load(tmp_path / "pipe")


@pytest.mark.parametrize("content", [b"", b"  \n\n ", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(content, tmp_path):
    with pytest.raises(SourceError, match="empty"):
        load(write(tmp_path, content))


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n\r\n"])
def test_a_header_without_rows_is_refused(end, tmp_path):
    with pytest.raises(SourceError, match="no rows"):
        load(write(tmp_path, ",".join(HEADER).encode() + end))


def test_a_packed_empty_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match="empty"):
        load(write(tmp_path, gzip.compress(b""), "posts.csv.gz"))


def test_columns_that_hold_no_posts_are_named_in_one_message(tmp_path):
    path = write(tmp_path, b"colour,size\nred,3\nblue,4\n")
    with pytest.raises(MappingError) as caught:
        load(path)
    assert "colour" in str(caught.value) and "inspect" in str(caught.value)


def test_a_mapping_to_a_missing_column_is_refused(tmp_path):
    with pytest.raises(MappingError, match="no column called 'when'"):
        load(write(tmp_path, rows(3)), mapping={"posted_at": "when"})


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(UnknownNameError, match="mastodon"):
        load(write(tmp_path, rows(3)), format="mastodn")


@pytest.mark.parametrize("name", ["mastodon", "parquet", "excel"])
def test_a_format_that_the_file_cannot_have_is_refused(name, tmp_path):
    with pytest.raises(SourceError, match=f"format {name} is for .* and this is csv"):
        load(write(tmp_path, rows(3)), format=name)


def test_the_users_word_for_a_kind_of_text_wins(tmp_path):
    content = b"{}\n" + "\n".join(json.dumps(post) for post in rows(5)).encode()
    assert load(write(tmp_path, content), format="jsonl")[0].posts_added == 5
    with pytest.raises(SourceError, match="as many fields as the header"):
        load(write(tmp_path, content), format="csv")


def test_an_unknown_encoding_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="encoding"):
        load(write(tmp_path, rows(3)), encoding="utf-9")


def test_text_in_another_encoding_is_asked_about(tmp_path):
    content = csv_bytes([row(n, text="Die Fähre fährt um neun") for n in range(20)]).decode().encode("cp1252")
    path = write(tmp_path, content)
    with pytest.raises(SourceError, match="--encoding"):
        load(path)
    _, posts = load(path, encoding="cp1252")
    assert {post["text"] for post in posts} == {"Die Fähre fährt um neun"}


def test_rows_of_another_encoding_among_utf8_are_set_aside(tmp_path):
    lines = csv_bytes([row(n, text="Die Fähre fährt") for n in range(10)]).split(b"\n")
    lines[4] = lines[4].decode().encode("cp1252")
    with Store() as store:
        summary, posts = load(write(tmp_path, b"\n".join(lines)), store)
        (bad,) = rejected_of(store)
    assert len(posts) == 9 and balance(summary)
    assert bad["source_row"] == 5 and "UTF-8" in bad["reason"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_marked_and_wide_unicode_is_read_without_being_told(encoding, tmp_path):
    content = csv_bytes([row(n, text="Fähre 渡輪 🛳") for n in range(30)]).decode().encode(encoding)
    summary, posts = load(write(tmp_path, content))
    assert {post["text"] for post in posts} == {"Fähre 渡輪 🛳"} and summary.posts_added == 30


def test_nul_bytes_are_taken_out_and_counted(tmp_path):
    content = csv_bytes(rows(10)).replace(b"ferry", b"fe\0rry")
    summary, posts = load(write(tmp_path, content))
    assert not any("\0" in post["text"] for post in posts) and posts[0]["text"] == "The ferry leaves at nine"
    assert any("NUL bytes" in warning for warning in summary.warnings)


def test_nul_bytes_of_a_packed_file_are_taken_out_too(tmp_path):
    content = gzip.compress(csv_bytes(rows(10)).replace(b"ferry", b"fe\0rry"))
    _, posts = load(write(tmp_path, content, "posts.csv.gz"))
    assert posts[0]["text"] == "The ferry leaves at nine"


def test_binary_data_are_no_text(tmp_path):
    with pytest.raises(SourceError, match="binary data"):
        load(write(tmp_path, bytes(range(256)) * 40 + b"\0" * 4000))


@pytest.mark.parametrize(
    ("magic", "what"), [(b"%PDF-1.7 ...", "PDF"), (b"Rar!\x1a\x07", "RAR"), (b"SQLite format 3\0", "SQLite")]
)
def test_files_of_other_programs_are_named(magic, what, tmp_path):
    with pytest.raises(SourceError, match=what):
        load(write(tmp_path, magic + b"x" * 100))


def test_ragged_rows_are_set_aside_with_line_and_reason(tmp_path):
    lines = csv_bytes(rows(20)).split(b"\n")
    lines[3] = b"p2,ada"
    lines[7] += b",more,and more"
    with Store() as store:
        summary, posts = load(write(tmp_path, b"\n".join(lines)), store)
        bad = rejected_of(store)
    assert dict(summary.rejected) == {"too few fields": 1, "too many fields": 1} and balance(summary)
    assert [(one["source_row"], one["reason"]) for one in bad] == [(4, "too few fields"), (8, "too many fields")]
    assert bad[0]["raw"] == "p2,ada"
    assert {post["post_id"].split(":")[1]: post["source_row"] for post in posts}["p19"] == 21


def test_a_stray_quote_costs_one_row_and_not_the_rest(tmp_path):
    lines = csv_bytes(rows(200)).split(b"\n")
    lines[50] = b'p49,ada,2024-05-01T10:00:49Z,"The ferry'
    lines[120] = b'p119,"ada" x,2024-05-01T10:00:49Z,The ferry'
    with Store() as store:
        summary, posts = load(write(tmp_path, b"\n".join(lines)), store)
        bad = rejected_of(store)
    assert [(one["source_row"], one["reason"]) for one in bad] == [
        (51, "quotes do not match"),
        (121, "quotes do not match"),
    ]
    assert len(posts) == 198 and balance(summary)
    assert {post["post_id"][-4:]: post["source_row"] for post in posts}["p199"] == 201


def test_mixed_line_ends_are_evened_out(tmp_path):
    lines = csv_bytes(rows(9)).split(b"\n")
    content = b"\r\n".join(lines[:4]) + b"\n" + b"\n".join(lines[4:7]) + b"\r" + b"\r".join(lines[7:])
    summary, posts = load(write(tmp_path, content))
    assert len(posts) == 9 and not summary.rejected


def test_line_ends_inside_quotes_belong_to_the_text(tmp_path):
    _, posts = load(write(tmp_path, [row(n, text="The ferry\n\nleaves, at\r\nnine") for n in range(5)]))
    assert [post["text"] for post in posts] == ["The ferry\n\nleaves, at\r\nnine"] * 5


@pytest.mark.parametrize("quoted", [False, True])
def test_a_field_of_ten_million_characters_is_read_and_a_row_of_seventeen_is_set_aside(quoted, tmp_path):
    end = ", late" if quoted else ""
    posts = rows(4)
    posts[1]["text"] = "x" * 10_000_000 + end
    posts[2]["text"] = "x" * 17_000_000 + end
    with Store() as store:
        summary, landed = load(write(tmp_path, posts), store)
        (bad,) = rejected_of(store)
    assert (bad["reason"], bad["source_row"]) == ("row longer than 16 MB", 4) and len(bad["raw"]) <= 400
    assert sorted(len(post["text"]) for post in landed)[-1] == 10_000_000 + len(end) and balance(summary)


def test_a_row_larger_than_the_readers_memory_does_not_hide_its_neighbours(tmp_path):
    posts = rows(6)
    posts[0]["text"] = "x" * 33_000_000
    posts[3]["text"] = ("y" * 2_000 + "\n") * 20_000
    with Store() as store:
        summary, landed = load(write(tmp_path, posts), store, max_rejected=1.0)
    assert {"unknown:p1", "unknown:p2", "unknown:p4", "unknown:p5"} <= {post["post_id"] for post in landed}
    assert not {"unknown:p0", "unknown:p3"} & {post["post_id"] for post in landed}
    assert summary.rejected["row longer than 16 MB"] == 1


def test_far_too_many_unreadable_rows_end_in_a_clear_message(tmp_path, monkeypatch):
    monkeypatch.setattr("undazzle.ingest.tabular._MOST_REJECTS", 1_000)
    with pytest.raises(SourceError, match=r"Far too many rows .*too few fields"):
        load(write(tmp_path, csv_bytes(rows(5)) + b"y\n" * 2_000))


def test_broken_json_lines_are_set_aside_by_line(tmp_path):
    lines = [json.dumps(post) for post in rows(20)]
    lines[4] = lines[4][:30]
    lines[9] = ""
    lines[11] = "<html>"
    with Store() as store:
        summary, posts = load(write(tmp_path, "\n".join(lines).encode(), "posts.jsonl"), store)
        bad = rejected_of(store)
    assert [(one["source_row"], one["reason"]) for one in bad] == [(5, "broken JSON"), (12, "broken JSON")]
    assert bad[1]["raw"] == "<html>" and len(posts) == 17 and balance(summary)
    assert {post["post_id"][-3:]: post["source_row"] for post in posts}["p19"] == 20


def test_a_json_document_that_is_cut_off_is_refused(tmp_path):
    with pytest.raises(SourceError, match="JSON is broken"):
        load(write(tmp_path, json.dumps(rows(9)).encode()[:-20], "posts.json"))


def test_a_json_document_without_posts_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no list of objects"):
        load(write(tmp_path, b"[1, 2, 3]", "posts.json"))


def test_a_damaged_parquet_file_is_refused_as_a_file_and_not_as_a_disk(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        load(write(tmp_path, b"PAR1" + b"x" * 500 + b"PAR1", "posts.parquet"))


def test_a_damaged_workbook_is_refused(tmp_path):
    with pytest.raises(SourceError, match="workbook cannot be read"):
        load(write(tmp_path, b"\xd0\xcf\x11\xe0" + b"x" * 500, "posts.xls"))


@pytest.mark.parametrize("cut", [0.5, 0.99])
def test_a_packed_file_that_ends_too_early_is_refused_and_nothing_is_kept(cut, tmp_path):
    packed = gzip.compress(csv_bytes(rows(5_000)))
    with Store() as store:
        with pytest.raises(SourceError, match="damaged or ends too early"):
            load(write(tmp_path, packed[: int(len(packed) * cut)], "posts.csv.gz"), store)
        assert not any(tables(store).values())


def test_a_gzip_bomb_is_refused_before_it_expands(tmp_path):
    path = tmp_path / "posts.csv.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        file.write(csv_bytes(rows(2)))
        for _ in range(300):
            file.write(b" " * 1_000_000)
    with pytest.raises(SourceError, match="zip bomb"):
        load(path)


def test_a_zip_bomb_is_refused_before_it_expands(tmp_path):
    path = tmp_path / "posts.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("posts.jsonl", b'{"a": 1}\n' * 30_000_000)
    with pytest.raises(SourceError, match="zip bomb"):
        load(path)


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path):
    path = tmp_path / "posts.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 100_000_000)
    with pytest.raises(SourceError, match="zip bomb"):
        load(path)


def test_an_archive_of_several_files_lists_them(tmp_path):
    path = tmp_path / "posts.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("may.csv", csv_bytes(rows(2)))
        archive.writestr("june.csv", csv_bytes(rows(2)))
        archive.writestr("__MACOSX/._may.csv", b"x")
    with pytest.raises(SourceError, match=r"2 files \(may.csv, june.csv\)"):
        load(path)


def test_one_post_is_enough(tmp_path):
    summary, posts = load(write(tmp_path, rows(1)))
    assert len(posts) == 1 and summary.time_resolution_seconds == 1.0
    assert not any("windows below" in warning for warning in summary.warnings)


def test_one_account_is_enough(tmp_path):
    summary, posts = load(write(tmp_path, [row(n) for n in range(50)]))
    assert summary.accounts_added == 1 and {post["account_key"] for post in posts} == {0}


def test_implausible_times_are_set_aside(tmp_path):
    later = (datetime.now() + timedelta(days=3)).isoformat()
    times = ["1970-01-01T00:00:00Z", later, "", "soon"]
    posts = [*rows(10), *(row(20 + n, created_at=time) for n, time in enumerate(times))]
    with Store() as store:
        summary, landed = load(write(tmp_path, posts), store)
        reasons = {one["reason"]: one["raw"] for one in rejected_of(store)}
    assert dict(summary.rejected) == dict.fromkeys(
        ["time before 1990", "time in the future", "no time", "time not understood"], 1
    )
    assert "soon" in reasons["time not understood"] and len(landed) == 10 and balance(summary)


def test_rows_without_an_account_are_set_aside(tmp_path):
    summary, posts = load(write(tmp_path, [*rows(5), row(9, account="")]))
    assert dict(summary.rejected) == {"no account": 1} and len(posts) == 5


@pytest.mark.parametrize(
    "handle",
    ["<script>alert(1)</script>", "=HYPERLINK(1)", "@SUM(A1)", "'; DROP TABLE posts; --", "a\u202eb", "x" * 9_999],
)
def test_a_hostile_handle_is_only_a_name(handle, tmp_path):
    posts = [row(n) | {"username": handle, "account_id": f"u{n}"} for n in range(3)]
    with Store() as store:
        load(write(tmp_path, posts), store)
        found = store.rows("SELECT DISTINCT handle FROM accounts")
        assert found == [(handle.removeprefix("@"),)] and len(posts_of(store)) == 3


def test_hostile_column_names_are_only_names(tmp_path):
    posts = [row(n) | {"a\"b'; DROP TABLE posts; --": "x", "": "y", "TEXT": "z", "${x}": "{rejects}"} for n in range(3)]
    summary, landed = load(write(tmp_path, posts))
    assert len(landed) == 3 and any("DROP TABLE" in name for name in summary.unread)


def test_hostile_keys_of_json_are_only_names(tmp_path):
    posts = [row(n) | {"a/b~c": {"d'e": 1, 'f"g': [2]}, "": 3, "Text": "again"} for n in range(3)]
    content = "\n".join(json.dumps(post) for post in posts).encode()
    summary, landed = load(write(tmp_path, content, "posts.jsonl"))
    assert [post["text"] for post in landed] == [post["text"] for post in posts]
    assert "a/b~c.d'e" in summary.unread


def test_a_file_name_with_quotes_is_only_a_name(tmp_path):
    summary, _ = load(write(tmp_path, rows(3), "it's; a 'file'.csv"))
    assert summary.posts_added == 3


def test_too_many_bad_rows_write_nothing(tmp_path):
    path = write(tmp_path, [*rows(8), row(9, created_at="soon"), row(10, created_at="later")])
    with Store() as store:
        with pytest.raises(TooManyRejectedError, match="time not understood: 2") as caught:
            ingest_file(store, path)
        assert (caught.value.rejected, caught.value.total) == (2, 10)
        assert not any(tables(store).values())
        load(path, store, max_rejected=0.2)
        assert tables(store)["posts"] == 8


def test_an_interrupt_while_landing_writes_nothing(tmp_path, monkeypatch):
    from undazzle.ingest import landing

    path = write(tmp_path, rows(20))

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    with Store() as store:
        with monkeypatch.context() as patched:
            patched.setattr(landing, "post_columns_sql", interrupted)
            with pytest.raises(KeyboardInterrupt):
                load(path, store)
        assert not any(tables(store).values())
        summary, _ = load(path, store)
        assert summary.posts_added == 20 and not summary.was_known


def test_nothing_is_left_in_the_folder_of_the_workspace(tmp_path):
    path = write(tmp_path, gzip.compress(csv_bytes(rows(20))), "posts.csv.gz")
    with Store(tmp_path / "work.duckdb") as store:
        load(path, store)
        names = {one[0] for one in store.rows("SELECT table_name FROM duckdb_tables() WHERE temporary")}
    assert names == set() and {one.name for one in tmp_path.iterdir()} == {"posts.csv.gz", "work.duckdb"}


SOUND = "p9,ada,2024-05-01T10:00:09Z,x\n"
PIECES = st.sampled_from([",", ",", "\n", "\n", '"', '""', 'b"', "\r\n", '"c\nd"', '"e, f"', SOUND])


@settings(max_examples=30)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_whatever_stands_between_sound_rows_does_not_take_them_along(tmp_path_factory, noise):
    after = csv_bytes([row(number) for number in range(20, 24)]).split(b"\n", 1)[1]
    content = csv_bytes(rows(3)) + noise.encode() + b"\n" + after
    with Store(threads=1) as store:
        summary, posts = load(write(tmp_path_factory.mktemp("noise"), content), store)
    found = {post["post_id"] for post in posts} | {post["text"] or "" for post in posts}
    assert {"unknown:p0", "unknown:p1", "unknown:p2"} <= found
    # a quote in the noise may open a field that, by all rules of the format, ends in a later row
    assert all(any(f"p{number}" in one for one in found) for number in (22, 23))
    assert balance(summary)
