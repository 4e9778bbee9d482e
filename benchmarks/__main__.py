"""``python -m benchmarks``: run all benchmarks, or those named by ``--only``."""

from __future__ import annotations

import argparse
import json
from importlib import import_module

from benchmarks.machine import describe_machine
from benchmarks.measuring import measure_python
from benchmarks.tables import keep_result

# name on the command line -> module with TITLE and run(*, quick) -> result
BENCHMARKS = {
    "toolkit": "benchmarks.peer_coordination_network_toolkit",
    "kernel": "benchmarks.kernel",
    "near_text": "benchmarks.near_text",
    "pictures": "benchmarks.pictures",
    "casebook": "benchmarks.casebook",
    "shuffles": "benchmarks.shuffles",
    "distinct_groups": "benchmarks.distinct_groups",
    "signals": "benchmarks.signals",
    "spark": "benchmarks.spark",
    "narratives": "benchmarks.narratives",
    "ten_million": "benchmarks.ten_million",
}


def main() -> int:
    """Run what the command line says; 1 if two tools disagreed, 0 otherwise, whether goals were met or not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(BENCHMARKS), help="Run this one; may be repeated.")
    parser.add_argument("--quick", action="store_true", help="Small synthetic data: does it run, are edges the same.")
    asked = parser.parse_args()
    print(describe_machine())
    yardstick = json.loads(measure_python("benchmarks.machine")[1])
    print(f"Yardstick: NumPy sorts {yardstick['keys']:,} 64-bit keys in {yardstick['cpu_seconds']:.2f} CPU s\n")
    failed = False
    for name in asked.only or BENCHMARKS:
        module = import_module(BENCHMARKS[name])
        print(f"## {module.TITLE}\n")
        result = module.run(quick=asked.quick)
        failed |= not result.get("same", True)
        path = keep_result(f"{name}-quick" if asked.quick else name, {"yardstick": yardstick, **result})
        print(f"\nKept in benchmarks/results/{path.name}\n")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
