"""The calibrated method from events to written networks."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.assembling import assemble_networks, assemble_rings
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates
from undazzle.coordination.calibrated.ring_writing import write_found_rings
from undazzle.coordination.calibrated.rings import find_rings
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import make_slots
from undazzle.coordination.calibrated.writing import write_found_networks
from undazzle.coordination.events import Events
from undazzle.coordination.work import Detection
from undazzle.store import Store

_DAY = 86_400.0


def run_calibrated_method(work: Detection) -> dict[str, Any]:
    """Find, confirm and write networks; returns what a reader needs to trust them, for the run's summary.

    Reads ``items``. Writes ``co_actions``, ``pairs``, ``networks`` and ``members``.
    """
    settings = CalibratedSettings(
        max_q=work.settings.max_q, min_members=max(3, work.settings.min_members), seed=work.settings.seed
    )
    events = work.events
    windows = [events.window_ticks(one) for one in work.settings.windows]
    work.say(f"Giving one item to each post of {len(events):,} traces")
    slots = make_slots(events, item_hashes(work.store, events, settings.seed), windows)
    work.say(f"Looking for groups on half of {slots.shared:,} shared items, and testing them on the other")
    day = events.window_ticks(_DAY)
    candidates = find_candidates(slots, windows, day, settings)
    networks = assemble_networks(candidates, settings)
    write_found_networks(work, slots, networks, windows, settings)
    work.say("Looking for groups that share what nobody else shares")
    rings = find_rings(slots, day, settings)
    found = assemble_rings(rings, [one.accounts for one in networks], settings)
    write_found_rings(work, slots, found, len(networks) + 1, day)
    return {
        "calibrated": {
            "tested": _tested(candidates) | {"closed_groups": len(rings)},
            "networks": len(networks),
            "closed_networks": len(found),
        }
    }


def item_hashes(store: Store, events: Events, seed: int) -> npt.NDArray[np.uint64]:
    """Return by item a hash of its kind and text: the same for every order of files. Reads ``items``."""
    low, high = (int(events.item_keys.min()), int(events.item_keys.max())) if len(events.item_keys) else (0, -1)
    found = store.arrays(
        "SELECT item_key, md5_number_lower(kind || ':' || ? || ':' || item) AS hash FROM items"
        " JOIN (SELECT trace_set, kind FROM trace_sets) USING (trace_set) WHERE item_key BETWEEN ? AND ?"
        " ORDER BY item_key",
        [str(seed), low, high],
    )
    keys = np.asarray(found["item_key"]).astype(np.int64)
    hashes: npt.NDArray[np.uint64] = np.asarray(found["hash"]).astype(np.uint64)
    return hashes[np.searchsorted(keys, events.item_keys)]


def _tested(candidates: list[Candidate]) -> dict[str, int]:
    return {
        "groups": len(candidates),
        "members": sum(len(one.accounts) for one in candidates),
        "groups_without_open_items": sum(one.group.open_items == 0 for one in candidates),
    }
