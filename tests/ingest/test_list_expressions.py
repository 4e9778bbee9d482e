from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undazzle.ingest.columns import ColumnSample
from undazzle.ingest.list_expressions import read_list_column
from undazzle.ingest.sample_table import SampleTable


def read(values, field="links", sql_type="VARCHAR", **settings_):
    sample = ColumnSample("things", sql_type, tuple(values))
    with SampleTable([sample]) as table:
        return [row[0] for row in table.values(read_list_column(sample, field, **settings_).expression)]


A, B = "https://example.org/a", "http://example.com/b?x=1"


@pytest.mark.parametrize(
    "written",
    [
        f"{A} {B}",
        f"{A}, {B}",
        f"{A},{B}",
        f"{A}|{B}",
        f"{A}\n{B}",
        f"['{A}', '{B}']",
        f'["{A}", "{B}"]',
        json.dumps([A, B]).replace("/", "\\/"),
        f"[{A}, {B}]",
        f"[{{'url': 'https://t.co/1', 'expanded_url': '{A}'}}, {{'url': 'https://t.co/2', 'expanded_url': '{B}'}}]",
        json.dumps([{"expandedUrl": A, "url": "https://t.co/1"}, {"expandedUrl": B}]),
        json.dumps([{"url": A}, {"url": B}]),
    ],
)
def test_every_way_of_writing_two_links_is_read(written):
    assert read([written]) == [[A, B]]


def test_real_lists_are_read_as_they_are():
    assert read([["#fog", "tide"], [], None], "hashtags", "VARCHAR[]") == [["fog", "tide"], [], []]


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("hashtags", "#fog #tide", ["fog", "tide"]),
        ("hashtags", "fog, tide", ["fog", "tide"]),
        ("hashtags", "[fog, tide]", ["fog", "tide"]),
        ("hashtags", "[{'indices': [1, 4], 'text': 'fog'}, {'indices': [5, 9], 'text': 'tide'}]", ["fog", "tide"]),
        ("mentions", "@anna,@ben", ["anna", "ben"]),
        ("mentions", "[12, 34]", ["12", "34"]),
        ("mentions", "[{'id_str': '12', 'name': 'Anna', 'screen_name': 'anna'}]", ["anna"]),
        ("media", "my photo.jpg", ["my photo.jpg"]),
        (
            "media",
            "[{'url': 'https://t.co/1', 'media_url_https': 'https://img.example/1.jpg'}]",
            ["https://img.example/1.jpg"],
        ),
        ("objects", "One thing, with a comma and spaces", ["One thing", "with a comma and spaces"]),
        ("media_hashes", "ff00aa", ["ff00aa"]),
    ],
)
def test_each_field_takes_what_it_needs(field, written, meant):
    assert read([written], field) == [meant]


@pytest.mark.parametrize("nothing", ["", "[]", "nan", "None", "NULL", "  ", None])
def test_an_empty_cell_of_a_used_column_says_there_are_none(nothing):
    assert read([A, nothing]) == [[A], []]


def test_a_column_without_any_value_says_nothing_unless_the_layout_is_complete():
    assert read([None, None]) == [None, None]
    assert read([None, None], is_complete=True) == [[], []]


def test_links_that_were_cut_off_are_left_out_and_told():
    sample = ColumnSample("things", "VARCHAR", (f"{A} https://t.…",))
    assert read(sample.values) == [[A]]
    assert [one for one in read_list_column(sample, "links").checks if one.level == "ask"]


def test_broken_json_among_good_is_empty_and_does_not_stop_the_rest():
    assert read([json.dumps([{"url": A}]), '[{"url": broken', json.dumps([{"url": B}])]) == [[A], [], [B]]


_WORDS = st.text(st.characters(categories=["L", "N"], include_characters="'\"/:.?=&-"), min_size=1, max_size=20)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_WORDS, max_size=4), min_size=1, max_size=6), st.sampled_from([repr, json.dumps]))
def test_lists_as_python_and_json_write_them_are_read_back(lists, write):
    if not any(lists):
        lists = [*lists, ["fog"]]
    assert read([write(one) for one in lists], "objects") == lists
