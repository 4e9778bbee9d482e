from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undazzle.ingest.columns import ColumnSample
from undazzle.ingest.sample_table import SampleTable
from undazzle.ingest.time_expressions import TimeSettings, read_time_column


def read(values, sql_type="VARCHAR", **said):
    sample = ColumnSample("when", sql_type, tuple(values))
    with SampleTable([sample]) as table:
        column = read_time_column(table, sample, TimeSettings(**said))
        return column, [row[0] for row in table.values(f"CAST({column.expression} AS VARCHAR)")]


def blocks(column):
    return [check.message for check in column.checks if check.level == "block"]


def asks(column):
    return [check.message for check in column.checks if check.level == "ask"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021-03-18 13:15", "2021-03-18 13:15:00"),
        ("2021-03-18T13:15:07.250Z", "2021-03-18 13:15:07.25"),
        ("2021-03-18T13:15:07+02:00", "2021-03-18 11:15:07"),
        ("2021-03-18 13:15:07 -0500", "2021-03-18 18:15:07"),
        ("2021-03-18 13:15:07 EST", "2021-03-18 18:15:07"),
        ("2021-07-18 13:15:07 EDT", "2021-07-18 17:15:07"),
        ("Mon Sep 24 03:35:21 +0000 2012", "2012-09-24 03:35:21"),
        ("Mon Sep 24 03:35:21 -0200 2012", "2012-09-24 05:35:21"),
        ("Mon, 24 Sep 2012 03:35:21 +0000", "2012-09-24 03:35:21"),
        ("Mon, 3 Sep 2012 03:35:21 GMT", "2012-09-03 03:35:21"),
        ("24 Sep 2012 03:35:21", "2012-09-24 03:35:21"),
        ("September 24, 2012 3:35 PM", "2012-09-24 15:35:00"),
        ("24.9.2012, 03:35", "2012-09-24 03:35:00"),
        ("20120924T033521", "2012-09-24 03:35:21"),
        ("1475280000", "2016-10-01 00:00:00"),
        ("1475280000.5", "2016-10-01 00:00:00.5"),
        ("1475280000123", "2016-10-01 00:00:00.123"),
        ("1475280000123456", "2016-10-01 00:00:00.123456"),
        (" 1475280000 ", "2016-10-01 00:00:00"),
        ("44105.5", "2020-10-01 12:00:00"),
    ],
)
def test_a_time_is_read_as_it_is_meant(written, meant):
    assert read([written])[1] == [meant]


@pytest.mark.parametrize(
    ("value", "sql_type"),
    [
        (1475280000, "BIGINT"),
        (1475280000.0, "DOUBLE"),
        (1475280000000, "BIGINT"),
        ("2016-10-01 00:00:00", "TIMESTAMP"),
        ("2016-10-01 00:00:00", "TIMESTAMP_NS"),
        ("2016-10-01 02:00:00+02", "TIMESTAMP WITH TIME ZONE"),
        ("2016-10-01", "DATE"),
    ],
)
def test_typed_columns_are_read_by_their_type(value, sql_type):
    assert read([value], sql_type)[1] == ["2016-10-01 00:00:00"]


def test_values_over_twelve_settle_the_order_of_day_and_month():
    assert read(["10/1/2016 6:04", "10/13/2016 16:04"])[1][0] == "2016-10-01 06:04:00"
    assert read(["10/1/2016 6:04", "13/10/2016 16:04"])[1][0] == "2016-01-10 06:04:00"


@pytest.mark.parametrize("values", [["10/1/2016 6:04", "11/2/2016 6:05"], ["1/1/2016 6:04", "1/1/2016 6:05"]])
def test_an_undecided_order_of_day_and_month_is_refused_with_both_remedies(values):
    (message,) = blocks(read(values)[0])
    assert "--date-format '%d/%m/%Y %H:%M'" in message
    assert "--date-format '%m/%d/%Y %H:%M'" in message


def test_dates_written_in_both_orders_are_refused():
    (message,) = blocks(read(["13/10/2016 6:04", "10/13/2016 16:04"])[0])
    assert "can only be day first" in message


def test_a_format_given_by_the_user_or_the_layout_settles_the_order():
    assert read(["10/1/2016 6:04"], date_format="%d/%m/%Y %H:%M")[1] == ["2016-01-10 06:04:00"]
    assert read(["10/1/2016 6:04"], known_format="%m/%d/%Y %H:%M")[1] == ["2016-10-01 06:04:00"]


