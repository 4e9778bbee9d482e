"""Property: one item for each post, one post of an account on an item, and nothing looks at who holds a slot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from tests.coordination.brute_force import Share
from tests.coordination.builders import some_events, some_shares
from tests.coordination.calibrated.worlds import crowd, hashes, one_item_each, slots_of
from undazzle.coordination.calibrated.slots import make_slots


@settings(deadline=None)
@given(some_shares())
def test_a_post_counts_once_and_an_account_once_per_item(shares: list[Share]) -> None:
    if not shares:
        return
    slots, _, _ = slots_of(shares, (1, 5))
    posts, pairs = slots.events.post, list(zip(slots.events.item, slots.events.account, strict=True))
    assert len(np.unique(posts)) == len(posts)
    assert len(set(pairs)) == len(pairs)
    # so no post stands in both halves
    assert len(slots.fold) == int(slots.events.item.max()) + 1


@settings(deadline=None)
@given(some_shares())
def test_other_account_names_choose_the_same_items(shares: list[Share]) -> None:
    if not shares:
        return
    events, _, _, _ = some_events(shares)
    accounts = len(events.account_keys)
    renamed = replace(events, account=(accounts - 1 - events.account).astype(np.int64))
    one, other = (make_slots(each, hashes(each), [1, 5]) for each in (events, renamed))
    assert sorted(zip(one.events.post, one.events.item, strict=True)) == sorted(
        zip(other.events.post, other.events.item, strict=True)
    )


def test_a_post_with_a_row_of_hashtags_cannot_make_two_items_of_one_meeting() -> None:
    both = [Share(tag, name, f"post-{name}", at) for tag in ("x", "y") for name, at in (("a", 0.0), ("b", 5.0))]
    others = one_item_each({tag: {f"r{number}": 9_000.0 * number for number in range(1, 8)} for tag in ("x", "y")})
    slots, _, accounts = slots_of([*both, *others])
    a, b = accounts.index("a"), accounts.index("b")
    assert [int((slots.events.account == one).sum()) for one in (a, b)] == [1, 1]


def test_repeats_of_an_account_on_an_item_count_once_and_the_first_is_kept() -> None:
    shares = [Share("i", "a", f"p{number}", 100.0 + number) for number in range(50)] + [Share("i", "b", "q", 120.0)]
    slots, _, accounts = slots_of(shares)
    mine = slots.events.account == accounts.index("a")
    assert slots.events.at[mine].tolist() == [100]


def test_the_halves_depend_on_items_and_not_on_the_order_of_rows() -> None:
    shares = one_item_each({f"i{item}": {f"a{one}": 7.0 * one + item for one in range(4)} for item in range(30)})
    slots, items, _ = slots_of(shares)
    again, names, _ = slots_of(list(reversed(shares)))
    assert {items[i]: int(slots.fold[i]) for i in range(30)} == {names[i]: int(again.fold[i]) for i in range(30)}
    assert 5 < slots.fold.sum() < 25


def test_halves_that_are_remembered_are_those_of_the_bits_at_hand() -> None:
    slots = slots_of(crowd(3), [60])[0]
    for number in (0, 3, 3):
        assert slots.split(number).fold.tolist() == ((slots.bits >> number) & 1).tolist()
    other = replace(slots, bits=slots.bits ^ 0b1000)
    assert other.split(3).fold.tolist() == (1 - slots.split(3).fold).tolist()
