"""Builders: sets of slots written out by hand, and an ordinary crowd with busy people, popular items and bursts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from tests.coordination.brute_force import Share
from tests.coordination.builders import some_events
from undazzle.coordination.calibrated.slots import Slots, make_slots
from undazzle.coordination.events import Events, IntArray

DAY = 86_400
WINDOW = 3


def hashes(events: Events, seed: int = 0) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Return a hash per item that depends on its number only."""
    order = np.random.default_rng(seed).integers(0, 2**63, size=int(events.item_keys.max(initial=0)) + 1)
    return order[events.item_keys].astype(np.uint64)


def slots_of(shares: Sequence[Share], windows: Sequence[int] = (60,)) -> tuple[Slots, list[str], list[str]]:
    """Return the slots of shares with the names of items (by number in the slots) and accounts."""
    events, items, accounts, _ = some_events(shares)
    slots = make_slots(events, hashes(events), list(windows))
    return slots, [items[int(key)] for key in slots.events.item_keys], accounts


def one_item_each(times: dict[str, dict[str, float]]) -> list[Share]:
    """Return shares from ``{item: {account: time}}``, each in a post of its own."""
    return [Share(item, account, f"{item}-{account}", at) for item, row in times.items() for account, at in row.items()]


def crowd(
    seed: int, *, accounts: int = 300, items: int = 400, events: int = 6_000, days: int = 14, interests: int = 4
) -> list[Share]:
    """Return an ordinary crowd: few busy people, few popular items, bursts, interests, and hours of the day."""
    random = np.random.default_rng(seed)
    busy = random.pareto(1.3, accounts) + 0.3
    interest, topic = random.integers(0, interests, accounts), random.integers(0, interests, items)
    popular = 1.0 / np.arange(1, items + 1) ** 0.8
    born = random.uniform(0, (days - 1) * DAY, items)
    lasts = random.lognormal(9.0, 1.2, items)
    quick = random.lognormal(0.0, 0.5, accounts)
    shares: dict[tuple[int, int], Share] = {}
    who = random.choice(accounts, size=events, p=busy / busy.sum())
    for number, account in enumerate(who.tolist()):
        weight = popular * np.where(topic == interest[account], 6.0, 1.0)
        item = int(random.choice(items, p=weight / weight.sum()))
        at = min(days * DAY - 1.0, born[item] + random.exponential(lasts[item] * quick[account]))
        shares.setdefault((item, account), Share(f"i{item:04}", f"a{account:04}", f"p{number}", float(int(at))))
    return list(shares.values())


def seasons(
    seed: int, *, accounts: int = 120, items: int = 150, events: int = 24_000, days: int = 60, lasts: int = 30
) -> tuple[list[Share], IntArray]:
    """Return a crowd that shares things which live as long as the data, each account in one season; and that season."""
    random = np.random.default_rng(seed)
    season = random.integers(0, days // lasts, accounts)
    popular = 1.0 / np.arange(1, items + 1) ** 0.7
    who = random.integers(0, accounts, events).tolist()
    what = random.choice(items, size=events, p=popular / popular.sum()).tolist()
    first: dict[tuple[int, int], Share] = {}
    for number, (account, item) in enumerate(zip(who, what, strict=True)):
        at = float(int((season[account] * lasts + random.uniform(0, lasts)) * DAY))
        one = Share(f"i{item:04}", f"a{account:04}", f"p{number}", at)
        if (item, account) not in first or first[item, account].at > at:
            first[item, account] = one
    return list(first.values()), season


def planted(
    base: list[Share], seed: int, *, members: int = 8, waves: int = 24, jitter: int = 45, closed: bool = False
) -> tuple[list[Share], list[str]]:
    """Return the crowd with a group that posts popular items (or items of its own) within ``jitter`` seconds."""
    random = np.random.default_rng(seed)
    names = [f"z{number:02}" for number in range(members)]
    by_item: dict[str, list[float]] = {}
    for one in base:
        by_item.setdefault(one.item, []).append(one.at)
    popular = sorted(by_item, key=lambda item: (-len(by_item[item]), item))[: 4 * waves]
    more = []
    for wave in range(waves):
        item = f"own{wave}" if closed else popular[4 * wave + int(random.integers(4))]
        start = float(random.uniform(0, 13 * DAY)) if closed else float(random.choice(by_item[item]))
        for name in random.permutation(names)[: members - 2]:
            at = start + float(random.integers(0, 40_000 if closed else jitter + 1))
            more.append(Share(item, str(name), f"w{wave}-{name}", float(int(at))))
    return [*base, *more], names


def shuffled_within_items(slots: Slots, random: np.random.Generator) -> Slots:
    """Return the slots with the accounts of each item in another order: every timing null is true."""
    item = slots.events.item
    account = np.empty_like(slots.events.account)
    account[np.argsort(item, kind="stable")] = slots.events.account[np.lexsort((random.random(len(item)), item))]
    return slots.with_accounts(account)


def some_groups(slots: Slots, random: np.random.Generator, count: int, size: int) -> list[IntArray]:
    """Return groups of accounts that share items: sharers of one popular item each, whatever their times."""
    big = np.flatnonzero(slots.sizes >= size + 2)
    groups = []
    for item in random.choice(big, size=count).tolist():
        there = slots.events.account[slots.starts[item] : slots.starts[item + 1]]
        groups.append(np.sort(random.choice(there, size=size, replace=False)).astype(np.int64))
    return groups


@st.composite
def some_slots(draw: st.DrawFn) -> Slots:
    """Draw a few items of up to seven accounts each, at whole seconds."""
    times = {
        f"i{item}": {
            f"a{account}": float(draw(st.integers(0, 15)))
            for account in draw(st.sets(st.integers(0, 8), min_size=2, max_size=7))
        }
        for item in range(draw(st.integers(1, 5)))
    }
    return slots_of(one_item_each(times), (WINDOW,))[0]
