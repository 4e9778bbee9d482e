"""Sightings are kept in a workspace, one run a time."""

from __future__ import annotations

import time
from itertools import islice

from undazzle.intrusions.sightings import SightingReport
from undazzle.intrusions.tables import SIGHTING_COLUMNS, sighting_rows
from undazzle.store import Store, finish_run, start_run
from undazzle.store.finding_tables import SIGHTING_SQL

_BATCH = 5_000


def store_sightings(store: Store, report: SightingReport, *, command: str, parameters: dict[str, object]) -> int:
    """Write sightings into ``sightings`` and return the run. Writes ``runs`` too; earlier runs stay as they are."""
    import pyarrow as pa

    started = time.process_time()
    with store.transaction():
        store.script(SIGHTING_SQL)
        run_id = start_run(store, command=command, method="intrusion", parameters=parameters)
        rows = sighting_rows(report.sightings)
        while batch := list(islice(rows, _BATCH)):
            columns = dict(zip(SIGHTING_COLUMNS, map(list, zip(*batch, strict=True)), strict=True))
            store.append("sightings", pa.table({"run_id": [run_id] * len(batch), **columns}))
        summary = {"indicators": report.indicators, "searched": report.searched, "matches": sum(report.counts.values())}
        finish_run(store, run_id, warnings=report.notes, summary=summary, cpu_started=started)
    return run_id
