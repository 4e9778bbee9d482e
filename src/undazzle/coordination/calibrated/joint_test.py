"""How surprising is it that two accounts share so much, and met there? The most sensitive measure, for looking only.

Which items two accounts share says nothing about how close in time they were on them: the tests on the other half hold
both fixed. So looking may use what is shared on *both* halves, and who met whom on one half, without giving anything
of the other half away. The surprise is the product of two tails: the chance of sharing as many items if only activity
mattered, and the chance of meeting on as many of those of this half if only sharing them mattered. A product of
p-values is no p-value: it ranks pairs, and nothing is claimed from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.chance import coins_tail, poisson_tail
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import AccountSlots, first_not_before
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import IntArray

_LARGE_ITEMS = 16


@dataclass(frozen=True)
class Overlap:
    """How often two slots are of one item: ``small`` for all small items together, ``large`` for each large one."""

    small: float
    large: FloatArray


def measure_overlap(slots: Slots) -> Overlap:
    """Return the share of pairs of slots that are of one item; what falls on one large item counts as one at most."""
    size = np.sort(slots.sizes.astype(np.float64))[::-1]
    every = max(1.0, float(size.sum()) * (float(size.sum()) - 1.0))
    share = size * (size - 1.0) / every
    return Overlap(float(share[_LARGE_ITEMS:].sum()), np.ascontiguousarray(share[:_LARGE_ITEMS]))


def joint_surprise(
    slots: Slots,
    everywhere: AccountSlots,
    overlap: Overlap,
    share: FloatArray,
    account_a: IntArray,
    account_b: IntArray,
    fold: int,
    window: int,
) -> FloatArray:
    """Return for each pair the chance of sharing so many items, times the chance of meeting on so many of this half.

    Parameters
    ----------
    slots
        All slots.
    everywhere
        Slots by account, of both halves.
    overlap
        From ``measure_overlap``.
    share
        Share of near pairs by item, from ``near_share``.
    account_a, account_b
        The pairs.
    fold
        The half on which meetings are looked at.
    window
        Ticks.
    """
    events = slots.events
    return np.asarray(
        _surprise(
            events.item,
            events.at,
            slots.fold,
            share,
            everywhere.rows,
            everywhere.slot,
            overlap.small,
            overlap.large,
            account_a,
            account_b,
            fold,
            window,
        )
    )


@compiled
def _surprise(
    item: IntArray,
    at: IntArray,
    fold_of: IntArray,
    share: FloatArray,
    rows: IntArray,
    slot: IntArray,
    small: float,
    large: FloatArray,
    account_a: IntArray,
    account_b: IntArray,
    fold: int,
    window: int,
) -> FloatArray:
    found = np.ones(len(account_a))
    for pair in range(len(account_a)):
        one, other = account_a[pair], account_b[pair]
        if rows[one + 1] - rows[one] > rows[other + 1] - rows[other]:
            one, other = other, one
        place, end = rows[other], rows[other + 1]
        many = rows[one + 1] - rows[one]
        coins, tested, met, both = np.empty(many), 0, 0, 0
        for index in range(rows[one], rows[one + 1]):
            mine = slot[index]
            place = first_not_before(item, slot, place, end, item[mine])
            if place == end:
                break
            its = slot[place]
            if item[its] != item[mine]:
                continue
            both += 1
            if fold_of[item[mine]] == fold:
                coins[tested] = share[item[mine]]
                tested += 1
                met += 1 if abs(at[mine] - at[its]) <= window else 0
        pairs = float(many) * float(end - rows[other])
        mean = pairs * small
        for number in range(len(large)):
            mean += 1.0 - np.exp(-pairs * large[number])
        found[pair] = poisson_tail(mean, both) * coins_tail(coins[:tested], met)
    return found
