from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.ingest.readers.json_times import parse_time, posted, time_at

NINE = datetime(2024, 5, 1, 9)
PLAUSIBLE = st.datetimes(datetime(1974, 1, 1), datetime(2100, 1, 1))


@pytest.mark.parametrize(
    "value",
    [
        1714554000,
        1714554000.0,
        "1714554000",
        "1714554000.0",
        1714554000000,
        "1714554000000",
        1714554000000000,
        1714554000000000000,
        "2024-05-01T09:00:00Z",
        "2024-05-01T09:00:00.000Z",
        "2024-05-01T11:00:00+02:00",
        "2024-05-01 09:00:00",
        "2024-05-01 09:00:00 UTC",
        "2024-05-01T09:00:00.0000000Z",
        "Wed May 01 11:00:00 +0200 2024",
        " 2024-05-01T09:00:00Z ",
    ],
)
def test_every_way_of_writing_a_time_is_read_as_utc(value):
    assert parse_time(value) == NINE


@given(PLAUSIBLE, st.sampled_from([1, 1000, 10**6]))
def test_epochs_are_read_in_the_unit_that_their_size_tells(moment, per_second):
    moment = moment.replace(microsecond=0)
    seconds = int((moment - datetime(1970, 1, 1)).total_seconds())
    assert parse_time(seconds * per_second) == moment


@given(PLAUSIBLE, st.integers(-14 * 60, 14 * 60))
def test_zones_are_converted(moment, minutes):
    written = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=minutes))).isoformat()
    assert parse_time(written) == moment


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.lists(st.integers()))
def test_any_value_is_read_or_refused_with_a_short_reason(value):
    try:
        read = parse_time(value)
    except ValueError as error:
        assert len(str(error)) < 400
    else:
        assert read.tzinfo is None


@pytest.mark.parametrize(
    "value",
    ["soon", "", True, None, float("nan"), float("inf"), 10**20, pytest.param(10**5000, id="huge"),
     "1" * 30, "20240501T090000", "2024-13-01", "0001-01-01T00:00:00+14:00",
     "9999-12-31T23:59:59-14:00", "Wed Foo 01 11:00:00 +0200 2024", pytest.param("x" * 10**6, id="long"), "２０２４"],
)  # fmt: skip
def test_what_is_no_time_is_refused(value):
    with pytest.raises(ValueError, match="time"):
        parse_time(value)


def test_the_raw_time_is_kept():
    assert posted({"at": 1714554000}, "at") == {"posted_at": NINE, "posted_at_raw": "1714554000"}
    with pytest.raises(ValueError, match="no at"):
        posted({"at": None}, "at")


def test_a_missing_time_is_unknown():
    assert time_at({"at": ""}, "at") is time_at({}, "at") is None
