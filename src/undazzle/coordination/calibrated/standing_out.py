"""From which p-value on a pair of accounts stands out, where there are very many pairs to look at.

The levels of looking are those of the settings as long as few pairs pass them by luck. Among many millions of pairs
luck alone gives more edges than all real groups have, and their communities are crowds that cost much and hold nothing.
So where more than ``LUCKY`` pairs of a view are expected to pass by luck, the level is lowered. Luck falls on accounts
that meet nearly everybody, so that of pairs tested for meeting alone only ``FEWER`` may pass then: more would still
join hundreds of the busiest accounts. Like the levels themselves this decides power and cost, not validity: nothing is
claimed from looking.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import IntArray

LUCKY, FEWER = 1_000.0, 100.0
JOINING = 10.0  # accounts that may join a group by luck


def level_of_pairs(p_values: FloatArray, level: float) -> float:
    """Return a level, not above the one given, that about ``FEWER`` pairs pass by luck where ``LUCKY`` or more would.

    What passes by luck has p-values spread evenly, what is real has tiny ones. So those in the upper half of the range
    tell how many below the level are luck (Storey 2002, 10.1111/1467-9868.00346).

    Parameters
    ----------
    p_values
        Of all pairs that pass the level given; others may be among them.
    level
        The level while few pass by luck.

    Examples
    --------
    >>> level_of_pairs(np.array([1e-9, 0.004, 0.007]), 0.01)
    0.01
    """
    lucky = 2.0 * float(((p_values > level / 2) & (p_values < level)).sum())
    return level if lucky <= LUCKY else level * FEWER / lucky


def level_of_joining(accounts: int, level: float) -> float:
    """Return a level, not above the one given, that few accounts pass by luck who are near a group.

    Parameters
    ----------
    accounts
        How many are near it.
    level
        The level while at most ``JOINING`` of them pass by luck; where more would, about one does.

    Examples
    --------
    >>> level_of_joining(1_000, 0.01), level_of_joining(4_000, 0.01)
    (0.01, 0.00025)
    """
    return level if accounts * level <= JOINING else 1.0 / accounts


def level_of_products(pairs: int, level: float) -> float:
    """Return a level, not above the one given, that ``LUCKY`` products of two p-values at most pass by luck.

    The product of two independent p-values is below ``t`` with chance ``t (1 - log t)`` (Fisher).

    Parameters
    ----------
    pairs
        How many pairs have such a product.
    level
        The level while these are few.

    Examples
    --------
    >>> level_of_products(1_000, 1e-5)
    1e-05
    """

    def passing(at: float) -> float:
        return pairs * at * (1.0 - math.log(at))

    if level <= 0.0 or passing(level) <= LUCKY:
        return level
    low, high = math.log(level) - 60.0, math.log(level)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if passing(math.exp(middle)) > LUCKY else (middle, high)
    return math.exp(low)


def sharing_pairs(slots: Slots, clear: npt.NDArray[np.uint16], splits: int) -> IntArray:
    """Return by view how many pairs of slots of one item there are on the clear items of its half.

    Parameters
    ----------
    slots
        All slots.
    clear
        By window and item: in which splits, as bits, the item is looked at.
    splits
        In how many ways the items are put into halves.
    """
    size = np.zeros(clear.shape[1], dtype=np.int64)
    size[: slots.shared] = slots.sizes
    pairs, found = size * (size - 1) // 2, []
    for split in range(splits):
        half = (slots.bits >> split) & 1
        for fold in (0, 1):
            found += [int(pairs[(half == fold) & ((one >> split) & 1 > 0)].sum()) for one in clear]
    return np.array(found, dtype=np.int64)
