"""One run of the kernel on one set of synthetic events, in a process of its own; prints JSON.

``python -m benchmarks.kernel_job SET WINDOW LEAST_ITEMS``. The first call compiles (or loads what was compiled),
so the figures are those of a second call on the same events.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.machine import peak_mb, sort_seconds
from undazzle.coordination.co_actions import enumerate_co_actions, join_co_actions
from undazzle.coordination.events import Events
from undazzle.coordination.kernel import count_pairs_compiled
from undazzle.coordination.pairs import count_pairs
from undazzle.coordination.windows import count_window_pairs, has_other_account_near
from undazzle.samples.scale import build_event_set, build_events

_MOST_ENUMERATED = 5_000_000


def events_of(name: str) -> Events:
    """Return a named event set, sorted as ``load_events`` returns it; ``small`` is for quick runs."""
    if name == "small":
        raw = build_events(20_000, 20_000, 100_000, viral=1)
    elif name.startswith("n"):  # a point of the growth curve: as many events as the number after the letter
        count = int(name[1:])
        raw = build_events(max(count // 10, 20), max(count // 5, 2), count)
    else:
        raw = build_event_set(name)
    order = np.lexsort((raw["time"], raw["item"]))
    account, item = raw["account"][order], raw["item"][order]
    items, accounts = np.arange(item.max() + 1), np.arange(account.max() + 1)
    post = np.arange(len(item))
    return Events(item, account, post, raw["time"][order], items, accounts, np.zeros_like(items), ("link",), 1_000_000)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return CPU seconds, wall seconds and the result."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return time.process_time() - cpu, time.perf_counter() - wall, result


def main(name: str, window: int, least_items: int) -> None:
    """Prune, count and measure."""
    events = events_of(name)
    count_pairs_compiled(events.take(np.arange(len(events)) < 1000), window, least_items)  # compile
    meeting = events.take(has_other_account_near(events, window))
    looked_at = count_window_pairs(meeting, window)
    # the cheapest of several: the machine is seldom quiet
    runs = [
        timed(lambda: count_pairs_compiled(events, window, least_items)) for _ in range(3 if len(events) < 5e6 else 2)
    ]
    cpu, wall, pairs = min(runs, key=lambda run: run[0])
    result = {
        "set": name,
        "window_seconds": window,
        "least_items": least_items,
        "events": len(events),
        "events_that_meet": len(meeting),
        "co_actions": looked_at,
        "pairs": len(pairs),
        "kernel_cpu_seconds": cpu,
        "kernel_wall_seconds": wall,
        "peak_mb": peak_mb(),
    }
    if looked_at <= _MOST_ENUMERATED:
        cpu, _, listed = timed(lambda: join_co_actions(list(enumerate_co_actions(meeting, window))))
        result["enumerate_cpu_seconds"] = cpu
        result["same"] = int((count_pairs(listed)[0].items >= least_items).sum()) == len(pairs)
    result["yardstick_cpu_seconds"] = sort_seconds()  # after the peak was read: it needs more memory than the kernel
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
