"""What a method is given: the workspace, the run it writes to, the events and the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from undazzle.coordination.events import Events
from undazzle.coordination.settings import DetectionSettings
from undazzle.store import Store

if TYPE_CHECKING:
    from undazzle.coordination.spark import SparkEngine
    from undazzle.coordination.window_ranges import RangedWindow

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Detection:
    """One detection under way.

    Attributes
    ----------
    store, run_id
        Where results go.
    events
        All traces asked for. Where a cluster holds them and nothing here needs them, only their numbering.
    settings
        What the user asked for, checked.
    warnings
        What a reader of the result should know; methods add to it.
    say
        Called with a line about what is happening.
    engine
        The cluster that does the heavy parts; ``None`` if this machine does them.
    ranged
        Windows, in seconds, whose co-actions and pairs are written already, for want of memory.
    plan
        Takes the lines of the plan within ``--memory``, which is kept with the run.
    item_hashes
        By seed, a hash of each item: read once, for all searches of a run.
    """

    store: Store
    run_id: int
    events: Events
    settings: DetectionSettings
    warnings: list[str]
    say: Progress
    engine: SparkEngine | None = None
    ranged: Mapping[float, RangedWindow] = field(default_factory=dict)
    plan: list[str] = field(default_factory=list)
    item_hashes: dict[int, npt.NDArray[np.uint64]] = field(default_factory=dict)

    @property
    def traces(self) -> int:
        """How many traces were asked for, wherever they are."""
        exported = self.engine.exported if self.engine else None
        return exported.count if exported else len(self.events)
