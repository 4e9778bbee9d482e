"""What a calibrated search needs within a limit of memory: worked out from exact counts before it begins.

Traces and slots are kept throughout. What else is needed is needed one after the other: the pairs of the survey, which
are divided into ranges of accounts; the pairs of one view after the other; those in which rings are looked for; the
posts without sharper groups; the evidence. What cannot be divided is refused with its number where it does not fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.pair_ranges import Ranges, Wanted, count_by_account, rows_of, wanted_pairs
from undazzle.coordination.calibrated.rings import small_items
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.surveying import on_items
from undazzle.coordination.window_ranges import cut_by_sum
from undazzle.errors import TooLargeError
from undazzle.store.memory import LOADED, Memory

TRACE_BYTES = 280  # of a trace while slots are made of it, or the ground of rings is laid
KEPT_BYTES = 190  # of a trace afterwards: as an event and as a slot, and of its item in every window
PAIR_BYTES = 64  # of a pair that is surveyed: its key, sorted, and both accounts
EDGE_BYTES = 64  # of a surprising pair, with what is made of it in its view
VIEW_PAIR_BYTES = 130  # of a pair in a view, or where rings are looked for: counted, expected, and its p-value
SHARED_SLOT_BYTES = 700  # of a slot on a shared item while groups are tested without sharper ones, two at once
CO_ACTION_BYTES = 260  # of a co-action: found, sorted, counted and handed to the database
_EDGE_SHARE = 4  # a quarter of what is left is for surprising pairs
_FILLED = 0.9  # share of the limit that is planned for then: the database goes a little beyond what it is told
_SMALLEST_DATABASE = 100_000_000  # bytes for the database that writes and explains
_SMALLER = "Ask for fewer traces (--trace) or one --time-window, or: "


@dataclass(frozen=True)
class SearchPlan:
    """What is done at once.

    Attributes
    ----------
    memory
        What may be used; there is a limit.
    traces, shared_slots
        How many there are.
    pairs, cuts
        Pairs of the survey, of which those that are wanted in several ways count several times, and their ranges.
    most_edges
        So many surprising pairs can be kept.
    view_pairs, ring_pairs
        Pairs of the largest view, and of the half in which rings are looked for.
    """

    memory: Memory
    traces: int
    shared_slots: int
    pairs: int
    cuts: list[tuple[int, int]]
    most_edges: int
    view_pairs: int
    ring_pairs: int

    @property
    def ranges(self) -> Ranges:
        """How the survey is divided."""
        return Ranges(self.cuts, self.most_edges)

    def lines(self) -> list[str]:
        """Return the plan in words."""
        where = f"in {len(self.cuts):,} ranges of accounts" if len(self.cuts) > 1 else "in one go"
        view, ring = (_megabytes(pairs * VIEW_PAIR_BYTES) for pairs in (self.view_pairs, self.ring_pairs))
        return [
            f"{_begin(self.memory)}: {_megabytes(left_of(self.memory, self.traces))} are left; {self.pairs:,} pairs of "
            f"accounts are surveyed {where}",
            f"{_begin(self.memory)}: views one after the other, the largest with {self.view_pairs:,} pairs ({view}); "
            f"rings among {self.ring_pairs:,} pairs ({ring}); tests without sharper groups on {self.shared_slots:,} "
            f"shared posts ({_megabytes(self.shared_slots * SHARED_SLOT_BYTES)})",
        ]


def check_search_fits(memory: Memory, traces: int) -> list[str]:
    """Refuse a search whose traces alone need more memory than allowed, before they are read; returns the plan.

    Raises
    ------
    TooLargeError
        Says how many bytes are needed and how much memory would do.
    """
    if memory.room is None:
        return []
    needed = traces * TRACE_BYTES
    if needed > memory.room:
        raise TooLargeError(f"Bytes for {traces:,} traces", needed, memory.room, _remedy(memory, needed))
    after = f"{_megabytes(needed)}, and {_megabytes(traces * KEPT_BYTES)} after a first step"
    return [f"{_begin(memory)}: {traces:,} traces ({after}) of the {_megabytes(memory.room)} for arrays"]


def plan_search(
    memory: Memory, traces: int, slots: Slots, windows: list[int], day: int, settings: CalibratedSettings
) -> SearchPlan | None:
    """Return how a search is divided; nothing without a limit.

    Parameters
    ----------
    memory, traces
        What may be used, and how many traces are kept.
    slots
        All slots.
    windows, day
        Ticks, shortest first, and ticks within which posts of a ring belong together.
    settings
        Parameters of the method.

    Raises
    ------
    TooLargeError
        If what cannot be divided does not fit: says how many bytes, and what to change.
    """
    if memory.room is None:
        return None
    left, accounts = left_of(memory, traces), len(slots.events.account_keys)
    _, clear, calm = on_items(Basis(slots, windows, day, settings))
    by_account = np.zeros(accounts, dtype=np.int64)
    for wanted in wanted_pairs(clear > 0, calm > 0, windows):
        by_account += count_by_account(rows_of(slots, wanted), wanted.least, accounts)
    room = left - left // _EDGE_SHARE
    most = int(by_account.max(initial=0)) * PAIR_BYTES
    _check(memory, traces, "the pairs of one account that are surveyed", most, room)
    cuts = cut_by_sum(by_account, room // PAIR_BYTES) or [(0, accounts)]
    views = [
        Wanted((((slots.bits >> split) & 1) == fold) & (((one >> split) & 1) > 0), window, 2)
        for split in range(settings.splits)
        for fold in (0, 1)
        for one, window in zip(calm, windows, strict=True)
    ]
    rings = [small_items(slots, fold) for fold in (0, 1)]
    plan = SearchPlan(
        memory,
        traces,
        int(slots.starts[-1]),
        int(by_account.sum()),
        cuts,
        left // _EDGE_SHARE // EDGE_BYTES,
        max(_count(slots, one) for one in views),
        max(_count(slots, Wanted(items, day, 2)) for items in rings),
    )
    _check(memory, traces, "the pairs of the largest view", plan.view_pairs * VIEW_PAIR_BYTES, room)
    _check(memory, traces, "the pairs in which rings are looked for", plan.ring_pairs * VIEW_PAIR_BYTES, left)
    _check(memory, traces, "tests without sharper groups", plan.shared_slots * SHARED_SLOT_BYTES, left)
    return plan


def check_evidence_fits(memory: Memory, traces: int, co_actions: int) -> None:
    """Refuse evidence that does not fit; what was searched is kept, so that more memory goes on from here.

    Raises
    ------
    TooLargeError
        Says how many bytes are needed and how much memory would do.
    """
    if memory.room is not None:
        what = f"{co_actions:,} co-actions of the networks that were found"
        _check(memory, traces, what, co_actions * CO_ACTION_BYTES, left_of(memory, traces))


def check_again_fits(memory: Memory, traces: int) -> str | None:
    """Return why the search cannot be made again on altered traces, if it cannot: both are kept meanwhile."""
    needed = traces * (TRACE_BYTES + KEPT_BYTES)
    if memory.room is None or needed <= memory.room:
        return None
    return (
        f"Neither shuffled copies nor other windows were searched: with a copy of {traces:,} traces that needs "
        f"{needed:,} bytes, more than the {memory.room:,} for arrays. {memory.remedy(needed)}"
    )


def database_beside(memory: Memory, traces: int) -> int:
    """Return the bytes that the database may use beside the traces, once the search is done."""
    return max(_SMALLEST_DATABASE, int((memory.total or 0) * _FILLED) - LOADED - traces * TRACE_BYTES)


def left_of(memory: Memory, traces: int) -> int:
    """Return the bytes that are left for arrays beside the traces."""
    return max(0, int(memory.room or 0) - traces * KEPT_BYTES)


def _count(slots: Slots, wanted: Wanted) -> int:
    return int(count_by_account(rows_of(slots, wanted), wanted.least, len(slots.events.account_keys)).sum())


def _check(memory: Memory, traces: int, what: str, needed: int, allowed: int) -> None:
    if needed > allowed:
        left = left_of(memory, traces)
        # Where a share of what is left is kept for surprising pairs, that grows as well.
        whole = needed if allowed == left else needed * _EDGE_SHARE // (_EDGE_SHARE - 1)
        remedy = _remedy(memory, whole + traces * KEPT_BYTES)
        raise TooLargeError(f"Bytes for {what}", needed, allowed, remedy)


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f} MB"


def _remedy(memory: Memory, needed: int) -> str:
    return _SMALLER + memory.remedy(needed)


def _begin(memory: Memory) -> str:
    return f"Plan within {int(memory.total or 0) / 1e9:.3g} GB, calibrated search"
