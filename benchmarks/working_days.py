"""Synthetic accounts with known working days, to measure how often a zone is right. No text, no names, only times.

``plain_office`` and ``night_shift`` are the ways of life that the thresholds of ``working_hours`` were chosen on; the
spread that makes a timetable was chosen after a look at all of them. The others were written, and the interval was
set, before one was measured on the other: days that begin late or early, long and missing lunches, two shifts in turn,
nights with a meal, private people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from undazzle.signals.weeks import Times, times_of_posts

Hours = NDArray[np.float64]

MONDAY = 19730 * 86400  # 8 January 2024
ZONES = (-8, -7, -6, -5, -3, 0, 1, 2, 3, 3.5, 4, 5, 5.5, 7, 8, 9, 10)
_POSTS, _DAYS, _STRAY = 100, 20, 0.08


@dataclass(frozen=True)
class Kind:
    """A way of life.

    Attributes
    ----------
    name
        What to call it in a table.
    draw
        Hours since a Monday 00:00, local time.
    has_zone
        Whether its hours are those of an office, so that a zone may be assigned; else any zone is a mistake.
    """

    name: str
    draw: Callable[[Generator], Hours]
    has_zone: bool = True


def accounts(kind: Kind, random: Generator, number: int) -> Iterator[tuple[float, Times]]:
    """Yield accounts of one way of life with the zone they live in."""
    for _ in range(number):
        zone = float(random.choice(ZONES))
        seconds = (MONDAY + (kind.draw(random) - zone) * 3600).astype(np.int64)
        yield zone, times_of_posts(seconds, is_member=True)


def plain_office(random: Generator, posts: int = _POSTS, stray: float = _STRAY) -> Hours:
    """One person's own hours about nine to half past five, lunch about noon, a few posts at any time."""
    start, noon = random.normal(9, 0.5), random.normal(12.25, 0.3)
    lunch, end = random.choice([1, 1.5]), start + random.normal(8.75, 0.5)
    workdays = [7 * week + day for week in range(6) for day in range(5)][:_DAYS]
    found: list[float] = []
    while len(found) < posts:
        if random.random() < stray:
            found.append(24 * random.integers(0, 28) + random.uniform(0, 24))
            continue
        hour = random.uniform(start, end)
        if not (noon <= hour < noon + lunch and random.random() < 0.85):
            found.append(24 * random.choice(workdays) + hour)
    return np.array(found)


def _lived_office(random: Generator, start: float, lunch_at: float, lunch: float, length: float) -> Hours:
    """Days that differ from each other, posts in sessions, more of them in one half of the day, strays while awake."""
    lean = random.uniform(0.3, 0.7)
    found: list[float] = []
    while len(found) < _POSTS:
        day = int(random.choice([7 * week + day for week in range(5) for day in range(5)]))
        if random.random() < _STRAY:
            found.append(24 * random.integers(0, 35) + random.uniform(8, 24))
            continue
        begin, end = start + random.normal(0, 0.4), start + length + random.normal(0, 0.5)
        is_morning = random.random() < lean
        low, high = (begin, lunch_at) if is_morning else (lunch_at + lunch, end)
        at = random.uniform(low, max(low + 0.2, high))
        found += [24 * day + at + step for step in np.cumsum(random.exponential(0.1, random.integers(1, 4)))]
    return np.array(found)


def _nine_to_five(random: Generator) -> Hours:
    return _lived_office(random, random.normal(9, 0.6), random.normal(12.4, 0.4), random.uniform(0.75, 1.5), 8.5)


def _late_office(random: Generator) -> Hours:
    start = random.uniform(10, 12)
    return _lived_office(random, start, start + random.uniform(3, 4), random.uniform(0.75, 1.5), 8.5)


def _early_office(random: Generator) -> Hours:
    start = random.uniform(7, 8)
    return _lived_office(random, start, random.normal(12, 0.3), random.uniform(0.5, 1.0), 8.5)


def _long_lunch(random: Generator) -> Hours:
    return _lived_office(random, random.normal(9, 0.4), random.normal(13.75, 0.3), random.uniform(2, 3), 10.5)


def _no_lunch(random: Generator) -> Hours:
    return _lived_office(random, random.normal(9, 0.5), 13.0, 0.0, 8.5)


