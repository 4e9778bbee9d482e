"""The ways in which a column can be read as time: what is tried on the values, and the SQL of each.

A reading yields a TIMESTAMP in UTC, or null for a value it does not fit. All of them rely on the session
being set to UTC, which ``Store`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from undazzle.ingest.sample_table import literal, quoted

Zone = Literal["written", "none", "epoch"]
_ZONE_TAIL = r"(?:Z|UTC|[+-]\d\d(?::?\d\d)?)$"
_EPOCH_UNITS = (("seconds", 1_000_000), ("milliseconds", 1_000), ("microseconds", 1), ("nanoseconds", 0.001))
_HIGH = 4_102_444_800  # 2100 in seconds: a larger number is in a smaller unit
# Hours from UTC; BST, IST and the like mean different places to different people and are not read.
_ABBREVIATIONS = {
    "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
}  # fmt: skip
_TAILS = (
    (r"\d{1,2}:\d\d", "%H:%M"),
    (r"\d{1,2}:\d\d:\d\d", "%H:%M:%S"),
    (r"\d{1,2}:\d\d:\d\d\.\d+", "%H:%M:%S.%f"),
    (r"\d{1,2}:\d\d [AaPp][Mm]", "%I:%M %p"),
    (r"\d{1,2}:\d\d:\d\d [AaPp][Mm]", "%I:%M:%S %p"),
)
_WORDED = (
    (r"\d{1,2} [A-Za-z]{3} \d{4}", "%d %b %Y"),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", "%b %d, %Y"),
    (r"\d{1,2} [A-Za-z]{4,} \d{4}", "%d %B %Y"),
    (r"[A-Za-z]{4,} \d{1,2}, \d{4}", "%B %d, %Y"),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", "%d-%b-%Y"),
)
_FIXED = (
    ("'Mon Sep 24 03:35:21 +0000 2012'", "%a %b %d %H:%M:%S %z %Y"),
    ("'Mon, 24 Sep 2012 03:35:21 +0000'", "%a, %d %b %Y %H:%M:%S %z"),
    ("'2012-09-24 03:35:21 +0000'", "%Y-%m-%d %H:%M:%S %z"),
)
_FIXED_UTC = (("'Mon, 24 Sep 2012 03:35:21 GMT'", "%a, %d %b %Y %H:%M:%S GMT"),)
_FIXED_NAIVE = (
    ("'20120924033521'", "%Y%m%d%H%M%S"),
    ("'20120924T033521'", "%Y%m%dT%H%M%S"),
    ("'20120924'", "%Y%m%d"),
    ("'Mon Sep 24 03:35:21 2012'", "%a %b %d %H:%M:%S %Y"),
)
_NUMERIC = re.compile(r"^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(.*)$")


@dataclass(frozen=True, slots=True)
class TimeReading:
    """One way to read a column as time.

    Attributes
    ----------
    label
        What it is, in words or by example.
    expression
        SQL that yields a TIMESTAMP in UTC.
    zone
        ``written`` in the values, ``none`` (read as UTC unless the user says otherwise) or ``epoch`` (always UTC).
    order
        ``day`` or ``month`` where the order of the two first numbers had to be assumed.
    """

    label: str
    expression: str
    zone: Zone
    order: Literal["", "day", "month"] = ""


def in_zone(expression: str, timezone: str | None) -> str:
    """Return SQL that takes a time without zone as local time of ``timezone`` and yields UTC.

    >>> in_zone("t", "+02:00")
    '(t - INTERVAL (120) MINUTE)'
    """
    if timezone is None or timezone.upper() in {"UTC", "Z", "GMT"}:
        return expression
    offset = re.fullmatch(r"([+-])(\d\d):?(\d\d)", timezone)
    if offset:
        minutes = (int(offset[2]) * 60 + int(offset[3])) * (1 if offset[1] == "+" else -1)
        return f"({expression} - INTERVAL ({minutes}) MINUTE)"
    return f"timezone('UTC', timezone({literal(timezone)}, {expression}))"


def format_reading(column: str, date_format: str, timezone: str | None, label: str = "") -> TimeReading:
    """Return the reading by one ``strptime`` format."""
    parsed = f"try_strptime({quoted(column)}::VARCHAR, {literal(date_format)})"
    if "%z" in date_format or "%Z" in date_format:
        return TimeReading(label or date_format, f"timezone('UTC', {parsed})", "written")
    return TimeReading(label or date_format, in_zone(parsed, timezone), "none")


def typed_readings(column: str, sql_type: str, timezone: str | None) -> list[TimeReading]:
    """Return the readings of a column that is no text: a time, a date, or a number."""
    name, kind = quoted(column), sql_type.upper()
    if "WITH TIME ZONE" in kind or kind == "TIMESTAMPTZ":
        return [TimeReading("times with a zone", f"timezone('UTC', {name})", "written")]
    if kind.startswith("TIMESTAMP") or kind == "DATETIME":
        return [TimeReading("times", in_zone(f"CAST({name} AS TIMESTAMP)", timezone), "none")]
    if kind == "DATE":
        return [TimeReading("dates", in_zone(f"CAST({name} AS TIMESTAMP)", timezone), "none")]
    return list(_numbers(name)) if _is_number(kind) else []


def text_readings(column: str, values: Sequence[object], timezone: str | None) -> list[TimeReading]:
    """Return the readings worth trying on a column of text, judged by how its values look."""
    shown = [text for value in values if value is not None and (text := str(value).strip())]
    name = quoted(column)
    if any(str(value) != str(value).strip() for value in values if value is not None):
        name = f"trim({name})"
    readings: list[TimeReading] = []
    if any(re.match(r"\d{4}[-/]\d", text) for text in shown):
        readings.extend(_iso(name, shown, timezone))
    if any(re.fullmatch(r"-?\d+(\.\d+)?([eE]\+?\d+)?", text) for text in shown):
        readings.extend(_numbers(name))
    readings.extend(_fixed(column, shown, timezone))
    readings.extend(_numeric_dates(column, shown, timezone))
    readings.extend(_worded_dates(column, shown, timezone))
    return readings


def _iso(name: str, shown: Sequence[str], timezone: str | None) -> Iterator[TimeReading]:
    naive = f"TRY_CAST({name} AS TIMESTAMP)"
    written = f"timezone('UTC', TRY_CAST({name} AS TIMESTAMPTZ))"
    if any(re.search(r" [A-Z]{3,4}$", text) for text in shown):
        yield _abbreviated(name)
        return
    zoned = sum(bool(re.search(_ZONE_TAIL, text[10:])) for text in shown)
    if zoned == len(shown):
        yield TimeReading("ISO 8601 with a zone", written, "written")
    elif in_zone("t", timezone) == "t":
        # The cast with a zone reads a time without one as UTC, and does not overlook an offset in a later row.
        yield TimeReading("ISO 8601", written, "none")
    else:
        tail = literal(_ZONE_TAIL)
        mixed = (
            f"CASE WHEN regexp_matches(substr({name}, 11), {tail}) THEN {written} ELSE {in_zone(naive, timezone)} END"
        )
        yield TimeReading("ISO 8601", mixed, "none")


def _abbreviated(name: str) -> TimeReading:
    zone = f"split_part({name}, ' ', -1)"
    hours = " ".join(f"WHEN '{short}' THEN {hours}" for short, hours in _ABBREVIATIONS.items())
    local = f"TRY_CAST(left({name}, length({name}) - length({zone}) - 1) AS TIMESTAMP)"
    expression = f"({local} - INTERVAL (60 * CASE {zone} {hours} END) MINUTE)"
    return TimeReading("ISO 8601 with the short name of a zone", expression, "written")


def _numbers(name: str) -> Iterator[TimeReading]:
    number = f"TRY_CAST({name} AS DOUBLE)"
    for unit, factor in _EPOCH_UNITS:
        # Small numbers are read as well, as 1970: landing then counts them as times that cannot be.
        high = int(_HIGH * 1e6 / factor)
        micros = f"CASE WHEN {number} BETWEEN {-high} AND {high} THEN CAST({number} * {factor} AS BIGINT) END"
        yield TimeReading(f"{unit} since 1970", f"make_timestamp({micros})", "epoch")
    days = f"CASE WHEN {number} BETWEEN 32874 AND 73051 THEN CAST(({number} - 25569) * 86400 AS BIGINT) * 1000000 END"
    yield TimeReading("days since 1900 (spreadsheet)", f"make_timestamp({days})", "none")


def _fixed(column: str, shown: Sequence[str], timezone: str | None) -> Iterator[TimeReading]:
    shapes = {_shape(text) for text in shown if text[:1].isalnum() and len(text) < 40}

    def fits(example: str) -> bool:
        return _shape(example.strip("'")) in shapes

    for example, date_format in (*_FIXED, *_FIXED_NAIVE):
        if fits(example):
            yield format_reading(column, date_format, timezone, f"like {example}")
    for example, date_format in _FIXED_UTC:
        if fits(example):
            parsed = format_reading(column, date_format, None).expression
            yield TimeReading(f"like {example}", parsed, "written")


def _shape(text: str) -> str:
    """Return a text with letters as A and digits as 9: two times of one format look alike."""
    shape = re.sub(r"[A-Za-z]", "A", re.sub(r"\d", "9", text))
    return re.sub(r"^(AAA,?) 9 ", r"\1 99 ", shape).replace("-9999", "+9999")


def _numeric_dates(column: str, shown: Sequence[str], timezone: str | None) -> Iterator[TimeReading]:
    shapes = {(found[2], len(found[4]), found[5]) for text in shown if (found := _NUMERIC.match(text))}
    tails = {(mark, digits, tail) for mark, digits, rest in shapes if (tail := _tail_format(rest)) is not None}
    for mark, digits, tail in sorted(tails):
        year = "%Y" if digits == 4 else "%y"
        for order, days in (("day", f"%d{mark}%m{mark}"), ("month", f"%m{mark}%d{mark}")):
            reading = format_reading(column, f"{days}{year}{tail}", timezone)
            yield replace(reading, order="day" if order == "day" else "month")


def _worded_dates(column: str, shown: Sequence[str], timezone: str | None) -> Iterator[TimeReading]:
    for pattern, date in _WORDED:
        rests = {text[found.end() :] for text in shown if (found := re.match(pattern, text))}
        for tail in sorted({tail for rest in rests if (tail := _tail_format(rest)) is not None}):
            yield format_reading(column, date + tail, timezone)


def _tail_format(rest: str) -> str | None:
    """Return the format of what follows a date, with the mark between, or nothing if it is no time of day."""
    if not rest:
        return ""
    mark = ", " if rest.startswith(", ") else " "
    if not rest.startswith(mark):
        return None
    return next((mark + tail for pattern, tail in _TAILS if re.fullmatch(pattern, rest.removeprefix(mark))), None)


def _is_number(kind: str) -> bool:
    return kind.endswith(("INT", "INTEGER")) or kind.startswith(("DOUBLE", "FLOAT", "REAL", "DECIMAL"))
