"""Groups to be tested: dense parts among the pairs that met surprisingly often on one half of the items, grown.

Nothing here needs to be right: a group found by luck fails on the other half. It needs to be generous.
"""

from __future__ import annotations

import numpy as np

from undazzle.coordination.calibrated.activity_null import expected_by_activity, measure_activity
from undazzle.coordination.calibrated.chance import largest_mean, poisson_tails
from undazzle.coordination.calibrated.group_test import count_group
from undazzle.coordination.calibrated.growing import Company, grow_group
from undazzle.coordination.calibrated.members_on_items import slots_of_group
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.side_by_side import THREADS, side_by_side
from undazzle.coordination.calibrated.standing_out import level_of_pairs
from undazzle.coordination.calibrated.surveying import Edges
from undazzle.coordination.calibrated.views import View
from undazzle.coordination.communities import find_communities
from undazzle.coordination.counting import count_pairs
from undazzle.coordination.events import IntArray

_HEAVIEST = 15.0  # a weight of 15 is p = 1e-15; beyond, the number says nothing any more
_LEAST_ITEMS = 2  # on which a group has to meet where it is found
_LARGEST = 300  # accounts; a larger community is a crowd with a common interest


def discover_groups(view: View, settings: CalibratedSettings) -> list[IntArray]:
    """Return groups of accounts that keep company on one half of the items, each as sorted accounts, without repeats.

    Pairs that met on at least two items form two graphs: those that met more often than other sharers of these items,
    and those that met more often than other accounts as active as they. Pairs that met at all form a third: those of
    which both what they share and that they met there is surprising. Their communities are groups, as they are or
    after taking in who keeps company with them and letting go who does not.

    Parameters
    ----------
    view
        The half and the window.
    settings
        Parameters of the method.
    """
    slots = view.slots
    pairs = count_pairs(view.near, view.window, 2)
    a, b = pairs.account_a, pairs.account_b
    activity = measure_activity(slots, view.strata, slots.of_fold(view.fold), view.window)
    most = largest_mean(pairs.items, settings.activity_p)
    by_activity = poisson_tails(expected_by_activity(activity, a, b, most), pairs.items)
    below = level_of_pairs(by_activity, settings.activity_p)
    active = _communities(Edges(a, b, by_activity), below, settings.seed)
    close = _communities(view.close, settings.discovery_p, settings.seed)
    joint = _communities(view.joint, settings.joint_p, settings.seed)
    found = _grown(view, [*close, *joint], settings)
    found += [*active, *(one for one in joint if _meets_again(view, one))]
    distinct = {tuple(one.tolist()): one for one in found if len(one) >= settings.min_members}
    return [distinct[key] for key in sorted(distinct, key=lambda key: (-len(key), key))]


def _grown(view: View, groups: list[IntArray], settings: CalibratedSettings) -> list[IntArray]:
    """Return the groups after they took in who keeps company with them, in their order."""

    def grow(first: int) -> list[IntArray]:
        company = Company(view.slots, view.by_account, view.window, view.calm)  # it counts in arrays of its own
        return [grow_group(company, one, settings) for one in groups[first::THREADS]]

    parts = side_by_side(grow, range(THREADS))
    return [parts[number % THREADS][number // THREADS] for number in range(len(groups))]


def _meets_again(view: View, group: IntArray) -> bool:
    """Return whether a group meets on several items where it was found: one burst makes a community, too."""
    if len(group) > _LARGEST:
        return False
    held = slots_of_group(view.slots, view.by_account, group, view.fold)
    return count_group(view.slots, held, view.window).items >= _LEAST_ITEMS


def _communities(edges: Edges, below: float, seed: int) -> list[IntArray]:
    keep = edges.p_value < below
    weight = np.minimum(_HEAVIEST, -np.log10(np.maximum(edges.p_value[keep], 1e-300)))
    groups = find_communities(edges.account_a[keep], edges.account_b[keep], weight, seed=seed)
    return [np.sort(np.array(one, dtype=np.int64)) for one in groups]
