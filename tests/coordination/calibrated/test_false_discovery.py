"""Truth: nothing is found where nothing is to be found, what was planted is found, and nobody rides along."""

from __future__ import annotations

import numpy as np
import pytest

from tests.coordination.calibrated.worlds import DAY, crowd, planted, shuffled_within_items, slots_of
from undazzle.coordination.calibrated.assembling import FoundNetwork, assemble_networks
from undazzle.coordination.calibrated.assembling_rings import FoundRing, assemble_rings
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates
from undazzle.coordination.calibrated.group_test import group_p_value
from undazzle.coordination.calibrated.members_on_items import (
    AccountSlots,
    GroupSlots,
    slots_by_account,
    slots_of_group,
)
from undazzle.coordination.calibrated.multiplicity import false_discovery_q
from undazzle.coordination.calibrated.rings import find_rings
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots

WINDOWS = [10, 60, 600, 3_600]
SETTINGS = CalibratedSettings()


def search(slots: Slots) -> tuple[list[Candidate], list[FoundNetwork]]:
    candidates = find_candidates(slots, WINDOWS, DAY, SETTINGS)
    return candidates, assemble_networks(candidates, SETTINGS)


def held_out(slots: Slots, by_account: AccountSlots, one: Candidate) -> GroupSlots:
    return slots_of_group(slots.split(one.split), by_account, one.accounts, 1 - one.fold)


def rings_in(slots: Slots, taken: list[FoundNetwork]) -> list[FoundRing]:
    found = find_rings(slots, DAY, DAY, SETTINGS)
    return assemble_rings(found, [one.accounts for one in taken], slots, DAY, DAY, SETTINGS)


def test_shuffled_copies_of_an_ordinary_crowd_hold_nothing_more_often_than_the_level_allows() -> None:
    copies, levels = 40, (0.05, 0.2)
    ordinary = slots_of(crowd(3), WINDOWS)[0]
    wrong = {(what, level): 0 for what in ("groups", "members", "networks") for level in levels}
    for number in range(copies):
        slots = shuffled_within_items(ordinary, np.random.default_rng([1, number]))
        candidates, networks = search(slots)
        by_account = slots_by_account(slots)
        group_p = [group_p_value(slots, held_out(slots, by_account, one), one.window, 999, 1)[0] for one in candidates]
        member_p = [p for one in candidates for p in one.members.p_value.tolist()]
        for level in levels:
            wrong["groups", level] += bool(group_p) and false_discovery_q(np.array(group_p)).min() <= level
            wrong["members", level] += bool(member_p) and false_discovery_q(np.array(member_p)).min() <= level
            wrong["networks", level] += bool(networks)
    for (what, level), count in wrong.items():
        # three standard deviations of a count that the level gives
        assert count <= copies * level + 3 * (copies * level * (1 - level)) ** 0.5, (what, level, count)
    assert wrong["networks", 0.05] == 0


@pytest.mark.parametrize("seed", range(6))
def test_an_ordinary_crowd_with_shared_interests_is_silent(seed: int) -> None:
    slots = slots_of(crowd(seed, interests=8), WINDOWS)[0]
    _, networks = search(slots)
    assert not networks
    assert not rings_in(slots, networks)


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_group_on_popular_items_is_found_and_nobody_else(seed: int) -> None:
    shares, members = planted(crowd(seed), seed)
    slots, _, accounts = slots_of(shares, WINDOWS)
    _, networks = search(slots)
    named = {accounts[one] for network in networks for one in network.accounts}
    assert len(named & set(members)) >= 7
    assert named <= set(members)


@pytest.mark.parametrize("seed", range(3))
def test_a_ring_with_items_of_its_own_is_found_by_its_choice_and_not_by_timing(seed: int) -> None:
    shares, members = planted(crowd(seed), seed, closed=True)
    slots, _, accounts = slots_of(shares, WINDOWS)
    _, networks = search(slots)
    assert not networks
    found = rings_in(slots, networks)
    assert [sorted(accounts[one] for one in ring.accounts) for ring in found] == [members]
    assert found[0].closed_items >= 8


def test_too_little_repetition_is_no_network() -> None:
    shares, members = planted(crowd(0), 0, waves=3)
    slots, _, accounts = slots_of(shares, WINDOWS)
    named = {accounts[one] for network in search(slots)[1] for one in network.accounts}
    assert not named & set(members)


def test_every_member_of_a_network_passes_its_own_test() -> None:
    shares, _ = planted(crowd(2), 2)
    slots, _, _ = slots_of(shares, WINDOWS)
    _, networks = search(slots)
    assert networks
    for network in networks:
        for account in network.accounts.tolist():
            passed = [
                one.member_q[np.searchsorted(one.accounts, account)]
                for one in network.candidates
                if account in one.accounts
            ]
            assert min(passed) <= SETTINGS.max_q
