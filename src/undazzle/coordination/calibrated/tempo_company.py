"""How often members of a group would be near the others by their own tempo alone.

A member that shares an item takes one of the slots that the others leave, those at its own hours and delays more
likely. Its own slot counts as a moment somewhere within its delay, at its own hours: had it come at another moment
just as quickly, would it have met one of the others?
"""

from __future__ import annotations

import numpy as np

from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import GroupSlots
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.calibrated.tempo import Habits, Tempo, delay_of
from undazzle.coordination.events import BoolArray, IntArray

_STEPS = 200  # moments at which a delay is looked at, at most
_TINY = 1e-6


def chance_by_tempo(slots: Slots, held: GroupSlots, tempo: Tempo, habits: Habits, window: int) -> FloatArray:
    """Return for each slot of the group the chance that its holder is near another member by tempo alone.

    Parameters
    ----------
    slots
        All slots.
    held
        Slots of the group.
    tempo, habits
        Where slots of items lie, and the habits of the members.
    window
        Ticks.
    """
    return _chances(
        slots.events.at,
        slots.starts,
        held.item,
        held.rows,
        held.slot,
        held.member,
        window,
        tempo.hour,
        tempo.edges,
        tempo.hours,
        tempo.delays,
        tempo.prior_hours,
        tempo.prior_delays,
        habits.hours,
        habits.delays,
        habits.expected_hours,
        habits.expected_delays,
    )


@compiled
def near_counts(
    at: IntArray, start: int, end: int, held: IntArray, first: int, last: int, window: int, count: IntArray
) -> None:
    """Write to ``count`` how many held slots (itself included) are near each slot of an item."""
    low, high = first, first
    for index in range(start, end):
        while low < last and at[held[low]] < at[index] - window:
            low += 1
        while high < last and at[held[high]] <= at[index] + window:
            high += 1
        count[index - start] = high - low


@compiled
def _leaning(
    own: FloatArray, expected: FloatArray, item: FloatArray, prior: FloatArray, here: int, found: FloatArray
) -> None:
    """Write how much more than others a member leans to each part of the day or delay, without the item at hand."""
    for number in range(len(found)):
        seen = own[number] - (1.0 if number == here else 0.0) + prior[number]
        found[number] = (max(seen, 0.0) + _TINY) / (max(expected[number] - item[number], 0.0) + prior[number] + _TINY)


@compiled
def _covered(
    at: IntArray,
    held: IntArray,
    first: int,
    last: int,
    own: int,
    begin: int,
    end: int,
    window: int,
    hour: int,
    hours: FloatArray,
) -> float:
    """Return the share of moments from ``begin`` to ``end``, weighted by hour, that are near another member."""
    step = max(1, (end - begin) // _STEPS)
    moment, place = begin + step // 2, first
    total, near = 0.0, 0.0
    while moment < end:
        weight = hours[(moment // hour) % 24]
        total += weight
        while place < last and at[held[place]] < moment - window:
            place += 1
        other = place + 1 if place == own else place
        if other < last and at[held[other]] <= moment + window:
            near += weight
        moment += step
    return near / total if total > 0.0 else 1.0


@compiled
def _chances(  # noqa: C901  # one compiled loop; calls inside it would cost more than they explain
    at: IntArray,
    starts: IntArray,
    items: IntArray,
    rows: IntArray,
    held: IntArray,
    member: IntArray,
    window: int,
    hour: int,
    edges: IntArray,
    item_hours: FloatArray,
    item_delays: FloatArray,
    prior_hours: FloatArray,
    prior_delays: FloatArray,
    own_hours: FloatArray,
    own_delays: FloatArray,
    expected_hours: FloatArray,
    expected_delays: FloatArray,
) -> FloatArray:
    chance = np.ones(len(held))
    longest = 1
    for row in range(len(items)):
        longest = max(longest, starts[items[row] + 1] - starts[items[row]])
    count, is_held = np.zeros(longest, np.int64), np.zeros(longest, np.bool_)
    hours, delays = np.empty(24), np.empty(len(edges))
    cells = 24 * len(edges)
    everyone, covered = np.zeros(cells), np.zeros(cells)
    used = np.empty(cells, np.int64)
    for row in range(len(items)):
        first, last = rows[row], rows[row + 1]
        start, end = starts[items[row]], starts[items[row] + 1]
        if end - start == last - first:
            continue
        near_counts(at, start, end, held, first, last, window, count)
        is_held[: end - start] = False
        for place in range(first, last):
            is_held[held[place] - start] = True
        size = 0
        for index in range(start, end):  # slots that the members leave, by hour and delay
            if is_held[index - start]:
                continue
            cell = ((at[index] // hour) % 24) * len(edges) + delay_of(at[index] - at[start], edges)
            if everyone[cell] == 0.0:
                used[size] = cell
                size += 1
            everyone[cell] += 1.0
            if count[index - start] > 0:
                covered[cell] += 1.0
        for place in range(first, last):
            index, one = held[place], member[place]
            my_hour, my_delay = (at[index] // hour) % 24, delay_of(at[index] - at[start], edges)
            item = items[row]
            _leaning(own_hours[one], expected_hours[one], item_hours[item], prior_hours, my_hour, hours)
            _leaning(own_delays[one], expected_delays[one], item_delays[item], prior_delays, my_delay, delays)
            total, near = 0.0, 0.0
            for number in range(size):
                cell = used[number]
                weight = hours[cell // len(edges)] * delays[cell % len(edges)]
                total += weight * everyone[cell]
                near += weight * covered[cell]
            near -= _only_mine(at, index, start, end, window, count, is_held, hours, delays, hour, edges)
            begin = at[start] + (edges[my_delay - 1] if my_delay > 0 else 0)
            until = min(at[start] + edges[my_delay], max(at[end - 1], begin + edges[0]) + 1)
            mine = hours[my_hour] * delays[my_delay]
            share = _covered(at, held, first, last, place, begin, until, window, hour, hours)
            chance[place] = min(1.0, max(0.0, near + mine * share) / (total + mine))
        for number in range(size):
            everyone[used[number]], covered[used[number]] = 0.0, 0.0
    return chance


@compiled
def _only_mine(
    at: IntArray,
    index: int,
    start: int,
    end: int,
    window: int,
    count: IntArray,
    is_held: BoolArray,
    hours: FloatArray,
    delays: FloatArray,
    hour: int,
    edges: IntArray,
) -> float:
    """Return the weight of free slots that are near this member only."""
    weight = 0.0
    for step in (-1, 1):
        other = index + step
        while start <= other < end and abs(at[other] - at[index]) <= window:
            if not is_held[other - start] and count[other - start] == 1:
                weight += hours[(at[other] // hour) % 24] * delays[delay_of(at[other] - at[start], edges)]
            other += step
    return weight
