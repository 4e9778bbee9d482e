"""Which windows and days the data allow: no window is shorter than the clock, no day longer than the collection."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from undazzle.coordination.events import Events
from undazzle.coordination.ordering import distinct
from undazzle.model import format_duration

DAY = 86_400.0
_FEWEST_BLOCKS = 7  # a collection of fewer days is cut into as many blocks, which stand for days
_COVERED, _EVENTS_PER_HOUR = 0.25, 5


@dataclass(frozen=True)
class Clock:
    """Windows, days and what to say about them.

    Attributes
    ----------
    seconds
        Seconds by window in ticks, shortest first.
    day
        Ticks in a day.
    block
        Ticks in what stands for a day when repetition is counted: a day, or less in a short collection.
    warnings
        What a reader of the result should know about the times.
    """

    seconds: dict[int, float]
    day: int
    block: int
    warnings: tuple[str, ...]

    @property
    def windows(self) -> list[int]:
        """Windows in ticks, shortest first."""
        return list(self.seconds)


def read_clock(events: Events, windows: Sequence[float], resolution: float = 1.0) -> Clock:
    """Return the windows and days that some events allow.

    Parameters
    ----------
    events
        All traces.
    windows
        Windows asked for, in seconds. Those below the resolution are refused; if none is left, one as long as the
        resolution takes their place.
    resolution
        Seconds to which all sources give times.
    """
    tick = events.tick_us / 1e6
    resolution = max(resolution, tick) if _is_rounded(events) else resolution
    refused = [one for one in windows if one < resolution]
    kept = [one for one in windows if one >= resolution] or [resolution]
    span = int(events.at.max() - events.at.min()) if len(events) else 0
    day = max(1, events.window_ticks(DAY))
    is_short = span < _FEWEST_BLOCKS * day
    block = max(1, math.ceil((span + 1) / _FEWEST_BLOCKS)) if is_short else day
    warnings = [*_about_windows(refused, kept, resolution), *_about_bursts(events, tick)]
    if is_short and span:
        warnings.append(
            f"The data span {format_duration(_rough(span * tick))} only: blocks of "
            f"{format_duration(_rough(block * tick))} stand for days where repetition is asked for."
        )
    return Clock({events.window_ticks(one): one for one in sorted(kept)}, day, block, tuple(warnings))


def _is_rounded(events: Events) -> bool:
    """Return whether times differ at all and there are enough of them to see that they are rounded."""
    return len(np.unique(events.at[:1_000])) >= 10


def _about_windows(refused: list[float], kept: list[float], resolution: float) -> list[str]:
    found = []
    step = format_duration(resolution)
    if refused:
        words = ", ".join(format_duration(one) for one in refused)
        instead = f"; {step} is used instead" if kept == [resolution] else ""
        found.append(f"Times are given to {step}: windows below that ({words}) say nothing and were left out{instead}.")
    if resolution > 1:
        found += [
            f"Times are given to {step}: a window of {format_duration(one)} really covers up to "
            f"{format_duration(one + resolution)}."
            for one in kept
            if one < 60 * resolution
        ]
    return found


def _about_bursts(events: Events, tick: float) -> list[str]:
    """Say if most hours between the first and the last event hold none, although there are enough events."""
    if not len(events) or tick > 3_600:
        return []
    hours = distinct(events.at * tick // 3_600)
    span = int(hours[-1] - hours[0]) + 1
    if len(hours) > _COVERED * span or len(events) < _EVENTS_PER_HOUR * span or span < 8:
        return []
    return [
        f"The data hold posts of {len(hours):,} of {span:,} hours: they were collected in bursts, and accounts are "
        "close in time by that alone. The comparison allows for it, at the cost of power."
    ]


def _rough(seconds: float) -> float:
    """Return a duration rounded to what a reader needs of it."""
    step = 86_400 if seconds >= 3 * 86_400 else 3_600 if seconds >= 3 * 3_600 else 60 if seconds >= 180 else 1
    return max(1.0, round(seconds / step) * step)
