"""Whether a network stands on its own: the accounts that would be named meet more often than chance among themselves.

Groups are confirmed as they were found; named are those members only that pass a test of their own and that no sharper
network has taken. What is left of a large group need not meet at all. This is one more condition on what was confirmed
already, so it can only lower the share of false findings.
"""

from __future__ import annotations

from undazzle.coordination.calibrated.assembling import FoundNetwork
from undazzle.coordination.calibrated.group_test import group_p_value
from undazzle.coordination.calibrated.members_on_items import slots_by_account, slots_of_group
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots

_DRAWS = 999


def networks_that_stand(
    networks: list[FoundNetwork], slots: Slots, settings: CalibratedSettings
) -> tuple[list[FoundNetwork], int]:
    """Return the networks whose accounts, by themselves, pass the group test on all items, and how many do not.

    Parameters
    ----------
    networks
        Confirmed networks with the accounts that would be named.
    slots
        All slots.
    settings
        ``max_q`` is the largest p-value of the test; ``seed`` that of its draws.
    """
    by_account = slots_by_account(slots)
    kept = []
    for number, one in enumerate(networks):
        held = slots_of_group(slots, by_account, one.accounts, None)
        p_value, _ = group_p_value(slots, held, one.window, _DRAWS, settings.seed + 7_919 * number)
        if p_value <= settings.max_q:
            kept.append(one)
    return kept, len(networks) - len(kept)
