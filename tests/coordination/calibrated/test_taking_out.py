"""Readers of what a network floods seem to huddle beside the flood; without its posts they do not."""

from __future__ import annotations

import numpy as np

from tests.coordination.brute_force import Share
from tests.coordination.calibrated.worlds import DAY, crowd, slots_of
from undazzle.coordination.calibrated.assembling import assemble_networks
from undazzle.coordination.calibrated.candidates import find_candidates
from undazzle.coordination.calibrated.members_on_items import slots_by_account
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.taking_out import without_accounts

WINDOWS = [10, 60, 600, 3_600]


def flooded(seed: int) -> list[Share]:
    """Return a crowd, a network of twelve that floods 40 links within a minute, and twenty readers over ten hours."""
    random = np.random.default_rng(seed)
    shares = crowd(seed)
    for wave in range(40):
        start = float(random.uniform(0, 13 * DAY))
        shares += [Share(f"w{wave}", f"z{n:02}", f"w{wave}z{n}", start + float(random.integers(60))) for n in range(12)]
        for reader in np.flatnonzero(random.random(20) < 0.6).tolist():
            at = start + float(random.integers(36_000))
            shares.append(Share(f"w{wave}", f"r{reader:02}", f"w{wave}r{reader}", at))
    return shares


def test_readers_of_a_flooded_link_are_not_named() -> None:
    for seed in range(3):
        slots, _, accounts = slots_of(flooded(seed), WINDOWS)
        candidates = find_candidates(slots, WINDOWS, DAY, CalibratedSettings())
        found = assemble_networks(candidates, CalibratedSettings())
        named = {accounts[one] for network in found for one in network.accounts}
        assert {name for name in named if not name.startswith("z")} == set()
        assert len(named) >= 10


def test_slots_without_some_accounts_are_those_on_the_groups_items_that_others_hold() -> None:
    slots = slots_of(flooded(0), WINDOWS)[0]
    by_account = slots_by_account(slots)
    group = np.array([5, 9, 40], dtype=np.int64)
    out = np.zeros(len(slots.events.account_keys), dtype=bool)
    out[100:200] = True
    less = without_accounts(slots, by_account, group, out)
    shared = slots.events.item < slots.shared
    items = np.unique(slots.events.item[shared & np.isin(slots.events.account, group)])
    kept = shared & np.isin(slots.events.item, items) & ~out[slots.events.account]
    assert np.array_equal(less.events.account, slots.events.account[kept])
    assert np.array_equal(less.events.at, slots.events.at[kept])
    assert np.array_equal(less.events.item_keys[less.events.item], slots.events.item_keys[slots.events.item[kept]])
    assert np.array_equal(less.sizes, np.bincount(less.events.item, minlength=len(items)))
    for number in range(3):
        assert np.array_equal(less.split(number).fold, slots.split(number).fold[items])
