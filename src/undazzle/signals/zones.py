"""Where on earth it is working hours when an account posts: office hours, a lunch dip and a weekend, or no answer.

An answer is given only if a week of office hours in some zone explains the posts much better than an unbroken shift
at any time of day, waking hours, and the even pace of a program.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from undazzle.signals.day_shapes import DAY, QUARTERS, office_shapes, shift_shapes, waking_shapes

Counts = NDArray[np.float64]

# Offsets from UTC in use, in half hours; those of quarter hours are taken with the nearest.
OFFSETS = np.array([2 * one for one in range(-10, 15)] + [-7, 7, 9, 11, 13, 19], dtype=np.int64)
# A zone between two full hours is kept by few people, India's excepted.
_HALF_HOUR_WEIGHT = {11: 0.5}
# How much better, as a ratio of likelihoods (e^5 is 150), office hours must explain the week than anything else.
LEAST_EVIDENCE = 2.0
FEWEST_POSTS, FEWEST_DAYS = 100, 20
INTERVAL = 0.95
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class ZoneGuess:
    """The zone in which a week looks like office hours.

    Attributes
    ----------
    offset
        Hours east of UTC; ``None`` if no zone is assigned.
    low, high
        Its 95 % interval, hours east of UTC.
    evidence
        Logarithm of how much better office hours explain the week than the best other way of life.
    way
        The best explanation: ``office``, ``shift``, ``waking`` or ``even``.
    """

    offset: float | None
    low: float | None
    high: float | None
    evidence: float
    way: str


def guess_zones(weeks: Counts) -> list[ZoneGuess]:
    """Return a guess for each account.

    Parameters
    ----------
    weeks
        One row per account: quarters of an hour with a post by quarter of the week in UTC, from Monday 00:00, so that
        posts of one session count once.
    """
    posts = np.atleast_2d(np.asarray(weeks, dtype=np.float32))
    return [guess for first in range(0, len(posts), _AT_ONCE) for guess in _guess_some(posts[first : first + _AT_ONCE])]


def _guess_some(posts: NDArray[np.float32]) -> list[ZoneGuess]:
    prior = np.array([1.0 if one % 2 == 0 else _HALF_HOUR_WEIGHT.get(int(one), 0.1) for one in OFFSETS])
    # A post at quarter q of UTC has local quarter q + offset.
    by_zone = np.stack([_marginal(np.roll(posts, 2 * one, axis=1), "office") for one in OFFSETS], axis=1)
    by_zone += np.log(prior / prior.sum())
    turns = range(0, DAY, 2)
    shift, waking = (
        _log_sum(np.stack([_marginal(np.roll(posts, -one, axis=1), kind) for one in turns], axis=1))
        - np.log(len(turns))
        for kind in ("shift", "waking")
    )
    rivals = np.stack([shift, waking, posts.sum(axis=1) * -np.log(QUARTERS)])
    return [_guess(zones, float(_log_sum(zones)), rivals[:, one]) for one, zones in enumerate(by_zone)]


def _marginal(posts: NDArray[np.float32], kind: str) -> Counts:
    logs, weights = _log_shapes(kind)
    found: Counts = _log_sum(posts @ logs + weights)
    return found


@cache
def _log_shapes(kind: str) -> tuple[Counts, Counts]:
    shapes = {"office": office_shapes, "shift": shift_shapes, "waking": waking_shapes}[kind]()
    return np.log(shapes.rates).T.astype(np.float32), np.log(shapes.weights)


def _guess(zones: Counts, office: float, rivals: Counts) -> ZoneGuess:
    best = int(np.argmax(rivals))
    evidence = office - float(rivals[best])
    if evidence < LEAST_EVIDENCE:
        way = "office" if evidence > 0 else ("shift", "waking", "even")[best]
        return ZoneGuess(None, None, None, evidence, way)
    order = np.argsort(OFFSETS)
    chance = np.exp(zones[order] - office)
    hours = OFFSETS[order] / 2
    low, high = _interval(chance)
    return ZoneGuess(float(hours[int(np.argmax(chance))]), float(hours[low]), float(hours[high]), evidence, "office")


def _interval(chance: Counts) -> tuple[int, int]:
    total = np.cumsum(chance) / chance.sum()
    tail = (1 - INTERVAL) / 2
    return int(np.searchsorted(total, tail)), min(len(chance) - 1, int(np.searchsorted(total, 1 - tail)))


def _log_sum(values: Counts) -> Counts:
    top = values.max(axis=-1, keepdims=True)
    found: Counts = (top + np.log(np.exp(values - top).sum(axis=-1, keepdims=True)))[..., 0]
    return found
