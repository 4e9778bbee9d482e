"""Groups that were confirmed, tested once more without the posts of sharper ones.

The null takes the others on an item as the measure of chance. Where a network has flooded an item within a minute, the
ordinary readers of it, who came over the day, lie closer to each other than to the flood, and seem to huddle. So the
confirmed groups are gone through from the one that exceeds chance most; the posts of those that stand are taken out
before the next is tested. A p-value can only become larger by this (the larger of both counts): whoever is confirmed
here was confirmed before as well.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from undazzle.coordination.calibrated.group_test import ENOUGH, group_p_value
from undazzle.coordination.calibrated.members_on_items import AccountSlots
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.side_by_side import THREADS, side_by_side
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.events import BoolArray, IntArray

if TYPE_CHECKING:
    from undazzle.coordination.calibrated.candidates import Candidate, Ground

_MOST_DRAWS = 999
TestAgain = Callable[[Slots, "Candidate"], "tuple[Ground, Candidate]"]


def check_without_sharper(
    ground: Ground, found: list[Candidate], confirmed: list[int], test_again: TestAgain, settings: CalibratedSettings
) -> list[Candidate]:
    """Return the candidates with those that do not stand without the sharper ones' posts no longer confirmed.

    Parameters
    ----------
    ground
        What candidates were tested on.
    found
        All candidates, with their q-values.
    confirmed
        Places of those that are confirmed.
    test_again
        Tests the members of a candidate on other slots.
    settings
        Parameters of the method.
    """
    found = list(found)
    passing = [one.members.p_value[one.member_q <= settings.max_q] for one in found]
    highest = min(settings.member_p, max((float(one.max()) for one in passing if len(one)), default=0.0))
    taken = np.zeros(len(ground.slots.events.account_keys), dtype=bool)
    order = sorted(confirmed, key=lambda number: (-_effect(found[number]), number))

    def check(place: int) -> tuple[BoolArray, Candidate]:
        one, out = found[place], taken.copy()
        out[one.accounts] = False
        return out, _tested(ground, one, out, test_again, highest, settings) if out.any() else one

    for first in range(0, len(order), THREADS):
        # Those after the first are tested ahead of time: mostly the ones before them take nothing more out.
        ahead = order[first : first + THREADS]
        for place, (out, checked) in zip(ahead, side_by_side(check, ahead), strict=True):
            now = taken.copy()
            now[found[place].accounts] = False
            one = checked if np.array_equal(out, now) else check(place)[1]
            found[place] = one
            if one.q_value <= settings.max_q:
                taken[one.accounts[(one.member_q <= settings.max_q) & (one.members.p_value <= highest)]] = True
    return found


def _effect(one: Candidate) -> float:
    return (one.group.observed + 0.5) / (one.group.expected + 0.5)


def _tested(
    ground: Ground,
    one: Candidate,
    out: BoolArray,
    test_again: TestAgain,
    highest: float,
    settings: CalibratedSettings,
) -> Candidate:
    """Return the candidate with members that fail without the posts of ``out`` let go, or not confirmed any more."""
    slots = without_accounts(ground.slots, ground.by_account, one.accounts, out)
    there, again = test_again(slots, one)
    p_value, _ = group_p_value(slots, there.held_out(one), one.window, _draws(settings.max_q), settings.seed + 1)
    member_q = np.where(again.members.p_value <= highest, one.member_q, 1.0)
    stands = (
        p_value <= settings.max_q
        and again.group.items >= settings.min_items
        and again.days >= settings.min_days
        and int(((member_q <= settings.max_q) & (one.members.p_value <= highest)).sum()) >= settings.min_members
    )
    return replace(one, member_q=member_q, q_value=one.q_value if stands else 1.0)


def _draws(max_q: float) -> int:
    """Return the fewest draws that decide whether a p-value is at most ``max_q`` as all would.

    Drawing stops when enough draws reached what was observed. Where that has not happened before their share would be
    ``max_q``, the p-value is not above it, however many more are made.
    """
    return min(_MOST_DRAWS, math.ceil(ENOUGH / max_q) - 1)


def without_accounts(slots: Slots, by_account: AccountSlots, group: IntArray, out: BoolArray) -> Slots:
    """Return the slots on the shared items of a group, without those of the accounts in ``out``.

    Parameters
    ----------
    slots, by_account
        All slots, and those of each account.
    group
        Accounts whose items are kept.
    out
        By account: whether its slots are left out.
    """
    held = np.concatenate([by_account.slot[by_account.rows[one] : by_account.rows[one + 1]] for one in group.tolist()])
    items = np.unique(slots.events.item[held])
    sizes = slots.starts[items + 1] - slots.starts[items]
    before = np.cumsum(sizes) - sizes
    number = np.repeat(np.arange(len(items)), sizes)
    place = np.arange(int(sizes.sum())) - before[number] + slots.starts[items][number]
    kept = ~out[slots.events.account[place]]
    place, number = place[kept], number[kept].astype(np.int64)
    events = replace(
        slots.events,
        item=number,
        account=slots.events.account[place],
        post=slots.events.post[place],
        at=slots.events.at[place],
        item_keys=slots.events.item_keys[items],
        kind_of_item=slots.events.kind_of_item[items],
    )
    starts = np.searchsorted(number, np.arange(len(items) + 1)).astype(np.int64)
    bits = slots.bits[items]
    return Slots(events, bits & 1, bits, len(items), starts, starts, events.account)
