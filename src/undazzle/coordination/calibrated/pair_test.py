"""Are two accounts closer in time than any two accounts that share the same items? An exact test per pair.

Given that both share an item, they hold any two of its slots with the same chance, so they are near each other with
the share of near pairs of that item. The number of items on which they meet is a sum of independent unequal coins.
Shared interest, popularity and activity cannot make it large.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.chance import coins_tail
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import AccountSlots, first_not_before
from undazzle.coordination.calibrated.slots import FloatArray, Slots, near_share
from undazzle.coordination.events import IntArray


@dataclass(frozen=True)
class PairTests:
    """By pair: items on which both met, the number expected by chance, and the chance of at least as many."""

    observed: IntArray
    expected: FloatArray
    p_value: FloatArray


def run_pair_tests(
    slots: Slots,
    by_account: AccountSlots,
    account_a: IntArray,
    account_b: IntArray,
    window: int,
) -> PairTests:
    """Return the exact tests of pairs on all items that both share.

    Parameters
    ----------
    slots, by_account
        All slots, and those of each account.
    account_a, account_b
        The pairs.
    window
        Ticks.
    """
    return PairTests(
        *_test(
            slots.events.item,
            slots.events.at,
            near_share(slots.events, window),
            by_account.rows,
            by_account.slot,
            account_a,
            account_b,
            window,
        )
    )


@compiled
def _test(
    item: IntArray,
    at: IntArray,
    share: FloatArray,
    rows: IntArray,
    slot: IntArray,
    account_a: IntArray,
    account_b: IntArray,
    window: int,
) -> tuple[IntArray, FloatArray, FloatArray]:
    pairs = len(account_a)
    observed, expected, p_value = np.zeros(pairs, np.int64), np.zeros(pairs), np.ones(pairs)
    for pair in range(pairs):
        short, long = account_a[pair], account_b[pair]
        if rows[short + 1] - rows[short] > rows[long + 1] - rows[long]:
            short, long = long, short
        place, end = rows[long], rows[long + 1]
        coins, count = np.empty(rows[short + 1] - rows[short]), 0
        for index in range(rows[short], rows[short + 1]):
            one = slot[index]
            place = first_not_before(item, slot, place, end, item[one])
            if place == end:
                break
            if item[slot[place]] == item[one]:
                coins[count] = share[item[one]]
                expected[pair] += coins[count]
                if abs(at[one] - at[slot[place]]) <= window:
                    observed[pair] += 1
                count += 1
        p_value[pair] = coins_tail(coins[:count], observed[pair])
    return observed, expected, p_value