def test_a_given_format_that_does_not_fit_or_exist_is_refused():
    assert "does not follow --date-format" in blocks(read(["2016-10-01"], date_format="%d/%m/%Y")[0])[0]
    assert "cannot be read this way" in blocks(read(["2016-10-01"], date_format="%Q")[0])[0]


def test_a_time_without_zone_is_utc_and_asked_about():
    column, values = read(["2021-07-01 12:00:00"])
    assert values == ["2021-07-01 12:00:00"]
    assert any("--timezone" in message for message in asks(column))


@pytest.mark.parametrize(
    ("zone", "meant"),
    [("Europe/Berlin", "10:00:00"), ("+05:30", "06:30:00"), ("-0300", "15:00:00"), ("UTC", "12:00:00")],
)
def test_a_time_without_zone_is_taken_from_the_zone_that_the_user_names(zone, meant):
    column, values = read(["2021-07-01 12:00:00"], timezone=zone)
    assert values == [f"2021-07-01 {meant}"]
    assert not asks(column)


def test_a_written_offset_wins_over_the_zone_that_the_user_names():
    values = read(
        ["2021-07-01 12:00:00", "2021-07-01T12:00:00Z", "2021-07-01T12:00:00+01:00"], timezone="Europe/Berlin"
    )[1]
    assert values == ["2021-07-01 10:00:00", "2021-07-01 12:00:00", "2021-07-01 11:00:00"]


def test_an_offset_in_one_of_many_values_is_not_overlooked():
    assert read(["2021-07-01T12:00:00"] * 3 + ["2021-07-01T12:00:00+02:00"])[1][-1] == "2021-07-01 10:00:00"


def test_values_of_several_formats_are_all_read():
    assert (
        read(["1475280000", "2016-10-01T00:00:00Z", "Sat Oct 01 00:00:00 +0000 2016"])[1] == ["2016-10-01 00:00:00"] * 3
    )


@pytest.mark.parametrize("value", ["nonsense", "12:00", "99", "2016", "infinity", "1e300", "-5", "'; DROP TABLE x"])
def test_a_value_that_is_no_time_blocks_alone_and_is_null_among_times(value):
    assert blocks(read([value])[0])
    column, values = read([value, *["2024-05-01 12:00:00"] * 9])
    assert not blocks(column)
    assert values[1] == "2024-05-01 12:00:00"
    assert any("cannot be read" in one or "lie before 1990" in one for one in asks(column))


def test_times_that_cannot_be_are_told():
    column, _ = read(["1970-01-01 00:00:00", "2999-01-01 00:00:00", *["2024-05-01 12:00:00"] * 8])
    assert any("2 of 10 times lie before 1990 or in the future" in one for one in asks(column))


@pytest.mark.parametrize(
    ("values", "resolution"),
    [
        ([f"2024-05-{day:02}" for day in range(1, 9)], 86_400.0),
        ([f"2024-05-01 {hour:02}:00:00" for hour in range(9)], 3_600.0),
        ([f"2024-05-01 12:{minute:02}:00" for minute in range(9)], 60.0),
        ([f"2024-05-01 12:00:{second:02}" for second in range(9)], 1.0),
        ([f"2024-05-01 12:00:00.{part}" for part in range(1, 9)], 0.001),
        (["2024-05-01 12:00:00", "2024-05-01 13:00:00"], 1.0),
        (["2024-05-01 12:00"], 60.0),
        (["2024-05-01"], 86_400.0),
    ],
)
def test_the_step_of_the_times_is_measured_or_read_off(values, resolution):
    assert read(values)[0].resolution == resolution


_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%a %b %d %H:%M:%S +0000 %Y",
    "%d %b %Y %H:%M:%S",
    "%Y%m%d%H%M%S",
)
_TIMES = st.datetimes(datetime(1990, 1, 2), datetime(2024, 12, 31)).map(lambda time: time.replace(microsecond=0))


@settings(max_examples=25, deadline=None)
@given(st.lists(_TIMES, min_size=1, max_size=20), st.sampled_from(_FORMATS))
def test_every_unambiguous_format_is_read_back(times, date_format):
    assert read([time.strftime(date_format) for time in times])[1] == [str(time) for time in times]


@settings(max_examples=15, deadline=None)
@given(st.lists(_TIMES, min_size=1, max_size=20), st.integers(-12, 14))
def test_every_offset_is_read_back(times, hours):
    zone = timezone(timedelta(hours=hours))
    written = [time.replace(tzinfo=UTC).astimezone(zone).isoformat() for time in times]
    assert read(written)[1] == [str(time) for time in times]
