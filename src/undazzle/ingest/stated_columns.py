"""What need not be guessed: the columns that the user names, and those of a layout that was recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from undazzle.ingest.column_choices import candidate
from undazzle.ingest.columns import ColumnChoice
from undazzle.ingest.formats import Reader
from undazzle.ingest.name_hints import same_column
from undazzle.ingest.plan_draft import FIELD_KINDS, Draft


def check_timezone(draft: Draft) -> None:
    """Note a time zone that does not exist as a problem, and go on without it."""
    name = draft.context.options.timezone
    if name and not re.fullmatch(r"[+-]\d\d:?\d\d", name) and not draft.context.table.knows_timezone(name):
        draft.problems.append(f"No time zone called {name!r}. Use a name such as Europe/Berlin, UTC or +02:00.")
        draft.context = replace(draft.context, options=replace(draft.context.options, timezone=None))


def take_mapping(draft: Draft) -> None:
    """Read the columns that the user names; a field without a column is left out, ``=word`` is a constant."""
    for field, column in draft.context.options.mapping.items():
        if field not in FIELD_KINDS:
            draft.problems.append(f"There is no field called {field!r}.{_nearest(field, FIELD_KINDS)}")
            continue
        draft.settled.add(field)
        if column.startswith("="):
            draft.keep_constant(field, column[1:], "you said so (--map)")
        elif column:
            _map_column(draft, field, column)


def _map_column(draft: Draft, field: str, column: str) -> None:
    name = same_column(column, list(draft.samples))
    if name is None:
        near = _nearest(column, draft.samples)
        draft.problems.append(f"There is no column called {column!r} for --map {field}.{near}")
        return
    found = candidate(field, draft.samples[name], "you said so (--map)", draft.context)
    if FIELD_KINDS[field] == "time" and found.blocked:
        draft.problems += found.messages("block")
    draft.keep_despite(found)  # a user who names a column has looked


def take_layout(draft: Draft) -> None:
    """Read the columns of the layout, if one was recognised."""
    reader = draft.context.reader
    if reader is None:
        return
    for field, (column, sql) in reader.expressions.items():
        if draft.is_open(field) and column in draft.samples and draft.context.table.works(sql):
            draft.chosen[field] = ColumnChoice(field, column, sql, f"as {reader.title} writes it")
    for field, columns in reader.columns.items():
        if draft.is_open(field):
            _layout_column(draft, field, columns, reader)
    for field, value in reader.constants.items():
        if draft.is_open(field):
            draft.keep_constant(field, value, f"all posts of {reader.title}")


def _layout_column(draft: Draft, field: str, columns: Iterable[str], reader: Reader) -> None:
    present = [name for column in columns if (name := same_column(column, list(draft.samples)))]
    found = [candidate(field, draft.samples[name], f"column of {reader.title}", draft.context) for name in present]
    if not draft.keep_best(one for one in found if not one.blocked) and found:
        draft.refused[field] = found


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean {near[0]!r}?" if near else ""
