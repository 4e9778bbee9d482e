"""The kernel keeps its distance from the best plain SQL on the same events, whatever the machine."""

from __future__ import annotations

import time
from collections.abc import Callable

import duckdb
import numpy as np
import pytest

from undazzle.coordination.events import Events
from undazzle.coordination.kernel import count_pairs_compiled
from undazzle.samples.scale import build_events

_JOIN = """
SELECT count(*) FROM (
    SELECT x.account, y.account FROM e x JOIN e y ON x.item = y.item AND x.account < y.account
        AND x.bucket IN (y.bucket - 1, y.bucket, y.bucket + 1) AND abs(x.at - y.at) <= 60
    GROUP BY ALL HAVING count(DISTINCT x.item) >= 2
)
"""
# CPU seconds of the join over those of the kernel, as measured on a busy machine with 2 cores: 0.362 over 0.0099. Less
# than two thirds of that is a regression of more than 1.5 times.
_MEASURED = 36.6


def least_cpu(work: Callable[[], object], times: int) -> float:
    """Return the CPU seconds of the cheapest of several runs."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.slow
def test_the_kernel_is_far_cheaper_than_a_join_of_the_same_events() -> None:
    raw = build_events(20_000, 5_000, 200_000)
    order = np.lexsort((raw["time"], raw["item"]))
    item, account, at = raw["item"][order], raw["account"][order], raw["time"][order]
    numbers = np.arange(int(max(item.max(), account.max())) + 1)
    events = Events(item, account, np.arange(len(item)), at, numbers, numbers, numbers * 0, ("link",), 1_000_000)
    with duckdb.connect() as database:
        database.execute("SET threads = 1")
        database.register("given", {"item": item, "account": account, "at": at, "bucket": at // 60})
        database.execute("CREATE TABLE e AS SELECT * FROM given")
        found = database.execute(_JOIN).fetchall()[0][0]
        assert len(count_pairs_compiled(events, 60, 2)) == found > 100  # compiles; the same answer
        join = least_cpu(lambda: database.execute(_JOIN).fetchall(), 2)
    kernel = least_cpu(lambda: count_pairs_compiled(events, 60, 2), 15)
    assert join / kernel > _MEASURED / 1.5, f"join {join:.3f} s, kernel {kernel:.4f} s: {join / kernel:.0f} times"
