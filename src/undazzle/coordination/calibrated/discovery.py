"""Groups to be tested: dense parts among the pairs that met surprisingly often on one half of the items."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.activity_null import expected_by_activity, measure_activity
from undazzle.coordination.calibrated.chance import poisson_tails
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.communities import find_communities
from undazzle.coordination.events import IntArray
from undazzle.coordination.kernel import count_pairs_compiled
from undazzle.coordination.windows import has_other_account_near

_HEAVIEST = 15.0  # a weight of 15 is p = 1e-15; beyond, the number says nothing any more


@dataclass(frozen=True)
class SurprisingPairs:
    """Pairs with at least two items, and how surprising these are beside the activity of both."""

    account_a: IntArray
    account_b: IntArray
    items: IntArray
    expected: FloatArray
    p_value: FloatArray


def find_surprising_pairs(slots: Slots, fold: int | None, window: int, block: int, below: float) -> SurprisingPairs:
    """Return the pairs that met on at least two items of one half, with p-values below ``below``.

    Parameters
    ----------
    slots
        All slots.
    fold
        The half; both if ``None``.
    window, block
        Ticks.
    below
        Largest p-value.
    """
    inside = slots.of_fold(fold)
    events = slots.events.take(inside)
    pairs = count_pairs_compiled(events.take(has_other_account_near(events, window)), window, 2)
    expected = expected_by_activity(measure_activity(slots, inside, window, block), pairs.account_a, pairs.account_b)
    p_value = poisson_tails(expected, pairs.items)
    keep = p_value < below
    return SurprisingPairs(
        pairs.account_a[keep], pairs.account_b[keep], pairs.items[keep], expected[keep], p_value[keep]
    )


def discover_groups(pairs: SurprisingPairs, least: int, seed: int) -> list[IntArray]:
    """Return the communities of at least ``least`` accounts among surprising pairs."""
    weight = np.minimum(_HEAVIEST, -np.log10(np.maximum(pairs.p_value, 1e-300)))
    found = find_communities(pairs.account_a, pairs.account_b, weight, seed=seed)
    return [np.array(group, dtype=np.int64) for group in found if len(group) >= least]
