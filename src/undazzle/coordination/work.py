"""What a method is given: the workspace, the run it writes to, the events and the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from undazzle.coordination.events import Events
from undazzle.coordination.settings import DetectionSettings
from undazzle.store import Store

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Detection:
    """One detection under way.

    Attributes
    ----------
    store, run_id
        Where results go.
    events
        All traces asked for.
    settings
        What the user asked for, checked.
    warnings
        What a reader of the result should know; methods add to it.
    say
        Called with a line about what is happening.
    """

    store: Store
    run_id: int
    events: Events
    settings: DetectionSettings
    warnings: list[str]
    say: Progress
