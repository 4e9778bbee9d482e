"""Networks whose parts keep no company are told apart; those that act as one, however loosely, stay one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.coordination.brute_force import Share
from tests.coordination.calibrated.test_false_discovery import SETTINGS, search
from tests.coordination.calibrated.worlds import crowd, planted, slots_of
from undazzle.coordination.calibrated.assembling import FoundNetwork
from undazzle.coordination.calibrated.members_on_items import slots_by_account
from undazzle.coordination.calibrated.parting import company_by_item, keep_company, part_networks, parts_of
from undazzle.coordination.calibrated.run import _parted, _parting_warnings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.events import IntArray

WINDOWS = [10, 60, 600, 3_600]


def renamed(shares: list[Share], letter: str) -> list[Share]:
    """Return shares of accounts by other names, in posts of their own."""
    return [
        Share(one.item, letter + one.account[1:], letter + one.post, one.at) for one in shares if one.account[0] == "z"
    ]


def numbers(slots: Slots, accounts: list[str], letters: str) -> IntArray:
    """Return the accounts whose names begin with one of the letters."""
    found = [place for place, key in enumerate(slots.events.account_keys) if accounts[int(key)][0] in letters]
    return np.array(found, dtype=np.int64)


def two_groups(seed: int) -> tuple[Slots, IntArray, IntArray]:
    """Return a crowd with two groups that have nothing to do with each other, and their accounts."""
    base = crowd(seed)
    other = renamed(planted(base, seed + 100, members=6)[0], "y")
    slots, _, accounts = slots_of([*planted(base, seed)[0], *other], WINDOWS)
    return slots, numbers(slots, accounts, "z"), numbers(slots, accounts, "y")


@pytest.mark.parametrize("seed", range(6))
def test_two_groups_in_one_are_told_apart_and_bystanders_go_with_one_of_them(seed: int) -> None:
    slots, one, other = two_groups(seed)
    bystander = np.setdiff1d(np.unique(slots.events.account), np.union1d(one, other))[:1]
    together = np.sort(np.concatenate([one, other, bystander]))
    parts = parts_of(together, slots, slots_by_account(slots), 60, SETTINGS)
    assert sorted(np.setdiff1d(part, bystander).tolist() for part in parts) == sorted([one.tolist(), other.tolist()])
    assert np.array_equal(np.sort(np.concatenate(parts)), together)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("members", "waves"), [(6, 12), (8, 24), (16, 24)])
def test_one_group_stays_one(seed: int, members: int, waves: int) -> None:
    slots, _, accounts = slots_of(planted(crowd(seed), seed, members=members, waves=waves)[0], WINDOWS)
    group = numbers(slots, accounts, "z")
    assert len(parts_of(group, slots, slots_by_account(slots), 60, SETTINGS)) == 1


@pytest.mark.parametrize("seed", range(6))
def test_two_shifts_that_hand_over_to_each_other_stay_one(seed: int) -> None:
    """Each shift posts by itself, and on a few things the other follows within the window."""
    base = crowd(seed)
    first = planted(base, seed)[0]
    second = renamed(planted(base, seed + 100, members=6)[0], "y")
    waves = sorted({one.post.split("-")[0] for one in first if one.account[0] == "z"})[:8]
    handed = [one for one in first if one.account[0] == "z" and one.post.split("-")[0] in waves]
    own = {(one.item, one.account) for one in second}
    followed = [
        Share(one.item, f"y{one.account[1:]}", f"h{one.post}", one.at + 5)
        for one in handed
        if int(one.account[1:]) < 6 and (one.item, f"y{one.account[1:]}") not in own
    ]
    slots, _, accounts = slots_of([*first, *second, *followed], WINDOWS)
    assert len(parts_of(numbers(slots, accounts, "zy"), slots, slots_by_account(slots), 60, SETTINGS)) == 1


def test_company_is_counted_as_by_brute_force() -> None:
    slots, one, other = two_groups(3)
    window, at, account = 600, slots.events.at, slots.events.account
    met, expected = company_by_item(slots, slots_by_account(slots), one, other, window)
    wanted: list[tuple[int, float]] = []
    for item in range(len(slots.starts) - 1):
        places = range(int(slots.starts[item]), int(slots.starts[item + 1]))
        here = [place for place in places if account[place] in set(one.tolist())]
        there = [place for place in places if account[place] in set(other.tolist())]
        if here and there:
            near = sum(abs(int(at[a]) - int(at[b])) <= window for a in here for b in there)
            pairs = [abs(int(at[a]) - int(at[b])) <= window for a in places for b in places if a < b]
            wanted.append((near, len(here) * len(there) * sum(pairs) / len(pairs)))
    assert met.tolist() == [near for near, _ in wanted]
    assert expected.tolist() == pytest.approx([mean for _, mean in wanted])


def test_groups_drawn_at_random_keep_company_about_as_often_as_two_tests_at_five_percent_allow() -> None:
    slots = slots_of(crowd(11), WINDOWS)[0]
    by_account, random = slots_by_account(slots), np.random.default_rng(4)
    busy = np.argsort(-np.bincount(slots.events.account))[:120]
    joined = 0
    for _ in range(100):
        drawn = random.permutation(busy)[:16]
        company = company_by_item(slots, by_account, np.sort(drawn[:8]), np.sort(drawn[8:]), 600)
        joined += keep_company(*company)
    assert joined <= 20


def test_nothing_shared_is_no_company() -> None:
    assert not keep_company(np.zeros(0, dtype=np.int64), np.zeros(0))


def test_a_network_found_as_one_becomes_two_each_behind_the_candidate_most_like_it() -> None:
    slots, one, other = two_groups(1)
    networks = search(slots)[1]
    assert len(networks) >= 1
    merged = replace(
        networks[0],
        accounts=np.union1d(one, other),
        candidates=[candidate for network in networks for candidate in network.candidates],
    )
    parted = part_networks([merged], slots, SETTINGS)
    assert sorted(part.accounts.tolist() for part in parted) == sorted([one.tolist(), other.tolist()])
    for part in parted:
        common = len(np.intersect1d(part.candidates[0].accounts, part.accounts))
        assert common / len(np.union1d(part.candidates[0].accounts, part.accounts)) >= 0.5
    assert part_networks([], slots, SETTINGS) == []


def test_every_account_of_a_part_keeps_a_candidate_that_tested_it() -> None:
    """An account may have come from a candidate that is mostly others; its test is what names it."""
    slots, one, other = two_groups(1)
    found = [candidate for network in search(slots)[1] for candidate in network.candidates]
    like_one = next(each for each in found if len(np.intersect1d(each.accounts, one)) >= 4)
    smaller = replace(like_one, accounts=np.setdiff1d(like_one.accounts, one[:1]))
    mixed = replace(like_one, accounts=np.union1d(other, one[:1]))
    merged = FoundNetwork(np.union1d(one, other), [smaller, mixed])
    parted = part_networks([merged], slots, SETTINGS)
    assert len(parted) == 2
    for part in parted:
        tested = np.concatenate([candidate.accounts for candidate in part.candidates])
        assert np.isin(part.accounts, tested).all()


def test_the_run_says_how_many_groups_were_told_apart() -> None:
    slots, one, other = two_groups(1)
    whole = search(slots)[1][0]
    merged = replace(whole, accounts=np.union1d(one, other))
    assert _parted([whole, merged], [whole, *part_networks([merged], slots, SETTINGS)]) == (1, 2)
    assert "1 confirmed group was told apart into 2" in _parting_warnings(1, 2)[0]
    assert _parted([whole], [whole]) == (0, 0)
    assert _parting_warnings(0, 0) == []
