"""How surprising is it that two accounts share so much, and met there? The most sensitive measure, for looking only.

Which items two accounts share says nothing about how close in time they were on them: the tests on the other half hold
both fixed. So looking may use what is shared on *both* halves, and who met whom on one half, without giving anything
of the other half away. The surprise is the product of two tails: the chance of sharing as many items if only activity
mattered, and the chance of meeting on as many of those of this half if only sharing them mattered. A product of
p-values is no p-value: it ranks pairs, and nothing is claimed from it. ``surveying`` works it out for all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.chance import poisson_tail
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.slots import FloatArray, Slots

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


@compiled
def overlap_tail(held: float, both: int, small: float, large: FloatArray) -> float:
    """Return the chance of sharing that many items if only activity mattered.

    ``held`` is the slots of the one times the slots of the other; ``small`` and ``large`` are those of ``Overlap``.
    """
    mean = held * small
    for number in range(len(large)):
        mean += 1.0 - np.exp(-held * large[number])
    return poisson_tail(mean, both)
