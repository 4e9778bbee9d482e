"""What is left of a confirmed group is shown only if it acts together by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.coordination.calibrated.test_false_discovery import SETTINGS, search
from tests.coordination.calibrated.worlds import DAY, crowd, planted, slots_of
from undazzle.coordination.calibrated.standing import networks_that_stand

WINDOWS = [10, 60, 600, 3_600]


def test_a_planted_network_stands_and_bystanders_named_in_its_place_do_not() -> None:
    shares, names = planted(crowd(5), 5)
    slots, _, accounts = slots_of(shares, WINDOWS)
    (found,) = search(slots)[1]
    numbers = {name: number for number, name in enumerate(accounts)}
    assert {accounts[int(key)] for key in slots.events.account_keys[found.accounts]} <= set(names)
    of_key = {int(key): place for place, key in enumerate(slots.events.account_keys)}
    bystanders = np.sort(np.array([of_key[numbers[f"a{number:04}"]] for number in (1, 2, 3, 4, 5)]))
    founder = found.candidates[0]
    wider = replace(founder, accounts=np.union1d(founder.accounts, bystanders))
    leftover = replace(found, accounts=bystanders, candidates=[wider])
    kept, fallen = networks_that_stand([found, leftover], slots, DAY, SETTINGS)
    assert kept == [found]
    assert fallen == 1


def test_what_passes_alone_does_not_stand_among_many_that_fail() -> None:
    """The level holds for all networks of a run together: twenty weak remainders are not let through one by one."""
    shares, _ = planted(crowd(5), 5)
    slots, _, _ = slots_of(shares, WINDOWS)
    (found,) = search(slots)[1]
    founder, random = found.candidates[0], np.random.default_rng(1)
    others = np.setdiff1d(np.unique(slots.events.account), founder.accounts)
    weak = []
    for _ in range(60):
        group = np.sort(random.choice(others, 12, replace=False)).astype(np.int64)
        weak.append(replace(found, accounts=group, candidates=[replace(founder, accounts=group)]))
    alone = sum(bool(networks_that_stand([one], slots, DAY, SETTINGS)[0]) for one in weak)
    together = networks_that_stand([found, *weak], slots, DAY, SETTINGS)[0]
    assert found in together
    assert len(together) - 1 <= min(alone, 1)


def test_accounts_that_never_meet_do_not_stand() -> None:
    slots, _, _ = slots_of(planted(crowd(6), 6)[0], WINDOWS)
    (found,) = search(slots)[1]
    alone = replace(found, accounts=found.accounts[:1])
    assert networks_that_stand([alone], slots, DAY, SETTINGS) == ([], 1)
