"""Durations as people write them: ``"60s"``, ``"10 min"``, ``"1h"``, a number of seconds, or a timedelta."""

from __future__ import annotations

import math
import re
from datetime import timedelta

from undazzle.errors import ParameterError

Duration = str | int | float | timedelta

_UNITS = {
    "ms": 0.001,
    "s": 1.0,
    "sec": 1.0,
    "m": 60.0,
    "min": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "day": 86400.0,
}
_PATTERN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|sec|s|min|m|h|days?|d)?s?\s*", re.IGNORECASE)


def parse_duration(value: Duration, parameter: str = "time_window") -> float:
    """Return a duration in seconds.

    Parameters
    ----------
    value
        ``"60s"``, ``"10min"``, ``"1h"``, ``"1d"``, a number of seconds, or a ``timedelta``.
    parameter
        Name of the parameter, for the error message.

    Returns
    -------
    float
        Seconds, zero or more.

    Raises
    ------
    ParameterError
        If it is no duration, or negative.

    Examples
    --------
    >>> parse_duration("10 min")
    600.0
    >>> parse_duration(timedelta(days=1))
    86400.0
    """
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
    elif isinstance(value, int | float) and not isinstance(value, bool):
        seconds = float(value)
    else:
        match = _PATTERN.fullmatch(str(value))
        if not match:
            raise ParameterError(parameter, value, 'Write a duration such as "60s", "10min", "1h" or "1d".')
        unit = (match.group(2) or "s").lower().removesuffix("s") or "s"
        seconds = float(match.group(1)) * _UNITS[unit if unit in _UNITS else "s"]
    if not math.isfinite(seconds) or seconds < 0:
        raise ParameterError(parameter, value, "A duration is zero or more seconds.")
    return seconds


def format_duration(seconds: float) -> str:
    """Return a duration as a short English label.

    Examples
    --------
    >>> format_duration(60.0), format_duration(5400), format_duration(86400)
    ('60 s', '90 min', '1 day')
    """
    for size, unit in ((86400.0, "day"), (3600.0, "h"), (60.0, "min")):
        if seconds >= 2 * size or seconds == size != 60.0:
            count = seconds / size
            if count == int(count):
                plural = "s" if unit == "day" and count != 1 else ""
                return f"{int(count)} {unit}{plural}"
    return f"{seconds:g} s"
