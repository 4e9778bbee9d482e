"""Workbooks are tables of text."""

import datetime as dt
import zipfile
from xml.sax.saxutils import escape

import pytest

from tests.ingest.loading import HEADER, load, row
from undazzle.errors import SourceError
from undazzle.ingest.excel import cell_text, excel_table
from undazzle.store import Store

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows):
    def cell(value):
        if value is None:
            return "<c/>"
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'

    lines = "".join(
        f'<row r="{number}">{"".join(map(cell, row_))}</row>' for number, row_ in enumerate(rows, start=1) if row_
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def workbook(path, **sheets):
    """A small xlsx file, written by hand."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        root = f'<Relationship Id="r" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", RELATIONS.format(root))
        listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, start=1))
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{listed}</sheets></workbook>'
        )
        relations = "".join(
            f'<Relationship Id="r{n}" Type="{RELATION}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(names) + 1)
        )
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(relations))
        for number, name in enumerate(names, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", sheet(sheets[name]))
    return path


def posts(count):
    return [list(HEADER), *[list(row(number).values()) for number in range(count)]]


def test_a_workbook_lands(tmp_path):
    summary, landed = load(workbook(tmp_path / "posts.xlsx", Posts=posts(12)))
    assert (summary.format, summary.posts_added) == ("excel", 12)
    assert landed[3]["text"] == row(3)["text"] and landed[3]["source_row"] == 5


def test_the_name_of_the_file_does_not_matter(tmp_path):
    assert load(workbook(tmp_path / "posts.csv", Posts=posts(3)))[0].posts_added == 3


def test_the_largest_sheet_is_read_and_the_others_are_named(tmp_path):
    summary, _ = load(workbook(tmp_path / "posts.xlsx", Notes=[["About"], ["this file"]], Posts=posts(5)))
    assert summary.posts_added == 5
    assert "Only the sheet 'Posts' was read; not read: Notes." in summary.warnings


def test_blank_rows_are_passed_over_and_still_counted(tmp_path):
    rows = posts(4)
    rows[2:2] = [[None, None], []]
    summary, landed = load(workbook(tmp_path / "posts.xlsx", Posts=[[], *rows]))
    assert summary.rows_in == 4 and [one["source_row"] for one in landed] == [3, 6, 7, 8]


def test_numbers_come_as_they_are_written(tmp_path):
    rows = [["post_id", "account_id", "created_at", "text"], *([n, 1e6 + n, 1714557600 + n, "x"] for n in range(1, 9))]
    _, landed = load(workbook(tmp_path / "posts.xlsx", Posts=rows))
    assert (landed[0]["post_id"], landed[0]["account_id"]) == ("unknown:1", "unknown:1000001")
    assert landed[0]["posted_at"] == dt.datetime(2024, 5, 1, 10, 0, 1)


def test_an_empty_workbook_is_refused(tmp_path):
    with Store() as store, pytest.raises(SourceError, match="is empty"):
        path = workbook(tmp_path / "posts.xlsx", Posts=[[None]])
        excel_table(store, path, path)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        (5, "5"),
        (5.0, "5"),
        (1.8e18, "1.8e+18"),
        (True, "True"),
        (dt.datetime(2024, 5, 1, 10), "2024-05-01 10:00:00"),
        (dt.date(2024, 5, 1), "2024-05-01"),
        (dt.time(10, 5), "10:05:00"),
        ("a\0b", "ab"),
    ],
)
def test_cells_become_text(value, text):
    assert cell_text(value) == text
