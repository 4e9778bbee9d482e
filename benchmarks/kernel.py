"""The compiled kernel on synthetic events: ordinary ones, and items that went viral."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.measuring import measure_python
from benchmarks.tables import print_table

TITLE = "Kernel: pairs of accounts with at least k shared items"

# set, window in seconds, least number of items, goal in CPU seconds if one was set
Case = tuple[str, int, int, float | None]
QUICK: tuple[Case, ...] = (("small", 60, 1, None), ("small", 60, 2, None), ("n100000", 60, 2, None))
ALL: tuple[Case, ...] = (
    ("n100000", 60, 2, None),
    ("n1000000", 60, 2, None),
    ("n10000000", 60, 2, None),
    ("e1m_nv", 60, 1, None),
    ("e1m_nv", 60, 2, None),
    ("e1m_nv", 3600, 2, None),
    ("v1", 60, 2, 0.8),
    ("v1", 3600, 2, None),
    ("v5", 60, 3, None),
    ("v5f", 60, 3, None),
    ("v5f", 3600, 3, 2.0),
    ("v5", 3600, 3, 2.0),  # the goal did not say which of the two sets it meant
    ("v50", 60, 3, None),
    ("e10m_nv", 60, 2, 1.5),
)
GROWTH, LIMIT_MB = (10_000_000, 100_000_000), 6_000


def run(*, quick: bool) -> dict[str, Any]:
    """Measure every case in a process of its own, print a table and what one viral item adds."""
    measured = []
    for *case, goal in QUICK if quick else ALL:
        _, printed = measure_python("benchmarks.kernel_job", *(str(one) for one in case))
        measured.append(json.loads(printed.splitlines()[-1]) | {"goal": goal})
    columns = ["events", "window", "k", "co-actions", "pairs", "kernel CPU s", "goal", "of yardstick", "wall s"]
    print_table([*columns, "list CPU s", "peak MB"], [_row(one) for one in measured])
    same = all(one.get("same", True) for one in measured)
    print(f"\n{'Listing gives as many pairs' if same else 'LISTING GIVES OTHER PAIRS'} where it was feasible.")
    print("Yardstick: NumPy sorts 100,000,000 64-bit keys, measured in the same process after the peak was read.")
    _print_viral(measured)
    growth = [] if quick else _measure_growth()
    return {"cases": measured, "growth": growth, "same": same}


def _measure_growth() -> list[dict[str, Any]]:
    """Measure ten and a hundred million events under an enforced limit; print them against the goals."""
    measured = []
    for events in GROWTH:
        _, printed = measure_python("benchmarks.growth_job", str(events), "60", "2", str(LIMIT_MB))
        measured.append(json.loads(printed.splitlines()[-1]))
    columns = ["events, 60 s, k = 2", "pair-actions", "within 1 h", "pairs", "kernel CPU s", "ns per pair-action"]
    print(f"\nGrowth, data of each process limited to {LIMIT_MB:,} MB (RLIMIT_DATA):\n")
    print_table([*columns, "of yardstick", "peak MB", "of it generating"], [_growth_row(one) for one in measured])
    small, large = (one["kernel_cpu_seconds"] / one["pair_actions"] for one in measured)
    cpu, ratio = measured[-1]["kernel_cpu_seconds"], large / small
    print(f"\nCPU s: {cpu:.1f}; goal under 150: {'met' if cpu < 150 else 'MISSED'}.")
    print(
        f"Cost per pair-action over that at ten million: {ratio:.2f}; goal 1.2: {'met' if ratio <= 1.2 else 'MISSED'}."
    )
    return measured


def _growth_row(one: dict[str, Any]) -> list[object]:
    cpu = one["kernel_cpu_seconds"]
    return [
        f"{one['events']:,}",
        f"{one['pair_actions']:,}",
        f"{one['pair_actions_1h']:,}",
        f"{one['pairs']:,}",
        f"{cpu:.2f}",
        f"{cpu / one['pair_actions'] * 1e9:.1f}",
        f"{cpu / one['yardstick_cpu_seconds']:.1f}",
        f"{one['peak_mb']:,.0f}",
        f"{one['generation_peak_mb']:,.0f}",
    ]


def _row(one: dict[str, Any]) -> list[object]:
    cpu, goal = one["kernel_cpu_seconds"], one["goal"]
    return [
        f"{one['set']} ({one['events']:,})",
        f"{one['window_seconds']} s",
        one["least_items"],
        f"{one['co_actions']:,}",
        f"{one['pairs']:,}",
        f"{cpu:.2f}",
        "" if goal is None else f"{goal:g} {'met' if cpu < goal else 'MISSED'}",
        f"{cpu / one['yardstick_cpu_seconds']:.2f}",
        f"{one['kernel_wall_seconds']:.2f}",
        f"{one['enumerate_cpu_seconds']:.2f}" if "enumerate_cpu_seconds" in one else "",
        f"{one['peak_mb']:,.0f}",
    ]


def _print_viral(measured: list[dict[str, Any]]) -> None:
    """Say what one item shared 200,000 times in a day adds, against its goal."""
    cpu = {(one["set"], one["window_seconds"], one["least_items"]): one["kernel_cpu_seconds"] for one in measured}
    for window, goal in ((60, 2.0), (3600, 15.0)):
        if ("v1", window, 2) in cpu:
            more = cpu["v1", window, 2] - cpu["e1m_nv", window, 2]
            verdict = "met" if more < goal else "MISSED"
            print(f"One item shared 200,000 times, {window} s: {more:.2f} more CPU s; goal under {goal:g}: {verdict}.")
