from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.planning import samples_of
from undazzle.ingest.value_checks import (
    Rounding,
    contradictions,
    has_status_ids,
    id_rounding,
    is_structured,
    looks_like_handles,
    looks_like_value,
    permalink_platform,
    repeats,
)


def column(values, sql_type="VARCHAR"):
    return samples_of({"c": values}, {"c": sql_type})[0]


def snowflakes(count=50, seed=1, *, quiet=False):
    """Ids as X makes them: a time, a machine, and a count within the millisecond (0 in quiet times)."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        time, machine = chance.randrange(10**11, 4 * 10**11), chance.randrange(1024)
        made.append((time << 22) + (machine << 12) + (0 if quiet else chance.randrange(4096)))
    return made


def test_exact_ids_are_exact():
    assert id_rounding(column(map(str, snowflakes()))) is Rounding.NONE
    assert id_rounding(column(["17", "360666534.0", "t1_abc", "9fa51ef17278"])) is Rounding.NONE


def test_genuine_ids_of_quiet_times_are_not_taken_for_rounded_ones():
    assert id_rounding(column(map(str, snowflakes(quiet=True)))) is Rounding.NONE


@pytest.mark.parametrize(
    "spoil",
    [lambda one: str(float(one)), lambda one: str(int(float(one))), lambda one: f"{one // 1000 * 1000}"],
    ids=["printed floats", "floats made whole", "fifteen digits of a spreadsheet"],
)
def test_ids_that_went_through_floats_are_found(spoil):
    assert id_rounding(column(map(spoil, snowflakes()))) is Rounding.FLOAT


def test_ids_cut_to_the_digits_that_a_spreadsheet_shows_are_found():
    assert id_rounding(column([f"{one:.2E}" for one in snowflakes()])) is Rounding.DISPLAY
    assert id_rounding(column(["1,82E+18", "1,83E+18"])) is Rounding.DISPLAY


def test_large_numbers_in_a_float_column_are_rounded():
    assert id_rounding(column([1.8242134169967127e18], "DOUBLE")) is Rounding.FLOAT
    assert id_rounding(column([360666534.0], "DOUBLE")) is Rounding.NONE


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(30, 200))
def test_no_seed_makes_exact_ids_look_rounded_or_rounded_ones_exact(seed, count):
    ids = snowflakes(count, seed)
    assert id_rounding(column(map(str, ids))) is Rounding.NONE
    assert id_rounding(column([str(int(float(one))) for one in ids])) is Rounding.FLOAT


def test_an_id_at_two_accounts_contradicts_itself_and_a_plain_repeat_does_not():
    ids, same, other = samples_of({"id": ["1", "1", "2"], "a": ["x", "x", "y"], "b": ["x", "z", "y"]})
    assert contradictions(ids, [same]) == 0
    assert contradictions(ids, [same, other]) == 1
    assert repeats(ids) == 1


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://twitter.com/anna/status/1824213416996712627", "x"),
        ("https://x.com/i/web/status/1824213416996712627", "x"),
        ("https://www.facebook.com/ferry/posts/12345", "facebook"),
        ("https://www.instagram.com/p/AbC/", "instagram"),
        ("https://www.tiktok.com/@anna/video/7", "tiktok"),
        ("https://t.me/ferry/12", "telegram"),
        ("https://www.youtube.com/watch?v=x", "youtube"),
        ("https://bsky.app/profile/anna.example/post/3k", "bluesky"),
        ("https://social.example/@anna/110", "mastodon"),
        ("https://example.org/ferry-timetable", None),
    ],
)
def test_permanent_links_name_their_platform(address, platform):
    assert permalink_platform(column([address])) == platform


def test_shapes_of_values_are_told_apart():
    assert has_status_ids(column(["https://x.com/anna/status/1"]))
    assert is_structured(column(["{'id': 1}", "[]"]))
    assert looks_like_handles(column(["@anna", "ben.k", "carla@social.example"]))
    assert not looks_like_handles(column(["Anna at the ferry", "Ben"]))
    assert looks_like_value("2024-05-01 12:00")
    assert looks_like_value("https://example.org")
    assert not looks_like_value("post_id")
