"""Views: one half of the items within one window, with what every search for groups there needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from undazzle.coordination.calibrated.joint_test import Overlap, measure_overlap
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account
from undazzle.coordination.calibrated.slots import FloatArray, Slots, near_share


@dataclass(frozen=True)
class View:
    """One half of the items of one split, within one window: what groups are looked for in.

    Attributes
    ----------
    slots
        All slots, put into the halves of this split.
    split, fold, window
        Number of the split, of the half in which groups are looked for, and ticks.
    by_account, everywhere
        Slots by account, on this half and on both.
    share
        Share of near pairs by item within the window.
    overlap
        How often slots are of one item.
    """

    slots: Slots
    split: int
    fold: int
    window: int
    by_account: AccountSlots
    everywhere: AccountSlots
    share: FloatArray
    overlap: Overlap


def all_views(slots: Slots, windows: list[int], splits: int) -> Iterator[View]:
    """Yield a view of every split, half and window.

    Parameters
    ----------
    slots
        All slots.
    windows
        Ticks.
    splits
        In how many ways the items are put into halves.
    """
    everywhere, overlap = slots_by_account(slots), measure_overlap(slots)
    shares = {window: near_share(slots.events, window) for window in windows}
    for number in range(splits):
        here = slots.split(number)
        for fold in (0, 1):
            view = View(here, number, fold, 0, slots_by_account(here, fold), everywhere, shares[windows[0]], overlap)
            for window in windows:
                yield replace(view, window=window, share=shares[window])
