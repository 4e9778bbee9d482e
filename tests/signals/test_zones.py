from __future__ import annotations

import numpy as np
import pytest

from undazzle.signals.weeks import Times
from undazzle.signals.working_hours import account_hours
from undazzle.signals.zones import guess_zones

ZONES = [-8, -7, -6, -5, -3, 0, 1, 2, 3, 3.5, 4, 5, 5.5, 7, 8, 9, 10]
MONDAY = 19730 * 86400  # 8 January 2024


def office_posts(random, number=100, days=20, stray=0.08):
    """Hours since a Monday, local time: one person's own hours, a lunch, a few posts at any time."""
    start, noon = random.normal(9, 0.5), random.normal(12.25, 0.3)
    lunch, end = random.choice([1, 1.5]), start + random.normal(8.75, 0.5)
    workdays = [7 * week + day for week in range(6) for day in range(5)][:days]
    found = []
    while len(found) < number:
        if random.random() < stray:
            found.append(24 * random.integers(0, 28) + random.uniform(0, 24))
            continue
        hour = random.uniform(start, end)
        if not (noon <= hour < noon + lunch and random.random() < 0.85):
            found.append(24 * random.choice(workdays) + hour)
    return np.array(found)


def night_posts(random, number=100, pause=0.0):
    start, hours = random.choice([20, 21, 22, 23, 0]), random.choice([7, 8, 9, 10])
    nights = [7 * week + day for week in range(4) for day in range(5)]
    found = []
    while len(found) < number:
        hour = random.uniform(0, hours)
        if not abs(hour - hours / 2) < pause / 2:
            found.append(24 * random.choice(nights) + start + hour)
    return np.array(found)


def times_of(hours, offset):
    seconds = (MONDAY + (np.asarray(hours) - offset) * 3600).astype(np.int64)
    _, minutes = np.unique(seconds // 60 % 60, return_counts=True)
    _, slots = np.unique(seconds // 900 % 96, return_counts=True)
    return Times(
        True,
        np.unique(seconds // 900 * 900),
        len(seconds),
        float(minutes.max() / len(seconds)),
        float(np.sort(slots)[-6:].sum() / len(seconds)),
    )


@pytest.mark.slow
def test_office_hours_give_a_zone_within_an_hour_for_four_in_five_and_intervals_that_hold_it():
    random = np.random.default_rng(7)
    offsets = random.choice(ZONES, 250)
    found = account_hours([times_of(office_posts(random), one) for one in offsets])
    given = [(one.guess, truth) for one, truth in zip(found, offsets, strict=True) if one.offset is not None]
    near = sum(abs(guess.offset - truth) <= 1 for guess, truth in given)
    held = sum(guess.low <= truth <= guess.high for guess, truth in given)
    assert near >= 0.8 * len(offsets)
    assert held >= 0.9 * len(given)


@pytest.mark.slow
def test_night_shifts_and_timetables_are_given_no_zone():
    random = np.random.default_rng(8)
    nights = account_hours([times_of(night_posts(random), random.choice(ZONES)) for _ in range(150)])
    assert sum(one.offset is not None for one in nights) <= 1
    slots = [times_of([24 * (7 * (day // 5) + day % 5) + hour for day in range(20) for hour in (9, 11, 13, 15, 17)], 0)]
    jitter = [times_of([24 * (7 * (day // 5) + day % 5) + hour + random.uniform(0, 0.2)
                        for day in range(20) for hour in (9, 11, 13, 15, 17)], 3)]  # fmt: skip
    clock = [times_of(random.uniform(0, 24 * 28, 100), 0), times_of(np.arange(100) * 6.1, 0)]
    for one in account_hours(slots + jitter + clock):
        assert one.offset is None


def test_nobody_who_posts_all_week_from_morning_to_night_is_given_a_zone():
    random = np.random.default_rng(9)
    people = [times_of(24 * random.integers(0, 28, 150) + random.uniform(7, 23, 150), 2) for _ in range(20)]
    assert all(one.offset is None for one in account_hours(people))


def test_summer_time_is_recognised_where_a_year_of_posts_spans_it():
    random = np.random.default_rng(10)
    posts = office_posts(
        random, 400, stray=0.02
    )  # from 8 January, and half of them from 3 June with clocks put forward
    (found,) = account_hours([times_of(np.concatenate([posts[:200], posts[200:] + 24 * 7 * 21 - 1]), 1)])
    assert found.offset is not None
    assert abs(found.offset - 1) <= 1
    assert found.clock != "no summer time"


def test_an_empty_week_gives_no_zone():
    assert guess_zones(np.zeros((1, 672)))[0].offset is None
