"""The latest measurement of a network's impact, as it was kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from undazzle.impact.breakout import Breakout, BreakoutStep
from undazzle.impact.counters import Counter
from undazzle.impact.measure import Impact
from undazzle.impact.reach import Engagement, Reach
from undazzle.impact.spread import Spread
from undazzle.store import RunRecord, Store, list_runs
from undazzle.store.runs import input_fingerprint


def stored_impact(store: Store, of_run: int, network_id: int) -> Impact | None:
    """Return the latest measurement over the posts that are in the workspace now, or none. Reads ``runs``."""
    now = input_fingerprint(store)
    found = [
        one
        for one in list_runs(store)
        if one.method == "impact"
        and one.state == "finished"
        and one.input_fingerprint == now
        and (one.parameters.get("of_run"), one.parameters.get("network")) == (of_run, network_id)
    ]
    return _impact(found[-1]) if found else None


def _impact(run: RunRecord) -> Impact:
    kept: Mapping[str, Any] = run.summary
    reach, breakout = kept["reach"], kept["breakout"]
    return Impact(
        run_id=run.run_id,
        of_run=kept["of_run"],
        network_id=kept["network_id"],
        reach=Reach(
            **{
                **reach,
                "engagements": tuple(Engagement(**one) for one in reach["engagements"]),
                "examples": tuple((kind, post) for kind, post in reach.get("examples", ())),
            }
        ),
        counters=tuple(Counter(**one) for one in kept["counters"]),
        spread=Spread(**kept["spread"]),
        breakout=Breakout(
            **{
                **breakout,
                "steps": tuple(BreakoutStep(**{**one, "basis": tuple(one["basis"])}) for one in breakout["steps"]),
                "notes": tuple(breakout["notes"]),
            }
        ),
        warnings=tuple(run.warnings),
        explained_by=kept.get("explained_by"),
    )
