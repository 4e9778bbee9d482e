"""Groups to be tested: dense parts among the pairs that met surprisingly often on one half of the items, grown.

Nothing here needs to be right: a group found by luck fails on the other half. It needs to be generous.
"""

from __future__ import annotations

import numpy as np

from undazzle.coordination.calibrated.activity_null import expected_by_activity, measure_activity
from undazzle.coordination.calibrated.chance import poisson_tails
from undazzle.coordination.calibrated.group_test import count_group
from undazzle.coordination.calibrated.growing import Company, grow_group
from undazzle.coordination.calibrated.joint_test import joint_surprise
from undazzle.coordination.calibrated.members_on_items import slots_of_group
from undazzle.coordination.calibrated.pair_test import run_pair_tests
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray
from undazzle.coordination.calibrated.views import View
from undazzle.coordination.communities import find_communities
from undazzle.coordination.counting import count_pairs
from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.windows import has_other_account_near, window_ends

_HEAVIEST = 15.0  # a weight of 15 is p = 1e-15; beyond, the number says nothing any more
_LEAST_ITEMS = 2  # on which a group has to meet where it is found
_LARGEST = 300  # accounts; a larger community is a crowd with a common interest
_MOST_MEETINGS = 1_000_000  # looked at one by one in a view; those on the most crowded items are left out first


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
    slots, inside = view.slots, view.slots.of_fold(view.fold)
    events = slots.events.take(inside)
    events = events.take(has_other_account_near(events, view.window))
    pairs = count_pairs(events, view.window, 2)
    a, b = pairs.account_a, pairs.account_b
    by_timing = run_pair_tests(slots, view.by_account, a, b, view.window, view.share).p_value
    block = slots.events.window_ticks(settings.block)
    activity = measure_activity(slots, inside, view.window, block)
    by_activity = poisson_tails(expected_by_activity(activity, a, b), pairs.items)
    company = Company(slots, view.by_account, view.window)
    close, active = (
        _communities(a, b, *how, settings.seed)
        for how in ((by_timing, settings.discovery_p), (by_activity, settings.activity_p))
    )
    joint = _joint_communities(view, events, settings)
    found = [grow_group(company, one, settings) for one in (*close, *joint)]
    found += [*active, *(one for one in joint if _meets_again(view, one))]
    distinct = {tuple(one.tolist()): one for one in found if len(one) >= settings.min_members}
    return [distinct[key] for key in sorted(distinct, key=lambda key: (-len(key), key))]


def _joint_communities(view: View, events: Events, settings: CalibratedSettings) -> list[IntArray]:
    """Return the communities of pairs that are surprising by what they share and by having met at all."""
    pairs = count_pairs(_without_crowded(events, view.window), view.window, 1)
    a, b = pairs.account_a, pairs.account_b
    surprise = joint_surprise(view.slots, view.everywhere, view.overlap, view.share, a, b, view.fold, view.window)
    return _communities(a, b, surprise, settings.joint_p, settings.seed)


def _without_crowded(events: Events, window: int) -> Events:
    """Leave out the items with the most meetings until few enough are left."""
    later = window_ends(events, window) - np.arange(len(events), dtype=np.int64) - 1
    met = np.bincount(events.item, weights=later, minlength=len(events.item_keys))
    order = np.argsort(met, kind="stable")
    kept = np.zeros(len(met), dtype=bool)
    kept[order[np.cumsum(met[order]) <= _MOST_MEETINGS]] = True
    return events.take(kept[events.item])


def _meets_again(view: View, group: IntArray) -> bool:
    """Return whether a group meets on several items where it was found: one burst makes a community, too."""
    if len(group) > _LARGEST:
        return False
    held = slots_of_group(view.slots, view.by_account, group, view.fold)
    return count_group(view.slots, held, view.window).items >= _LEAST_ITEMS


def _communities(a: IntArray, b: IntArray, p_value: FloatArray, below: float, seed: int) -> list[IntArray]:
    keep = p_value < below
    weight = np.minimum(_HEAVIEST, -np.log10(np.maximum(p_value[keep], 1e-300)))
    return [np.sort(np.array(one, dtype=np.int64)) for one in find_communities(a[keep], b[keep], weight, seed=seed)]
