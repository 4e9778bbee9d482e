"""What is left of a confirmed group is shown only if it acts together by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.coordination.calibrated.test_false_discovery import SETTINGS, search
from tests.coordination.calibrated.worlds import DAY, crowd, planted, slots_of
from undazzle.coordination.calibrated.standing import least_ratio, networks_that_stand

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
    assert found.own is not None
    assert found.own.accounts == len(found.accounts)
    assert found.own.observed > found.own.least_ratio * found.own.expected > found.own.expected
    assert found.own.p_value <= found.own.q_value <= SETTINGS.max_q
    assert leftover.own is not None
    assert leftover.own.accounts == len(bystanders)
    assert leftover.own.q_value > SETTINGS.max_q


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


def test_the_least_ratio_is_below_the_true_one_in_nineteen_of_twenty_samples() -> None:
    random, true, below = np.random.default_rng(2), 1.5, 0
    for _ in range(400):
        expected = random.uniform(0.5, 4.0, 80)
        heaps = random.gamma(2.0, 0.5, 80)  # co-actions on one item hang together
        below += least_ratio(random.poisson(true * expected * heaps).astype(np.float64), expected) <= true
    assert 0.92 <= below / 400 <= 0.98
    assert least_ratio(np.array([3.0]), np.array([1.0])) == 0.0
