"""A collection of messages is kept in a workspace, one run a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import islice

from undazzle.mail.analysis import MailCollection
from undazzle.mail.tables import (
    HOP_COLUMNS,
    MAIL_COLUMNS,
    PLACE_COLUMNS,
    STATEMENT_COLUMNS,
    Row,
    hop_rows,
    mail_rows,
    place_rows,
    statement_rows,
)
from undazzle.store import Store, finish_run, start_run
from undazzle.store.finding_tables import MAIL_SQL

_BATCH = 2_000  # rows


def store_mails(store: Store, found: MailCollection, *, command: str, parameters: dict[str, object]) -> int:
    """Write a collection into ``mails``, ``mail_hops``, ``mail_statements`` and ``mail_places``; return the run.

    Writes ``runs`` too. Nothing of an earlier run is changed.
    """
    started = time.process_time()
    with store.transaction():
        store.script(MAIL_SQL)
        run_id = start_run(store, command=command, method="mail", parameters=parameters)
        _append(store, "mails", run_id, MAIL_COLUMNS, mail_rows(found))
        _append(store, "mail_hops", run_id, HOP_COLUMNS, hop_rows(found))
        _append(store, "mail_statements", run_id, STATEMENT_COLUMNS, statement_rows(found))
        _append(store, "mail_places", run_id, PLACE_COLUMNS, place_rows(found))
        summary = {"mails": len(found.mails), "clusters": len(found.clusters), "repeated": found.repeated}
        warnings = [f"{name}: {reason}" for name, reason in found.set_aside]
        finish_run(store, run_id, warnings=warnings, summary=summary, cpu_started=started)
    return run_id


def _append(store: Store, table: str, run_id: int, columns: Sequence[str], rows: Iterator[Row]) -> None:
    import pyarrow as pa

    while batch := list(islice(rows, _BATCH)):
        by_column = dict(zip(columns, map(list, zip(*batch, strict=True)), strict=True))
        store.append(table, pa.table({"run_id": [run_id] * len(batch), **by_column}))
