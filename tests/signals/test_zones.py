from __future__ import annotations

import numpy as np
import pytest
from benchmarks.working_days import HELD_OUT, MONDAY, TUNED, Kind, accounts, night_shift, plain_office

from undazzle.signals.weeks import times_of_posts
from undazzle.signals.working_hours import account_hours
from undazzle.signals.zones import SHIFTED_DAYS, guess_zones, night_zones

OFFICES = [kind for kind in HELD_OUT if kind.has_zone]
OTHERS = [kind for kind in HELD_OUT if not kind.has_zone and "meal at any time" not in kind.name]


def times_of(hours, offset):
    return times_of_posts((MONDAY + (np.asarray(hours) - offset) * 3600).astype(np.int64), is_member=True)


def given(kind: Kind, seed: int, number: int):
    """Return guess and truth of the accounts of a kind that are given a zone."""
    drawn = list(accounts(kind, np.random.default_rng(seed), number))
    found = account_hours([times for _, times in drawn])
    return [(one.guess, truth) for one, (truth, _) in zip(found, drawn, strict=True) if one.offset is not None]


@pytest.mark.slow
def test_office_hours_give_a_zone_within_an_hour_for_four_in_five():
    found = given(TUNED, 1, 800)
    assert sum(abs(guess.offset - truth) <= 1 for guess, truth in found) >= 0.8 * 800


@pytest.mark.slow
@pytest.mark.parametrize("kind", OFFICES, ids=lambda kind: kind.name)
def test_the_interval_holds_the_zone_of_nine_in_ten_offices_of_every_kind(kind):
    found = given(kind, 17, 80)
    assert len(found) >= 10
    assert sum(guess.low <= truth <= guess.high for guess, truth in found) >= 0.9 * len(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.name)
def test_nights_shifts_programs_and_private_people_are_given_no_zone(kind):
    # A night with an hour's break exactly in its middle is taken for an office in 8 % of cases.
    assert len(given(kind, 18, 60)) <= (10 if "an hour" in kind.name else 2)


@pytest.mark.slow
def test_nights_with_a_meal_that_look_like_an_office_lie_in_the_second_reading():
    (kind,) = (one for one in HELD_OUT if "meal at any time" in one.name)
    found = given(kind, 21, 80)
    assert len(found) >= 10
    assert not any(guess.low <= truth <= guess.high for guess, truth in found)
    assert sum(guess.holds(truth) for guess, truth in found) >= 0.95 * len(found)


@pytest.mark.parametrize("offset", [one / 2 for one in range(-20, 29)])
def test_the_night_reading_is_the_same_clock_half_a_day_away_and_stays_on_earth(offset):
    pieces = night_zones(offset)
    assert pieces
    for hour in np.arange(-12, 14.1, 0.5):
        begins = (9 + hour - offset) % 24  # when hours that begin at nine in the office zone begin there
        assert any(low <= hour <= high for low, high in pieces) == (begins >= 19.5 or begins <= 0.5)


def test_a_night_shift_with_a_break_in_its_middle_is_told_from_an_office():
    random = np.random.default_rng(3)
    ways = [one.guess.way for one in account_hours([times_of(night_shift(random, 0.5), 3) for _ in range(10)])]
    assert set(ways) <= {"split", "shift"}


def test_timetables_are_given_no_zone():
    random = np.random.default_rng(8)
    slots = [24 * (7 * (day // 5) + day % 5) + hour for day in range(20) for hour in (9, 11, 13, 15, 17)]
    jitter = [hour + random.uniform(0, 0.2) for hour in slots]
    clock = [times_of(random.uniform(0, 24 * 28, 100), 0), times_of(np.arange(100) * 6.1, 0)]
    for one in account_hours([times_of(slots, 0), times_of(jitter, 3), *clock]):
        assert one.offset is None


def test_an_office_that_begins_at_noon_lies_within_the_interval_and_not_at_the_zone():
    random = np.random.default_rng(4)
    late = [times_of(plain_office(random, 300) + 3, 3) for _ in range(5)]
    found = [one.guess for one in account_hours(late) if one.offset is not None]
    assert len(found) >= 2
    for one in found:
        assert one.offset == pytest.approx(0, abs=1)
        assert one.low <= 3 <= one.high


def test_chances_of_shifted_days_sum_to_one():
    assert sum(SHIFTED_DAYS.values()) == pytest.approx(1)


def test_nobody_who_posts_all_week_from_morning_to_night_is_given_a_zone():
    random = np.random.default_rng(9)
    people = [times_of(24 * random.integers(0, 28, 150) + random.uniform(7, 23, 150), 2) for _ in range(20)]
    assert all(one.offset is None for one in account_hours(people))


def test_summer_time_is_recognised_where_a_year_of_posts_spans_it():
    random = np.random.default_rng(10)
    # from 8 January, and half of them from 3 June with clocks put forward
    posts = plain_office(random, 400, stray=0.02)
    (found,) = account_hours([times_of(np.concatenate([posts[:200], posts[200:] + 24 * 7 * 21 - 1]), 1)])
    assert found.offset is not None
    assert abs(found.offset - 1) <= 1
    assert found.clock != "no summer time"


def test_the_night_on_which_clocks_change_loses_and_doubles_no_post():
    # 31 March 2024, 01:00 UTC, clocks go forward in Europe; 27 October, 01:00 UTC, back.
    from undazzle.signals.clocks import summer_shift

    for change, before, after in ((1711846800, 0, 3600), (1729990800, 3600, 0)):
        seconds = change + np.arange(-7200, 7200, 900)
        shift = summer_shift(seconds, "European summer time")
        assert shift[seconds < change].tolist() == [before] * 8
        assert shift[seconds >= change].tolist() == [after] * 8


def test_an_empty_week_gives_no_zone():
    assert guess_zones(np.zeros((1, 672)))[0].offset is None
