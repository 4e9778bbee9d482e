"""Records that are not posts (messages, log lines) are searched for indicators one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from undazzle.intrusions.matching import IndicatorIndex
from undazzle.intrusions.sightings import MAX_KEPT, Sighting


@dataclass(frozen=True, slots=True)
class Record:
    """Something that was seen: its parts as text, by name of the part."""

    where: str  # post, mail or log
    record_id: str
    fields: tuple[tuple[str, str], ...]
    at: datetime | None = None
    account_id: str = ""


@dataclass(slots=True)
class Found:
    """Sightings while they are gathered, with counts of everything that was searched and matched."""

    sightings: list[Sighting] = field(default_factory=list)
    searched: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)

    def add(self, sighting: Sighting) -> None:
        """Count a sighting, and keep it while its indicator has not been seen too often."""
        key = sighting.indicator.indicator_id
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.counts[key] <= MAX_KEPT:
            self.sightings.append(sighting)


def search_records(records: Iterable[Record], index: IndicatorIndex, found: Found) -> None:
    """Search records and add what they show to ``found``; an indicator counts once for each record."""
    for record in records:
        found.searched[record.where] = found.searched.get(record.where, 0) + 1
        found.totals[record.where] = found.searched[record.where]
        seen: set[int] = set()
        for name, text in record.fields:
            for match in index.in_text(text):
                if match.number not in seen:
                    seen.add(match.number)
                    found.add(
                        Sighting(
                            index.indicators[match.number],
                            record.where,
                            record.record_id,
                            record.account_id,
                            record.at,
                            name,
                            match.seen,
                        )
                    )
