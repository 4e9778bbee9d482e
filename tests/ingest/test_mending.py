"""Rows that lead a reader astray are taken out alone."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.ingest import mending
from undazzle.ingest.dialect import Dialect
from undazzle.ingest.mending import mend_lines, mend_table, split_lines

COMMA = Dialect(",", '"', ("a", "b"))
TEXT = st.text(st.sampled_from('ab,"\n é'), max_size=8)


def mended(text, folder, dialect=COMMA):
    target = folder / "mended"
    bad = mend_table(iter([text.encode()]), dialect, target).bad
    return target.read_text(), [(one.row, one.reason, one.raw) for one in bad]


def test_a_stray_quote_takes_one_row(tmp_path):
    text, bad = mended('a,b\n1,x\n2,"y\n3,z\n4,"w"\n', tmp_path)
    assert text == 'a,b\n1,x\n\n3,z\n4,"w"\n'
    assert bad == [(3, "quotes do not match", '2,"y')]


def test_two_stray_quotes_do_not_make_a_row_of_what_is_between(tmp_path):
    text, bad = mended('a,b\n1,"x\n2,y\n3,"z\n4,w\n', tmp_path)
    assert [row for row, _, _ in bad] == [2, 4]
    assert "2,y\n" in text and "4,w\n" in text


def test_a_quote_inside_a_word_is_only_a_sign(tmp_path):
    assert mended('a,b\n1,5" pipe\n2,y\n', tmp_path) == ('a,b\n1,5" pipe\n2,y\n', [])


def test_rows_over_several_lines_stay_whole(tmp_path):
    content = 'a,b\n1,"x\n\n, ""y"" \n"\n2,z\n'
    assert mended(content, tmp_path) == (content, [])


def test_a_backslash_escapes_quotes_where_the_file_says_so(tmp_path):
    content = 'a,b\n1,"x \\" y\nz"\n2,w\n'
    assert mended(content, tmp_path, Dialect(",", "\\", ("a", "b"))) == (content, [])


def test_a_field_of_too_many_lines_is_taken_for_a_stray_quote(tmp_path, monkeypatch):
    monkeypatch.setattr(mending, "_ROW_LINES", 3)
    text, bad = mended('a,b\n1,"x\ny\ny\ny\ny"\n2,z\n', tmp_path)
    assert bad[0] == (2, "quotes do not match", '1,"x') and text.endswith("2,z\n")


@given(st.lists(st.tuples(TEXT, TEXT).filter(any), max_size=8))
def test_sound_tables_pass_unchanged(tmp_path_factory, rows):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([("a", "b"), *rows])
    text, bad = mended(buffer.getvalue(), tmp_path_factory.mktemp("table"))
    assert not bad
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], *map(list, rows)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_lines_do_not_depend_on_where_chunks_end(size):
    content = b"a\r\nb\nc\rd\r\r\ne\n\nf"
    chunks = (content[at : at + size] for at in range(0, len(content), size))
    assert list(split_lines(chunks)) == [b"a", b"b", b"c", b"d", b"", b"e", b"", b"f"]


def test_a_huge_line_is_cut_instead_of_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(mending, "LONG_LINE", 100)
    content = b"a\n" + b"x" * 10_000 + b"\nb\n"
    chunks = [content[at : at + 50] for at in range(0, len(content), 50)]
    assert [len(line) for line in split_lines(iter(chunks))] == [1, 148, 1]
    found = mend_lines(iter(chunks), tmp_path / "lines")
    assert [(bad.row, bad.reason) for bad in found.bad] == [(2, "row longer than 16 MB")] and found.lines == 3
    assert (tmp_path / "lines").read_bytes() == b"a\n\nb\n"
