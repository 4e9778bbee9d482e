"""The kernel on ten million or a hundred million events under an enforced limit of memory; prints JSON.

``python -m benchmarks.growth_job EVENTS WINDOW LEAST_ITEMS LIMIT_MB``. The laws of the events are those of ``e10m_nv``
(a tenth as many accounts and a fifth as many items as events), drawn piece by piece into 32 bits: as the account of an
event depends on neither its item nor its time, items and times are sorted first and accounts are drawn afterwards.
Pairs stay as the kernel's ranges return them, in 32 bits; putting them together in 64 bits is not part of this.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.machine import peak_mb, sort_seconds
from undazzle.coordination.kernel import window_ends_compiled
from undazzle.coordination.pruning import Rows, make_rows
from undazzle.coordination.row_ranges import count_range_compiled, cut_ranges
from undazzle.coordination.rows import row_work_compiled
from undazzle.samples.population import zipf_mandelbrot

Small = npt.NDArray[np.int32]
_SPAN, _PIECE, _THREADS, _RANGES = 28 * 86_400, 5_000_000, 2, 64


def draw_sorted(events: int, seed: int = 0) -> tuple[Small, Small, Small]:
    """Return item, account and second of so many events, sorted by item and time; no viral items, no planted groups.

    Parameters
    ----------
    events
        At least 100.
    seed
        The same seed gives the same events.
    """
    random = np.random.default_rng(seed)
    keys = np.empty(events, np.int64)
    _draw_keys(keys, events // 5, random)
    keys.sort()
    item, at = np.empty(events, np.int32), np.empty(events, np.int32)
    for first in range(0, events, _PIECE):
        piece = keys[first : first + _PIECE]
        item[first : first + _PIECE], at[first : first + _PIECE] = piece >> 32, piece & 0xFFFFFFFF
    del keys
    account = np.empty(events, np.int32)
    cumulated = np.cumsum(zipf_mandelbrot(events // 10, 1.0, 50.0))
    names = random.permutation(events // 10).astype(np.int32)
    for first in range(0, events, _PIECE):
        account[first : first + _PIECE] = names[_ranks(cumulated, len(account[first : first + _PIECE]), random)]
    return item, account, at


def _draw_keys(keys: npt.NDArray[np.int64], items: int, random: np.random.Generator) -> None:
    """Fill ``keys`` with the item in the upper half and the second in the lower."""
    cumulated = np.cumsum(zipf_mandelbrot(items, 1.0, 20.0))
    names = random.permutation(items).astype(np.int32)
    born = random.uniform(0, _SPAN, size=items)
    scale = 8 * 3_600 * random.lognormal(0, 1.0, size=items)
    for first in range(0, len(keys), _PIECE):
        piece = keys[first : first + _PIECE]
        item = _ranks(cumulated, len(piece), random)
        time_ = np.mod(born[item] + scale[item] * random.lognormal(0, 1.5, size=len(piece)), _SPAN)
        piece[:] = (names[item].astype(np.int64) << 32) | time_.astype(np.int64)


def _ranks(cumulated: npt.NDArray[np.float64], count: int, random: np.random.Generator) -> npt.NDArray[np.int64]:
    return np.minimum(np.searchsorted(cumulated, random.random(count)), len(cumulated) - 1)


def count_pair_actions(item: Small, at: Small, window: int) -> int:
    """Return the exact number of pairs of events within the window, same account included; linear in the events."""
    count = len(item)
    return int(window_ends_compiled(item, at, window).sum()) - count * (count + 1) // 2


def count_rows(rows: Rows, least_items: int) -> int:
    """Count all rows range by range, keep what the ranges return, and return how many pairs there are."""
    cuts = cut_ranges(row_work_compiled(rows), _RANGES)
    with ThreadPoolExecutor(_THREADS) as pool:
        parts = list(pool.map(lambda cut: count_range_compiled(rows, cut[0], cut[1], least_items), cuts))
    return sum(len(part[0]) for part in parts)


def main(events: int, window: int, least_items: int, limit_mb: int) -> None:
    """Limit the memory, generate, say what the windows would cost, then count."""
    resource.setrlimit(resource.RLIMIT_DATA, (limit_mb * 2**20, limit_mb * 2**20))
    warm = draw_sorted(1_000)
    count_rows(make_rows(*warm, window, least_items), least_items)  # type: ignore[arg-type]  # compile for 32 bits
    item, account, at = draw_sorted(events)
    result: dict[str, Any] = {"events": events, "window_seconds": window, "least_items": least_items}
    result["limit_mb"], result["generation_peak_mb"] = limit_mb, peak_mb()
    result["pair_actions"] = count_pair_actions(item, at, window)
    result["pair_actions_1h"] = count_pair_actions(item, at, 3_600)
    print(f"{events:,} events, pair-actions: {json.dumps(result)}", flush=True)
    started, wall = time.process_time(), time.perf_counter()
    rows = make_rows(item, account, at, window, least_items)  # type: ignore[arg-type]  # 32 bits, to halve the memory
    result["rows_cpu_seconds"] = time.process_time() - started
    del item, account, at
    result["pairs"] = count_rows(rows, least_items)
    result["kernel_cpu_seconds"] = time.process_time() - started
    result["kernel_wall_seconds"] = time.perf_counter() - wall
    result["peak_mb"] = peak_mb()
    del rows
    result["yardstick_cpu_seconds"] = sort_seconds()
    print(json.dumps(result))


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:5]))
