"""Do the networks hang on a choice? The search once more with other windows, half the data, another seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.trust.search import FoundGroup, count_accounts, search_again
from undazzle.coordination.work import Detection
from undazzle.errors import TooLargeError
from undazzle.model.likeness import likeness_verdict

_DAY = 86_400.0
_FEWEST_DAYS = 4


@dataclass(frozen=True)
class Variant:
    """One other way to search: its name, what is searched, and with which settings."""

    name: str
    events: Events
    settings: DetectionSettings


def variants(events: Events, settings: DetectionSettings) -> list[Variant]:
    """Return the ways in which a run is repeated.

    Parameters
    ----------
    events
        The events of the run.
    settings
        Its settings.
    """
    halved, doubled = (tuple(one * factor for one in settings.windows) for factor in (0.5, 2.0))
    return [
        Variant("windows_halved", events, replace(settings, time_windows=halved)),
        Variant("windows_doubled", events, replace(settings, time_windows=doubled)),
        Variant("half_the_data", events.take(_every_second_part(events)), settings),
        Variant("another_seed", events, replace(settings, seed=settings.seed + 1)),
    ]


def _every_second_part(events: Events) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which events fall on every second day; in short collections, on every second eighth of the time."""
    span = int(events.at.max()) + 1 if len(events) else 1
    day = events.window_ticks(_DAY)
    part = day if span >= _FEWEST_DAYS * day else max(1, -(-span // 8))
    return np.asarray(events.at // part % 2 == 0)


def check_sensitivity(work: Detection, networks: dict[int, IntArray]) -> None:
    """Repeat the search in other ways and write which networks are found again.

    Writes ``sensitivity_checks`` and ``sensitivity_matches``.

    Parameters
    ----------
    work
        The detection under way, its networks written.
    networks
        Accounts by network, as numbers.
    """
    for one in variants(work.events, work.settings):
        work.say(f"Searching again: {one.name.replace('_', ' ')}")
        try:
            found, reason = search_again(work, one.events, one.settings), ""
        except TooLargeError as error:
            found, reason = [], f"Not done: {error}"
        _write(work, one, found, reason)
        if not reason:
            _write_matches(work, one.name, found, networks)


def _write(work: Detection, one: Variant, found: Sequence[FoundGroup], reason: str) -> None:
    work.store.execute(
        "INSERT INTO sensitivity_checks (run_id, variant, time_windows, seed, traces, networks, accounts, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            work.run_id,
            one.name,
            list(one.settings.windows),
            one.settings.seed,
            len(one.events),
            None if reason else len(found),
            None if reason else count_accounts(found),
            reason,
        ],
    )


def _write_matches(work: Detection, name: str, found: Sequence[FoundGroup], networks: dict[int, IntArray]) -> None:
    for network, members in networks.items():
        shared, size, jaccard = best_match(members, [one.accounts for one in found])
        verdict = likeness_verdict(jaccard)
        work.store.execute(
            "INSERT INTO sensitivity_matches (run_id, variant, network_id, shared_members, members_there, jaccard,"
            " verdict) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [work.run_id, name, network, shared, size, jaccard, verdict],
        )


def best_match(members: IntArray, groups: Sequence[IntArray]) -> tuple[int, int, float]:
    """Return shared accounts, size and Jaccard likeness of the group most like the members.

    Examples
    --------
    >>> best_match(np.array([1, 2, 3]), [np.array([3, 4]), np.array([1, 2, 3, 4])])
    (3, 4, 0.75)
    """
    best = (0, 0, 0.0)
    for group in groups:
        shared = len(np.intersect1d(members, group))
        jaccard = shared / (len(members) + len(group) - shared)
        if jaccard > best[2]:
            best = (shared, len(group), jaccard)
    return best
