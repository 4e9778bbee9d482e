"""How often held-out simulated groups are held for what they are: ``python -m benchmarks.playbooks [SEEDS]``.

The groups come from ``tests/attribution/held_out.py``, which was written after the playbooks and their thresholds were
last changed, from the published descriptions. Right: the operation is named. Told apart from none: nothing is named for
what is ordinary.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.attribution.held_out import CONDITIONS, NULLS, OPERATIONS, held_out

from undazzle.attribution.matching import match_playbooks
from undazzle.signals import choose_accounts
from undazzle.workspace import Workspace


def verdict(kind: str, condition: str, seed: int) -> str:
    """Return what one group is held for: right, first (nearest, but not named), none, or the name of another."""
    with tempfile.TemporaryDirectory() as held:
        path, accounts = held_out(kind, condition, seed, Path(held))
        with Workspace(Path(held) / "w.duckdb") as workspace:
            workspace.ingest(path)
            report = match_playbooks(workspace.store, choose_accounts(workspace.store, accounts))
    named = report.best.playbook.id if report.best else ""
    if kind in NULLS:
        return f"called {named}" if named else "none"
    if named and named != kind:
        return f"called {named}"
    return "right" if named else "first" if report.matches[0].playbook.id == kind else "none"


def main(seeds: int) -> None:
    """Print a line for each kind and condition, and the rates for each condition and in all."""
    total: Counter[str] = Counter()
    for condition in CONDITIONS:
        here: Counter[str] = Counter()
        for kind in OPERATIONS:
            found = Counter(verdict(kind, condition, seed) for seed in range(seeds))
            print(f"{condition:<6} {kind:<20} {dict(found)}", flush=True)
            here += _counted(found, is_null=kind in NULLS)
        print(f"{condition}: {_words(here)}", flush=True)
        total += here
    print(f"all: {_words(total)}")


def _counted(found: Counter[str], *, is_null: bool) -> Counter[str]:
    groups = sum(found.values())
    wrong = sum(count for word, count in found.items() if word.startswith("called"))
    if is_null:
        return Counter({"ordinary": groups, "none": found["none"], "wrong": wrong})
    right, first = found["right"], found["right"] + found["first"]
    return Counter({"operations": groups, "right": right, "first": first, "wrong": wrong})


def _words(found: Counter[str]) -> str:
    return (
        f"right operation nearest {found['first']} of {found['operations']}, named {found['right']}; "
        f"none named for what is ordinary {found['none']} of {found['ordinary']}; wrong names {found['wrong']}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
