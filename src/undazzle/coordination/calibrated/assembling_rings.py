"""Rings of both halves become networks, counted again for those who are named."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from undazzle.coordination.calibrated.closed_items import lay_ground, run_closed_test
from undazzle.coordination.calibrated.rings import Ring, certified_in_ring, is_ring
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.events import IntArray


@dataclass
class FoundRing:
    """A ring with content of its own: its certified members, and the tests behind it, the strongest first.

    Attributes
    ----------
    accounts
        Members, ascending.
    rings
        At most one per half.
    closed_items, shared_items
        Held-out items that nobody but the members shares, and those that at least three members share.
    days
        Days of the closed items.
    expected
        Closed items by chance, at most.
    """

    accounts: IntArray
    rings: list[Ring] = field(default_factory=list)
    closed_items: int = 0
    shared_items: int = 0
    days: int = 0
    expected: float = 0.0


def assemble_rings(
    rings: list[Ring], taken: list[IntArray], slots: Slots, day: int, block: int, settings: CalibratedSettings
) -> list[FoundRing]:
    """Return the rings behind the tests of both halves, most items first.

    Rings of both halves that are mostly the same accounts are one. A ring of which nearly all are in networks that
    timing confirmed says nothing new and is left out; others are kept whole.

    Parameters
    ----------
    rings
        All rings that were tested.
    taken
        Accounts of each network that timing confirmed.
    slots
        All slots.
    day, block
        As for ``find_rings``.
    settings
        Parameters of the method.
    """
    everyone = np.concatenate(taken) if taken else np.zeros(0, dtype=np.int64)
    found: list[FoundRing] = []
    for one in sorted(rings, key=lambda one: (-len(one.test.items), one.fold, one.accounts.tolist())):
        if is_ring(one, settings):
            _place(one, certified_in_ring(one, settings), found, settings)
    counted = [_counted(one, slots, day, block) for one in found]
    kept = [
        one
        for one in counted
        if one.closed_items >= settings.min_items and len(np.setdiff1d(one.accounts, everyone)) >= settings.min_members
    ]
    return sorted(kept, key=lambda one: (-one.closed_items, one.accounts.tolist()))


def _place(one: Ring, members: IntArray, found: list[FoundRing], settings: CalibratedSettings) -> None:
    """Add a ring to the one that is mostly the same accounts, or as a new one."""
    alike = [len(np.intersect1d(members, ring.accounts)) for ring in found]
    best = int(np.argmax(alike)) if alike else -1
    others = [ring.accounts for number, ring in enumerate(found) if number != best]
    left = np.setdiff1d(members, np.concatenate(others)) if others else members
    if best >= 0 and alike[best] and 2 * alike[best] >= min(len(members), len(found[best].accounts)):
        found[best].accounts = np.union1d(found[best].accounts, left)
        if one.fold not in {ring.fold for ring in found[best].rings}:
            found[best].rings.append(one)
        return
    left = np.setdiff1d(left, found[best].accounts) if best >= 0 else left
    if len(left) >= settings.min_members:
        found.append(FoundRing(left, [one]))


def _counted(one: FoundRing, slots: Slots, day: int, block: int) -> FoundRing:
    """Return a ring with its held-out items counted for the members that are named."""
    tests = [
        run_closed_test(slots, lay_ground(slots, 1 - ring.fold, day), one.accounts, day, block) for ring in one.rings
    ]
    return replace(
        one,
        closed_items=sum(len(test.items) for test in tests),
        shared_items=sum(test.shared for test in tests),
        days=len(np.unique(np.concatenate([test.days for test in tests]))),
        expected=sum(test.expected for test in tests),
    )
