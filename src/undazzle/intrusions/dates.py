"""Dates as lists and logs write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_YEAR = re.compile(r"(?:19|20)\d\d")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")


def read_time(value: object) -> datetime | None:
    """Return a time in UTC without zone from ISO 8601 or seconds (or milliseconds) since 1970, or ``None``.

    Examples
    --------
    >>> read_time("2024-11-05T10:00:00+03:00"), read_time("1730800800.25")
    (datetime.datetime(2024, 11, 5, 7, 0), datetime.datetime(2024, 11, 5, 10, 0, 0, 250000))
    """
    text = str(value or "").strip()[:40]
    if not text:
        return None
    try:
        if _EPOCH.fullmatch(text):
            seconds = float(text) / (1_000 if len(text) == 13 and "." not in text else 1)
            return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
        found = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
    except (ValueError, OverflowError, OSError):
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def read_date(value: object) -> date | None:
    """Return a day from a time, a day, or a bare year (its last day), or ``None``.

    Examples
    --------
    >>> read_date("2023-05-03"), read_date("2022")
    (datetime.date(2023, 5, 3), datetime.date(2022, 12, 31))
    """
    text = str(value or "").strip()
    if _YEAR.fullmatch(text):
        return date(int(text), 12, 31)
    found = read_time(text)
    return found.date() if found else None
