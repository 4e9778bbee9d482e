"""Looking for groups: several ways of halving, and what may and may not be looked at."""

from __future__ import annotations

import numpy as np
import pytest

from tests.coordination.brute_force import Share
from tests.coordination.calibrated.worlds import DAY, crowd, one_item_each, planted, slots_of
from undazzle.coordination.calibrated.assembling import assemble_networks
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.candidates import find_candidates
from undazzle.coordination.calibrated.discovery import discover_groups
from undazzle.coordination.calibrated.group_test import count_group, open_part
from undazzle.coordination.calibrated.members_on_items import slots_by_account, slots_of_group
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.views import View, all_views, open_view

WINDOWS = [60, 600, 3_600]


def test_every_split_halves_the_items_in_another_way() -> None:
    slots = slots_of(crowd(1), WINDOWS)[0]
    folds = [slots.split(number).fold for number in range(4)]
    assert np.array_equal(folds[0], slots.fold)
    for number, one in enumerate(folds):
        assert 0.4 < one.mean() < 0.6
        assert all(0.3 < (one == other).mean() < 0.7 for other in folds[:number])


def views_of(slots: Slots, splits: int) -> list[View]:
    basis = Basis(slots, WINDOWS, DAY, CalibratedSettings(splits=splits))
    return [open_view(basis, one) for one in all_views(basis)]


def test_views_go_through_all_splits_halves_and_windows() -> None:
    slots = slots_of(crowd(1), WINDOWS)[0]
    views = views_of(slots, 3)
    assert len({(one.split, one.fold, one.window) for one in views}) == len(views) == 18
    for view in views:
        held = view.slots.fold[view.slots.events.item[view.by_account.slot]]
        assert set(held.tolist()) <= {view.fold}


def other_half_by_chance(slots: Slots, fold: int, random: np.random.Generator) -> Slots:
    """Return the slots with the accounts of each item of the other half in another order."""
    events = slots.events
    order = np.lexsort((random.random(len(events)), events.item))
    account = np.where(slots.fold[events.item] == fold, events.account, events.account[order])
    return slots.with_accounts(account)


@pytest.mark.parametrize("window", WINDOWS)
def test_looking_on_one_half_does_not_see_who_was_close_on_the_other(window: int) -> None:
    """Validity of the tests rests on this: dealing out the other half anew changes no group that is found."""
    shares, _ = planted(crowd(2), 2)
    slots = slots_of(shares, WINDOWS)[0]
    found = []
    for copy in (slots, other_half_by_chance(slots, 0, np.random.default_rng(5))):
        views = [one for one in views_of(copy, 1) if (one.fold, one.window) == (0, window)]
        found.append([one.tolist() for one in discover_groups(views[0], CalibratedSettings())])
    assert found[0]
    assert found[0] == found[1]


def test_a_cell_that_meets_once_in_each_pair_is_found_by_what_it_shares_as_well() -> None:
    """Six accounts, eight popular items, three or four of them at a time: few pairs meet twice on one half."""
    random = np.random.default_rng(3)
    base = crowd(4)
    by_item: dict[str, list[float]] = {}
    for one in base:
        by_item.setdefault(one.item, []).append(one.at)
    popular = sorted(by_item, key=lambda item: (-len(by_item[item]), item))[:80:8]
    names = [f"z{number}" for number in range(6)]
    more = []
    for item in popular:
        start = float(random.choice(by_item[item]))
        more += [
            Share(item, str(name), f"{item}+{name}", float(int(start + random.integers(0, 40))))
            for name in random.permutation(names)[:4]
        ]
    slots, _, accounts = slots_of([*base, *more], WINDOWS)

    def named(settings: CalibratedSettings) -> set[str]:
        found = assemble_networks(find_candidates(slots, WINDOWS, DAY, settings), settings)
        return {accounts[one] for network in found for one in network.accounts}

    assert named(CalibratedSettings()) >= {*names}
    assert named(CalibratedSettings()) <= {*names}
    assert len(named(CalibratedSettings(joint_p=0.0, splits=1))) < len(names)


@pytest.mark.parametrize(("strangers", "is_open"), [(1, False), (2, True)])
def test_one_stranger_beside_a_group_is_no_measure(strangers: int, is_open: bool) -> None:
    rows = {f"m{number}": float(number) for number in range(4)} | {f"s{n}": 50_000.0 for n in range(strangers)}
    slots, _, accounts = slots_of(one_item_each({"item": rows}), WINDOWS)
    group = np.array([accounts.index(f"m{number}") for number in range(4)], dtype=np.int64)
    held = slots_of_group(slots, slots_by_account(slots), group, None)
    assert bool(len(open_part(slots, held).item)) is is_open
    counted = count_group(slots, held, 60)
    assert (counted.open_items, counted.closed_items) == (int(is_open), 0)
