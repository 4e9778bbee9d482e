"""Is a group closer in time than other accounts on the same items? An exact test by permutation within items.

Given that ``m`` members of the group share an item that ``n`` accounts share, every choice of ``m`` of its ``n`` slots
is equally likely by chance. Popularity, bursts, hours of the day and shared interest are all held fixed: only who
took which slot is left to chance. The number of pairs of members within the window is compared with draws.

That holds who shares what, and not who was at work when: accounts of the same weeks, or of the same hours, meet more
often on things that live long than any sharers would, without any concert. So members have to meet at more than
``ODDS`` times the odds that chance gives: in every draw the near pairs of an
item are as many more as these odds make of their share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import GroupSlots
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import IntArray

_FEW = 40
_MEMBERS_PER_OTHER = 2  # most members for each other account on an item that timing can test
ODDS = 2.0  # of meeting, over those of chance, that being active at the same times may give
_TINY = 1e-9
ENOUGH = 20  # draws at least as large as observed after which the p-value is known well enough (Besag and Clifford)


@dataclass(frozen=True)
class GroupCount:
    """What a group did on the items of one half, and what chance does on average.

    Attributes
    ----------
    observed
        Pairs of members within the window, summed over the open items.
    expected
        Their mean by chance.
    items
        Open items on which members met: evidence of repetition.
    open_items, closed_items
        Items shared by two members or more that enough others share too (``open_part``), or nobody else.
    per_item
        Observed minus expected by item of the open items, in their order.
    """

    observed: int
    expected: float
    items: int
    open_items: int
    closed_items: int
    per_item: FloatArray


def open_part(slots: Slots, held: GroupSlots) -> GroupSlots:
    """Return the slots on items that enough accounts outside the group share too: at least half as many as members.

    The others are the measure of chance. Where one or two strangers stand beside a whole group, a single one who came
    at another hour makes the group look simultaneous, however ordinary it is.
    """
    members = np.diff(held.rows)
    return held.take(_MEMBERS_PER_OTHER * (slots.sizes[held.item] - members) >= members)


def count_group(slots: Slots, held: GroupSlots, window: int) -> GroupCount:
    """Return what a group did on the items it holds, beside the mean by chance.

    Parameters
    ----------
    slots
        All slots.
    held
        Slots of the group on items that took no part in finding the group.
    window
        Ticks.
    """
    opened = open_part(slots, held)
    met = near_pairs(slots.events.at[opened.slot], opened.rows, window)
    expected = expected_pairs(slots, opened, window)
    is_moving = _is_moving(opened, expected)
    return GroupCount(
        int(met.sum()),
        float(expected.sum()),
        int(((met > 0) & is_moving).sum()),
        len(opened.item),
        int((np.diff(held.rows) == slots.sizes[held.item]).sum()),
        met - expected,
    )


def _is_moving(opened: GroupSlots, expected: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return on which items the choice of slots changes the number of near pairs."""
    many = np.diff(opened.rows)
    return np.asarray((expected > 0) & (expected < many * (many - 1) / 2))


def group_p_value(slots: Slots, held: GroupSlots, window: int, draws: int, seed: int) -> tuple[float, float]:
    """Return the chance of at least as many near pairs at ``ODDS`` times the odds, and its standard deviation.

    Parameters
    ----------
    slots, held, window
        As for ``count_group``.
    draws
        Most draws; fewer if the p-value is clearly large.
    seed
        Seed of the draws.
    """
    opened = open_part(slots, held)
    expected = expected_pairs(slots, opened, window)
    is_moving = _is_moving(opened, expected)
    opened, many = opened.take(is_moving), np.diff(opened.rows)[is_moving]
    observed = int(near_pairs(slots.events.at[opened.slot], opened.rows, window).sum())
    if not observed:
        return 1.0, 0.0
    share = expected[is_moving] / (many * (many - 1) / 2)
    at_least, done, spread = _draw(
        slots.events.at,
        slots.starts[opened.item],
        slots.sizes[opened.item],
        many,
        share,
        ODDS,
        window,
        observed,
        draws,
        ENOUGH,
        seed % 2**31,
    )
    return (at_least / done if at_least >= ENOUGH else (at_least + 1) / (done + 1)), float(spread)


