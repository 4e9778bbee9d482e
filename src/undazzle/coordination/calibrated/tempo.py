"""The tempo of accounts: at which hours they act, and how soon after the first post of an item.

Quick readers meet other quick readers, and people of one time zone meet each other, without any concert. The tempo of
an account says how much more often than other sharers of the same items it acts at an hour of the day, and at a delay
after the first post. It is measured on all of its items but the one that is being tested, and drawn towards 1 while
it rests on few posts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.members_on_items import AccountSlots
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.events import IntArray

HOURS = 24
# Ends of the delays in seconds: ten minutes, half an hour, 1.5, 5, 15 and 45 hours, and later. Within ten minutes all
# count as equally quick, so that what happens well within ten minutes is not explained by quickness.
DELAYS = (600, 1_800, 5_400, 18_000, 54_000, 162_000)
_PRIOR_HOURS, _PRIOR_DELAYS = 12.0, 6.0  # posts of an average account that are added to its own


@dataclass(frozen=True)
class Tempo:
    """Where the slots of items lie: by item, the share of its slots in each hour of the day and in each delay.

    Attributes
    ----------
    hour
        Ticks in an hour.
    edges
        Ends of the delays in ticks, the last beyond all times.
    hours, delays
        Shares by item.
    prior_hours, prior_delays
        What an average account adds to the posts of each account.
    """

    hour: int
    edges: IntArray
    hours: FloatArray
    delays: FloatArray
    prior_hours: FloatArray
    prior_delays: FloatArray


@dataclass(frozen=True)
class Habits:
    """Of some accounts: posts by hour and by delay, and how many other sharers of their items would have there."""

    hours: FloatArray
    delays: FloatArray
    expected_hours: FloatArray
    expected_delays: FloatArray


def measure_tempo(slots: Slots) -> Tempo:
    """Return where the slots of all shared items lie."""
    hour = slots.events.window_ticks(3_600)
    edges = np.array([*(slots.events.window_ticks(one) for one in DELAYS), 2**62], dtype=np.int64)
    hours, delays = np.zeros((slots.shared, HOURS)), np.zeros((slots.shared, len(edges)))
    _fill_shares(slots.events.at, slots.starts, hour, edges, hours, delays)
    size = slots.sizes.astype(np.float64)
    weight = size / max(1.0, float(size.sum()))
    return Tempo(
        hour,
        edges,
        hours,
        delays,
        _PRIOR_HOURS * np.maximum(1e-6, weight @ hours),
        _PRIOR_DELAYS * np.maximum(1e-6, weight @ delays),
    )


def habits_of(slots: Slots, by_account: AccountSlots, tempo: Tempo, group: IntArray) -> Habits:
    """Return the habits of the accounts of a group, on all shared items."""
    shape_hours, shape_delays = (len(group), HOURS), (len(group), len(tempo.edges))
    found = Habits(np.zeros(shape_hours), np.zeros(shape_delays), np.zeros(shape_hours), np.zeros(shape_delays))
    _fill_habits(
        slots.events.at,
        slots.events.item,
        slots.starts,
        tempo.hour,
        tempo.edges,
        tempo.hours,
        tempo.delays,
        by_account.rows,
        by_account.slot,
        group,
        found.hours,
        found.delays,
        found.expected_hours,
        found.expected_delays,
    )
    return found


@compiled
def delay_of(since_first: int, edges: IntArray) -> int:
    """Return the number of the delay that a time since the first post falls into."""
    number = 0
    while since_first >= edges[number]:
        number += 1
    return number


@compiled
def _fill_shares(
    at: IntArray, starts: IntArray, hour: int, edges: IntArray, hours: FloatArray, delays: FloatArray
) -> None:
    for item in range(len(starts) - 1):
        one = 1.0 / (starts[item + 1] - starts[item])
        for index in range(starts[item], starts[item + 1]):
            hours[item, (at[index] // hour) % 24] += one
            delays[item, delay_of(at[index] - at[starts[item]], edges)] += one


@compiled
def _fill_habits(
    at: IntArray,
    item: IntArray,
    starts: IntArray,
    hour: int,
    edges: IntArray,
    item_hours: FloatArray,
    item_delays: FloatArray,
    rows: IntArray,
    slot: IntArray,
    group: IntArray,
    hours: FloatArray,
    delays: FloatArray,
    expected_hours: FloatArray,
    expected_delays: FloatArray,
) -> None:
    for member in range(len(group)):
        for place in range(rows[group[member]], rows[group[member] + 1]):
            index = slot[place]
            one = item[index]
            hours[member, (at[index] // hour) % 24] += 1.0
            delays[member, delay_of(at[index] - at[starts[one]], edges)] += 1.0
            for number in range(expected_hours.shape[1]):
                expected_hours[member, number] += item_hours[one, number]
            for number in range(expected_delays.shape[1]):
                expected_delays[member, number] += item_delays[one, number]
