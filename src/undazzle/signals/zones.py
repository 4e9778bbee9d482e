"""Where on earth it is working hours when an account posts: office hours, a lunch dip and a weekend, or no answer.

An answer is given only if a week of office hours in some zone explains the posts much better than a shift at any time
of day, with or without a break, waking hours, and the even pace of a program. Hours show where in the day somebody
works, never where on earth: an office that begins at noon looks like one that begins at nine, three hours further west.
The interval therefore holds every zone in which the day would begin between about seven and half past twelve. Nor do
they show whether it is day or night where somebody works: a night with a meal, Monday to Friday, is an office day half
the earth away. Whoever is given a zone is therefore given that second reading as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from undazzle.signals.day_shapes import DAY, QUARTERS, office_shapes, shift_shapes, split_shapes, waking_shapes

Counts = NDArray[np.float64]

# Offsets from UTC in use, in half hours; those of quarter hours are taken with the nearest.
OFFSETS = np.array([2 * one for one in range(-10, 15)] + [-7, 7, 9, 11, 13, 19], dtype=np.int64)
# Half-hour zones are kept by few people, India's excepted, and so are those of the Pacific.
_WEIGHTS = {11: 0.5, -20: 0.05, -18: 0.05, 22: 0.1, 24: 0.2, 26: 0.05, 28: 0.05}
# How much better office hours must explain the week than anything else, as the logarithm of a ratio of likelihoods.
LEAST_EVIDENCE = 0.5
FEWEST_POSTS, FEWEST_DAYS = 100, 20
INTERVAL = 0.95
# By how many hours the true zone lies east of the one in which the day would begin about nine, because people begin at
# another hour: early trades two hours, late offices three and more. No survey stands behind these chances; they are
# wide on purpose, and were set before they were held against ``benchmarks/working_days.py``.
SHIFTED_DAYS = {
    -2.0: 0.03, -1.5: 0.04, -1.0: 0.08, -0.5: 0.1, 0.0: 0.25, 0.5: 0.12, 1.0: 0.1, 1.5: 0.07, 2.0: 0.07, 2.5: 0.04,
    3.0: 0.06, 3.5: 0.03, 4.0: 0.01,
}  # fmt: skip
# The same for a night shift: one that begins between half past seven in the evening and half past midnight lies so many
# hours east of the zone in which its hours would begin about nine in the morning. Set before it was measured.
NIGHTS = (10.5, 15.5)
_WEST, _EAST = -12.0, 14.0
# Nobody's day is one of the shapes: evidence between zones is taken at less than its face value for the interval.
TEMPER = 0.5
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class ZoneGuess:
    """The zone in which a week looks like office hours.

    Attributes
    ----------
    offset
        Hours east of UTC of the zone in which the working day would begin about nine; ``None`` if none is assigned.
    low, high
        Its 95 % interval, hours east of UTC, with working days that begin earlier or later counted in.
    evidence
        Logarithm of how much better office hours explain the week than the best other way of life.
    way
        The best explanation: ``office``, ``shift``, ``split``, ``waking`` or ``even``.
    clock
        Place of the summer time that fits best, 0 for the first.
    """

    offset: float | None
    low: float | None
    high: float | None
    evidence: float
    way: str
    clock: int = 0

    @property
    def nights(self) -> tuple[tuple[float, float], ...]:
        """The zones in which the same hours are night shifts with a meal: one interval, or two about the date line."""
        return () if self.offset is None else night_zones(self.offset)

    def holds(self, zone: float) -> bool:
        """Whether a zone lies in the interval of either reading, office or night shift."""
        office = self.low is not None and self.high is not None and self.low <= zone <= self.high
        return office or any(low <= zone <= high for low, high in self.nights)


def night_zones(offset: float) -> tuple[tuple[float, float], ...]:
    """Return where office hours of a zone would be nights, hours east of UTC, the nights of the same or the day before.

    Examples
    --------
    >>> night_zones(-5.0), night_zones(2.0)
    (((5.5, 10.5),), ((12.5, 14.0), (-11.5, -6.5)))
    """
    found = [(offset + NIGHTS[0] + turn, offset + NIGHTS[1] + turn) for turn in (0.0, -24.0)]
    return tuple((max(low, _WEST), min(high, _EAST)) for low, high in found if low <= _EAST and high >= _WEST)


def guess_zones(weeks: NDArray[Any], clocks: Sequence[NDArray[Any]] = ()) -> list[ZoneGuess]:
    """Return a guess for each account.

    Parameters
    ----------
    weeks
        One row per account: quarters of an hour with a post by quarter of the week in UTC, from Monday 00:00, so that
        posts of one session count once.
    clocks
        The same with other summer times taken out, to be tried beside the first. All of them are tried for every way
        of life, so that none gains by it.
    """
    tried = [np.atleast_2d(np.asarray(one, dtype=np.float32)) for one in (weeks, *clocks)]
    found = []
    for first in range(0, len(tried[0]), _AT_ONCE):
        ways = [_explained(one[first : first + _AT_ONCE]) for one in tried]
        zones = np.stack([one[0] for one in ways])
        rivals = np.stack([one[1] for one in ways]).max(axis=0)
        found += [_guess(zones[:, place], rivals[:, place]) for place in range(zones.shape[1])]
    return found


def _explained(posts: NDArray[np.float32]) -> tuple[Counts, Counts]:
    """Return how well office hours of every zone explain each account, and how well four other ways of life do."""
    prior = np.array([_WEIGHTS.get(int(one), 0.1 if one % 2 else 1.0) for one in OFFSETS])
    # A post at quarter q of UTC has local quarter q + offset.
    by_zone = _marginal(posts, 2 * OFFSETS, "office")
    turns = -np.arange(0, DAY, 2)
    turned = (_log_sum(_marginal(posts, turns, kind)) - np.log(len(turns)) for kind in ("shift", "split", "waking"))
    even = posts.sum(axis=1) * -np.log(QUARTERS)
    return by_zone + np.log(prior / prior.sum()), np.stack([*turned, even])


def _marginal(posts: NDArray[np.float32], turns: NDArray[np.int64], kind: str) -> Counts:
    """Return how well the shapes of a way of life explain each account, its week turned by so many quarters.

    All turns of an account go through one product of matrices: one product a turn would read all shapes each time.
    """
    logs, weights = _log_shapes(kind)
    places = (np.arange(QUARTERS) - turns[:, None]) % QUARTERS
    fit = posts[:, places].reshape(-1, QUARTERS) @ logs + weights
    return _log_sum(fit).reshape(len(posts), len(turns))


@cache
def _log_shapes(kind: str) -> tuple[Counts, Counts]:
    makers = {"office": office_shapes, "shift": shift_shapes, "split": split_shapes, "waking": waking_shapes}
    shapes = makers[kind]()
    return np.log(shapes.rates).T.astype(np.float32), np.log(shapes.weights)


def _guess(by_clock: Counts, rivals: Counts) -> ZoneGuess:
    """Return the guess of one account from its zones under every clock and the best of the other ways of life."""
    clock = int(np.argmax(_log_sum(by_clock)))
    zones = _log_sum(by_clock.T) - np.log(len(by_clock))
    best = int(np.argmax(rivals))
    evidence = float(_log_sum(zones)) - float(rivals[best])
    if evidence < LEAST_EVIDENCE:
        way = "office" if evidence > 0 else ("shift", "split", "waking", "even")[best]
        return ZoneGuess(None, None, None, evidence, way, clock)
    order = np.argsort(OFFSETS)
    chance = np.exp(TEMPER * (zones[order] - zones.max()))
    hours = OFFSETS[order] / 2
    low, high = _interval(hours, chance)
    return ZoneGuess(float(hours[int(np.argmax(chance))]), low, high, evidence, "office", clock)


def _interval(hours: Counts, chance: Counts) -> tuple[float, float]:
    """Return the interval of the true zone, from the chances of the zones in which the day would begin about nine."""
    shifts, weights = np.array(list(SHIFTED_DAYS)), np.array(list(SHIFTED_DAYS.values()))
    places = np.clip(hours[:, None] + shifts[None, :], _WEST, _EAST).ravel()
    order = np.argsort(places, kind="stable")
    total = np.cumsum((chance[:, None] * weights[None, :]).ravel()[order])
    tail = (1 - INTERVAL) / 2
    ends = np.searchsorted(total / total[-1], [tail, 1 - tail])
    low, high = places[order][np.minimum(ends, len(places) - 1)]
    return float(low), float(high)


def _log_sum(values: Counts) -> Counts:
    top = values.max(axis=-1, keepdims=True)
    found: Counts = (top + np.log(np.exp(values - top).sum(axis=-1, keepdims=True)))[..., 0]
    return found
