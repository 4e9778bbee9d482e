"""Views: one half of the items within one window, with what every search for groups there needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from undazzle.coordination.calibrated.activity_null import Strata, lay_strata
from undazzle.coordination.calibrated.joint_test import measure_overlap
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.surveying import Edges, survey_pairs
from undazzle.coordination.events import Events
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
        Slots of this half that have another account near.
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
    close: Edges
    joint: Edges


def all_views(slots: Slots, windows: list[int], settings: CalibratedSettings) -> Iterator[View]:
    """Yield a view of every split, half and window.

    Parameters
    ----------
    slots
        All slots.
    windows
        Ticks, shortest first.
    settings
        Parameters of the method.
    """
    survey = survey_pairs(slots, slots_by_account(slots), measure_overlap(slots), windows, settings)
    strata = lay_strata(slots, slots.events.window_ticks(settings.block))
    near = [has_other_account_near(slots.events, window) for window in windows]
    for split in range(settings.splits):
        here = slots.split(split)
        for fold in (0, 1):
            by_account, inside = slots_by_account(here, fold), here.of_fold(fold)
            for window, close_by in zip(windows, near, strict=True):
                number = survey.view(split, fold, window)
                events = here.events.take(inside & close_by)
                edges = survey.close[number], survey.joint[number]
                yield View(here, split, fold, window, by_account, strata, events, *edges)