def _two_shifts(random: Generator) -> Hours:
    """Weeks of early and of late shifts in turn, as in a call centre."""
    weeks = random.integers(0, 5, _POSTS)
    hours = np.where(weeks % 2 == 0, 6.0, 14.0) + random.uniform(0, 8, _POSTS)
    found: Hours = 24.0 * (7 * weeks + random.integers(0, 5, _POSTS)) + hours
    return found


def night_shift(random: Generator, pause: float = 0.0) -> Hours:
    """Five nights a week, begun between eight and midnight, with or without a break in the middle."""
    start, hours = random.choice([20, 21, 22, 23, 0]), random.choice([7, 8, 9, 10])
    nights = [7 * week + day for week in range(4) for day in range(5)]
    found: list[float] = []
    while len(found) < _POSTS:
        hour = random.uniform(0, hours)
        if not abs(hour - hours / 2) < pause / 2:
            found.append(24 * random.choice(nights) + start + hour)
    return np.array(found)


def _lived_night(random: Generator) -> Hours:
    """A night with a meal that is not in its middle, and days that differ: an office day, turned by half a day."""
    start = random.uniform(20, 24)
    return _lived_office(random, start, start + random.uniform(2.5, 4), random.uniform(0.75, 1.5), 8.5)


def _queue(random: Generator) -> Hours:
    """A queue that a program empties at six to twelve times of every working day, a few minutes off."""
    slots = np.sort(random.uniform(8, 20, random.integers(6, 13)))
    days = random.integers(0, 25, _POSTS)
    found: Hours = 24.0 * (days // 5 * 7 + days % 5) + random.choice(slots, _POSTS) + random.normal(0, 0.05, _POSTS)
    return found


def _on_the_minute(random: Generator) -> Hours:
    days = random.integers(0, 25, _POSTS)
    hours = random.integers(9, 18, _POSTS) + random.choice([0.0, 0.5])
    found: Hours = 24.0 * (days // 5 * 7 + days % 5) + hours + random.uniform(0, 0.01, _POSTS)
    return found


def _around_the_clock(random: Generator) -> Hours:
    return random.uniform(0, 24 * 35, _POSTS)


def _private(random: Generator) -> Hours:
    """Somebody who is awake from seven or later until midnight, posts most in the evening, and on all days."""
    begin = random.uniform(7, 9)
    evening = random.random(_POSTS) < random.uniform(0.3, 0.6)
    hours = np.where(evening, random.uniform(18, 23.5, _POSTS), random.uniform(begin, 23.5, _POSTS))
    found: Hours = 24.0 * random.integers(0, 35, _POSTS) + hours
    return found


def _commuter(random: Generator) -> Hours:
    """Somebody who posts on the way to work, at noon and in the evening, less at weekends."""
    peaks = random.choice([8.0, 12.5, 18.0, 21.0], _POSTS, p=[0.2, 0.25, 0.2, 0.35])
    days = np.where(random.random(_POSTS) < 0.85, random.integers(0, 5, _POSTS), random.integers(5, 7, _POSTS))
    found: Hours = 24.0 * (7 * random.integers(0, 5, _POSTS) + days) + peaks + random.normal(0, 0.6, _POSTS)
    return found


TUNED = Kind("office, the generator the thresholds were chosen on", plain_office)
HELD_OUT = (
    Kind("office, about nine", _nine_to_five),
    Kind("office, begins at ten to twelve", _late_office),
    Kind("office, begins at seven to eight", _early_office),
    Kind("office, two to three hours of lunch", _long_lunch),
    Kind("office, no lunch", _no_lunch),
    Kind("two shifts in turn", _two_shifts, has_zone=False),
    Kind("night shift, no break", night_shift, has_zone=False),
    Kind("night shift, half an hour's break", lambda random: night_shift(random, 0.5), has_zone=False),
    Kind("night shift, an hour's break", lambda random: night_shift(random, 1.0), has_zone=False),
    Kind("night shift, a meal at any time", _lived_night, has_zone=False),
    Kind("program, six to twelve times a day", _queue, has_zone=False),
    Kind("program, on the minute", _on_the_minute, has_zone=False),
    Kind("around the clock", _around_the_clock, has_zone=False),
    Kind("private, mostly evenings", _private, has_zone=False),
    Kind("private, before and after work", _commuter, has_zone=False),
)
