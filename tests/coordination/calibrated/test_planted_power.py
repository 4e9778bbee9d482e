"""How small a group would have been found: planted groups are where they are said to be, and more of them show."""

from __future__ import annotations

import numpy as np

from tests.coordination.calibrated.worlds import crowd, slots_of
from undazzle.coordination.calibrated.clock import read_clock
from undazzle.coordination.calibrated.planted_power import (
    GROUPS,
    find_planted,
    measure_planted_power,
    plant_groups,
    shuffle_holders,
)
from undazzle.coordination.calibrated.settings import CalibratedSettings

WINDOWS = (10.0, 60.0, 600.0, 3_600.0)
SETTINGS = CalibratedSettings(splits=1)


def test_planted_groups_share_what_they_should_within_a_minute_and_all_else_stays() -> None:
    slots = slots_of(crowd(1), [60, 3_600])[0]
    clock = read_clock(slots.events, WINDOWS)
    more, first = plant_groups(slots, clock, 3, 4, 6, np.random.default_rng(2))
    events = more.events
    assert len(events) == len(slots.events) + GROUPS * 4 * 6
    old = events.account < first
    for name in ("item", "account", "at"):
        assert np.array_equal(getattr(events, name)[old], getattr(slots.events, name))
    for group in range(GROUPS):
        mine = (events.account >= first + 4 * group) & (events.account < first + 4 * group + 4)
        items, count = np.unique(events.item[mine], return_counts=True)
        assert len(items) == 6
        assert set(count.tolist()) == {4}
        for item in items.tolist():
            assert np.ptp(events.at[mine & (events.item == item)]) <= 60
    order = np.lexsort((events.account, events.at, events.item))
    assert np.array_equal(order, np.arange(len(events)))


def test_more_things_shared_are_found_more_often() -> None:
    slots = shuffle_holders(slots_of(crowd(1, events=8_000), [60, 3_600])[0], np.random.default_rng(1))
    clock = read_clock(slots.events, WINDOWS)
    few, many = (find_planted(slots, clock, SETTINGS, 5, items) for items in (3, 24))
    assert few <= 2
    assert many >= 8


def test_the_figure_lies_between_what_is_missed_and_what_is_found() -> None:
    slots = slots_of(crowd(1, events=8_000), [60, 3_600])[0]
    clock = read_clock(slots.events, WINDOWS)
    (one,) = measure_planted_power(slots, clock, SETTINGS)
    assert one.accounts == 5
    assert one.items in one.tried
    copy = shuffle_holders(slots, np.random.default_rng([SETTINGS.seed, 5]))
    assert one.items is not None
    assert find_planted(copy, clock, SETTINGS, 5, one.items) >= 8


def test_data_too_small_for_planting_has_no_figure() -> None:
    slots = slots_of(crowd(1, accounts=20, items=10, events=60), [60, 3_600])[0]
    (one,) = measure_planted_power(slots, read_clock(slots.events, WINDOWS), SETTINGS)
    assert (one.items, one.tried) == (None, ())
