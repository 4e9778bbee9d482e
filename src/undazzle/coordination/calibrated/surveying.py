"""Every pair of accounts that met, looked at once for all splits, halves and windows.

Which items two accounts share, and how far apart they were on each, does not depend on the way of halving. So the walk
along both accounts' items is made once per pair, and what the two tests of looking need (``pair_test``, ``joint_test``)
is counted for every view on the way. Where a tail is certainly above what is looked for, or certainly so small that the
weight of the pair is the largest anyway, it is not worked out: bounds that hold for every sum of unequal coins tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.pair_loops import survey_pairs_compiled
from undazzle.coordination.calibrated.pair_ranges import Wanted, pairs_in_range, rows_of, wanted_pairs
from undazzle.coordination.calibrated.slots import FloatArray, Slots, meetings, share_of_pairs
from undazzle.coordination.calibrated.spreading import Columns, Spread, Step, spread_here
from undazzle.coordination.calibrated.standing_out import level_of_pairs, level_of_products, sharing_pairs
from undazzle.coordination.counting import count_pairs
from undazzle.coordination.events import IntArray
from undazzle.coordination.ordering import distinct
from undazzle.coordination.windows import has_other_account_near
from undazzle.errors import TooLargeError

SmallArray = npt.NDArray[np.uint16]
MOST_MEETINGS = 1_000_000  # looked at one by one in a view; those on the most crowded items are left out first
MOST_REPEATED = 5_000_000  # counted in a view to find pairs that met twice, and looked through when groups grow
_CHUNK, _THREADS = 8_192, 2


@dataclass(frozen=True)
class Edges:
    """Pairs of accounts that are surprising in one view, sorted by both, with how surprising.

    A ``p_value`` below 1e-16 is only known to be below that.
    """

    account_a: IntArray
    account_b: IntArray
    p_value: FloatArray

    def below(self, level: float) -> Edges:
        """Return the pairs whose p-value is below a level."""
        keep = self.p_value < level
        return self if keep.all() else Edges(self.account_a[keep], self.account_b[keep], self.p_value[keep])


@dataclass(frozen=True)
class Survey:
    """What was found in every view.

    Attributes
    ----------
    windows
        Ticks, in order.
    shares
        Share of near pairs of each item, one row per window.
    close
        By view: pairs that met on at least two items, and more often than other sharers of these (``pair_test``).
    joint
        By view: pairs of which both what they share and that they met is surprising (``joint_test``).
    """

    windows: list[int]
    shares: FloatArray
    close: list[Edges]
    joint: list[Edges]

    def view(self, split: int, fold: int, window: int) -> int:
        """Return the number of a view in ``close`` and ``joint``."""
        return (2 * split + fold) * len(self.windows) + self.windows.index(window)


def survey_pairs(basis: Basis, spread: Spread = spread_here) -> Survey:
    """Return the surprising pairs of all views.

    Parameters
    ----------
    basis
        What the search looks at; of the settings ``splits``, and the levels ``discovery_p`` and ``joint_p`` below
        which a pair is surprising.
    spread
        Who looks at the pairs.
    """
    shares, clear, _ = on_items(basis)
    sharing = sharing_pairs(basis.slots, clear, basis.settings.splits).tolist()
    close, joint = _surveyed(basis, spread, len(sharing))
    close = [one.below(level_of_pairs(one.p_value, basis.settings.discovery_p)) for one in close]
    levels = [level_of_products(one, basis.settings.joint_p) for one in sharing]
    joint = [one.below(level) for one, level in zip(joint, levels, strict=True)]
    return Survey(basis.windows, shares, close, joint)


_REMEDY = "Allow more --memory, or ask for fewer traces (--trace) or one --time-window."


def _surveyed(basis: Basis, spread: Spread, views: int) -> tuple[list[Edges], list[Edges]]:
    """Return the close and the joint pairs of every view, range after range of accounts."""
    found: dict[str, list[list[Edges]]] = {which: [[] for _ in range(views)] for which in ("close", "joint")}
    kept = 0
    for step, (a, b) in _pairs_to_look_at(basis):
        chunks = [(a[first : first + _CHUNK], b[first : first + _CHUNK]) for first in range(0, len(a), _CHUNK)]
        parts = list(spread(step, basis, chunks))
        for which, by_view in found.items():
            for view, edges in zip(by_view, _by_view(parts, which, a, b, views), strict=True):
                view.append(edges)
                kept += len(edges.account_a)
        if basis.ranges is not None and kept > basis.ranges.most_edges:
            raise TooLargeError("Surprising pairs of accounts", kept, basis.ranges.most_edges, _REMEDY)
    close, joint = ([_joined(edges) for edges in found[which]] for which in ("close", "joint"))
    return close, joint


def _pairs_to_look_at(basis: Basis) -> Iterator[tuple[Step, tuple[IntArray, IntArray]]]:
    """Yield all pairs at once, or range by range of accounts, with what is done to them."""
    slots, (_, clear, calm) = basis.slots, on_items(basis)
    if basis.ranges is None:
        yield SURVEY, _pairs_that_met(slots, clear, calm, basis.windows)
        return
    every = [(rows_of(slots, one), one.least) for one in wanted_pairs(clear > 0, calm > 0, basis.windows)]
    accounts = len(slots.events.account_keys)
    for first, last in basis.ranges.cuts:
        # Whoever keeps finished parts must not take those of another range, or of other ranges, for these.
        step = replace(SURVEY, name=f"{SURVEY.name} of accounts {first} to {last}")
        yield step, pairs_in_range(every, accounts, first, last)


def _joined(edges: list[Edges]) -> Edges:
    if len(edges) == 1:
        return edges[0]
    names = ("account_a", "account_b", "p_value")
    return Edges(*(np.concatenate([getattr(one, name) for one in edges]) for name in names))


def on_items(basis: Basis) -> tuple[FloatArray, SmallArray, SmallArray]:
    """Return by window and item the share of near pairs, and in which splits (as bits) it is clear, and calm.

    On items that are not clear, meeting once is not looked at; on those that are not calm, meeting twice is not either.
    """

    def make() -> tuple[FloatArray, SmallArray, SmallArray]:
        events, splits = basis.slots.events, basis.settings.splits
        met = [meetings(events, window) for window in basis.windows]
        clear, calm = (
            np.stack([uncrowded(basis.slots, one, splits, most) for one in met])
            for most in (MOST_MEETINGS, MOST_REPEATED)
        )
        return np.stack([share_of_pairs(events, one) for one in met]), clear, calm

    return basis.once("on_items", make)


def _of_accounts(basis: Basis) -> tuple[npt.NDArray[np.int32], IntArray]:
    """Return item and time of the slots of each account in turn: a walk along them then stays in one place."""

    def make() -> tuple[npt.NDArray[np.int32], IntArray]:
        events, slot = basis.slots.events, basis.by_account.slot
        return events.item[slot].astype(np.int32), events.at[slot]

    return basis.once("of_accounts", make)


def _survey_chunk(basis: Basis, pairs: tuple[IntArray, IntArray]) -> Columns:
    """Look at some pairs of accounts in all views."""
    overlap = basis.overlap
    found = survey_pairs_compiled(
        *_of_accounts(basis),
        basis.by_account.rows,
        basis.slots.bits,
        *on_items(basis)[:2],
        np.array(basis.windows, dtype=np.int64),
        basis.settings.splits,
        overlap.small,
        overlap.large,
        *pairs,
        basis.settings.discovery_p,
        basis.settings.joint_p,
    )
    return dict(zip(_SURVEYED, found, strict=True))


_SURVEYED = ("close pair", "close view", "close p", "joint pair", "joint view", "joint p")
SURVEY = Step("survey", _survey_chunk, threads=_THREADS)


def _by_view(parts: list[Columns], which: str, a: IntArray, b: IntArray, views: int) -> Iterator[Edges]:
    pair = np.concatenate(
        [number * _CHUNK + part[f"{which} pair"].astype(np.int64) for number, part in enumerate(parts)]
        or [np.zeros(0, dtype=np.int64)]
    ).astype(np.int64)
    view = np.concatenate([part[f"{which} view"] for part in parts] or [np.zeros(0, dtype=np.int64)])
    p_value = np.concatenate([part[f"{which} p"] for part in parts] or [np.zeros(0)]).astype(np.float64)
    order = np.argsort(view, kind="stable")
    ends = np.searchsorted(view[order], np.arange(views + 1))
    for number in range(views):
        here = order[ends[number] : ends[number + 1]]
        yield Edges(a[pair[here]], b[pair[here]], p_value[here])


def uncrowded(slots: Slots, met: FloatArray, splits: int, most: int) -> SmallArray:
    """Return by item in which splits (as bits) it is not among the crowded ones of its half.

    Parameters
    ----------
    slots
        All slots.
    met
        Meetings by item.
    splits
        In how many ways the items are put into halves.
    most
        Meetings of a half; the items with the fewest come first, and those beyond are crowded.
    """
    found = np.zeros(len(met), dtype=np.uint16)
    order = np.argsort(met, kind="stable")
    for split in range(splits):
        half = (slots.bits[order] >> split) & 1
        for fold in (0, 1):
            mine = order[half == fold]
            found[mine[np.cumsum(met[mine]) <= most]] |= np.uint16(1 << split)
    return found


def _pairs_that_met(slots: Slots, clear: SmallArray, calm: SmallArray, windows: list[int]) -> tuple[IntArray, IntArray]:
    """Return pairs that met on two calm items, or on one that is clear; sorted."""
    keys = distinct(np.concatenate([_keys(slots, one) for one in wanted_pairs(clear > 0, calm > 0, windows)]))
    accounts = max(1, len(slots.events.account_keys))
    return keys // accounts, keys % accounts


def _keys(slots: Slots, wanted: Wanted) -> IntArray:
    """Return pairs of accounts that met on at least some number of the wanted items, each as one number."""
    events = slots.events.take(wanted.items[slots.events.item])
    pairs = count_pairs(events.take(has_other_account_near(events, wanted.window)), wanted.window, wanted.least)
    return pairs.account_a * np.int64(max(1, len(events.account_keys))) + pairs.account_b
