"""How a column is read as time: the reading that fits its values best, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from undazzle.errors import QueryError
from undazzle.ingest.columns import Check, ColumnSample
from undazzle.ingest.sample_table import SampleTable, quoted
from undazzle.ingest.time_readings import TimeReading, format_reading, text_readings, typed_readings

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_RESOLUTIONS = ((86_400, 86_400.0), (3_600, 3_600.0), (60, 60.0), (1, 1.0))
_FEW_TIMES = 5
_ENOUGH = 0.5  # a column of which fewer values than this can be read holds no times


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """A column read as time.

    Attributes
    ----------
    expression
        SQL over the raw row that yields a TIMESTAMP in UTC, or null.
    label
        How the values are written.
    checks
        What was looked at; a ``block`` means that the column cannot be used as it is.
    resolution
        The smallest step between times, in seconds; ``None`` without times.
    micros
        The sampled times in microseconds since 1970.
    plausible
        Share of the filled values that are times from 1990 to tomorrow.
    """

    expression: str
    label: str
    checks: tuple[Check, ...]
    resolution: float | None = None
    micros: tuple[int | None, ...] = ()
    plausible: float = 0.0

    @property
    def blocked(self) -> bool:
        """Whether the column cannot be used as it is."""
        return any(check.level == "block" for check in self.checks)

    @property
    def dates_only(self) -> bool:
        """Whether the column holds days without a time of day."""
        return self.resolution == 86_400.0


@dataclass(frozen=True, slots=True)
class TimeSettings:
    """What is known about the times of a file before looking: from the user, or from the layout."""

    timezone: str | None = None
    date_format: str | None = None
    known_format: str | None = None
    is_utc: bool = False


def read_time_column(table: SampleTable, sample: ColumnSample, settings: TimeSettings) -> TimeColumn:
    """Return how a column is best read as time.

    Parameters
    ----------
    table
        The sampled rows.
    sample
        The column.
    settings
        What the user or the layout says about times.
    """
    filled = [value for value in sample.values if value is not None and str(value).strip()]
    if not filled:
        return _unreadable(sample, "holds no values in the rows looked at")
    readings = _readings(sample, settings)
    micros = _try(table, readings)
    if isinstance(micros, Check):
        return TimeColumn("NULL::TIMESTAMP", "", (micros,))
    limit = _latest()
    counts = [sum(_is_plausible(one, limit) for one in column) for column in micros]
    together = _united([_plausible_only(column, limit) for column in micros])
    if not counts or sum(one is not None for one in together) < _ENOUGH * len(filled):
        return _not_times(sample, readings, micros, filled, settings)
    order_problem, dropped = _settle_order(readings, counts, micros, sample)
    if order_problem:
        return TimeColumn("NULL::TIMESTAMP", "", (order_problem,), plausible=max(counts) / len(filled))
    kept = [place for place in range(len(readings)) if place not in dropped]
    chosen = _cover(kept, counts, micros)
    return _described([readings[place] for place in chosen], _united([micros[p] for p in chosen]), filled, settings)


def _readings(sample: ColumnSample, settings: TimeSettings) -> list[TimeReading]:
    if settings.date_format:
        return [format_reading(sample.name, settings.date_format, settings.timezone)]
    is_text = sample.sql_type.upper().startswith(("VARCHAR", "JSON"))
    if settings.known_format and is_text:
        known = format_reading(sample.name, settings.known_format, settings.timezone)
        others = text_readings(sample.name, sample.values, settings.timezone)
        return [known, *(one for one in others if not one.order)]
    if is_text:
        return text_readings(sample.name, sample.values, settings.timezone)
    return typed_readings(sample.name, sample.sql_type, settings.timezone)


def _try(table: SampleTable, readings: Sequence[TimeReading]) -> list[tuple[int | None, ...]] | Check:
    if not readings:
        return []
    try:
        rows = table.values(*(f"TRY(epoch_us({reading.expression}))" for reading in readings))
    except QueryError as error:
        return Check("block", f"The times cannot be read this way: {error.problem}")
    return list(zip(*rows, strict=True))


def _settle_order(
    readings: Sequence[TimeReading],
    counts: Sequence[int],
    micros: Sequence[tuple[int | None, ...]],
    sample: ColumnSample,
) -> tuple[Check | None, set[int]]:
    """Decide between day first and month first by the values over 12; refuse to guess."""
    day = {place for place, reading in enumerate(readings) if reading.order == "day"}
    month = {place for place, reading in enumerate(readings) if reading.order == "month"}
    if not day or not month:
        return None, set()
    as_day, as_month = (_united([micros[place] for place in sorted(places)]) for places in (day, month))
    only_day = sum(one is not None and other is None for one, other in zip(as_day, as_month, strict=True))
    only_month = sum(one is None and other is not None for one, other in zip(as_day, as_month, strict=True))
    if only_day and only_month:
        return _both_orders(sample, only_day, only_month), set()
    if only_day or only_month:
        return None, month if only_day else day
    best = max(day, key=lambda place: counts[place])
    if "%d.%m" in readings[best].label:
        return None, month  # with full stops the day comes first wherever dates are written that way
    return _ambiguous(sample, readings[best].label), set()


def _ambiguous(sample: ColumnSample, day_first: str) -> Check:
    example = next(str(value) for value in sample.values if value)
    month_first = day_first.replace("%d", "%?").replace("%m", "%d").replace("%?", "%m")
    return Check(
        "block",
        f"Dates like '{example}' in column {sample.name} may be day first or month first, and no value settles it. "
        f"Add --date-format '{day_first}' (day first) or --date-format '{month_first}' (month first).",
    )


def _both_orders(sample: ColumnSample, only_day: int, only_month: int) -> Check:
    return Check(
        "block",
        f"Column {sample.name} holds {only_day:,} dates that can only be day first and {only_month:,} that can only "
        "be month first. Write all dates one way, e.g. 2024-09-30 12:00:00.",
    )


def _cover(kept: Sequence[int], counts: Sequence[int], micros: Sequence[tuple[int | None, ...]]) -> list[int]:
    """Choose the best reading, and others as long as they read values that the chosen ones leave out."""
    limit = _latest()
    chosen = [max(kept, key=lambda place: counts[place])]
    for place in sorted(kept, key=lambda place: -counts[place]):
        covered = _united([micros[one] for one in chosen])
        new = sum(old is None and _is_plausible(one, limit) for old, one in zip(covered, micros[place], strict=True))
        if place not in chosen and new:
            chosen.append(place)
    return sorted(chosen)


def _described(
    chosen: Sequence[TimeReading], micros: tuple[int | None, ...], filled: Sequence[object], settings: TimeSettings
) -> TimeColumn:
    expressions = [reading.expression for reading in chosen]
    expression = expressions[0] if len(expressions) == 1 else f"COALESCE({', '.join(expressions)})"
    limit = _latest()
    plausible = sum(_is_plausible(one, limit) for one in micros)
    resolution = _resolution(micros, filled)
    checks = (
        *_range_check(micros, limit),
        *_unread_check(micros, filled),
        *_zone_check(chosen, settings),
        *_resolution_check(resolution),
    )
    label = ", or ".join(reading.label for reading in chosen)
    return TimeColumn(expression, label, checks, resolution, micros, plausible / len(filled))


def _range_check(micros: Iterable[int | None], limit: int) -> Iterable[Check]:
    times = [one for one in micros if one is not None]
    good = [one for one in times if _is_plausible(one, limit)]
    yield Check("ok", f"times from {_shown(min(good))} to {_shown(max(good))} UTC")
    if len(good) < len(times):
        yield Check("ask", f"{len(times) - len(good):,} of {len(times):,} times lie before 1990 or in the future.")


def _unread_check(micros: Iterable[int | None], filled: Sequence[object]) -> Iterable[Check]:
    unread = len(filled) - sum(one is not None for one in micros)
    if unread > 0:
        yield Check("ask", f"{unread:,} of {len(filled):,} values cannot be read as a time; such rows are set aside.")


def _zone_check(chosen: Sequence[TimeReading], settings: TimeSettings) -> Iterable[Check]:
    if all(reading.zone == "epoch" for reading in chosen):
        yield Check("ok", "counted since 1970, which is always UTC")
    elif all(reading.zone != "none" for reading in chosen):
        yield Check("ok", "the values carry their time zone")
    elif settings.timezone:
        yield Check("ok", f"times without a zone are read as {settings.timezone}")
    elif settings.is_utc:
        yield Check("ok", "this layout writes times in UTC")
    else:
        yield Check(
            "ask",
            "Times carry no zone and are read as UTC. If they are local times, add e.g. --timezone Europe/Berlin.",
        )


def _resolution_check(resolution: float | None) -> Iterable[Check]:
    # No question to the user here: landing knows all times, and warns if they are coarse.
    step = {86_400.0: "day", 3_600.0: "hour", 60.0: "minute"}.get(resolution or 1.0)
    if step:
        yield Check("ok", f"times are given to the {step}")


def _resolution(micros: Iterable[int | None], filled: Sequence[object]) -> float | None:
    times = {one for one in micros if one is not None}
    if not times:
        return None
    if len(times) < _FEW_TIMES:
        return _written_resolution(filled)
    for step, seconds in _RESOLUTIONS:
        if all(one % (step * 1_000_000) == 0 for one in times):
            return seconds
    return 0.001


def _written_resolution(filled: Sequence[object]) -> float:
    """Judge a handful of times by how they are written: by chance, all may lie on the hour."""
    colons = max(str(value).count(":") - str(value)[-6:].count("+") for value in filled)
    is_number = any(str(value).replace(".", "").isdigit() for value in filled)
    return 1.0 if colons >= 2 or is_number else 60.0 if colons == 1 else 86_400.0


def _not_times(
    sample: ColumnSample,
    readings: Sequence[TimeReading],
    micros: Sequence[tuple[int | None, ...]],
    filled: Sequence[object],
    settings: TimeSettings,
) -> TimeColumn:
    example = f"e.g. '{str(filled[0])[:60]}'"
    read = max((sum(one is not None for one in column) for column in micros), default=0)
    if settings.date_format:
        return _unreadable(
            sample,
            f"does not follow --date-format '{settings.date_format}' ({read:,} of {len(filled):,} do; {example})",
        )
    if read >= _ENOUGH * len(filled) and any(reading.zone != "epoch" for reading in readings):
        return _unreadable(sample, f"holds times before 1990 or in the future only ({example})")
    return _unreadable(sample, f"holds no times that can be read ({example})")


def _unreadable(sample: ColumnSample, what: str) -> TimeColumn:
    return TimeColumn("NULL::TIMESTAMP", "", (Check("block", f"Column {sample.name} {what}."),))


def raw_time_expression(column: str) -> str:
    """Return SQL that yields a time as it is written in the file."""
    return f"CAST({quoted(column)} AS VARCHAR)"


def _united(columns: Sequence[tuple[int | None, ...]]) -> tuple[int | None, ...]:
    return tuple(next((one for one in row if one is not None), None) for row in zip(*columns, strict=True))


def _plausible_only(column: Sequence[int | None], limit: int) -> tuple[int | None, ...]:
    return tuple(one if _is_plausible(one, limit) else None for one in column)


def _is_plausible(micros: int | None, limit: int) -> bool:
    return micros is not None and int(_EARLIEST.timestamp()) * 1_000_000 <= micros <= limit


def _latest() -> int:
    return int((datetime.now(UTC) + timedelta(days=1)).timestamp()) * 1_000_000


def _shown(micros: int) -> str:
    return datetime.fromtimestamp(micros / 1_000_000, UTC).strftime("%Y-%m-%d %H:%M:%S")
