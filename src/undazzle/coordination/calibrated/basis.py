"""What every part of a search looks at: the slots and the parameters, and what follows from them, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any, TypeVar, cast

import numpy as np

from undazzle.coordination.calibrated.activity_null import Strata, lay_strata
from undazzle.coordination.calibrated.joint_test import Overlap, measure_overlap
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account
from undazzle.coordination.calibrated.pair_ranges import Ranges
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.tempo import Tempo, measure_tempo

_Found = TypeVar("_Found")
_MAKING = RLock()  # parts may be worked on side by side, and what they share is made by one of them


@dataclass(frozen=True)
class Basis:
    """The slots of a search and its parameters; all else that parts share follows from these.

    Attributes
    ----------
    slots
        All slots.
    windows
        Ticks, shortest first.
    day
        Ticks in a day, or in what stands for it.
    settings
        Parameters of the method.
    ranges
        How the pairs that are surveyed are divided, for want of memory; at once if not given. It changes no result.
    """

    slots: Slots
    windows: list[int]
    day: int
    settings: CalibratedSettings
    ranges: Ranges | None = None
    _known: dict[str, tuple[Any, Any]] = field(default_factory=dict, repr=False, compare=False)

    def once(self, name: str, make: Callable[[], _Found], which: object = None) -> _Found:
        """Return what ``make`` gives; the last of each name is remembered, if ``which`` is the same."""
        with _MAKING:
            known = self._known.get(name)
            if known is None or known[0] != which:
                known = self._known[name] = (which, make())
        return cast("_Found", known[1])

    @property
    def by_account(self) -> AccountSlots:
        """Slots by account, on both halves."""
        return self.once("by_account", lambda: slots_by_account(self.slots))

    @property
    def tempo(self) -> Tempo:
        """Where the slots of items lie."""
        return self.once("tempo", lambda: measure_tempo(self.slots))

    @property
    def strata(self) -> Strata:
        """The strata of all slots."""
        block = self.slots.events.window_ticks(self.settings.block)
        return self.once("strata", lambda: lay_strata(self.slots, block))

    @property
    def overlap(self) -> Overlap:
        """How often two slots are of one item."""
        return self.once("overlap", lambda: measure_overlap(self.slots))

    def bare(self) -> Slots:
        """Return the slots without what no search looks at: which posts, items and accounts the numbers stand for."""
        events = self.slots.events
        bare = replace(
            events,
            post=np.zeros(len(events), dtype=np.int64),
            item_keys=np.zeros(len(events.item_keys), dtype=np.int64),
            account_keys=np.zeros(len(events.account_keys), dtype=np.int64),
        )
        return replace(self.slots, events=bare, _shares={}, _folds={})
