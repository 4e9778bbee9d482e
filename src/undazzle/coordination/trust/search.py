"""The method of a run once more, on other events or with other settings: only who stands together comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from undazzle.coordination.communities import find_communities
from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.window_method import find_window_pairs
from undazzle.coordination.work import Detection


@dataclass(frozen=True)
class FoundGroup:
    """The accounts of one network, by number, and whether its timing was tested (or could be)."""

    accounts: IntArray
    is_timed: bool = True


def count_accounts(groups: Sequence[FoundGroup]) -> int:
    """Return how many different accounts stand in some groups."""
    return len(np.unique(np.concatenate([one.accounts for one in groups]))) if groups else 0


def search_again(
    work: Detection, events: Events, settings: DetectionSettings, *, rings: bool = True
) -> list[FoundGroup]:
    """Return the networks that the method of a run finds in ``events``; the workspace stays as it was.

    Parameters
    ----------
    work
        The detection under way.
    events
        What to search: the events of the run, altered.
    settings
        The settings of the run, altered.
    rings
        Whether the calibrated method looks for groups whose timing cannot be tested, too.

    Raises
    ------
    TooLargeError
        If the classic method would have to keep more co-actions than allowed.
    """
    if settings.method == "window":
        return _window_groups(events, settings)
    return _calibrated_groups(work, events, settings, rings=rings)


def _window_groups(events: Events, settings: DetectionSettings) -> list[FoundGroup]:
    found = []
    for seconds in settings.windows:
        result = find_window_pairs(
            events,
            window=events.window_ticks(seconds),
            min_participation=settings.min_participation,
            edge_weight=settings.edge_weight,
            weight=settings.weight,
            min_items=settings.min_items,
            max_co_actions=settings.max_co_actions,
        )
        strong = result.pairs.take(result.above)
        groups = find_communities(strong.account_a, strong.account_b, result.weight[result.above], seed=settings.seed)
        found += [FoundGroup(np.array(one, dtype=np.int64)) for one in groups if len(one) >= settings.min_members]
    return found


def _calibrated_groups(
    work: Detection, events: Events, settings: DetectionSettings, *, rings: bool
) -> list[FoundGroup]:
    from undazzle.coordination.calibrated import find_calibrated_groups

    again = replace(work, events=events, settings=settings, warnings=[], say=lambda _line: None, engine=None)
    return [FoundGroup(np.sort(accounts), timed) for accounts, timed in find_calibrated_groups(again, rings=rings)]
