"""The nulls and tests of the calibrated method by their definitions: every outcome written out, obviously right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from math import exp, factorial, prod

from undazzle.coordination.calibrated.slots import Slots


def coins_tail(chances: Sequence[float], least: int) -> float:
    """Return the chance of at least ``least`` heads by going through every outcome."""
    return sum(
        prod(chance if head else 1 - chance for chance, head in zip(chances, heads, strict=True))
        for heads in product((False, True), repeat=len(chances))
        if sum(heads) >= least
    )


def false_discovery_q(p_values: Sequence[float]) -> list[float]:
    """Return for each p-value the smallest level at which Benjamini and Hochberg reject it."""
    tests = len(p_values)
    found = []
    for one in p_values:
        levels = [other * tests / sum(p <= other for p in p_values) for other in p_values if other >= one]
        found.append(min(1.0, *levels))
    return found


def slots_of_items(slots: Slots) -> dict[int, list[tuple[float, int]]]:
    """Return time and account of the slots of every shared item."""
    found: dict[int, list[tuple[float, int]]] = {}
    for item, at, account in zip(slots.events.item, slots.events.at, slots.events.account, strict=True):
        if item < slots.shared:
            found.setdefault(int(item), []).append((float(at), int(account)))
    return found


def pair_test(slots: Slots, a: int, b: int, window: float) -> tuple[int, float, float]:
    """Return items on which both met, their expected number, and its tail: any two slots are as likely as any other."""
    met, chances = 0, []
    for rows in slots_of_items(slots).values():
        times = {account: at for at, account in rows}
        if a in times and b in times:
            met += abs(times[a] - times[b]) <= window
            near = [abs(one - other) <= window for (one, _), (other, _) in combinations(rows, 2)]
            chances.append(sum(near) / len(near))
    return met, sum(chances), coins_tail(chances, met)


def pair_test_of_half(slots: Slots, a: int, b: int, fold: int, window: float) -> tuple[int, float]:
    """Return items of one half on which both met, and the chance of as many, as ``pair_test``."""
    met, chances = 0, []
    for item, rows in slots_of_items(slots).items():
        times = {account: at for at, account in rows}
        if a in times and b in times and slots.fold[item] == fold:
            met += abs(times[a] - times[b]) <= window
            near = [abs(one - other) <= window for (one, _), (other, _) in combinations(rows, 2)]
            chances.append(sum(near) / len(near))
    return met, coins_tail(chances, met)


def group_test(slots: Slots, group: set[int], fold: int, window: float, odds: float = 1.0) -> tuple[int, float, float]:
    """Return near pairs of members on open items, their mean, and the exact chance of as many at these odds.

    Of two members, near or not, the odds are that many times as large; of more, each outcome is as many more near pairs
    as these odds make of their share.
    """
    observed, mean, outcomes = 0, 0.0, {0.0: 1.0}
    for item, rows in slots_of_items(slots).items():
        many = sum(account in group for _, account in rows)
        if slots.fold[item] != fold or many < 2 or 2 * (len(rows) - many) < many:
            continue
        observed += _near([at for at, account in rows if account in group], window)
        here: dict[float, float] = {}
        choices = list(combinations([at for at, _ in rows], many))
        pairs = many * (many - 1) / 2
        for times in choices:
            near = _near(times, window)
            mean += near / len(choices)
            more = near if many == 2 else pairs * _at_odds(near / pairs, odds)
            here[more] = here.get(more, 0.0) + 1 / len(choices)
        if many == 2:
            chance = _at_odds(here.get(1, 0.0), odds)
            here = {0.0: 1 - chance, 1.0: chance}
        outcomes = _sum(outcomes, here)
    return observed, mean, sum(chance for number, chance in outcomes.items() if number >= observed - 1e-9)


def _at_odds(share: float, odds: float) -> float:
    return odds * share / (odds * share + 1 - share)


def member_test(slots: Slots, group: set[int], member: int, fold: int, window: float) -> tuple[int, float]:
    """Return items on which a member is near the rest, and the chance of as many: it takes any slot they leave."""
    observed, chances = 0, []
    for item, rows in slots_of_items(slots).items():
        others = [at for at, account in rows if account in group and account != member]
        mine = [at for at, account in rows if account == member]
        if slots.fold[item] != fold or not others or not mine:
            continue
        free = [at for at, account in rows if account not in group or account == member]
        if len(free) == 1:
            continue
        near = [any(abs(at - other) <= window for other in others) for at in free]
        chance = sum(near) / len(near)
        if 0 < chance < 1:
            observed += any(abs(mine[0] - other) <= window for other in others)
            chances.append(chance)
    return observed, coins_tail(chances, observed)


def beside_network(slots: Slots, network: set[int], others: set[int], account: int, window: float) -> tuple[int, float]:
    """Return items on which an account is near a network, and the chance of as many: it takes any slot that is left.

    The share of such slots that are near counts with those of other networks and without, the larger of both.
    """
    observed, chances = 0, []
    for rows in slots_of_items(slots).values():
        held = [at for at, who in rows if who in network]
        mine = [at for at, who in rows if who == account]
        free = [(who, any(abs(at - one) <= window for one in held)) for at, who in rows if who not in network]
        ordinary = [near for who, near in free if who not in others]
        if not held or not mine or 2 * (len(ordinary) - 1) < len(held) + 1 or not any(ordinary):
            continue
        share = max(sum(near for _, near in free) / len(free), sum(ordinary) / len(ordinary))
        if share < 1:
            observed += any(abs(mine[0] - one) <= window for one in held)
            chances.append(share)
    return observed, coins_tail(chances, observed)


def joint_surprise(slots: Slots, a: int, b: int, fold: int, window: float) -> float:
    """Return the Poisson tail of the items both share, times the tail of those of one half on which they met."""
    items = slots_of_items(slots)
    sizes = sorted((len(rows) for rows in items.values()), reverse=True)
    every = max(1, sum(sizes) * (sum(sizes) - 1))
    both, met, chances = 0, 0, []
    for item, rows in items.items():
        times = {account: at for at, account in rows}
        if a in times and b in times:
            both += 1
            if slots.fold[item] == fold:
                met += abs(times[a] - times[b]) <= window
                near = [abs(one - other) <= window for (one, _), (other, _) in combinations(rows, 2)]
                chances.append(sum(near) / len(near))
    held = [sum(account == who for rows in items.values() for _, account in rows) for who in (a, b)]
    rates = [held[0] * held[1] * size * (size - 1) / every for size in sizes]
    mean = sum(1 - exp(-rate) for rate in rates[:16]) + sum(rates[16:])
    below = sum(exp(-mean) * mean**count / factorial(count) for count in range(both))
    return (1 - below) * coins_tail(chances, met)


def expected_by_activity(slots: Slots, a: int, b: int, window: float, block: int) -> float:
    """Return on how many items two accounts meet if only their activity in each block of time matters."""
    events = slots.events
    strata: dict[int, list[tuple[int, float, int]]] = {}
    for item, at, account in zip(events.item.tolist(), events.at.tolist(), events.account.tolist(), strict=True):
        strata.setdefault(at // block, []).append((item, at, account))
    slots_in_order = dict(enumerate(zip(events.item, events.at, strict=True)))
    means: dict[int, float] = {}
    for index, (item, at) in slots_in_order.items():
        for other, (its_item, its_at) in slots_in_order.items():
            if other <= index or item != its_item or its_at - at > window:
                continue
            rows = strata[int(at) // block]
            held = [account for _, _, account in rows]
            if len(rows) > 1:
                share = held.count(a) * held.count(b) * 2 / (len(rows) * (len(rows) - 1))
                means[int(item)] = means.get(int(item), 0.0) + share
    return sum(1 - exp(-mean) for mean in means.values())


def closed_items(slots: Slots, group: set[int], fold: int) -> int:
    """Return the items of a half that three members or more share within a day, and nobody else."""
    found = 0
    for item, rows in slots_of_items(slots).items():
        if slots.fold[item] == fold and len(rows) >= 3 and {account for _, account in rows} <= group:
            times = [at for at, _ in rows]
            found += max(times) - min(times) <= 86_400
    return found


def _near(times: Sequence[float], window: float) -> int:
    return sum(abs(one - other) <= window for one, other in combinations(times, 2))


def _sum(one: dict[float, float], other: dict[float, float]) -> dict[float, float]:
    found: dict[float, float] = {}
    for (a, p), (b, q) in product(one.items(), other.items()):
        found[a + b] = found.get(a + b, 0.0) + p * q
    return found
