"""How small a group could have been found in this very data? Groups of known truth are planted in a shuffled copy.

"Nothing was found" means what the smallest group means that would have been found. So accounts that do not exist are
added to a copy in which the accounts of each item are shuffled, and in which nothing else can be found: a few groups,
each of ``accounts`` members that share ``items`` popular things, all within a minute of each other each time. The whole
search is run, and the groups are counted of which it names at least a network's worth of members.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from undazzle.coordination.calibrated.assembling import assemble_networks
from undazzle.coordination.calibrated.candidates import find_candidates
from undazzle.coordination.calibrated.clock import Clock
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.calibrated.standing import networks_that_stand
from undazzle.coordination.events import IntArray

GROUP_SIZES, ITEMS = (5,), (6, 12, 24, 48)
GROUPS, FOUND_SHARE = 10, 0.8
_LARGEST_PART = 0.2  # of all posts on shared items that may be planted, or the data would be another
_APART = 60.0  # seconds


@dataclass(frozen=True)
class PlantedPower:
    """What was found of planted groups of one size.

    Attributes
    ----------
    accounts
        Members of each group.
    items
        Fewest things shared at which at least four of five groups were found; ``None`` if that was never so.
    tried
        The numbers of things that were tried, or could be, ascending; none where the data is too small.
    """

    accounts: int
    items: int | None
    tried: tuple[int, ...]


def measure_planted_power(
    slots: Slots, clock: Clock, settings: CalibratedSettings, sizes: Sequence[int] = GROUP_SIZES
) -> list[PlantedPower]:
    """Return for each size of group how many things it must have shared to be found in four of five cases.

    Parameters
    ----------
    slots
        All slots of the data, as they are.
    clock
        The windows searched.
    settings
        Parameters of the method.
    sizes
        Members of the groups that are planted.
    """
    copy = shuffle_holders(slots, np.random.default_rng([settings.seed, 5]))
    return [_smallest(copy, clock, settings, accounts) for accounts in sizes]


def shuffle_holders(slots: Slots, random: np.random.Generator) -> Slots:
    """Return the slots with the accounts of each item dealt anew among its slots."""
    item = slots.events.item
    return slots.with_accounts(slots.events.account[np.lexsort((random.random(len(item)), item))])


def _smallest(copy: Slots, clock: Clock, settings: CalibratedSettings, accounts: int) -> PlantedPower:
    """Halve the numbers of things until the smallest is known at which enough groups are found."""
    possible = [items for items in ITEMS if _can_hold(copy, settings, accounts, items)]
    low, high = 0, len(possible)  # found at ``high`` and above, not below ``low``
    while low < high:
        middle = (low + high) // 2
        found = find_planted(copy, clock, settings, accounts, possible[middle])
        low, high = (low, middle) if found >= FOUND_SHARE * GROUPS else (middle + 1, high)
    return PlantedPower(accounts, possible[low] if low < len(possible) else None, tuple(possible))


def _can_hold(copy: Slots, settings: CalibratedSettings, accounts: int, items: int) -> bool:
    opened = int((copy.sizes > settings.min_members).sum())
    return items <= opened and GROUPS * accounts * items <= _LARGEST_PART * int(copy.starts[-1])


def find_planted(copy: Slots, clock: Clock, settings: CalibratedSettings, accounts: int, items: int) -> int:
    """Return how many of ``GROUPS`` planted groups are found: of which a network's worth of members is named.

    Parameters
    ----------
    copy
        Slots in which nothing is to be found.
    clock
        The windows to search.
    settings
        Parameters of the method.
    accounts, items
        Members of each group, and things that all of them share.
    """
    random = np.random.default_rng([settings.seed, accounts, items])
    planted, first = plant_groups(copy, clock, settings.min_members, accounts, items, random)
    candidates = find_candidates(planted, clock.windows, clock.block, settings)
    networks, _ = networks_that_stand(assemble_networks(candidates, settings), planted, clock.block, settings)
    found = set()
    for network in networks:
        group, members = np.unique(
            (network.accounts[network.accounts >= first] - first) // accounts, return_counts=True
        )
        found |= set(group[members >= settings.min_members].tolist())
    return len(found)


def plant_groups(
    copy: Slots, clock: Clock, least: int, accounts: int, items: int, random: np.random.Generator
) -> tuple[Slots, int]:
    """Return the slots with planted groups, and the number of the first planted account; groups follow each other.

    Parameters
    ----------
    copy
        Slots to plant in.
    clock
        Of which the shortest window of a minute or more, or the longest, is how far apart members post.
    least
        Items are planted on that more accounts share.
    accounts, items
        Members of each group, and things that all of them share, the popular ones more likely.
    random
        Draws items and times.
    """
    events, opened = copy.events, np.flatnonzero(copy.sizes > least)
    weight: FloatArray = copy.sizes[opened] / copy.sizes[opened].sum()
    apart = next((window for window, seconds in clock.seconds.items() if seconds >= _APART), clock.windows[-1])
    first = len(events.account_keys)
    item = np.concatenate([random.choice(opened, items, replace=False, p=weight) for _ in range(GROUPS)])
    anchor = events.at[copy.starts[item] + (random.random(len(item)) * copy.sizes[item]).astype(np.int64)]
    member = np.arange(accounts, dtype=np.int64)
    group = np.repeat(np.arange(GROUPS), items)
    holder = (first + accounts * group[:, None] + member[None, :]).ravel()
    at = np.repeat(anchor, accounts) + random.integers(0, apart + 1, len(holder))
    return _with_more(copy, np.repeat(item, accounts), holder, at, GROUPS * accounts), first


def _with_more(copy: Slots, item: IntArray, account: IntArray, at: IntArray, accounts: int) -> Slots:
    events = copy.events
    every = [np.concatenate(pair) for pair in ((events.item, item), (events.account, account), (events.at, at))]
    post = np.concatenate((events.post, np.full(len(item), -1, dtype=np.int64)))
    order = np.lexsort((every[1], every[2], every[0]))
    keys = np.concatenate((events.account_keys, np.full(accounts, -1, dtype=np.int64)))
    held = replace(
        events, item=every[0][order], account=every[1][order], at=every[2][order], post=post[order], account_keys=keys
    )
    rows = np.searchsorted(held.item, np.arange(len(copy.fold) + 1)).astype(np.int64)
    return replace(copy, events=held, starts=rows[: copy.shared + 1], sharer_rows=rows, sharer=held.account)
