"""Each table layout against rows written to its published description (neutral texts, no real persons)."""

from __future__ import annotations

import pytest

from tests.ingest.fixtures_tables import CNT, KAGGLE, LAYOUTS, WIDE_TYPES, X_OPERATIONS
from tests.ingest.planning import plan_of, read_rows
from undazzle.errors import UnknownNameError
from undazzle.ingest.readers.tables import (
    TABLE_READERS,
    choose_table_reader,
    columns_without_header,
    rank_table_readers,
    table_reader,
)
from undazzle.model import POST_FIELDS


def rows_of(format_id, **changed):
    table = {**LAYOUTS[format_id], **changed}
    types = WIDE_TYPES if format_id == "coortweet_wide" else None
    return read_rows(table, types=types, reader=table_reader(format_id))


def has(row, **expected):
    assert {name: row.get(name) for name in expected} == expected


@pytest.mark.parametrize("format_id", LAYOUTS)
def test_a_layout_is_recognised_by_its_columns_and_by_no_other(format_id):
    ranked = rank_table_readers(tuple(LAYOUTS[format_id]))
    assert ranked[0][0].format_id == format_id
    assert ranked[0][1] > 0.9
    assert not [reader.format_id for reader, certainty in ranked[1:] if certainty > 0.9]


def test_every_layout_is_tested_here():
    assert LAYOUTS.keys() == {reader.format_id for reader in TABLE_READERS}


@pytest.mark.parametrize("reader", TABLE_READERS, ids=lambda one: one.format_id)
def test_a_layout_names_only_fields_that_exist_and_says_where_it_is_described(reader):
    fields = {field.name for field in POST_FIELDS}
    named = {*reader.columns, *reader.constants, *reader.expressions, *reader.time_formats, *reader.complete_lists}
    assert named <= fields
    assert reader.documentation.startswith("https://")
    assert reader.summary.endswith(".")


@pytest.mark.parametrize("format_id", LAYOUTS)
def test_no_layout_needs_a_word_from_the_user(format_id):
    types = WIDE_TYPES if format_id == "coortweet_wide" else None
    plan = plan_of(LAYOUTS[format_id], types=types, reader=table_reader(format_id))
    assert not plan.problems
    assert {"posted_at", "account_id"} <= {one.field for one in plan.choices}


def test_the_operations_archive_keeps_hashed_accounts_and_all_references():
    first, second = rows_of("x_archive")
    has(
        first, platform="x", post_id="1081", account_id="4f0c=", posted_at="2018-03-18 13:15:00", is_repost=True,
        repost_of="1082", repost_of_account="90", hashtags=[], links=[], mentions=["90"], client="Twitter Web Client",
        account_created_at="2017-02-03 00:00:00", followers=3,
    )  # fmt: skip
    has(
        second, is_repost=False, repost_of=None, reply_to="1070", reply_to_account="77", quote_of="1060",
        hashtags=["fog", "tide"], links=["https://example.org/a"], mentions=[], likes=3, reposts=4, replies=2, quotes=1,
    )  # fmt: skip


def test_a_reduced_operations_archive_is_read_as_well():
    kept = ("tweetid", "userid", "account_creation_date", "tweet_text", "tweet_time", "is_retweet", "hashtags", "urls")
    table = {name: X_OPERATIONS[name] for name in kept}
    assert choose_table_reader(tuple(table)).format_id == "x_archive"
    has(
        read_rows(table, reader=table_reader("x_archive"))[1], post_id="1082", hashtags=["fog", "tide"], is_repost=False
    )


def test_fourcat_says_that_a_post_is_a_repost_but_not_of_which():
    first, second = rows_of("fourcat_csv")
    has(
        first, platform="x", post_id="1081", account_id="11", handle="anna", posted_at="2022-03-18 13:15:00",
        is_repost=False, hashtags=["fog", "tide"], mentions=[],
        links=["https://example.org/a", "https://example.org/b"],
    )  # fmt: skip
    has(second, is_repost=True, repost_of=None, repost_of_account="anna", conversation_id="1081", mentions=["anna"])


def test_crowdtangle_times_carry_american_zones_and_links_lead_outside():
    first, second = rows_of("crowdtangle")
    has(
        first, platform="facebook", post_id="555", account_id="100044", display_name="Harbour news",
        posted_at="2021-03-04 20:00:02", links=["https://example.org/a"], likes=1200, followers=1234, reposts=4,
    )  # fmt: skip
    has(second, post_id="556", posted_at="2021-07-04 19:00:02", links=[])
    has(
        rows_of("crowdtangle_instagram")[0], platform="instagram", post_id="AbC_1", account_id="harbournews",
        posted_at="2021-03-04 23:00:02", text="The ferry #fog", media=["https://img.example/1.jpg"],
    )  # fmt: skip


def test_the_meta_content_library_joins_nested_fields_by_dots():
    first, second = rows_of("meta_content_library")
    has(
        first, platform="facebook", post_id="900001", account_id="41", handle="harbournews", views=100,
        posted_at="2024-01-05 07:15:00", links=["https://example.org/a"], is_repost=False,
    )  # fmt: skip
    has(second, repost_of="900001", is_repost=True, links=[])
    instagram = rows_of("meta_content_library", mcl_url=["https://www.instagram.com/mcl/1"] * 2)
    assert instagram[0]["platform"] == "instagram"


