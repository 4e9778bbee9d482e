"""Accounts that no search took into a network, tested beside it on everything they share with it.

Half of the data is spent on looking, so that who acts seldom is certified on a few items only, or was never a member
of any group that was tested. A network that stands is known by its other accounts: for somebody who is none of them
nothing had to be found, and all items of both halves can speak. Given the slots of the network, such an account takes
by chance any of the slots that the network leaves; the number of items on which it is near is a sum of unequal coins,
whose tail is exact. Everybody who shares two such items or more is tested, in the window of the network, so that the
posts that prove it are among those shown. All are corrected for, however these tests depend on each other (Benjamini
and Yekutieli 2001), so that choosing whom to look at costs nothing. Who passes has to repeat itself, and to pass the
test by its own hours and quickness.

The null takes the network as given. It is not quite: somebody who was a member of the group in which the network was
found, and failed, may have helped another to pass. So that those whom it names are true is measured beside planted
networks (``undazzle bench detection``, ``python -m benchmarks --only missed``), and not proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from undazzle.coordination.calibrated.assembling import FoundNetwork, TakenIn
from undazzle.coordination.calibrated.chance import coins_tail
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.group_test import open_part
from undazzle.coordination.calibrated.member_test import run_member_tests
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account, slots_of_group
from undazzle.coordination.calibrated.multiplicity import dependent_q
from undazzle.coordination.calibrated.pair_loops import tail_is_half
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.side_by_side import side_by_side
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.calibrated.tempo import Tempo, measure_tempo
from undazzle.coordination.calibrated.tempo_company import near_counts
from undazzle.coordination.events import BoolArray, IntArray

FEWEST = 2  # items that an account shares with a network, from which on it is tested


@dataclass(frozen=True)
class Beside:
    """By account that shares two open items or more with a network: what was seen there, and what chance gives.

    Attributes
    ----------
    account
        Ascending.
    observed, days
        Items on which it is near the network, and days of its posts there.
    expected
        The mean number of such items by chance.
    p_value
        Chance of as many; 1 where it is certainly a half or more.
    """

    account: IntArray
    observed: IntArray
    days: IntArray
    expected: FloatArray
    p_value: FloatArray


def take_in(
    networks: list[FoundNetwork],
    slots: Slots,
    seconds_of: Mapping[int, float],
    coarse: FloatArray,
    day: int,
    settings: CalibratedSettings,
) -> list[FoundNetwork]:
    """Return the networks with the accounts that keep company with them, each in one; those of before stay.

    Parameters
    ----------
    networks
        That stand.
    slots
        All slots.
    seconds_of
        Seconds by window in ticks.
    coarse
        By account, to how many seconds its times are given; no window below that is used.
    day
        Ticks in a day, or in what stands for it.
    settings
        ``max_q`` holds over all accounts and networks; ``member_p`` and ``tempo_margin`` are those of
        members, ``min_items`` and ``min_days`` those of networks.
    """
    if not networks:
        return networks
    by_account = slots_by_account(slots)
    named = np.zeros(len(slots.events.account_keys), dtype=bool)
    named[np.concatenate([one.accounts for one in networks])] = True

    def test(network: FoundNetwork) -> Beside:
        beside = beside_network(slots, by_account, network.accounts, named, network.window, day)
        return _above_the_clock(beside, coarse, seconds_of[network.window])

    joined = _chosen([one.window for one in networks], side_by_side(test, networks), settings)
    found, tempo = list(networks), measure_tempo(slots) if joined else None
    for number, one in joined:
        before = networks[number].accounts
        p_value = _with_tempo(slots, by_account, tempo, before, one, settings) if tempo is not None else 1.0
        if p_value <= settings.member_p:
            here = found[number]
            accounts = np.union1d(here.accounts, [one.account])
            found[number] = replace(here, accounts=accounts, taken_in=[*here.taken_in, replace(one, p_value=p_value)])
    return found


def beside_network(
    slots: Slots, by_account: AccountSlots, network: IntArray, named: BoolArray, window: int, day: int
) -> Beside:
    """Return the tests of all accounts that are not named and share open items with a network.

    Parameters
    ----------
    slots, by_account
        All slots, and those of each account.
    network
        Its accounts.
    named
        By account, whether it is in any network. Accounts of other networks are no measure of chance: the share of the
        slots that are near counts with them and without, the larger of both.
    window, day
        Ticks.
    """
    inside = np.zeros(len(named), dtype=bool)
    inside[network] = True
    held = np.sort(
        np.concatenate([by_account.slot[by_account.rows[one] : by_account.rows[one + 1]] for one in network.tolist()])
    )
    items, first = np.unique(slots.events.item[held], return_index=True)
    rows = np.append(first, len(held)).astype(np.int64)
    slot, near, chance = _near_network(
        slots.events.at, slots.events.account, slots.starts, items, rows, held, inside, named, window
    )
    account = slots.events.account[slot]
    order = np.argsort(account, kind="stable")
    account, begins = np.unique(account[order], return_index=True)
    ends = np.append(begins, len(order))
    several = np.diff(ends) >= FEWEST
    observed, days, expected, p_value = _tails(
        ends, np.flatnonzero(several), near[order], chance[order], slots.events.at[slot[order]] // day
    )
    return Beside(account[several], observed, days, expected, p_value)


def _above_the_clock(tests: Beside, coarse: FloatArray, seconds: float) -> Beside:
    """Return the tests of accounts whose times are given finely enough for the window."""
    keep = coarse[tests.account] <= seconds
    return Beside(
        tests.account[keep], tests.observed[keep], tests.days[keep], tests.expected[keep], tests.p_value[keep]
    )


def _chosen(windows: list[int], tests: list[Beside], settings: CalibratedSettings) -> list[tuple[int, TakenIn]]:
    """Return who passes, with the number of the network, by account: its best test of all networks."""
    sizes = [len(one.account) for one in tests]
    if not sum(sizes):
        return []
    number = np.repeat(np.arange(len(tests)), sizes)
    account, observed, days, expected, p_value = (
        np.concatenate([getattr(one, name) for one in tests])
        for name in ("account", "observed", "days", "expected", "p_value")
    )
    q_value = dependent_q(p_value)
    passed = (
        (q_value <= settings.max_q)
        & (p_value <= settings.member_p)
        & (observed >= settings.min_items)
        & (days >= settings.min_days)
    )
    best: dict[int, int] = {}
    for place in np.flatnonzero(passed)[np.lexsort((number[passed], p_value[passed]))].tolist():
        best.setdefault(int(account[place]), place)
    return [
        (
            int(number[place]),
            TakenIn(
                one,
                windows[number[place]],
                int(observed[place]),
                float(expected[place]),
                float(p_value[place]),
                float(q_value[place]),
            ),
        )
        for one, place in sorted(best.items())
    ]


def _with_tempo(
    slots: Slots,
    by_account: AccountSlots,
    tempo: Tempo,
    network: IntArray,
    one: TakenIn,
    settings: CalibratedSettings,
) -> float:
    """Return the larger of the p-value and those of the tests that members have to pass, on all items."""
    group = np.union1d(network, [one.account])
    held = open_part(slots, slots_of_group(slots, by_account, group, None))
    tests = run_member_tests(slots, by_account, tempo, group, held, one.window, settings.tempo_margin)
    return max(one.p_value, float(tests.p_value[np.searchsorted(group, one.account)]))


@compiled
def _near_network(
    at: IntArray,
    account: IntArray,
    starts: IntArray,
    items: IntArray,
    rows: IntArray,
    held: IntArray,
    inside: BoolArray,
    named: BoolArray,
    window: int,
) -> tuple[IntArray, BoolArray, FloatArray]:
    """Return the slots that nobody named holds on open items, whether each is near the network, and its chance."""
    longest, most = 1, 0
    for row in range(len(items)):
        size = starts[items[row] + 1] - starts[items[row]]
        longest, most = max(longest, size), most + size
    count = np.zeros(longest, np.int64)
    slot, near, chance, found = np.empty(most, np.int64), np.empty(most, np.bool_), np.empty(most), 0
    for row in range(len(items)):
        start, end, members = starts[items[row]], starts[items[row] + 1], rows[row + 1] - rows[row]
        near_counts(at, start, end, held, rows[row], rows[row + 1], window, count)
        free, covered, ordinary, close = 0, 0, 0, 0
        for index in range(start, end):
            if not inside[account[index]]:
                free += 1
                covered += 1 if count[index - start] > 0 else 0
                if not named[account[index]]:
                    ordinary += 1
                    close += 1 if count[index - start] > 0 else 0
        # as in ``open_part``, the account itself being a member
        if 2 * (ordinary - 1) < members + 1 or close == 0:
            continue
        share = max(covered / free, close / ordinary)
        if share >= 1.0:
            continue
        for index in range(start, end):
            if not named[account[index]]:
                slot[found], near[found], chance[found] = index, count[index - start] > 0, share
                found += 1
    return slot[:found], near[:found], chance[:found]


@compiled
def _tails(
    ends: IntArray, wanted: IntArray, near: BoolArray, chance: FloatArray, day: IntArray
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Return for each wanted run: slots that are near, their days, the mean, and the chance of as many."""
    observed, days = np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.int64)
    expected, p_value = np.zeros(len(wanted)), np.ones(len(wanted))
    for place in range(len(wanted)):
        start, end = ends[wanted[place]], ends[wanted[place] + 1]
        for index in range(start, end):
            expected[place] += chance[index]
            if near[index]:
                observed[place] += 1
                is_new = True
                for before in range(start, index):
                    if near[before] and day[before] == day[index]:
                        is_new = False
                        break
                days[place] += 1 if is_new else 0
        if not tail_is_half(expected[place], observed[place]):
            p_value[place] = coins_tail(chance[start:end], observed[place])
    return observed, days, expected, p_value
