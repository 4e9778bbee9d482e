"""Holds the edges of the toolkit's database against those of a workspace, one by one; prints JSON.

``python -m benchmarks.same_edges WINDOW DATABASE WORKSPACE KIND=NETWORK_TABLE…``: for each trace kind the directed
weights within the window, of every run that used this kind alone and of every run that stacked it with others, must
equal the toolkit's network.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing

from undazzle.store import Store, list_runs

Edges = dict[tuple[str, str], int]

# The toolkit's weight from u to v: posts of u that some post of v meets; here by trace kind of a run.
_OURS = """
WITH edges AS (
    SELECT account_a AS u, account_b AS v, count(DISTINCT post_a) AS weight FROM co_actions
    WHERE run_id = $run AND time_window = $window AND kind = $kind GROUP BY ALL
    UNION ALL
    SELECT account_b, account_a, count(DISTINCT post_b) FROM co_actions
    WHERE run_id = $run AND time_window = $window AND kind = $kind GROUP BY ALL)
SELECT s.account_id, t.account_id, weight
FROM edges JOIN accounts s ON s.account_key = u JOIN accounts t ON t.account_key = v
"""
_PAIRS = """
SELECT s.account_id, t.account_id, posts_a, posts_b
FROM pairs JOIN accounts s ON s.account_key = account_a JOIN accounts t ON t.account_key = account_b
WHERE run_id = $run AND time_window = $window
"""


def toolkit_edges(database: str, table: str) -> Edges:
    """Return the toolkit's edges without loops."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(f"SELECT user_1, user_2, weight FROM {table} WHERE user_1 <> user_2").fetchall()
    return {(str(one), str(two)): weight for one, two, weight in rows}


def run_edges(store: Store, run_id: int, window: int, kind: str) -> Edges:
    """Return our directed edges of one trace kind in a run, from its co-actions."""
    scope = {"run": run_id, "window": window, "kind": kind}
    return {(_own(one), _own(two)): weight for one, two, weight in store.rows(_OURS, scope)}


def pair_edges(store: Store, run_id: int, window: int) -> Edges:
    """Return our directed edges of a run, from its pairs."""
    found: Edges = {}
    for one, two, there, back in store.rows(_PAIRS, {"run": run_id, "window": window}):
        found[_own(one), _own(two)] = there
        found[_own(two), _own(one)] = back
    return found


def _own(account_id: str) -> str:
    return account_id.partition(":")[2]


def main(window: int, database: str, workspace: str, networks: dict[str, str]) -> None:
    """Compare every run with the toolkit."""
    compared = []
    with Store(workspace, read_only=True) as store:
        for run in list_runs(store):
            if window not in [one["time_window"] for one in run.summary["windows"]]:
                continue
            kinds = list(run.parameters["traces"])
            for kind in kinds:
                theirs, ours = toolkit_edges(database, networks[kind]), run_edges(store, run.run_id, window, kind)
                same = theirs == ours and (len(kinds) > 1 or pair_edges(store, run.run_id, window) == ours)
                compared.append(
                    {
                        "run": run.run_id,
                        "window": window,
                        "kind": kind,
                        "edges": len(theirs),
                        "weight": sum(theirs.values()),
                        "same": same,
                    }
                )
    json.dump(compared, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], dict(one.split("=", 1) for one in sys.argv[4:]))
