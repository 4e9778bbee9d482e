"""The co-actions behind networks: every pair of members, every item on which both met, with both posts."""

from __future__ import annotations

import numpy as np

from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_of_group
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.co_actions import CoActions, enumerate_co_actions, join_co_actions
from undazzle.coordination.events import IntArray


def co_actions_of(slots: Slots, by_account: AccountSlots, groups: list[IntArray], window: int) -> CoActions:
    """Return the co-actions among the members of each group, on all items of both halves.

    Parameters
    ----------
    slots, by_account
        All slots, and those of each account.
    groups
        Accounts of each network.
    window
        Ticks.
    """
    parts: list[CoActions] = []
    for group in groups:
        held = np.zeros(len(slots.events), dtype=bool)
        held[slots_of_group(slots, by_account, group, None).slot] = True
        parts += enumerate_co_actions(slots.events.take(held), window)
    return join_co_actions(parts)
