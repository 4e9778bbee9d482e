"""Groups to be tested: dense parts among the pairs that met surprisingly often on one half of the items, grown.

Nothing here needs to be right: a group found by luck fails on the other half. It needs to be generous.
"""

from __future__ import annotations

import numpy as np

from undazzle.coordination.calibrated.activity_null import expected_by_activity, measure_activity
from undazzle.coordination.calibrated.chance import poisson_tails
from undazzle.coordination.calibrated.growing import Company, grow_group
from undazzle.coordination.calibrated.members_on_items import AccountSlots
from undazzle.coordination.calibrated.pair_test import run_pair_tests
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.communities import find_communities
from undazzle.coordination.events import IntArray
from undazzle.coordination.kernel import count_pairs_compiled
from undazzle.coordination.windows import has_other_account_near

_HEAVIEST = 15.0  # a weight of 15 is p = 1e-15; beyond, the number says nothing any more


def discover_groups(
    slots: Slots, by_account: AccountSlots, fold: int, window: int, settings: CalibratedSettings
) -> list[IntArray]:
    """Return groups of accounts that keep company on one half of the items, each as sorted accounts, without repeats.

    Pairs that met on at least two items form two graphs: those that met more often than other sharers of these items,
    and those that met more often than other accounts as active as they. Their communities are groups as they are, and
    once more after taking in who keeps company with them and letting go who does not.

    Parameters
    ----------
    slots
        All slots.
    by_account
        Slots by account on this half only.
    fold
        The half.
    window
        Ticks.
    settings
        Parameters of the method.
    """
    inside = slots.of_fold(fold)
    events = slots.events.take(inside)
    pairs = count_pairs_compiled(events.take(has_other_account_near(events, window)), window, 2)
    a, b = pairs.account_a, pairs.account_b
    by_timing = run_pair_tests(slots, by_account, a, b, window).p_value
    block = slots.events.window_ticks(settings.block)
    by_activity = poisson_tails(expected_by_activity(measure_activity(slots, inside, window, block), a, b), pairs.items)
    company = Company(slots, by_account, window)
    found = [
        grow_group(company, one, settings) for one in _communities(a, b, by_timing, settings.discovery_p, settings.seed)
    ]
    found += _communities(a, b, by_activity, settings.activity_p, settings.seed)
    distinct = {tuple(one.tolist()): one for one in found if len(one) >= settings.min_members}
    return [distinct[key] for key in sorted(distinct, key=lambda key: (-len(key), key))]


def _communities(a: IntArray, b: IntArray, p_value: FloatArray, below: float, seed: int) -> list[IntArray]:
    keep = p_value < below
    weight = np.minimum(_HEAVIEST, -np.log10(np.maximum(p_value[keep], 1e-300)))
    return [np.array(one, dtype=np.int64) for one in find_communities(a[keep], b[keep], weight, seed=seed)]