def expected_pairs(slots: Slots, held: GroupSlots, window: int) -> FloatArray:
    """Return by item the mean number of near pairs of members by chance: pairs of members times share of near pairs."""
    many = np.diff(held.rows)
    return np.asarray(many * (many - 1) / 2 * slots.near_share(window)[held.item], dtype=np.float64)


@compiled
def near_pairs(at: IntArray, rows: IntArray, window: int) -> IntArray:
    """Return for each run of sorted times the number of pairs within the window."""
    found = np.zeros(len(rows) - 1, np.int64)
    for run in range(len(rows) - 1):
        first = rows[run]
        for index in range(rows[run], rows[run + 1]):
            while at[index] - at[first] > window:
                first += 1
            found[run] += index - first
    return found


@compiled
def _sort(values: IntArray, count: int) -> None:
    """Sort the first values in place; most groups are small, and no memory is asked for."""
    if count > _FEW:
        values[:count] = np.sort(values[:count])
        return
    for index in range(1, count):
        one, place = values[index], index
        while place > 0 and values[place - 1] > one:
            values[place] = values[place - 1]
            place -= 1
        values[place] = one


@compiled
def _draw_item(
    at: IntArray, start: int, size: int, many: int, window: int, order: IntArray, swaps: IntArray, taken: IntArray
) -> int:
    """Draw the slots of the group on one item; returns near pairs. ``order`` counts up from 0 before and after."""
    for place in range(many):  # the first places of a shuffle
        other = np.random.randint(place, size)
        swaps[place] = other
        order[place], order[other] = order[other], order[place]
    for place in range(many):
        taken[place] = order[place]
    for place in range(many - 1, -1, -1):
        other = swaps[place]
        order[place], order[other] = order[other], order[place]
    _sort(taken, many)
    met, first = 0, 0
    for place in range(many):
        here = at[start + taken[place]]
        while here - at[start + taken[first]] > window:
            first += 1
        met += place - first
    return met


@compiled
def at_odds(near: float, pairs: float, odds: float) -> float:
    """Return how many of the pairs are near if the odds of being so are that many times as large."""
    return odds * near * pairs / (pairs + (odds - 1.0) * near)


@compiled
def _draw(
    at: IntArray,
    start: IntArray,
    size: IntArray,
    many: IntArray,
    share: FloatArray,
    odds: float,
    window: int,
    observed: int,
    draws: int,
    enough: int,
    seed: int,
) -> tuple[int, int, float]:
    """Draw the slots of the group anew; returns draws at least as large, draws made, and the standard deviation."""
    np.random.seed(seed)
    order = np.arange(size.max())
    swaps = np.empty(many.max(), np.int64)
    taken = np.empty(many.max(), np.int64)
    at_least, done, total, squares = 0, 0, 0.0, 0.0
    for _ in range(draws):
        met, at_most = 0, 0.0
        for item in range(len(start)):
            if many[item] == 2:  # two slots drawn are near each other with the share of near pairs
                drawn = np.random.random()
                met += 1 if drawn < share[item] else 0
                at_most += 1.0 if drawn < at_odds(share[item], 1.0, odds) else 0.0
            else:
                near = _draw_item(at, start[item], size[item], many[item], window, order, swaps, taken)
                met += near
                at_most += at_odds(near, many[item] * (many[item] - 1) / 2.0, odds)
        done += 1
        total += met
        squares += met * met
        if at_most >= observed - _TINY:
            at_least += 1
            if at_least >= enough:
                break
    mean = total / done
    return at_least, done, np.sqrt(max(0.0, squares / done - mean * mean))
