"""Views: one half of the items within one window, with what every search for groups there needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.coordination.calibrated.activity_null import Strata
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.spreading import Spread, spread_here
from undazzle.coordination.calibrated.surveying import Edges, on_items, survey_pairs
from undazzle.coordination.events import BoolArray, Events
from undazzle.coordination.windows import has_other_account_near


@dataclass(frozen=True)
class View:
    """One half of the items of one split, within one window: what groups are looked for in.

    Attributes
    ----------
    slots
        All slots, put into the halves of this split.
    split, fold, window
        Number of the split, of the half in which groups are looked for, and ticks.
    by_account
        Slots by account, on this half.
    strata
        Of all slots, of both halves.
    near
        Slots of this half, on calm items, that have another account near.
    calm
        By item: whether meeting on it is looked at. Only where very much meets, the most crowded items are not.
    close, joint
        Surprising pairs, as ``survey_pairs`` returns them.
    """

    slots: Slots
    split: int
    fold: int
    window: int
    by_account: AccountSlots
    strata: Strata
    near: Events
    calm: BoolArray
    close: Edges
    joint: Edges


@dataclass(frozen=True)
class ViewPart:
    """What tells one view from the others: its split, half and window, and the surprising pairs found in it."""

    split: int
    fold: int
    window: int
    close: Edges
    joint: Edges


def all_views(basis: Basis, spread: Spread = spread_here) -> list[ViewPart]:
    """Return the parts of a search: one for every split, half and window, in that order.

    Parameters
    ----------
    basis
        What the search looks at.
    spread
        Who works on the survey of pairs.
    """
    survey = survey_pairs(basis, spread)
    found = []
    for split in range(basis.settings.splits):
        for fold in (0, 1):
            for window in basis.windows:
                number = survey.view(split, fold, window)
                found.append(ViewPart(split, fold, window, survey.close[number], survey.joint[number]))
    return found


def open_view(basis: Basis, part: ViewPart) -> View:
    """Return what searches for groups in one view look at.

    Parameters
    ----------
    basis
        What the search looks at.
    part
        The view.
    """
    here = basis.slots.split(part.split)
    by_account = basis.once("half", lambda: slots_by_account(here, part.fold), (part.split, part.fold))
    close_by = basis.once(f"near {part.window}", lambda: has_other_account_near(basis.slots.events, part.window))
    calm = (on_items(basis)[2][basis.windows.index(part.window)] >> part.split) & 1 > 0
    events = here.events.take(here.of_fold(part.fold) & close_by & calm[here.events.item])
    return View(
        here, part.split, part.fold, part.window, by_account, basis.strata, events, calm, part.close, part.joint
    )
