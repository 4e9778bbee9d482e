"""Counts of targets, kept as a run, so that a report can show them without counting again."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from undazzle.casebook import Case
from undazzle.narratives.gazetteer import Entry
from undazzle.narratives.targets import TargetCount, count_targets
from undazzle.store import RunRecord, Store, fail_run, finish_run, list_runs, start_run

METHOD = "targets"


def measure_targets(
    store: Store,
    case: Case,
    *,
    networks_run: int,
    aliases: Mapping[str, Sequence[str]] | None = None,
    gazetteer: Sequence[Entry] | None = None,
) -> list[TargetCount]:
    """Count the targets of a case beside the networks of a run, and keep the counts. Writes ``runs`` only.

    Parameters
    ----------
    store, case, networks_run, aliases, gazetteer
        As for ``count_targets``.

    Returns
    -------
    list of TargetCount
        As ``count_targets`` gives them.
    """
    started = time.process_time()
    run_id = start_run(store, command="targets", method=METHOD, parameters={"of_run": networks_run})
    try:
        counts = count_targets(store, case, networks_run=networks_run, aliases=aliases, gazetteer=gazetteer)
        summary = {
            "targets": [_kept(one) for one in counts if one.posts or one.doubtful],
            "looked_for": len(counts),
            "calendar": _calendar(case),
        }
        finish_run(store, run_id, warnings=[], summary=summary, cpu_started=started)
    except BaseException as error:
        fail_run(store, run_id, error)
        raise
    return counts


def stored_targets(store: Store, networks_run: int) -> RunRecord | None:
    """Return the latest counts beside the networks of a run, or none. Reads ``runs``."""
    found = [
        one
        for one in list_runs(store)
        if one.method == METHOD and one.state == "finished" and one.parameters.get("of_run") == networks_run
    ]
    return found[-1] if found else None


def _kept(one: TargetCount) -> dict[str, Any]:
    return {
        "id": one.target_id,
        "name": one.name,
        "kind": one.kind,
        "race": one.race,
        "office": one.office,
        "party": one.party,
        "level": one.level,
        "on_ballot": one.on_ballot,
        "posts": one.posts,
        "accounts": one.accounts,
        "doubtful": one.doubtful,
        "aliases": list(one.aliases),
        "by_networks": one.by_networks,
        "by_network": {str(network): posts for network, posts in one.by_network.items()},
        "weeks": _weeks(one.by_week),
        "network_weeks": {str(network): _weeks(some) for network, some in one.network_weeks.items()},
        "examples": {str(network): list(ids) for network, ids in one.examples.items()},
    }


def _weeks(counts: Mapping[date, int]) -> dict[str, int]:
    return {week.isoformat(): posts for week, posts in sorted(counts.items())}


def _calendar(case: Case) -> list[dict[str, str]]:
    """Return the election calendar of a case: what it calls so, with the day it began."""
    return sorted(
        (
            {"day": str(one.begin), "end": str(one.end or ""), "name": one.name}
            for one in case.events.values()
            if one.event_kind.value in ("election-calendar", "election") and len(str(one.begin)) == 10
        ),
        key=lambda row: (row["day"], row["name"]),
    )
