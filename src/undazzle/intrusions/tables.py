"""Sightings as rows, to be printed, written, or kept in a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from undazzle.intrusions.sightings import Sighting

SIGHTING_COLUMNS = (
    "act_class", "standing", "reason", "kind", "indicator", "listed_as", "actor", "list_file", "list_line",
    "first_known", "last_known", "found_in", "record_id", "account_id", "seen_at", "field", "seen", "case_refs",
)  # fmt: skip
Row = tuple[Any, ...]


def sighting_rows(sightings: Iterable[Sighting]) -> Iterator[Row]:
    """Yield one row per sighting, in the order of ``SIGHTING_COLUMNS``."""
    for one in sightings:
        listed = one.indicator
        yield (
            str(listed.act_class), str(one.standing), one.reason, str(listed.kind), listed.value, listed.raw,
            listed.actor, listed.source, listed.line, listed.first_known, listed.last_known, one.where, one.record_id,
            one.account_id or None, one.seen_at, one.field, one.seen, list(one.case_refs),
        )  # fmt: skip
