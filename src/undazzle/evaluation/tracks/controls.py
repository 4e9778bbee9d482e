"""Ordinary people: how many accounts of two samples of posts are named although nobody planted anything.

That the samples are ordinary is an assumption. So whoever is named is handed to the caller as well, for a person to
judge; the rows hold numbers only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from undazzle.coordination import DetectionSettings, detect
from undazzle.evaluation.measures import upper_bound
from undazzle.evaluation.stores import store_of_file
from undazzle.store import Store
from undazzle.traces import TRACE_KINDS, possible_kinds

Row = dict[str, Any]
CONTROLS = {
    "us2020": "us2020_hashtag_control/tweets.parquet",
    "x_us2024": "x_us2024_usc/tweets.parquet",
}
WINDOWS = (60.0, 3_600.0)
_ALL = "all default traces"


def run_controls(
    folder: Path, *, say: Callable[[str], None], listed: list[Row], which: Sequence[str] = tuple(CONTROLS)
) -> Iterator[Row]:
    """Yield one row for each control, trace and window.

    Parameters
    ----------
    folder
        Of the real data.
    say
        Told about progress.
    listed
        Gets one record for every account that is named, with its name: for adjudication, not for keeping.
    which
        Names of controls.
    """
    for name in which:
        store = store_of_file(folder / CONTROLS[name])
        try:
            possible = [kind for kind, reason in possible_kinds(store).items() if reason is None]
            for traces in ((), *((kind,) for kind in TRACE_KINDS if kind in possible)):
                for window in WINDOWS:
                    row = {"control": name, "trace": traces[0] if traces else _ALL, "window": window}
                    row |= _measure(store, traces, window, row, listed)
                    say(
                        f"{name:9} {row['trace']:18} {window:6.0f} s: {row['named']} named, {row['unexplained']} of"
                        f" them unexplained, among {row['sharing']} that share something"
                    )
                    yield row
        finally:
            store.close()


def _measure(store: Store, traces: tuple[str, ...], window: float, about: Row, listed: list[Row]) -> Row:
    settings = DetectionSettings(traces=traces, method="calibrated", time_windows=(window,), shuffles=0, trust=False)
    run = detect(store, settings)
    named = store.records(
        "SELECT m.account_id, n.network_id, n.status, n.explained_by, m.held_out_items, n.kinds FROM members m"
        " JOIN networks n USING (run_id, network_id) WHERE run_id = ? AND is_certified ORDER BY ALL",
        [run],
    )
    listed += [{**about, **one} for one in named]
    unexplained = {one["account_id"] for one in named if one["explained_by"] is None}
    accounts, sharing = _sizes(store, traces)
    summary = json.loads(store.rows("SELECT summary FROM runs WHERE run_id = ?", [run])[0][0])
    testable = int(summary["calibrated"]["power"]["testable_accounts"])
    return {
        "accounts": accounts,
        "sharing": sharing,
        "named": len({one["account_id"] for one in named}),
        "unexplained": len(unexplained),
        "rings": len({one["account_id"] for one in named if one["status"] == "closed_content"}),
        "testable": testable,
        "bound_testable": 10_000 * upper_bound(len(unexplained), testable) if testable else None,
    }


def _sizes(store: Store, traces: tuple[str, ...]) -> tuple[int, int]:
    """Return the number of accounts that post, and of those with two items or more that others share too.

    Whoever shares less could not have been named at all; who shares enough is told by the run ("testable").
    """
    kinds = list(traces) or [kind for kind, one in TRACE_KINDS.items() if one.is_default]
    accounts = store.rows("SELECT count(DISTINCT account_key) FROM posts")[0][0]
    sharing = store.rows(
        "WITH t AS (SELECT DISTINCT trace_set, item_key, account_key FROM traces JOIN trace_sets USING (trace_set)"
        " WHERE list_contains(?, kind)), shared AS (SELECT trace_set, item_key FROM t GROUP BY ALL"
        " HAVING count(*) > 1) SELECT count(*) FROM (SELECT account_key FROM t JOIN shared"
        " USING (trace_set, item_key) GROUP BY account_key HAVING count(*) > 1)",
        [kinds],
    )[0][0]
    return int(accounts), int(sharing)
