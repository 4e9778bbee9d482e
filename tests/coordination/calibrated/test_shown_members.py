"""Nobody is named without posts that show it, in the window in which the network is shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination.calibrated.test_false_discovery import SETTINGS, search
from tests.coordination.calibrated.worlds import WINDOW, crowd, one_item_each, planted, slots_of, some_slots
from undazzle.coordination.calibrated.assembling import FoundNetwork
from undazzle.coordination.calibrated.candidates import certified, is_confirmed
from undazzle.coordination.calibrated.members_on_items import slots_by_account
from undazzle.coordination.calibrated.shown_members import items_in_company, shown_members, without_unshown
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.events import IntArray

WINDOWS = [10, 60, 600, 3_600]


def company_by_hand(slots: Slots, group: IntArray, window: int) -> list[int]:
    """Count items in company by looking at every pair of slots."""
    events = slots.events
    met: dict[int, set[int]] = {int(one): set() for one in group}
    for a in range(int(slots.starts[-1])):
        for b in range(int(slots.starts[-1])):
            one, other = int(events.account[a]), int(events.account[b])
            near = abs(int(events.at[a]) - int(events.at[b])) <= window
            if one != other and one in met and other in met and events.item[a] == events.item[b] and near:
                met[one].add(int(events.item[a]))
    return [len(met[int(one)]) for one in group]


@given(some_slots(), st.data())
def test_items_in_company_are_those_of_every_pair_looked_at(slots: Slots, data: st.DataObject) -> None:
    count = len(slots.events.account_keys)
    group = np.array(sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1))), dtype=np.int64)
    found = items_in_company(group, slots, slots_by_account(slots), WINDOW)
    assert found.tolist() == company_by_hand(slots, group, WINDOW)


def test_who_was_company_for_somebody_left_out_is_looked_at_again() -> None:
    """``d`` has three items in company, but only with ``c``, who has too few without ``e``: both go."""
    trio = {f"i{item}": {"a": 0.0, "b": 1.0, "f": 2.0} for item in range(3)}
    chain = {f"k{item}": {"c": 0.0, "d": 1.0} for item in range(2)} | {
        "k2": {"c": 0.0, "e": 1.0},
        "k3": {"d": 0.0, "e": 1.0},
    }
    slots, _, accounts = slots_of(one_item_each(trio | chain), (WINDOW,))
    every = np.arange(len(accounts), dtype=np.int64)
    by_account = slots_by_account(slots)
    assert items_in_company(every, slots, by_account, WINDOW).tolist() == [3, 3, 3, 3, 2, 3]
    kept = shown_members(every, slots, by_account, WINDOW, SETTINGS)
    assert [accounts[int(key)] for key in slots.events.account_keys[kept]] == ["a", "b", "f"]


def test_an_account_that_has_nothing_to_show_is_not_named_and_counted() -> None:
    slots, _, accounts = slots_of(planted(crowd(5), 5)[0], WINDOWS)
    (found,) = search(slots)[1]
    assert without_unshown([found], slots, SETTINGS) == ([found], 0)
    stranger = np.setdiff1d(np.arange(len(accounts)), found.accounts)[:1].astype(np.int64)
    joined = replace(found, accounts=np.union1d(found.accounts, stranger))
    ((left,), unshown) = without_unshown([joined], slots, SETTINGS)
    assert left.accounts.tolist() == found.accounts.tolist()
    assert unshown == 1


def test_a_network_with_too_few_left_falls_whole() -> None:
    slots, _, _ = slots_of(planted(crowd(5), 5)[0], WINDOWS)
    (found,) = search(slots)[1]
    pair = replace(found, accounts=found.accounts[:2])
    assert without_unshown([pair], slots, SETTINGS) == ([], 2)
    assert without_unshown([], slots, SETTINGS) == ([], 0)


def test_a_network_is_shown_where_most_of_its_certified_accounts_have_something_to_show() -> None:
    """Accounts that come minutes after the others are certified in a wider window; the network is shown in that one."""
    shares, names = planted(crowd(5), 5)
    late = [
        one._replace(account=f"late{place}", post=f"{one.post}-{place}", at=one.at + 300 + 100 * place)
        for one in shares
        if one.account == names[0]
        for place in range(3)
    ]
    slots, _, accounts = slots_of([*shares, *late], WINDOWS)
    candidates, _ = search(slots)
    name_of = [accounts[int(key)] for key in slots.events.account_keys]
    confirmed = [one for one in candidates if is_confirmed(one, SETTINGS)]
    narrow = next(one for one in confirmed if one.window == 60)
    wide = next(
        one for one in confirmed if one.window == 600 and any("late" in name_of[a] for a in certified(one, SETTINGS))
    )
    both = np.union1d(certified(narrow, SETTINGS), certified(wide, SETTINGS))
    ((found,), _) = without_unshown([FoundNetwork(both, [narrow, wide])], slots, SETTINGS)
    alone = shown_members(both, slots, slots_by_account(slots), 60, SETTINGS)
    assert found.window == 600
    assert len(found.accounts) > len(alone)
    assert set(found.candidates[0].accounts.tolist()) == set(wide.accounts.tolist())
