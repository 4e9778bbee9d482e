"""``python -m benchmarks``: run all benchmarks, or those of ``--only``, then print goals beside what was measured.

``--only goals`` means all sections that a goal needs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from benchmarks.goals import GOALS, print_goals
from benchmarks.machine import describe_machine
from benchmarks.measuring import CommandFailedError, measure_python
from benchmarks.tables import keep_result

# name on the command line -> module with TITLE and run(*, quick) -> result
BENCHMARKS = {
    "toolkit": "benchmarks.peer_coordination_network_toolkit",
    "coortweet": "benchmarks.peer_coortweet",
    "kernel": "benchmarks.kernel",
    "near_text": "benchmarks.near_text",
    "pictures": "benchmarks.pictures",
    "casebook": "benchmarks.casebook",
    "shuffles": "benchmarks.shuffles",
    "distinct_groups": "benchmarks.distinct_groups",
    "missed": "benchmarks.missed",
    "signals": "benchmarks.signals",
    "spark": "benchmarks.spark",
    "spark_calibrated": "benchmarks.spark_calibrated",
    "narratives": "benchmarks.narratives",
    "ten_million": "benchmarks.ten_million",
}


def main() -> int:
    """Run what the command line says; 1 if two tools disagreed or one broke off, 0 otherwise, goals met or not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    sections = [*BENCHMARKS, "goals"]
    parser.add_argument("--only", action="append", choices=sections, help="Run this one; may be repeated.")
    parser.add_argument("--quick", action="store_true", help="Small synthetic data: does it run, are edges the same.")
    asked = parser.parse_args()
    print(describe_machine())
    yardstick = json.loads(measure_python("benchmarks.machine")[1])
    print(f"Yardstick: NumPy sorts {yardstick['keys']:,} 64-bit keys in {yardstick['cpu_seconds']:.2f} CPU s\n")
    results: dict[str, dict[str, Any]] = {}
    failures: dict[str, str] = {}
    for name in sections_of(asked.only):
        module = import_module(BENCHMARKS[name])
        print(f"## {module.TITLE}\n", flush=True)
        try:
            results[name] = module.run(quick=asked.quick)
        except CommandFailedError as error:
            failures[name] = str(error).strip().splitlines()[-1]
            print(f"BROKEN OFF: {error}\n", file=sys.stderr)
            continue
        path = keep_result(f"{name}-quick" if asked.quick else name, {"yardstick": yardstick, **results[name]})
        print(f"\nKept in benchmarks/results/{path.name}\n")
    print_goals(results, failures, yardstick["cpu_seconds"])
    return int(bool(failures) or not all(one.get("same", True) for one in results.values()))


def sections_of(asked: Sequence[str] | None) -> list[str]:
    """Return the sections to run, in their order: all, those named, and for ``goals`` those that a goal needs."""
    if not asked:
        return list(BENCHMARKS)
    wanted = {*asked, *(goal.section for goal in GOALS if "goals" in asked)}
    return [name for name in BENCHMARKS if name in wanted]


if __name__ == "__main__":
    raise SystemExit(main())
