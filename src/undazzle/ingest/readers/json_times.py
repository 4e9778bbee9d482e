"""Points in time as JSON files write them: seconds, milli- or microseconds since 1970, ISO 8601, Twitter's format."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from undazzle.ingest.readers.json_values import JsonObject, value_at

_EPOCH = datetime(1970, 1, 1)
_TWITTER = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) ([+-][0-9]{4}) ([0-9]{4})"
)
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,9})?")
# Largest value read in each unit, and how many of it make a second. Seconds reach the year 5138;
# a number of milliseconds below its first limit would lie before March 1973, when nobody posted.
_UNITS = ((10**11, 1), (10**14, 10**3), (10**17, 10**6), (10**20, 10**9))
_LONGEST = 64  # characters


def parse_time(value: object, name: str = "the time") -> datetime:
    """Return a point in time in UTC, without a zone attached.

    Parameters
    ----------
    value
        Seconds, milliseconds, microseconds or nanoseconds since 1970 (the size of the number tells which), the
        same as text, ISO 8601, or ``Wed Oct 10 20:19:24 +0000 2018``. Without a zone it is taken as UTC.
    name
        What to call it in the reason. The value itself is left out of it, so that reasons can be counted.

    Returns
    -------
    datetime
        Naive, in UTC.

    Raises
    ------
    ValueError
        If it is none of these, or outside the years 1 to 9999.

    Examples
    --------
    >>> parse_time("Wed Oct 10 20:19:24 +0000 2018")
    datetime.datetime(2018, 10, 10, 20, 19, 24)
    >>> parse_time(1539202764000) == parse_time("2018-10-10T22:19:24+02:00")
    True
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{name} is no time that can be read")
    try:
        return _from_text(value) if isinstance(value, str) else _from_number(value)
    except (ValueError, OverflowError):
        raise ValueError(f"{name} is no time that can be read") from None


def time_at(record: JsonObject, *paths: str) -> datetime | None:
    """Return the first time that is present, in UTC, or ``None``.

    Raises
    ------
    ValueError
        If it is no time.
    """
    value = value_at(record, *paths)
    return None if value is None or value == "" else parse_time(value, paths[0])


def posted(record: JsonObject, *paths: str) -> dict[str, Any]:
    """Return the fields ``posted_at`` and ``posted_at_raw`` of a post.

    Raises
    ------
    ValueError
        If the record has no time, or one that cannot be read.
    """
    value = value_at(record, *paths)
    if value is None or value == "":
        raise ValueError(f"no {paths[0]}")
    return {"posted_at": parse_time(value, paths[0]), "posted_at_raw": str(value).strip()}


def _from_number(value: float) -> datetime:
    for limit, per_second in _UNITS:
        if abs(value) < limit:
            # Through whole microseconds: floats of large epochs would lose the last digits.
            return _EPOCH + timedelta(microseconds=round(value * 10**6 / per_second))
    raise ValueError


def _from_text(text: str) -> datetime:
    text = text.strip()
    if len(text) > _LONGEST:
        raise ValueError
    if _NUMBER.fullmatch(text):
        return _from_number(float(text) if "." in text else int(text))
    if match := _TWITTER.fullmatch(text):
        month, day, clock, zone, year = match.groups()
        if month not in _MONTHS:
            raise ValueError
        text = f"{year}-{_MONTHS[month]:02}-{day}T{clock}{zone}"
    if not _DATE.match(text):  # fromisoformat would take "20240501" and much else that is no date
        raise ValueError
    read = datetime.fromisoformat(text.removesuffix(" UTC"))
    return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read
