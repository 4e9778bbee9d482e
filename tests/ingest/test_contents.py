"""What a file is by its bytes."""

import gzip
import io
import json
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.errors import ParameterError, SourceError
from undazzle.ingest.contents import detect_encoding, detect_kind, open_source

RECORD = {"id": "1", "text": "The ferry: leaves [at] nine", "user": {"id": 2}}


def source(tmp_path, content, name="anything", encoding=None):
    path = tmp_path / name
    path.write_bytes(content)
    return open_source(path, encoding)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"id,text\n1,ferry\n", "csv"),
        (b"id\n1\n", "csv"),
        (json.dumps(RECORD).encode() + b"\n" + json.dumps(RECORD).encode(), "jsonl"),
        (b"\n\n" + json.dumps(RECORD).encode() + b"\n\n" + json.dumps(RECORD).encode(), "jsonl"),
        (json.dumps(RECORD).encode(), "json"),
        (json.dumps(RECORD, indent=2).encode(), "json"),
        (json.dumps({"data": [RECORD] * 3}, indent=0).encode(), "json"),
        (json.dumps([RECORD]).encode(), "json"),
        (b"[\n" + json.dumps(RECORD).encode() + b",\n" + json.dumps(RECORD).encode() + b"\n]", "json"),
        (b"\xef\xbb\xbf" + json.dumps([RECORD]).encode(), "json"),
        (json.dumps([RECORD]).encode("utf-16"), "json"),
        (b"PAR1....", "parquet"),
        (b"\xd0\xcf\x11\xe0....", "excel"),
    ],
)
def test_the_kind_is_told_by_content_and_not_by_name(content, kind, tmp_path):
    assert source(tmp_path, content, "posts.dat").kind == kind


def test_most_lines_decide_whether_it_is_json_lines(tmp_path):
    good, bad = json.dumps(RECORD).encode(), b'{"id": "1", "te'
    assert source(tmp_path, b"\n".join([bad, good, good, good])).kind == "jsonl"


def test_a_long_first_page_does_not_hide_json_lines(tmp_path):
    page = json.dumps({"data": [RECORD] * 5_000}).encode()
    assert source(tmp_path, page + b"\n" + page + b"\n" + page).kind == "jsonl"


def test_a_tar_archive_is_refused(tmp_path):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("posts.csv")
        entry.size = 3
        archive.addfile(entry, io.BytesIO(b"a,b"))
    with pytest.raises(SourceError, match="tar archive"):
        source(tmp_path, gzip.compress(buffer.getvalue()))


def test_a_file_packed_twice_is_refused(tmp_path):
    with pytest.raises(SourceError, match="packed twice"):
        source(tmp_path, gzip.compress(gzip.compress(b"a,b\n1,2\n")))


@pytest.mark.parametrize(
    ("word", "encoding"),
    [("UTF-8", "utf-8"), ("utf_8_sig", "utf-8"), ("latin-1", "iso8859-1"), ("cp1251", "cp1251")],
)
def test_the_users_word_wins(word, encoding, tmp_path):
    assert detect_encoding(tmp_path, b"\xff\xff", word) == encoding


def test_an_encoding_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(ParameterError):
        detect_encoding(tmp_path, b"a", "klingon")


def test_a_text_that_is_not_in_the_encoding_named_is_refused(tmp_path):
    found = source(tmp_path, "id,text\n1,渡輪\n".encode("gb18030") * 100, encoding="shift_jis")
    with pytest.raises(SourceError, match="not shift_jis"):
        list(found.clean())


def test_a_single_undecodable_character_is_replaced_and_counted(tmp_path):
    content = bytearray("id,text\n1,Fähre\n".encode("cp1252") * 100)
    content[40:41] = b"\x81"
    found = source(tmp_path, bytes(content), encoding="cp1252")
    assert b"".join(found.clean()).decode().count("\ufffd") == found.replaced_characters == 1


def test_a_character_cut_at_the_end_of_the_sample_is_no_other_encoding(tmp_path):
    content = b"x" * ((1 << 20) - 1) + "ä".encode() + b"\n" + b"y\n" * 10
    assert source(tmp_path, content).encoding == "utf-8"


def test_clean_text_is_read_in_place_and_other_text_from_a_copy(tmp_path):
    table = b"a,b\n1,2\n3,4\n"
    plain = source(tmp_path, table, "plain")
    assert plain.is_clean and plain.plain_path(tmp_path) == plain.path
    others = {"packed": gzip.compress(table), "wide": table.decode().encode("utf-16"), "nul": table + b"\0"}
    for name, content in others.items():
        folder = tmp_path / f"copy-{name}"
        folder.mkdir()
        found = source(tmp_path, content, name)
        assert not found.is_clean and found.plain_path(folder).read_bytes() == table


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffd"), min_size=1).filter(str.strip))
def test_any_text_survives_any_unicode_encoding_with_a_mark(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("text")
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        if detect_kind(folder, b"x" + text.encode()) and text[0] not in "\ufeff":
            found = source(folder, ("x" + text).encode(encoding))
            assert b"".join(found.clean()).decode() == "x" + text
