"""Nobody is named without posts that show it.

A network gathers accounts that passed their tests in several windows and is shown in one. An account that passed in a
wider window only may have nothing to show in the one that readers see: its name would stand in a table beside no post
at all. So a member must have met other members, within the window in which the network is shown, on as many items as a
must. This is one more condition on accounts that were certified already. The window is the one in which the network
is sharpest, or another one in which it was confirmed if more of its accounts have so much to show there, having
passed their tests in that window or a shorter one.
"""

from __future__ import annotations

import numpy as np

from undazzle.coordination.calibrated.assembling import FoundNetwork, ranked
from undazzle.coordination.calibrated.candidates import certified
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account, slots_of_group
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.events import IntArray


def without_unshown(
    networks: list[FoundNetwork], slots: Slots, settings: CalibratedSettings
) -> tuple[list[FoundNetwork], int]:
    """Return the networks without members that have too little to show, and how many accounts these are.

    A network that is left with too few members falls whole, and its accounts count.

    Parameters
    ----------
    networks
        Networks with the accounts that would be named.
    slots
        All slots.
    settings
        ``min_items`` is what a member must show, ``min_members`` what a network must keep.
    """
    by_account = slots_by_account(slots) if networks else None
    found: list[FoundNetwork] = []
    for one in networks:
        best = _where_most_show(one, slots, by_account, settings) if by_account else one
        if len(best.accounts) >= settings.min_members:
            found.append(best)
    named = sum(len(one.accounts) for one in networks) - sum(len(one.accounts) for one in found)
    return ranked(found), named


def _where_most_show(
    network: FoundNetwork, slots: Slots, by_account: AccountSlots, settings: CalibratedSettings
) -> FoundNetwork:
    """Return the network in the window in which most accounts have enough to show, without the others."""
    windows = list(dict.fromkeys(one.window for one in network.candidates))  # the sharpest first
    shown = [shown_members(network.accounts, slots, by_account, windows[0], settings)]
    for window in windows[1:]:
        passed = [certified(one, settings) for one in network.candidates if one.window <= window]
        accounts = np.intersect1d(network.accounts, np.concatenate(passed))
        shown.append(shown_members(accounts, slots, by_account, window, settings))
    best = max(range(len(windows)), key=lambda number: (len(shown[number]), -number))
    if best == 0 and len(shown[0]) == len(network.accounts):
        return network
    first = [one for one in network.candidates if one.window == windows[best]]
    return FoundNetwork(shown[best], first + [one for one in network.candidates if one.window != windows[best]])


def shown_members(
    accounts: IntArray, slots: Slots, by_account: AccountSlots, window: int, settings: CalibratedSettings
) -> IntArray:
    """Return the accounts that met others of those returned on ``min_items`` items within a window.

    Who is left out is no company for others either, so this is repeated until nothing changes.

    Parameters
    ----------
    accounts
        Of a network, sorted.
    slots, by_account
        All slots, and those of each account.
    window
        Ticks.
    settings
        ``min_items``.
    """
    while len(accounts):
        keep = items_in_company(accounts, slots, by_account, window) >= settings.min_items
        if keep.all():
            break
        accounts = accounts[keep]
    return accounts


def items_in_company(accounts: IntArray, slots: Slots, by_account: AccountSlots, window: int) -> IntArray:
    """Return by account the number of items on which another of the accounts is within the window, of both halves.

    Parameters
    ----------
    accounts
        Sorted.
    slots, by_account
        All slots, and those of each account.
    window
        Ticks.
    """
    held = slots_of_group(slots, by_account, accounts, None)
    at = slots.events.at[held.slot]
    item = np.repeat(held.item, np.diff(held.rows))
    # An account holds one slot of an item, and slots are in order of time: who has company has it in a neighbour.
    near = (item[1:] == item[:-1]) & (at[1:] - at[:-1] <= window)
    company = np.zeros(len(at), dtype=bool)
    company[1:] |= near
    company[:-1] |= near
    return np.bincount(held.member[company], minlength=len(accounts)).astype(np.int64)
