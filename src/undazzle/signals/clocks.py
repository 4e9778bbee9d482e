"""When clocks are put forward, so that a year of posts can be read in the time that people live by.

Only the rules of Europe and of North America since 2007 are known; other zones are read as if they kept one time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Clock = Literal["no summer time", "European summer time", "American summer time"]
CLOCKS: tuple[Clock, ...] = ("no summer time", "European summer time", "American summer time")
_HOUR = 3600


def summer_shift(seconds: NDArray[np.int64], clock: Clock) -> NDArray[np.int64]:
    """Return the seconds to add to each time because clocks were put forward: 0 or 3600.

    Parameters
    ----------
    seconds
        Times in seconds since 1970, UTC.
    clock
        Whose rule.
    """
    if clock == "no summer time" or not len(seconds):
        return np.zeros(len(seconds), dtype=np.int64)
    years = range(datetime.fromtimestamp(int(seconds.min()), UTC).year, _year(int(seconds.max())) + 1)
    edges = [int(edge.timestamp()) for year in years for edge in _summer(year, clock)]
    # Between the first and second edge of each year it is summer: an odd number of edges lie before.
    return (np.searchsorted(np.array(edges), seconds, side="right") % 2 * _HOUR).astype(np.int64)


def crosses_summer(seconds: NDArray[np.int64], *, least_share: float = 0.1) -> bool:
    """Return whether both summer and winter hold at least this share of the times, in Europe or America."""
    shares = [float((summer_shift(seconds, clock) > 0).mean()) if len(seconds) else 0.0 for clock in CLOCKS[1:]]
    return any(least_share <= share <= 1 - least_share for share in shares)


def _year(second: int) -> int:
    return datetime.fromtimestamp(second, UTC).year


def _summer(year: int, clock: Clock) -> tuple[datetime, datetime]:
    if clock == "European summer time":
        return _sunday(year, 4, 0, 1), _sunday(year, 11, 0, 1)
    # Two o'clock in Chicago; the other zones of America change within three hours of it.
    return _sunday(year, 3, 2, 8), _sunday(year, 11, 1, 7)


def _sunday(year: int, month: int, number: int, hour: int) -> datetime:
    """Return the Sunday of that number in a month; number 0 is the last one of the month before."""
    first = datetime(year, month, 1, hour, tzinfo=UTC)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
