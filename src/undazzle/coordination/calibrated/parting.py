"""Networks that were found as one although their parts keep no company with each other.

Communities of a large graph swallow neighbours: a few chance meetings between two busy groups are enough (resolution
limit of modularity: Fortunato and Barthelemy 2007, 10.1073/pnas.0605965104). Every member of such a group passes its
test, for the company of its own part; shown as one network they would be said to act together, which nothing supports.
So the accounts to be named are looked at once more, on all items: cores are held together by ties that stand out among
all pairs of the network, and cores that do not meet each other more than chance has it are networks of their own.
"""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np

from undazzle.coordination.calibrated.assembling import FoundNetwork, ranked
from undazzle.coordination.calibrated.candidates import Candidate
from undazzle.coordination.calibrated.chance import coins_tail
from undazzle.coordination.calibrated.group_test import near_pairs
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account, slots_of_group
from undazzle.coordination.calibrated.pair_test import PairTests, run_pair_tests
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.communities import find_communities
from undazzle.coordination.events import IntArray

_TIE_P = 0.05  # of a tie, corrected over all pairs of its network
_COMPANY_P, _COMPANY = 0.05, 1.645  # from which cores belong together: one-sided 5 %, and its standard deviations
_HEAVIEST = 15.0  # weight of a tie whose p-value is 1e-15 or less


def part_networks(networks: list[FoundNetwork], slots: Slots, settings: CalibratedSettings) -> list[FoundNetwork]:
    """Return the networks in order; of what keeps no company each part, behind the candidate most like it.

    Parameters
    ----------
    networks
        Confirmed networks with the accounts that would be named.
    slots
        All slots.
    settings
        ``min_members`` is that of a part as well; ``seed`` that of finding cores.
    """
    by_account = slots_by_account(slots) if networks else None
    found: list[FoundNetwork] = []
    for one in networks:
        parts = parts_of(one.accounts, slots, by_account, one.window, settings) if by_account else [one.accounts]
        found += [one] if len(parts) == 1 else [_part(one, accounts) for accounts in parts]
    return ranked(found)


def parts_of(
    accounts: IntArray, slots: Slots, by_account: AccountSlots, window: int, settings: CalibratedSettings
) -> list[IntArray]:
    """Return the accounts, or their parts where they have several that keep no company; each sorted.

    Parameters
    ----------
    accounts
        Of a network, sorted.
    slots, by_account
        All slots, and those of each account.
    window
        Ticks.
    settings
        As for ``part_networks``.
    """
    first, second = np.triu_indices(len(accounts), 1)
    tests = run_pair_tests(slots, by_account, accounts[first], accounts[second], window)
    cores = _cores(first, second, tests, settings)
    if len(cores) < 2:
        return [accounts]
    joined: nx.Graph[int] = nx.Graph()
    joined.add_nodes_from(range(len(cores)))
    for a, b in combinations(range(len(cores)), 2):
        if keep_company(*company_by_item(slots, by_account, accounts[cores[a]], accounts[cores[b]], window)):
            joined.add_edge(a, b)
    parts = [np.concatenate([cores[number] for number in sorted(one)]) for one in nx.connected_components(joined)]
    if len(parts) < 2:
        return [accounts]
    part = _nearest_part(len(accounts), first, second, tests, parts)
    return [accounts[part == number] for number in range(len(parts))]


def _cores(first: IntArray, second: IntArray, tests: PairTests, settings: CalibratedSettings) -> list[IntArray]:
    """Return the places in the network of accounts that ties hold together which stand out among all its pairs."""
    is_tie = tests.p_value <= _TIE_P / max(1, len(first))
    weight = np.minimum(_HEAVIEST, -np.log10(np.maximum(tests.p_value[is_tie], 1e-300)))
    groups = find_communities(first[is_tie], second[is_tie], weight, seed=settings.seed)
    return [np.array(one, dtype=np.int64) for one in groups if len(one) >= settings.min_members]


def _nearest_part(count: int, first: IntArray, second: IntArray, tests: PairTests, parts: list[IntArray]) -> IntArray:
    """Return by account the part it belongs to: its own, or else that with which it exceeds chance most."""
    excess = np.zeros((count, count))
    excess[first, second] = excess[second, first] = tests.observed - tests.expected
    expected = np.zeros((count, count))
    expected[first, second] = expected[second, first] = tests.expected
    company = np.stack(
        [excess[:, one].sum(axis=1) / np.sqrt(np.maximum(expected[:, one].sum(axis=1), 1e-9)) for one in parts]
    )
    part: IntArray = np.argmax(company, axis=0).astype(np.int64)
    for number, one in enumerate(parts):
        part[one] = number
    return part


def company_by_item(
    slots: Slots, by_account: AccountSlots, one: IntArray, other: IntArray, window: int
) -> tuple[IntArray, FloatArray]:
    """Return by item that both share how often members of one are near those of the other, and the mean by chance.

    Parameters
    ----------
    slots, by_account
        All slots, and those of each account.
    one, other
        Accounts of two groups that have none in common.
    window
        Ticks.
    """
    both = np.union1d(one, other)
    held = slots_of_group(slots, by_account, both, None)
    is_one = np.isin(both, one)[held.member]
    counted = np.append(0, np.cumsum(is_one))
    ones = np.diff(counted[held.rows])
    others = np.diff(held.rows) - ones
    at = slots.events.at
    met = near_pairs(at[held.slot], held.rows, window)
    for inside, many in ((is_one, ones), (~is_one, others)):
        met = met - near_pairs(at[held.slot[inside]], np.append(0, np.cumsum(many)), window)
    shared = (ones > 0) & (others > 0)
    expected = ones * others * slots.near_share(window)[held.item]
    return met[shared], expected[shared]


def keep_company(met: IntArray, expected: FloatArray) -> bool:
    """Return whether two groups meet more than chance has it, by either of two tests at 5 %.

    Meetings on one item hang together, so items are what is counted. First, the items on which they met at all, against
    coins whose chance is at most the mean number of meetings. Second, where groups so large share so much that they
    meet everywhere, the sum of what items exceed chance by over the root of its sum of squares, without the item that
    says most. Two tests make it easier to stay together: only what shows no company at all is told apart.

    Parameters
    ----------
    met, expected
        By item, as ``company_by_item`` returns them.
    """
    if not len(met):
        return False
    if coins_tail(np.minimum(expected, 1.0), int((met > 0).sum())) <= _COMPANY_P:
        return True
    excess = met - expected
    left = np.delete(excess, np.argmax(excess))
    spread = float(np.sqrt((left**2).sum()))
    return bool(spread > 0 and left.sum() / spread > _COMPANY)


def _part(network: FoundNetwork, accounts: IntArray) -> FoundNetwork:
    """Return a part as a network: the sharpest candidate that is mostly the same accounts stands behind it.

    Candidates that are mostly others only follow where no other tested an account of the part.
    """

    def likeness(one: Candidate) -> float:
        common = len(np.intersect1d(one.accounts, accounts))
        return common / (len(one.accounts) + len(accounts) - common)

    chosen = [one for one in network.candidates if likeness(one) >= 0.5] or [max(network.candidates, key=likeness)]
    untested = np.setdiff1d(accounts, np.concatenate([one.accounts for one in chosen]))
    for one in network.candidates:
        if len(np.intersect1d(one.accounts, untested)):
            chosen.append(one)
            untested = np.setdiff1d(untested, one.accounts)
    return FoundNetwork(accounts, chosen)
