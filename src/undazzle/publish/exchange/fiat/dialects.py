"""The two tables of the tracker: columns, separators and ways of writing a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from undazzle.casebook import Case
from undazzle.casebook.fields import first_day
from undazzle.casebook.scoring.items import Section, items_of
from undazzle.publish.exchange.fiat.rows import (
    Allegation,
    actors_of,
    address_of,
    allegations,
    answer_cells,
    left_out,
    source_of,
    total_cells,
)
from undazzle.publish.exchange.fiat.words import ATTRIBUTIONS, BREAKOUT, MESSENGERS, METHODS, OPEN_WEB, method_names
from undazzle.publish.exchange.formats import ExchangeFormat, Exported
from undazzle.publish.exchange.tables import csv_bytes

_WHOLE_DAY = len("2024-10-23")


def _day_2020(day: str) -> str:
    whole = first_day(day)
    return f"{whole.month}/{whole.day}/{whole.year}"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One of the two ways the tracker was published."""

    year: int
    key: str
    separator: str
    actor: str
    actor_nation: str
    attribution: str
    archive: str
    social: str
    messaging: str
    columns: tuple[str, ...]
    day: Callable[[str], str]


def _scores() -> tuple[str, ...]:
    """Return the columns of the answers with the total of each section behind them, as in both tables."""
    sections = ((*items_of(section), f"attribution_{section}_score") for section in Section)
    return (*(column for held in sections for column in held), "attribution_total_score")


_2020 = Dialect(
    2020, "case_hash", ", ", "disinformant", "disinformant_nation", "disinformant_attribution",
    "archived_attribution_url", "social_media", "messaging_platforms",
    ("case_hash", "case_id", "source", "source_nation", "source_category", "disinformant", "disinformant_nation",
     "disinformant_attribution", "short_title", "short_description", "attribution_url", "archived_attribution_url",
     "open_web", "social_media", "messaging_platforms", "other", "start_date", "end_date", "attribution_date",
     "methods", *_scores(), "tags"),
    _day_2020,
)  # fmt: skip
_2024 = Dialect(
    2024, "attribution_id", ";", "actor", "actor_nation", "attribution_type", "attribution_archive_url", "platform",
    "platform",
    ("attribution_id", "attribution_url", "short_title", "short_description", "attribution_archive_url",
     "attribution_type", "attribution_date", "start_date", "end_date", "source", "source_nation", "source_category",
     "actor", "actor_nation", "campaign", "open_web", "platform", "other", "methods", "breakout_scale",
     "offline_mobilization", *_scores()),
    lambda day: day,
)  # fmt: skip


def _row(case: Case, dialect: Dialect, one: Allegation, number: int) -> Mapping[str, str]:
    """Return the cells of a row by column; a day that is no whole day is left empty."""
    claim, incident, place = one.claim, one.incident, dialect.year == 2024
    source, nation, category = source_of(case, claim)
    actors, nations = actors_of(case, claim)
    url, archive = address_of(case, claim)
    period = claim.proposition.period
    breakout = incident.breakout.category if incident and incident.breakout else None
    offline = incident.offline_mobilization if incident else None
    return {
        dialect.key: claim.id.partition(":")[2], "case_id": str(number), "source": source, "source_nation": nation,
        "source_category": category, dialect.actor: _joined(dialect, actors),
        dialect.actor_nation: _joined(dialect, nations),
        dialect.attribution: ATTRIBUTIONS[claim.attribution][place],
        "short_title": incident.title if incident else "", "short_description": claim.statement,
        "attribution_url": url, dialect.archive: archive, "attribution_date": _day(dialect, claim.claimed),
        "start_date": _day(dialect, period.begin if period else None),
        "end_date": _day(dialect, period.end if period else None),
        "methods": _joined(dialect, (METHODS[name][place] for name in method_names(claim.methods))),
        "breakout_scale": f"Category {BREAKOUT[breakout - 1]}" if breakout else "",
        "offline_mobilization": "" if offline is None else str(offline).lower(),
        **_platform_cells(dialect, claim.platforms), **answer_cells(one.answers), **total_cells(one.answers),
    }  # fmt: skip


def _platform_cells(dialect: Dialect, platforms: Iterable[str]) -> Mapping[str, str]:
    held: dict[str, list[str]] = {"open_web": [], dialect.social: [], dialect.messaging: []}
    for one in platforms:
        if one in OPEN_WEB:
            held["open_web"].append(OPEN_WEB[one])
        else:
            held[dialect.messaging if one in MESSENGERS else dialect.social].append(one)
    return {column: _joined(dialect, names) for column, names in held.items()}


def _joined(dialect: Dialect, names: Iterable[str]) -> str:
    """Return several values in one cell; the separator inside a value becomes a space."""
    mark = dialect.separator.strip()
    return dialect.separator.join(" ".join(name.replace(mark, " ").split()) for name in names)


def _day(dialect: Dialect, day: str | None) -> str:
    return dialect.day(day) if day and len(day) == _WHOLE_DAY else ""


def _export(case: Case, dialect: Dialect) -> Exported:
    found = list(allegations(case))
    rows = [_row(case, dialect, one, number) for number, one in enumerate(found, 1)]
    content = csv_bytes(dialect.columns, ([row.get(column, "") for column in dialect.columns] for row in rows))
    warnings = left_out(case)
    partial = sum(bool(one.claim.claimed) and len(one.claim.claimed or "") < _WHOLE_DAY for one in found)
    if partial:
        warnings.append(f"{partial:,} dates are months or years; the tracker writes days, so they were left empty.")
    return Exported({f"fiat{dialect.year}.csv": content}, tuple(warnings))


FIAT_2020 = ExchangeFormat(
    "fiat2020",
    "CSV with the column names of DFRLab's tracker of 2020: one row an allegation, with the 18 answers.",
    False,
    lambda case: _export(case, _2020),
    "https://interference2020.org/",
)
FIAT_2024 = ExchangeFormat(
    "fiat",
    "CSV with the column names of DFRLab's tracker of 2024: one row an allegation, with the 18 answers.",
    False,
    lambda case: _export(case, _2024),
    "https://interference2024.org/",
)
