"""What the same search finds where nothing is to be found: the accounts shuffled, all else as it was."""

from __future__ import annotations

import numpy as np

from undazzle.coordination.trust.search import FoundGroup, count_accounts, search_again
from undazzle.coordination.trust.shuffling import (
    BLOCK_SECONDS,
    WITHIN_ITEMS,
    WITHIN_TIME,
    shuffle_within_items,
    shuffle_within_time,
)
from undazzle.coordination.work import Detection


def check_shuffles(work: Detection, shuffles: int) -> None:
    """Search ``shuffles`` shuffled copies of each kind and write how much was found in each.

    Writes ``shuffle_checks``.

    Parameters
    ----------
    work
        The detection under way, its networks written.
    shuffles
        Copies of each kind.
    """
    for strata in strata_of(work.settings.method):
        for number in range(1, shuffles + 1):
            work.say(f"Searching shuffled copy {number} of {shuffles} ({strata.replace('_', ' ')})")
            found = _search_shuffled(work, strata, number)
            work.store.execute(
                "INSERT INTO shuffle_checks (run_id, strata, shuffle, networks, accounts) VALUES (?, ?, ?, ?, ?)",
                [work.run_id, strata, number, len(found), count_accounts(found)],
            )


def strata_of(method: str) -> tuple[str, ...]:
    """Return the kinds of shuffle that mean something for a method.

    The classic method does not look at who else was early or late on an item, so that shuffling within items tells
    nothing about it.
    """
    return (WITHIN_TIME,) if method == "window" else (WITHIN_ITEMS, WITHIN_TIME)


def _search_shuffled(work: Detection, strata: str, number: int) -> list[FoundGroup]:
    random = np.random.default_rng([work.settings.seed, number, len(strata)])
    if strata == WITHIN_ITEMS:
        events = shuffle_within_items(work.events, random)
        # Who shares what is kept, and with it every group that was found by its choice of items alone.
        return search_again(work, events, work.settings, rings=False)
    events = shuffle_within_time(work.events, work.events.window_ticks(BLOCK_SECONDS), random)
    return search_again(work, events, work.settings)
