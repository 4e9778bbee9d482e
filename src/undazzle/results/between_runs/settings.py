"""What two runs were asked, and of which data: everything that could make their results differ, data first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from undazzle.results.between_runs.listing import Listing
from undazzle.store import RunRecord

COLUMNS = ("what", "a", "b")
# Hashes of the input are shown so far; they are compared whole.
_FINGERPRINT = 12
_ABSENT = "not set"


def differing_settings(a: RunRecord, b: RunRecord) -> Listing:
    """Return what differs between two runs: input, method, parameters, seed, versions, in this order.

    Columns ``what``, ``a`` and ``b``. A setting that only one of them has is ``not set`` in the other.
    """
    facts_a, facts_b = _facts(a), _facts(b)
    order = sorted(facts_a.keys() | facts_b.keys(), key=lambda name: (_GROUPS.index(name.partition(" ")[0]), name))
    rows = [
        (name, _shown(name, facts_a), _shown(name, facts_b))
        for name in order
        if facts_a.get(name, _ABSENT) != facts_b.get(name, _ABSENT)
    ]
    return Listing("What was asked differently", COLUMNS, rows, _reading(rows, len(order)))


_GROUPS = ("input", "method", "parameter", "seed", "version")


def _facts(run: RunRecord) -> dict[str, str]:
    found = {"input fingerprint": run.input_fingerprint, "method": run.method, "seed": str(run.seed)}
    found |= _named("parameter", {name: value for name, value in run.parameters.items() if name != "seed"})
    return found | _named("version of", run.versions)


def _named(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    return {
        f"{kind} {name}": value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
        for name, value in sorted(values.items())
    }


def _shown(name: str, facts: Mapping[str, str]) -> str:
    value = facts.get(name, _ABSENT)
    return value[:_FINGERPRINT] if name == "input fingerprint" else value


def _reading(rows: list[tuple[str, str, str]], compared: int) -> str:
    """Return how to read the differences: to what a change of the results can be put down."""
    kinds = {name.partition(" ")[0] for name, _, _ in rows}
    if not rows:
        return f"Input, method, seed, versions and all parameters ({compared} values) are the same."
    same = f"{compared - len(rows)} of {compared} values are the same."
    if kinds == {"input"}:
        return f"{same} Only the data differ: what changed, changed with them."
    if "input" in kinds:
        return f"{same} The data and other things differ: a change cannot be put down to one of them."
    return f"{same} The data are the same: what changed, changed with the settings above."
