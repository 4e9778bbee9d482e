"""How the posts of a person spread over the week, as rates per quarter of an hour, for several ways of life.

A week has 672 quarters, from Monday 00:00. Every shape sums to one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

QUARTERS = 672
_HOUR, DAY = 4, 96
Shape = NDArray[np.float64]

# Part of the posts that a way of life does not foresee, spread evenly over the week.
_STRAY = (0.03, 0.15)
_NOONS = {11.5: 1, 12.0: 3, 12.5: 2, 13.0: 1}
_LUNCHES = (1.0, 1.5)
_ENDS = {17.0: 1, 17.5: 2, 18.0: 2, 18.5: 1}
# Rate at lunch beside the rate at work.
_LUNCH_RATE = 0.15
_SHIFT_HOURS = (4.0, 6.0, 7.0, 7.5, 8.0, 8.5, 9.0, 9.5, 10.0, 11.0, 12.0)
_SPLIT_HOURS, _PAUSES, _OFF_MIDDLE = (7.0, 8.0, 9.0, 10.0), (0.5, 1.0), (-0.25, 0.0, 0.25)
_WEEKS = {"all days": range(7), "Monday to Friday": range(5), "Sunday to Thursday": (6, 0, 1, 2, 3)}
# Most offices begin at nine; half an hour earlier or later is common, an hour less so.
_START_WEIGHTS = {8.0: 1, 8.25: 1, 8.5: 2, 8.75: 3, 9.0: 4, 9.25: 3, 9.5: 2, 9.75: 1, 10.0: 1}


@dataclass(frozen=True)
class Shapes:
    """Shapes of one way of life with their weights, which sum to one."""

    rates: Shape
    weights: Shape


@cache
def office_shapes() -> Shapes:
    """Return weeks of office hours: Monday to Friday, a morning and an afternoon with a dip at noon between them."""
    rows, weights = [], []
    for start, noon, lunch, end, stray in product(_START_WEIGHTS, _NOONS, _LUNCHES, _ENDS, _STRAY):
        day = _block(start, noon - start) + _LUNCH_RATE * _block(noon, lunch)
        day += _block(noon + lunch, end - noon - lunch)
        rows.append(_week(day, range(5), stray))
        weights.append(_START_WEIGHTS[start] * _NOONS[noon] * _ENDS[end])
    return _normal(rows, weights)


@cache
def shift_shapes() -> Shapes:
    """Return weeks of one unbroken stretch of work at any time of day: shifts of any kind, and waking hours.

    The stretch begins at midnight; it fits any zone, therefore it gives none.
    """
    rows = []
    for (hours, days), stray in product(product(_SHIFT_HOURS, _WEEKS.values()), _STRAY):
        rows.append(_week(_block(0.0, hours), days, stray))
    return _normal(rows, np.ones(len(rows)))


@cache
def split_shapes() -> Shapes:
    """Return weeks of one stretch of work with a break in its middle, at any time of day: nights, above all.

    An office day is told from it by a morning that is shorter than its afternoon, and by little else.
    """
    rows = []
    for hours, pause, off, days, stray in product(_SPLIT_HOURS, _PAUSES, _OFF_MIDDLE, _WEEKS.values(), _STRAY):
        first = (hours - pause) / 2 + off
        day = _block(0.0, first) + _LUNCH_RATE * _block(first, pause)
        day += _block(first + pause, hours - first - pause)
        rows.append(_week(day, days, stray))
    return _normal(rows, np.ones(len(rows)))


@cache
def waking_shapes() -> Shapes:
    """Return weeks of a private person: every day, from morning to night, most in the evening."""
    rows = []
    for sleep, evening, stray in product((6.0, 7.0, 8.0, 9.0), (1.0, 2.0, 3.0), _STRAY):
        day = _block(0.0, 24.0 - sleep) + (evening - 1.0) * _block(24.0 - sleep - 6.0, 4.0)
        rows.append(_week(day, range(7), stray))
    return _normal(rows, np.ones(len(rows)))


def _normal(rows: list[Shape], weights: object) -> Shapes:
    weighed = np.asarray(weights, dtype=np.float64)
    return Shapes(np.array(rows), weighed / weighed.sum())


def _block(start: float, hours: float) -> Shape:
    """Return one day with a rate of one in a stretch of it; stretches go on into the next day."""
    day = np.zeros(2 * DAY)
    day[round(_HOUR * start) : round(_HOUR * (start + hours))] = 1.0
    return day


def _week(day: Shape, days: object, stray: float) -> Shape:
    week = np.zeros(QUARTERS + DAY)
    for one in _indexes(days):
        week[one * DAY : one * DAY + 2 * DAY] += day
    week[:DAY] += week[QUARTERS:]
    week = week[:QUARTERS]
    mixed: Shape = (1 - stray) * week / week.sum() + stray / QUARTERS
    return mixed


def _indexes(days: object) -> Iterator[int]:
    yield from days  # type: ignore[misc]  # a range or a tuple of weekdays
