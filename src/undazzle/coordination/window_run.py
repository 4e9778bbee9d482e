"""The classic method, window by window, from events to written networks."""

from __future__ import annotations

from typing import Any

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import Events
from undazzle.coordination.window_method import WindowResult, find_window_pairs, list_once
from undazzle.coordination.window_writing import write_ranged_networks, write_window
from undazzle.coordination.work import Detection
from undazzle.model import format_duration


def run_window_method(work: Detection) -> dict[str, Any]:
    """Find and write the networks of every window; returns counts for the run's summary.

    Writes ``co_actions``, ``pairs``, ``networks`` and ``members``.
    """
    store, run_id, settings = work.store, work.run_id, work.settings
    warnings, say = work.warnings, work.say
    summaries: list[dict[str, Any]] = []
    first_network = 1
    listed = _list_once(work)
    for seconds in settings.windows:
        if seconds in work.ranged:
            say(f"Finding networks within {format_duration(seconds)}")
            summaries.append(write_ranged_networks(work, seconds, first_network))
            first_network += summaries[-1]["networks"]
            warnings += _all_alike(summaries[-1], settings.edge_weight)
            continue
        say(f"Pairing {work.traces:,} traces within {format_duration(seconds)}")
        events, result = _find(work, seconds, listed)
        written = write_window(store, run_id, seconds, events, result, settings, first_network)
        first_network += written["networks"]
        summaries.append(written)
        warnings += _all_alike(written, settings.edge_weight)
    return {"windows": summaries}


def _all_alike(written: dict[str, Any], edge_weight: float) -> list[str]:
    if not written["pairs"] or written["pairs_above"]:
        return []
    within, threshold = format_duration(written["time_window"]), written["threshold"]
    return [
        f"No pair within {within} is above the {edge_weight} quantile of weights ({threshold:g}): all are alike. A "
        "lower --edge-weight cannot help; a longer window may."
    ]


def _list_once(work: Detection) -> CoActions | None:
    """Return the co-actions of the longest of several windows, if this machine looks for them and they are few."""
    settings = work.settings
    at_once = [one for one in settings.windows if one not in work.ranged]
    if len(at_once) < 2 or (work.engine and work.engine.exported):
        return None
    longest = work.events.window_ticks(at_once[-1])
    return list_once(work.events, longest, settings.min_participation, settings.max_co_actions)


def _find(work: Detection, seconds: float, listed: CoActions | None) -> tuple[Events, WindowResult]:
    """Return what one window gives, and the events or the numbering that its numbers refer to."""
    settings = work.settings
    if work.engine and work.engine.exported:
        return work.engine.find_window_pairs(work.store, work.engine.exported, seconds, settings)
    return work.events, find_window_pairs(
        work.events,
        window=work.events.window_ticks(seconds),
        min_participation=settings.min_participation,
        edge_weight=settings.edge_weight,
        weight=settings.weight,
        min_items=settings.min_items,
        max_co_actions=settings.max_co_actions,
        listed=listed,
    )
