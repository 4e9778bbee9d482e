"""The classic method within a limit of memory: planned from exact counts, then range by range of accounts.

Each range writes its co-actions and pairs and is committed with a note of where it ended. A detection that was
interrupted therefore goes on behind the last finished range when the same one is asked for again. What is written
does not depend on how the ranges were cut.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.pairs import count_pairs
from undazzle.coordination.settings import DetectionSettings
from undazzle.coordination.window_method import too_many_co_actions, weigh, what_meets
from undazzle.coordination.writing import kinds_of_pairs, write_co_actions, write_pairs
from undazzle.errors import TooLargeError
from undazzle.model import format_duration
from undazzle.store import Store

EVENT_BYTES = 130  # of a trace: arrays, a sorted copy, and the rows of the kernel
CO_ACTION_BYTES = 260  # of a co-action: found, sorted, counted and handed to the database
PAIR_BYTES = 200  # of a pair while communities are looked for
_PLAN = "Plan within"  # how the lines of a plan begin
Say = Callable[[str], None]


@dataclass(frozen=True)
class RangedWindow:
    """A window whose co-actions and pairs were written range by range.

    Attributes
    ----------
    looked_at
        Pairs of events within the window, exactly.
    co_actions, pairs
        How many were written.
    ranges
        In how many ranges of accounts; 0 where a cluster cut them, which is no property of the result.
    """

    looked_at: int
    co_actions: int
    pairs: int
    ranges: int


def check_traces_fit(store: Store, traces: int) -> None:
    """Refuse a detection whose traces alone need more memory than allowed, before they are read.

    Raises
    ------
    TooLargeError
        Says how many bytes are needed and how much memory would do.
    """
    allowed = store.memory.outside
    if allowed is not None and traces * EVENT_BYTES > allowed:
        raise TooLargeError(
            f"Bytes for {traces:,} traces", traces * EVENT_BYTES, allowed, _more_memory(store, traces * EVENT_BYTES)
        )


def write_ranges(
    store: Store, run_id: int, events: Events, settings: DetectionSettings, say: Say, plan: list[str] | None = None
) -> dict[float, RangedWindow]:
    """Write co-actions and pairs of every window that does not fit into the memory allowed at once.

    Writes ``co_actions`` and ``pairs``, and notes in ``runs`` how far it came.

    Parameters
    ----------
    store, run_id
        Where to; several transactions.
    events, settings
        The detection.
    say
        Called with the plan before it is begun.
    plan
        Takes the lines of the plan, to be kept with the run.

    Returns
    -------
    dict
        By window in seconds; windows that fit are not in it.

    Raises
    ------
    TooLargeError
        If not even one account fits, or the pairs are too many for communities; or more than ``max_co_actions``.
    """
    if store.memory.outside is None or settings.method != "window":
        return {}

    def say_and_keep(line: str) -> None:
        if plan is not None and line.startswith(_PLAN):
            plan.append(line)
        say(line)

    done = _read_progress(store, run_id)
    found = {}
    for seconds in settings.windows:
        work = _Work(store, run_id, events, settings, seconds, say_and_keep)
        if work.needs_ranges or str(seconds) in done:
            found[seconds] = work.write(done)
    return found


class _Work:
    """One window of one detection."""

    def __init__(
        self, store: Store, run_id: int, events: Events, settings: DetectionSettings, seconds: float, say: Say
    ) -> None:
        self.store, self.run_id, self.settings, self.seconds, self.say = store, run_id, settings, seconds, say
        self.window, self.traces = events.window_ticks(seconds), len(events)
        self.events, self.counts, self.looked_at = what_meets(events, self.window, settings.min_participation)
        self.room = int(store.memory.outside or 0) - EVENT_BYTES * self.traces
        at_once = min(self.looked_at, settings.max_co_actions) * CO_ACTION_BYTES
        self.needs_ranges = at_once > self.room
        at_once_mb, traces_mb = self.looked_at * CO_ACTION_BYTES / 1e6, EVENT_BYTES * self.traces / 1e6
        self.say(
            f"{_PLAN} {format_duration(seconds)}: {self.traces:,} traces ({traces_mb:,.0f} MB), "
            f"{len(self.events):,} of them near another account's; {self.looked_at:,} pairs of traces, at most "
            f"{at_once_mb:,.0f} MB at once of the {int(store.memory.outside or 0) / 1e6:,.0f} MB for arrays: "
            + ("in ranges of accounts" if self.needs_ranges else "in one go")
        )

    def write(self, done: dict[str, int]) -> RangedWindow:
        """Plan exactly, say so, and write range after range."""
        from undazzle.coordination.listing import list_range, sums_by_account
        from undazzle.coordination.pruning import make_rows
        from undazzle.coordination.row_ranges import cut_ranges
        from undazzle.coordination.rows import row_work_compiled

        least, events = self.settings.min_items, self.events
        rows = make_rows(events.item, events.account, events.at, self.window, least, self.counts)
        pairs, co_actions = sums_by_account(rows, cut_ranges(row_work_compiled(rows), 64), least)
        self._check(int(pairs.sum()), co_actions)
        cuts = cut_by_sum(co_actions, self.room // CO_ACTION_BYTES)
        start = done.get(str(self.seconds), 0)
        left = [(max(first, start), last) for first, last in cuts if last > start]
        self.say(
            f"{_PLAN} {format_duration(self.seconds)}: {int(co_actions.sum()):,} co-actions of "
            f"{int(pairs.sum()):,} pairs with at least {least} shared items, in {len(cuts):,} ranges of accounts"
            + (f", {len(cuts) - len(left):,} of them finished before" if start else "")
        )
        for number, (first, last) in enumerate(left):
            self.say(f"Range {len(cuts) - len(left) + number + 1} of {len(cuts)}")
            with self.store.transaction():
                self._write_range(list_range(events, rows, first, last, least))
                _note_progress(self.store, self.run_id, {**done, str(self.seconds): last})
        done[str(self.seconds)] = len(co_actions)
        return RangedWindow(self.looked_at, int(co_actions.sum()), int(pairs.sum()), len(cuts))

    def _check(self, pairs: int, co_actions: IntArray) -> None:
        total, limit = int(co_actions.sum()), self.settings.max_co_actions
        if total > limit:
            raise too_many_co_actions(pairs, total, self.settings.min_items, limit)
        most = int(co_actions.max(initial=0))
        needed = max(most * CO_ACTION_BYTES, pairs * PAIR_BYTES) + EVENT_BYTES * self.traces
        if needed > int(self.store.memory.outside or 0):
            what = f"Bytes for {pairs:,} pairs, of which one account has {most:,} co-actions"
            remedy = f"Ask for --min-items {self.settings.min_items + 1}, a shorter --time-window, fewer traces, or: "
            raise TooLargeError(
                what, needed, int(self.store.memory.outside or 0), remedy + _more_memory(self.store, needed)
            )

    def _write_range(self, found: CoActions) -> None:
        write_part(self.store, self.run_id, self.seconds, self.events, found, self.settings.weight)


def write_part(
    store: Store, run_id: int, seconds: float, events: Events, found: CoActions, weight: str
) -> tuple[int, int]:
    """Write co-actions and pairs of some accounts of a window; which pairs make networks is not known yet.

    Writes ``co_actions`` and ``pairs``. Returns how many of both.
    """
    pairs, pair_of = count_pairs(found)
    write_co_actions(store, run_id, seconds, events, found)
    write_pairs(
        store,
        run_id,
        seconds,
        events,
        pairs,
        {
            "kind": kinds_of_pairs(events, found, pair_of, len(pairs)),
            "weight": weigh(pairs, weight),
            "in_network": np.zeros(len(pairs), dtype=bool),
        },
    )
    return len(found), len(pairs)


def cut_by_sum(amounts: IntArray, most: int) -> list[tuple[int, int]]:
    """Return the fewest ranges from left to right whose amounts sum to at most ``most`` each; one is never divided.

    Examples
    --------
    >>> cut_by_sum(np.array([3, 3, 3, 9, 1]), 7)
    [(0, 2), (2, 3), (3, 4), (4, 5)]
    """
    total = np.concatenate(([0], np.cumsum(amounts)))
    cuts, first = [], 0
    while first < len(amounts):
        last = int(np.searchsorted(total, total[first] + most, side="right")) - 1
        last = min(max(last, first + 1), len(amounts))
        cuts.append((first, last))
        first = last
    return cuts


def _more_memory(store: Store, needed: int) -> str:
    memory = store.memory
    share = int(memory.outside or 1) / int(memory.total or 1)
    return f"Allow --memory {needed / share / 1e9 + 0.1:.1f}GB."


def _read_progress(store: Store, run_id: int) -> dict[str, int]:
    summary = json.loads(store.rows("SELECT summary FROM runs WHERE run_id = ?", [run_id])[0][0])
    return dict(summary.get("finished_ranges", {}))


def _note_progress(store: Store, run_id: int, done: dict[str, int]) -> None:
    store.execute("UPDATE runs SET summary = ? WHERE run_id = ?", [json.dumps({"finished_ranges": done}), run_id])
