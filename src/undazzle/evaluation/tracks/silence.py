"""Shuffled labels: nobody is planted, everything is chance, and whoever is named is named in error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from undazzle.evaluation.detector import detect_calibrated
from undazzle.evaluation.measures import upper_bound
from undazzle.evaluation.shares import Shares, shuffle_labels

Row = dict[str, Any]


def run_silence(
    sets: Mapping[str, Shares],
    *,
    shuffles: int,
    levels: Sequence[float] = (0.05, 0.2),
    say: Callable[[str], None],
) -> Iterator[Row]:
    """Yield one row for each data set and level: in how many shuffles anybody was named.

    Parameters
    ----------
    sets
        Shares by name.
    shuffles
        How many for each.
    levels
        Nominal rates of false discovery. With nothing to be found, any naming is a false discovery, so the share of
        shuffles with one is the realised rate.
    say
        Told about progress.
    """
    for name, shares in sets.items():
        widest = {number: detect_calibrated(_shuffled(shares, number), max_q=max(levels)) for number in range(shuffles)}
        for level in levels:
            # who is not named where most is allowed is not named where less is: only the others are searched again
            found = [one for one in widest.values() if len(one.accounts)]
            if level < max(levels):
                again = [number for number, one in widest.items() if len(one.accounts)]
                found = [detect_calibrated(_shuffled(shares, number), max_q=level) for number in again]
            any_named = sum(bool(len(one.accounts)) for one in found)
            row = {
                "data": name,
                "level": level,
                "shuffles": shuffles,
                "with_networks": any_named,
                "accounts_named": sum(len(one.accounts) for one in found),
                "rate": any_named / shuffles,
                "bound": upper_bound(any_named, shuffles),
            }
            say(f"{name:16} q {level}: networks in {any_named} of {shuffles} shuffles")
            yield row


def _shuffled(shares: Shares, number: int) -> Shares:
    return shuffle_labels(shares, np.random.default_rng([number, 7]))