def test_coortweet_objects_stay_what_they_are():
    first, second = rows_of("coortweet")
    has(first, post_id="m1", account_id="anna", objects=["https://example.org/a"], posted_at="2016-10-01 00:00:00")
    has(second, post_id="m1", objects=["fog"])


def test_the_wide_coortweet_table_names_numbered_things():
    first, second = rows_of("coortweet_wide")
    has(
        first, platform="facebook", post_id="11", account_id="fb_1", links=["url_23678"], hashtags=[],
        domains=["domain_3498"], media_hashes=[], posted_at="2021-08-21 23:50:36",
    )  # fmt: skip
    has(second, platform="x", links=[], hashtags=["hashtag5"], domains=[], media_hashes=["phash_7"])


def test_an_empty_cell_of_the_toolkit_means_no_link_whatever_the_text_says():
    first, second = rows_of("cnt")
    has(first, links=["https://example.org/a", "https://example.org/b"], is_repost=False, repost_of=None)
    has(second, links=[], is_repost=True, repost_of="m1", posted_at="2016-10-01 00:00:30.5")
    assert rows_of("cnt", urls=[None, None])[0]["links"] == []


def test_a_text_that_looks_like_a_repost_is_none_where_the_toolkit_says_so():
    rows = rows_of("cnt", message=["RT @anna: fog", "RT @anna: fog"], repost_id=[None, None])
    assert [row["is_repost"] for row in rows] == [False, False]


def test_the_toolkits_rows_are_known_without_a_header():
    assert columns_without_header(["m1", "u1", "anna", "", "", "The ferry", "1475280000", ""]) == tuple(CNT)
    assert columns_without_header(
        ["m1", "u1", "anna", "", "", "The ferry", "1475280000", "a.example b.example"]
    ) == tuple(CNT)
    assert columns_without_header(tuple(CNT)) is None
    assert columns_without_header(["m1", "u1", "anna", "", "", "The ferry", "12", ""]) is None
    assert columns_without_header(["id", "text"]) is None


def test_clemson_dates_are_month_first_and_ids_come_from_the_exact_column():
    first, second = rows_of("clemson")
    has(
        first, platform="x", post_id="912000000000000001", account_id="905874659358453760", handle="ANNA",
        posted_at="2016-10-01 06:04:00", is_repost=False, links=["https://example.org/a", "https://example.org/b"],
    )  # fmt: skip
    has(second, is_repost=True, links=[], posted_at="2016-10-02 16:05:00", account_posts=31)
    spoilt = rows_of("clemson", alt_external_id=["9.06E+17"] * 2)
    assert spoilt[0]["account_id"] == "ANNA"


def test_usc_ids_come_from_the_link_and_the_printed_dictionary():
    first, second = rows_of("usc_x24")
    has(
        first, platform="x", post_id="1824213416996712627", account_id="41", handle="anna", display_name="Anna",
        posted_at="2024-08-15 22:35:45", account_created_at="2012-04-09 03:53:22", followers=98, following=99,
        account_posts=159, account_location="Coast", account_is_verified=False, views=144, likes=4,
        account_description="The ferry's friend", hashtags=["fog"], links=["https://example.org/a"],
    )  # fmt: skip
    has(
        second, account_id="42", account_created_at="2020-08-08 21:01:00", followers=None, views=None, links=[],
        reply_to="1.824079668791714e+18", reply_to_account="12", mentions=["carla"],
    )  # fmt: skip


def test_usc_dictionaries_are_searched_and_never_run():
    hostile = "{'id_str': '43', 'created': datetime.datetime(9999, 99, 99), 'followersCount': __import__('os')}"
    row = rows_of("usc_x24", user=[hostile, hostile])[0]
    has(row, account_id="43", account_created_at=None, followers=None)


def test_kaggle_accounts_are_known_by_their_handles():
    plan = plan_of(KAGGLE, reader=table_reader("kaggle_us2020"))
    assert plan.choice("post_id") is None
    has(rows_of("kaggle_us2020")[1], account_id="ben", posted_at="2020-10-15 00:00:02", likes=26, reposts=9)


def test_times_of_a_layout_in_utc_need_no_question_and_the_user_still_wins():
    reader = table_reader("x_archive")
    assert "--timezone" not in " ".join(plan_of(X_OPERATIONS, reader=reader).warnings)
    local = read_rows(X_OPERATIONS, reader=reader, timezone="+01:00")
    assert local[0]["posted_at"] == "2018-03-18 12:15:00"
    mapped = read_rows(X_OPERATIONS, reader=reader, mapping={"account_id": "user_screen_name"})
    assert mapped[1]["account_id"] == "harbournews"


def test_an_unknown_layout_is_refused_by_name_and_columns():
    assert choose_table_reader(("id", "text")) is None
    with pytest.raises(UnknownNameError, match="Did you mean 'clemson'"):
        table_reader("clemsen")
