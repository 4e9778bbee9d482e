"""A list of indicators is searched for in posts, mails and logs, weighed, and linked to a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from undazzle.casebook import Case
from undazzle.intrusions.case_links import link_sightings
from undazzle.intrusions.indicator import IndicatorList
from undazzle.intrusions.log_reading import LogReading
from undazzle.intrusions.matching import IndicatorIndex
from undazzle.intrusions.post_search import search_posts
from undazzle.intrusions.record_search import Found, Record, search_records
from undazzle.intrusions.sightings import MAX_KEPT, SightingReport, weighed
from undazzle.intrusions.stored_mails import stored_mails
from undazzle.store import Store

MAX_AGE_DAYS = 365


def search_indicators(
    listed: IndicatorList,
    *,
    store: Store | None = None,
    logs: Iterable[Path | str] = (),
    mails: Iterable[Record] = (),
    case: Case | None = None,
    max_age_days: int = MAX_AGE_DAYS,
    progress: Callable[[str], None] | None = None,
) -> SightingReport:
    """Return where the indicators of a list were seen, with the standing of each sighting.

    Reads ``posts``, ``accounts`` and ``mails``.

    Parameters
    ----------
    listed
        The indicators.
    store
        A workspace, whose posts and mails are searched.
    logs
        Log files.
    mails
        Messages as records.
    case
        A case whose actors and incidents sightings are linked to.
    max_age_days
        Beyond that many days from when an indicator was known, a sighting is weak.
    progress
        Called with a sentence before each step.
    """
    index, found, notes = IndicatorIndex(listed.indicators), Found(), list[str]()
    say = progress or (lambda _: None)
    if store is not None:
        say("searching posts")
        search_posts(store, index, found)
        search_records(stored_mails(store), index, found)
    search_records(mails, index, found)
    for path in logs:
        say(f"searching {Path(path).name}")
        reading = LogReading(path)
        search_records(reading, index, found)
        if reading.broken:
            notes.append(f"{Path(path).name}: {reading.broken:,} lines are not of the form of the file; read as text")
    sightings = weighed(found.sightings, index, found.totals, max_age_days=max_age_days)
    if case is not None:
        sightings, said = link_sightings(sightings, case)
        notes += said
    many = [name for name, count in found.counts.items() if count > MAX_KEPT]
    notes += [f"{name}: {found.counts[name]:,} matches; the first {MAX_KEPT:,} are kept" for name in many[:20]]
    guarded = {index.indicators[number].indicator_id: why for number, why in index.guarded.items()}
    return SightingReport(tuple(sightings), found.searched, found.counts, guarded, len(index), tuple(notes))
