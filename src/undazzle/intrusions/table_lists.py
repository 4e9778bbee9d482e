"""Indicator lists as tables: CSV and TSV, whatever their columns are called."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from undazzle.intrusions.adding import Entry, add_entry
from undazzle.intrusions.dates import read_date
from undazzle.intrusions.indicator import IndicatorList, ListDraft

_VALUES = ("indicator", "indicator_value", "value", "ioc", "observable", "threat_indicator", "domain", "url", "ip")
_TYPES = ("indicator_type", "type", "ioc_type", "observable_type", "category_type", "data_type")
_ACTORS = ("threat_actor", "actor", "group", "campaign", "attribution", "threat_group")
_NOTES = ("note", "notes", "description", "comment", "comments", "context", "event_info")
_FIRSTS = ("first_seen", "valid_from", "first_known", "created", "ds", "date", "report_year", "published")
_LASTS = ("last_seen", "valid_until", "last_known", "updated", "modified", "ds", "date", "report_year", "published")
# Columns that say what a row is evidence of; a row of words is an indicator where it was published as posted content.
_PROCEDURES = ("procedure", "technique", "subtechnique")
_POSTED = re.compile(r"posting (?:original )?content|posting on (?:blogs|websites)", re.IGNORECASE)
_LARGEST_FIELD = 1_000_000


def read_table(path: Path, *, delimiter: str) -> IndicatorList:
    """Return the indicators of a table; each row is one entry.

    Parameters
    ----------
    path
        A file with a head line.
    delimiter
        What stands between columns.
    """
    draft = ListDraft(path.name)
    csv.field_size_limit(_LARGEST_FIELD)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.DictReader((line.replace("\0", "") for line in file), delimiter=delimiter, restkey="", restval="")
        named = {_key(name): name for name in rows.fieldnames or () if name is not None}
        value = _first(named, _VALUES)
        if value is None:
            draft.problems.append(f"{path.name} has no column of indicators (columns: {', '.join(named)[:300]})")
            return draft.done()
        columns = {
            "type_word": _first(named, _TYPES),
            "actor": _first(named, _ACTORS),
            "note": _first(named, _NOTES),
            "first_known": _first(named, _FIRSTS),
            "last_known": _first(named, _LASTS),
        }
        _read_rows(draft, rows, value, columns, [named[one] for one in _PROCEDURES if one in named])
    return draft.done()


def _read_rows(
    draft: ListDraft,
    rows: csv.DictReader[str],
    value: str,
    columns: Mapping[str, str | None],
    procedures: list[str],
) -> None:
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            draft.refuse(rows.line_num, f"a row that cannot be read ({error})", "")
            draft.entries += 1
            continue
        if row is None:
            return
        given = {name: str(row.get(column) or "") if column else "" for name, column in columns.items()}
        add_entry(
            draft,
            Entry(
                str(row.get(value) or ""),
                rows.line_num,
                given["type_word"],
                given["actor"],
                given["note"],
                read_date(given["first_known"]),
                read_date(given["last_known"]),
                is_phrase=_is_posted(row, procedures) and _is_words(str(row.get(value) or "").strip()),
            ),
        )


def _is_posted(row: Mapping[str, object], procedures: list[str]) -> bool:
    return any(_POSTED.search(str(row.get(one) or "")) for one in procedures)


def _is_words(text: str) -> bool:
    """Whether a value is words; without spaces, as Chinese is written, it is if it is no address."""
    return " " in text or (not text.isascii() and "/" not in text)


def _key(name: str) -> str:
    return "_".join(str(name).strip().lower().replace("-", " ").split())


def _first(named: Mapping[str, str], wanted: tuple[str, ...]) -> str | None:
    return next((named[one] for one in wanted if one in named), None)
