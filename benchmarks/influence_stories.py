"""In how many simulated collections of stories the interval of influence holds the true share.

Events of a side come evenly over a day; each brings a set mean of events of the other side, after exponential times.
Seeds begin at 5,000: other ones (3,000 to 3,099) served to choose between kinds of interval.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from undazzle.narratives.influence import influence

_DAY, _HALF_LIFE, _RATE = 86_400.0, 600.0, 8.0
_FIRST_SEED = 5_000
# name, mean children of the network among others, of others in the network, true share, stories
_SETTINGS = (
    ("a third, 25 stories", 0.5, 0.0, 1 / 3, 25),
    ("a tenth, 25 stories", 0.12, 0.0, 0.12 / 1.12, 25),
    ("a quarter each way, 25 stories", 0.25, 0.25, 0.25, 25),
    ("a third, 12 stories", 0.5, 0.0, 1 / 3, 12),
    ("a third, 60 stories", 0.5, 0.0, 1 / 3, 60),
)


def coverage(simulations: int, bootstraps: int) -> list[dict[str, Any]]:
    """Return by setting how often the interval holds the true share, and the mean share found."""
    found = []
    for name, forth, back, truth, stories in _SETTINGS:
        shares, held = [], 0
        for seed in range(_FIRST_SEED, _FIRST_SEED + simulations):
            draws = np.random.default_rng(seed)
            rows = [(at, side, item) for item in range(stories) for at, side in _story(draws, forth, back)]
            times, side, item = (np.array(column) for column in zip(*rows, strict=True))
            fit = influence(times, side, item, ("network", "others"), bootstraps=bootstraps, seed=seed)
            shares.append(fit.share[0][1])
            held += fit.low[0][1] <= truth <= fit.high[0][1]
        found.append({"name": name, "true": truth, "mean": float(np.mean(shares)), "held": held, "of": simulations})
    return found


def _story(draws: np.random.Generator, forth: float, back: float) -> list[tuple[float, int]]:
    events = [(float(at), side) for side in (0, 1) for at in draws.uniform(0, _DAY, draws.poisson(_RATE))]
    for at, side in events:  # grows while it is read
        gaps = draws.exponential(_HALF_LIFE / np.log(2), draws.poisson(back if side else forth))
        events += [(at + float(gap), 1 - side) for gap in gaps if at + gap < _DAY]
    return events
