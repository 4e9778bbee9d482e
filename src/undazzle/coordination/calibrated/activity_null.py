"""What two accounts would do together if only their activity mattered: the sensitive null behind discovery.

Within a stratum (trace kind and block of time) the accounts are exchangeable over the slots. So the time series of
every item and the activity of every account stay fixed. With ``d`` slots of an account and ``S`` near pairs of
slots among the ``D`` slots of a stratum, two accounts meet ``d_a d_b 2 S / (D (D - 1))`` times by chance; what falls
on one large item is counted as one item at most, ``1 - exp(-mean)``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.slots import FloatArray, Slots, later_near
from undazzle.coordination.events import BoolArray, IntArray
from undazzle.coordination.ordering import numbered

_LARGE_ITEMS = 64


@dataclass(frozen=True)
class Activity:
    """Activity per account and stratum, and how often slots meet there.

    ``rows`` gives where an account's entries in ``stratum`` and ``count`` begin; ``rate`` is the chance that two slots
    of a stratum are near pairs of small items; ``large_rows``, ``large`` and ``large_rate`` say the same for each of
    the largest items.
    """

    rows: IntArray
    stratum: IntArray
    count: IntArray
    rate: FloatArray
    large_rows: IntArray
    large: IntArray
    large_rate: FloatArray
    larges: int


@dataclass(frozen=True)
class Strata:
    """Which stratum each slot is of, and the entries of accounts and strata that have slots at all, in that order.

    Attributes
    ----------
    number
        How many strata there are.
    stratum, entry
        By slot.
    account_of, stratum_of
        By entry, ascending by both.
    """

    number: int
    stratum: IntArray
    entry: IntArray
    account_of: IntArray
    stratum_of: IntArray


def lay_strata(slots: Slots, block: int) -> Strata:
    """Return the strata of all slots, which are the same for every half and window.

    Parameters
    ----------
    slots
        All slots.
    block
        Ticks in a block of time.
    """
    events = slots.events
    blocks = events.at // block
    label = events.kind_of_item[events.item] * (int(blocks.max(initial=0)) + 1) + blocks
    stratum = numbered(label)[1]
    strata = max(1, int(stratum.max(initial=-1)) + 1)
    keys, entry = numbered(events.account * strata + stratum)
    return Strata(strata, stratum, entry, keys // strata, keys % strata)


def measure_activity(slots: Slots, strata: Strata, inside: BoolArray, window: int) -> Activity:
    """Return the activity of all accounts in the strata of some slots.

    Parameters
    ----------
    slots, strata
        All slots, and their strata.
    inside
        Which slots to look at (one half, or all).
    window
        Ticks.
    """
    events, stratum = slots.events.take(inside), strata.stratum[inside]
    size = np.bincount(stratum, minlength=strata.number).astype(np.float64)
    scale = np.divide(2.0, size * (size - 1), out=np.zeros(len(size)), where=size > 1)
    met = later_near(events, window).astype(np.float64)
    per_item = np.bincount(events.item, weights=met, minlength=len(slots.fold))
    largest = np.argsort(-per_item, kind="stable")[:_LARGE_ITEMS]
    number = np.full(len(slots.fold), -1, dtype=np.int64)
    number[largest] = np.arange(len(largest))
    in_large = number[events.item] >= 0
    rate: FloatArray = scale * np.bincount(stratum[~in_large], weights=met[~in_large], minlength=strata.number)
    cell = stratum[in_large] * len(largest) + number[events.item[in_large]]
    cells, inverse = numbered(cell)
    cell_met = np.bincount(inverse, weights=met[in_large], minlength=len(cells))
    cell_stratum = cells // max(len(largest), 1)
    rows, entry_stratum, count = _entries(slots, strata, inside)
    return Activity(
        rows,
        entry_stratum,
        count,
        rate,
        np.searchsorted(cell_stratum, np.arange(strata.number + 1)).astype(np.int64),
        (cells % max(len(largest), 1)).astype(np.int64),
        cell_met * scale[cell_stratum],
        len(largest),
    )


def _entries(slots: Slots, strata: Strata, inside: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return where the entries of each account begin, the stratum of each entry, and how many slots it has."""
    count = np.bincount(strata.entry[inside], minlength=len(strata.account_of))
    kept = count > 0
    accounts = np.arange(len(slots.events.account_keys) + 1)
    rows = np.searchsorted(strata.account_of[kept], accounts).astype(np.int64)
    return rows, strata.stratum_of[kept], count[kept].astype(np.int64)


def expected_by_activity(
    activity: Activity, account_a: IntArray, account_b: IntArray, most: FloatArray | None = None
) -> FloatArray:
    """Return the number of items on which each pair would meet by chance.

    Parameters
    ----------
    activity
        From ``measure_activity``.
    account_a, account_b
        The pairs.
    most
        By pair: a number above which the exact one does not matter. What is then returned lies above it, and not above
        the exact one.
    """
    return _expected(
        activity.rows,
        activity.stratum,
        activity.count,
        activity.rate,
        activity.large_rows,
        activity.large,
        activity.large_rate,
        activity.larges,
        account_a,
        account_b,
        np.full(len(account_a), np.inf) if most is None else most,
    )


@compiled
def _expected(
    rows: IntArray,
    stratum: IntArray,
    count: IntArray,
    rate: FloatArray,
    large_rows: IntArray,
    large: IntArray,
    large_rate: FloatArray,
    larges: int,
    account_a: IntArray,
    account_b: IntArray,
    most: FloatArray,
) -> FloatArray:
    expected = np.zeros(len(account_a))
    on_large = np.zeros(larges)
    for pair in range(len(account_a)):
        left, left_end = rows[account_a[pair]], rows[account_a[pair] + 1]
        right, right_end = rows[account_b[pair]], rows[account_b[pair] + 1]
        on_large[:] = 0.0
        total = 0.0
        while left < left_end and right < right_end and total <= most[pair]:
            if stratum[left] < stratum[right]:
                left += 1
            elif stratum[left] > stratum[right]:
                right += 1
            else:
                here, both = stratum[left], float(count[left] * count[right])
                total += both * rate[here]
                for cell in range(large_rows[here], large_rows[here + 1]):
                    on_large[large[cell]] += both * large_rate[cell]
                left += 1
                right += 1
        for item in range(larges):
            if on_large[item] > 0.0:
                total += 1.0 - math.exp(-on_large[item])
        expected[pair] = total
    return expected
