"""Accounts that no search took in are tested beside networks that stand, on everything they share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.brute_force import Share
from tests.coordination.calibrated import reference
from tests.coordination.calibrated.test_calibration import assert_not_too_small
from tests.coordination.calibrated.test_false_discovery import SETTINGS, WINDOWS, search
from tests.coordination.calibrated.worlds import (
    DAY,
    WINDOW,
    crowd,
    planted,
    shuffled_within_items,
    slots_of,
    some_groups,
    some_slots,
)
from undazzle.coordination.calibrated.assembling import FoundNetwork
from undazzle.coordination.calibrated.members_on_items import slots_by_account
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.calibrated.taking_in import beside_network, take_in

SECONDS = {one: float(one) for one in WINDOWS}


def named_of(slots: Slots, *groups: set[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    named = np.zeros(len(slots.events.account_keys), dtype=bool)
    for group in groups:
        named[sorted(group)] = True
    return named


@settings(deadline=None)
@given(some_slots(), st.sets(st.integers(0, 8), min_size=1, max_size=4), st.sets(st.integers(0, 8), max_size=2))
def test_the_test_beside_a_network_equals_going_through_all_slots_left(
    slots: Slots, network: set[int], others: set[int]
) -> None:
    count = len(slots.events.account_keys)
    network = {one for one in network if one < count}
    others = {one for one in others if one < count} - network
    if not network:
        return
    members = np.array(sorted(network), dtype=np.int64)
    found = beside_network(slots, slots_by_account(slots), members, named_of(slots, network, others), WINDOW, DAY)
    assert not set(found.account.tolist()) & (network | others)
    for place, account in enumerate(found.account.tolist()):
        observed, p_value = reference.beside_network(slots, network, others, account, WINDOW)
        assert found.observed[place] == observed
        # a chance of a half or more is not worked out
        assert found.p_value[place] == pytest.approx(p_value) or (found.p_value[place] == 1.0 and p_value >= 0.5 - 1e-9)


@pytest.mark.parametrize("window", [60, 600, 3_600])
def test_beside_a_network_that_does_not_depend_on_them_p_values_are_not_too_small(window: int) -> None:
    ordinary, found = slots_of(crowd(4), WINDOWS)[0], []
    for number in range(8):
        slots = shuffled_within_items(ordinary, np.random.default_rng([4, number]))
        by_account = slots_by_account(slots)
        for group in some_groups(slots, np.random.default_rng(window), 6, 8):
            named = named_of(slots, set(group.tolist()))
            found.append(beside_network(slots, by_account, group, named, window, DAY).p_value)
    p_values = np.concatenate(found)
    assert_not_too_small(p_values)
    assert (p_values <= 0.05).mean() > 0.005  # conservative, but not deaf


def with_a_rare_member(seed: int) -> tuple[Slots, list[str], FoundNetwork, str]:
    """Return a world with a planted network and an account that joined it seven times, and the network without it."""
    shares, names = planted(crowd(seed), seed)
    random = np.random.default_rng([seed, 1])
    joint = [one for one in shares if one.account == names[0]]
    for number in random.choice(len(joint), 7, replace=False).tolist():
        shares.append(Share(joint[number].item, "rare", f"rare{number}", joint[number].at + 5))
    slots, _, accounts = slots_of(shares, WINDOWS)
    (found,) = search(slots)[1]
    place = {accounts[int(key)]: number for number, key in enumerate(slots.events.account_keys)}
    without = found.accounts[found.accounts != place["rare"]]
    return slots, [accounts[int(key)] for key in slots.events.account_keys], replace(found, accounts=without), "rare"


@pytest.mark.parametrize("seed", range(3))
def test_who_joins_a_network_seldom_is_taken_in_and_nobody_else(seed: int) -> None:
    slots, names, network, rare = with_a_rare_member(seed)
    before = set(network.accounts.tolist())
    (after,) = take_in([network], slots, SECONDS, np.ones(len(names)), DAY, SETTINGS)
    taken = [names[one.account] for one in after.taken_in]
    assert rare in taken
    assert all(name == rare or name.startswith("z") for name in taken)
    assert before <= set(after.accounts.tolist())
    (one,) = [one for one in after.taken_in if names[one.account] == rare]
    assert one.window == network.window
    assert one.observed >= SETTINGS.min_items
    assert one.p_value <= SETTINGS.member_p
    assert one.q_value <= SETTINGS.max_q


def test_nobody_is_taken_in_within_a_window_below_the_clock_of_their_source() -> None:
    slots, names, network, rare = with_a_rare_member(0)
    coarse = np.ones(len(names))
    coarse[names.index(rare)] = 86_400.0
    (after,) = take_in([network], slots, SECONDS, coarse, DAY, SETTINGS)
    assert rare not in [names[one.account] for one in after.taken_in]
    coarse[network.accounts[0]] = 86_400.0
    assert take_in([network], slots, SECONDS, coarse, DAY, SETTINGS) == [network]


def test_without_networks_nobody_is_taken_in() -> None:
    slots, _, accounts = slots_of(crowd(1), WINDOWS)
    assert take_in([], slots, SECONDS, np.ones(len(accounts)), DAY, SETTINGS) == []
