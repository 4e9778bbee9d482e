"""Influence between sides of a story: a small Hawkes process, fitted by expectation and maximisation.

Each narrative is one realisation. An event of a side comes from the outside world (a constant rate of its own) or
follows an earlier event of the same narrative, with a chance that decays exponentially. Unobserved common causes look
like influence, so a result is at most consistent with it. Sources: Zannettou et al. 2019, "Disinformation warfare",
arXiv:1801.09288; Veen and Schoenberg 2008, 10.1198/016214508000000148 (the EM algorithm).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_LEAST_ITEMS, _LEAST_EVENTS_PER_ITEM, _LEAST_EVENTS = 10, 10, 50
_MOST_EVENTS, _LOOK_BACK = 20_000, 50
_HALF_LIVES = (60.0, 600.0, 3_600.0, 21_600.0, 86_400.0)
_STEPS, _STEPS_AGAIN = 60, 20
_NEARLY = 10.0  # log-likelihood; a draw of other items hardly makes up for more
_TINY = 1e-300


@dataclass(frozen=True)
class Influence:
    """Which part of each side's events follows events of each side.

    Attributes
    ----------
    sides
        Their names.
    share
        Row: the side that came before; column: the side that followed. Share of the followers' events, 0 to 1.
    low, high
        Interval of each share, items drawn anew and the decay chosen anew in each draw. Meant to cover the truth in
        95 % of cases; ``python -m benchmarks --only narratives`` measures in how many it does.
    outside
        Share of each side's events that follows none: the outside world.
    half_life_seconds
        Of the decay that fits best, among five.
    items, events
        What was used.
    refused
        Why nothing was computed; empty otherwise, and then the arrays are filled.
    """

    sides: tuple[str, ...]
    share: tuple[tuple[float, ...], ...] = ()
    low: tuple[tuple[float, ...], ...] = ()
    high: tuple[tuple[float, ...], ...] = ()
    outside: tuple[float, ...] = ()
    half_life_seconds: float = 0.0
    items: int = 0
    events: int = 0
    refused: str = ""

    @property
    def edge(self) -> str:
        """Say where the best decay is the first or last that was tried; empty if it is neither."""
        ends = {_HALF_LIVES[0]: "shortest", _HALF_LIVES[-1]: "longest"}
        word = ends.get(self.half_life_seconds, "")
        return f" (the {word} of {len(_HALF_LIVES)} that were tried: the right one may lie beyond)" if word else ""

    def sentence(self, source: str, follower: str) -> str:
        """Say in one sentence what part of one side's events follows another's."""
        if self.refused:
            return f"Influence was not computed: {self.refused}"
        a, b = self.sides.index(source), self.sides.index(follower)
        return (
            f"{self.share[a][b]:.0%} ({self.low[a][b]:.0%} to {self.high[a][b]:.0%}) of the posts by {follower} come "
            f"after posts by {source} in a way that is consistent with influence; a common cause that is not in these "
            f"data looks the same."
        )


@dataclass(frozen=True)
class _Pairs:
    """Every event with the events before it in its item: ``later`` and ``earlier`` are numbers of events."""

    side: IntArray
    item: IntArray
    later: IntArray
    earlier: IntArray
    gap: FloatArray
    left: FloatArray
    duration: FloatArray


_Fit = tuple[float, FloatArray, FloatArray]


def influence(
    times: FloatArray, side: IntArray, item: IntArray, sides: Sequence[str], *, bootstraps: int = 100, seed: int = 0
) -> Influence:
    """Fit the process and return the influence between sides, or why it was refused.

    Parameters
    ----------
    times
        Seconds of each event.
    side, item
        Number of its side and of its item (a narrative).
    sides
        Names of the sides.
    bootstraps
        How often items are drawn anew for the intervals.
    seed
        Seed of the drawing.
    """
    names = tuple(sides)
    counts = np.bincount(item)
    kept = counts[item] >= _LEAST_EVENTS_PER_ITEM
    times, side, item = times[kept], side[kept], item[kept]
    if refused := _refusal(side, item, len(names), names):
        return Influence(names, refused=refused, items=len(np.unique(item)), events=len(times))
    item = np.unique(item, return_inverse=True)[1].astype(np.int64)
    pairs = _pairs(times, side, item)
    whole = np.ones(len(pairs.duration))
    fits = [(_fit(pairs, len(names), np.log(2) / half, whole, _STEPS), half) for half in _HALF_LIVES]
    (_, weights, rate), half = max(fits, key=_likelihood)
    share = _shares(pairs, weights, rate, np.log(2) / half, whole)
    low, high = _interval(share, _drawn_anew(pairs, fits, bootstraps, seed), len(whole))
    outside = 1 - share.sum(axis=0)
    return Influence(
        names, _rows(share), _rows(low), _rows(high), tuple(outside.tolist()), half, len(whole), len(times)
    )


def _likelihood(fit: tuple[_Fit, float]) -> float:
    return fit[0][0]


def _drawn_anew(pairs: _Pairs, fits: Sequence[tuple[_Fit, float]], bootstraps: int, seed: int) -> FloatArray:
    """Return shares of fits to items drawn anew; decays that fit nearly as well as the best may win in a draw."""
    best = max(one[0] for one, _ in fits)
    likely = [(fit, half) for fit, half in fits if fit[0] >= best - _NEARLY]
    count, items = len(fits[0][0][2]), len(pairs.duration)
    draws = np.random.default_rng(seed)
    again = []
    for _ in range(bootstraps):
        chosen = np.bincount(draws.integers(0, items, items), minlength=items).astype(np.float64)
        tried = [
            (_fit(pairs, count, np.log(2) / half, chosen, _STEPS_AGAIN, (weights, rate)), half)
            for (_, weights, rate), half in likely
        ]
        (_, weights, rate), half = max(tried, key=_likelihood)
        again.append(_shares(pairs, weights, rate, np.log(2) / half, chosen))
    return np.array(again).reshape(-1, count, count)


def _interval(share: FloatArray, again: FloatArray, items: int) -> tuple[FloatArray, FloatArray]:
    """Return the hull of the percentile and the basic bootstrap interval, widened for few items.

    Either alone is too narrow in simulations, at opposite ends. The levels are those of Hesterberg 2015,
    10.1080/00031305.2015.1089789 (expanded percentiles): Student's t and the factor n / (n - 1) of the variance.
    """
    if not len(again):
        return share, share
    from scipy.stats import norm, t

    tail = float(norm.cdf(np.sqrt(items / (items - 1)) * t.ppf(0.025, items - 1)))
    low, high = np.quantile(again, (tail, 1 - tail), axis=0)
    lower, upper = np.minimum(low, 2 * share - high), np.maximum(high, 2 * share - low)
    return np.clip(lower, 0, 1), np.clip(upper, 0, 1)


def _refusal(side: IntArray, item: IntArray, count: int, names: Sequence[str]) -> str:
    items = len(np.unique(item))
    if items < _LEAST_ITEMS:
        return f"{items} narratives have {_LEAST_EVENTS_PER_ITEM} posts or more; {_LEAST_ITEMS} are needed."
    events = np.bincount(side, minlength=count)
    if events.min() < _LEAST_EVENTS:
        return f"{names[int(events.argmin())]} has {events.min()} posts in them; {_LEAST_EVENTS} are needed."
    if len(side) > _MOST_EVENTS:
        return f"{len(side):,} posts are more than the {_MOST_EVENTS:,} that can be fitted; choose fewer narratives."
    return ""


def _pairs(times: FloatArray, side: IntArray, item: IntArray) -> _Pairs:
    """Return each event with the fifty before it in its item, at most."""
    order = np.lexsort((times, item))
    times, side, item = times[order], side[order], item[order]
    number = np.arange(len(times))
    later, earlier = [], []
    for back in range(1, min(_LOOK_BACK, len(times) - 1) + 1):
        same = item[back:] == item[:-back]
        later.append(number[back:][same])
        earlier.append(number[:-back][same])
    after, before = np.concatenate(later), np.concatenate(earlier)
    starts = np.flatnonzero(np.r_[True, item[1:] != item[:-1]])
    ends = np.r_[starts[1:], len(item)] - 1
    # First and last post lie inside the time in which the story was told: of n even draws, the range is (n - 1)/(n + 1)
    # of the whole. Without that the outside world seems too busy and influence too small.
    told = np.maximum(times[ends] - times[starts], 1.0)
    spare = told / np.maximum(ends - starts, 1)
    left = (times[ends] + spare)[item] - times
    return _Pairs(side, item, after, before, times[after] - times[before], left, told + 2 * spare)


def _fit(
    pairs: _Pairs, count: int, decay: float, chosen: FloatArray, steps: int,
    start: tuple[FloatArray, FloatArray] | None = None,
) -> _Fit:  # fmt: skip
    """Return log-likelihood, branching ratios (source by follower) and rates from outside; items are weighted."""
    of_event = chosen[pairs.item]
    events = np.bincount(pairs.side, of_event, count)
    seen = np.bincount(pairs.side, of_event * -np.expm1(-decay * pairs.left), count)
    total = float((chosen * pairs.duration).sum())
    weights: FloatArray = start[0] if start else np.full((count, count), 0.5 / count)
    rate: FloatArray = np.asarray(start[1] if start else 0.5 * events / total, dtype=np.float64)
    cell = pairs.side[pairs.earlier] * count + pairs.side[pairs.later]
    shape = decay * np.exp(-decay * pairs.gap)
    intensity = rate[pairs.side]
    for _ in range(steps):
        follows = weights.ravel()[cell] * shape
        intensity = rate[pairs.side] + np.bincount(pairs.later, follows, len(pairs.side))
        by = np.bincount(cell, follows * (of_event / np.maximum(intensity, _TINY))[pairs.later], count * count)
        alone = np.bincount(pairs.side, of_event / np.maximum(intensity, _TINY), count)
        rate = np.asarray(rate * alone / total, dtype=np.float64)
        weights = np.asarray(by.reshape(count, count) / np.maximum(seen, _TINY)[:, None], dtype=np.float64)
    likelihood = float((of_event * np.log(np.maximum(intensity, _TINY))).sum())
    return likelihood - float(rate.sum()) * total - float((weights * seen[:, None]).sum()), weights, rate


def _shares(pairs: _Pairs, weights: FloatArray, rate: FloatArray, decay: float, chosen: FloatArray) -> FloatArray:
    count = len(rate)
    cell = pairs.side[pairs.earlier] * count + pairs.side[pairs.later]
    follows = weights.ravel()[cell] * decay * np.exp(-decay * pairs.gap)
    intensity = rate[pairs.side] + np.bincount(pairs.later, follows, len(pairs.side))
    of_event = chosen[pairs.item]
    by = np.bincount(cell, follows * (of_event / np.maximum(intensity, _TINY))[pairs.later], count * count)
    events = np.bincount(pairs.side, of_event, count)
    return np.asarray(by.reshape(count, count) / np.maximum(events, _TINY), dtype=np.float64)


def _rows(values: FloatArray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(one) for one in row) for row in values)
