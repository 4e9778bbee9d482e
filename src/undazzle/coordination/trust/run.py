"""The trust page of a run: what was checked, in bounded time, and what was left out and why."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from undazzle.coordination.events import IntArray
from undazzle.coordination.trust.expected_hours import write_expected_hours
from undazzle.coordination.trust.power_figure import write_power_figure
from undazzle.coordination.trust.sensitivity import check_sensitivity
from undazzle.coordination.trust.shuffle_check import check_shuffles, strata_of
from undazzle.coordination.trust.untested import write_untested
from undazzle.coordination.work import Detection
from undazzle.store.memory import give_back

# Searching again costs about what the run itself costs, four times, and once more for each shuffled copy. It is done
# on this machine also where a cluster found the networks.
MOST_TRACES = 3_000_000
MOST_SHUFFLED_TRACES = 10_000_000


def check_trust(work: Detection, summary: Mapping[str, Any]) -> dict[str, Any]:
    """Check a run by searching again, and write what could not be tested; returns the cost for the run's summary.

    Writes ``expected_hours``, ``untested``, ``shuffle_checks``, ``sensitivity_checks`` and ``sensitivity_matches``.

    Parameters
    ----------
    work
        The detection under way: networks, members and explanations are written. What had to be left out is added to
        its warnings.
    summary
        What the method said of its search.
    """
    started = time.process_time()
    networks = read_networks(work)
    used = summary.get("calibrated", {}).get("windows") or work.settings.windows
    with _room_for_arrays(work):
        write_expected_hours(work, networks, used)
    write_untested(work)
    if not work.settings.trust:
        work.warnings.append("Neither shuffled copies nor other windows were searched, as asked for.")
    elif (too_large := _too_large_again(work)) is not None:
        work.warnings.append(too_large)
    elif work.traces > MOST_TRACES:
        work.warnings.append(
            f"Neither shuffled copies nor other windows were searched: {work.traces:,} traces are more than "
            f"{MOST_TRACES:,}, and each search costs as much as the run. Check a part: fewer traces or fewer days."
        )
    else:
        check_shuffles(work, affordable_shuffles(work))
        check_sensitivity(work, networks)
        write_power_figure(work)
    return {"cpu_seconds": round(time.process_time() - started, 2)}


def _room_for_arrays(work: Detection) -> AbstractContextManager[None]:
    """Within a limit of memory, leave nearly all of it to arrays for a while."""
    idle = work.store.memory.idle_database
    if idle is None:
        return nullcontext()
    give_back()
    return work.store.at_most(idle)


def _too_large_again(work: Detection) -> str | None:
    """Return why the search cannot be made again within a limit of memory, if it cannot."""
    if work.settings.method == "window" or work.store.memory.total is None:
        return None
    from undazzle.coordination.calibrated.search_plan import check_again_fits

    return check_again_fits(work.store.memory, len(work.events))


def affordable_shuffles(work: Detection) -> int:
    """Return how many shuffled copies of each kind are searched, and warn if they are fewer than asked for."""
    asked = work.settings.shuffles
    kinds = len(strata_of(work.settings.method))
    most = max(1, MOST_SHUFFLED_TRACES // max(1, len(work.events) * kinds))
    if asked > most and asked <= 5:  # the default; more were asked for on purpose
        work.warnings.append(f"{most} instead of {asked} shuffled copies were searched: the data is large.")
        return most
    return asked


def read_networks(work: Detection) -> dict[int, IntArray]:
    """Return the accounts of each network of the run, as numbers of its events. Reads ``members``."""
    number = {int(key): place for place, key in enumerate(work.events.account_keys.tolist())}
    rows = work.store.rows(
        "SELECT network_id, list(account_key) FROM members WHERE run_id = ? GROUP BY network_id ORDER BY network_id",
        [work.run_id],
    )
    return {int(network): np.array(sorted(number[key] for key in keys), dtype=np.int64) for network, keys in rows}
