from __future__ import annotations

import numpy as np
import pytest

from undazzle.errors import ParameterError, UnknownNameError
from undazzle.samples import EVENT_SETS, build_event_set, build_events


def test_the_same_seed_gives_the_same_events_and_another_one_others() -> None:
    first, again, other = (build_events(500, 900, 20_000, viral=1, seed=seed) for seed in (5, 5, 6))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["time"], other["time"])


def test_numbers_and_ranges_are_as_asked_for() -> None:
    events = build_events(500, 900, 20_000, viral=2, seed=1)
    assert {values.dtype for values in events.values()} == {np.dtype(np.int64)}
    assert len(events["account"]) == 20_000 + 4_000 + 2_000
    assert events["item"].min() >= 0 and events["item"].max() == 901
    assert events["time"].min() >= 0 and events["time"].max() < 28 * 86_400


def test_accounts_and_items_are_heavy_tailed() -> None:
    events = build_events(10_000, 20_000, 100_000, seed=2)
    for name in ("account", "item"):
        counts = np.sort(np.bincount(events[name]))
        assert counts[-1] > 50 * np.median(counts[counts > 0])


def test_a_viral_item_is_shared_once_per_account_and_mostly_within_a_day() -> None:
    events = build_events(50_000, 1_000, 100_000, viral=1, seed=3)
    mine = events["item"] == 1_000
    assert mine.sum() == 20_000 == len(np.unique(events["account"][mine]))
    times = events["time"][mine]
    assert np.percentile(times, 95) - times.min() < 86_400


def test_fresh_sharers_do_nothing_else() -> None:
    events = build_events(50_000, 1_000, 100_000, viral=2, seed=3, fresh_share=0.9)
    fresh = events["account"] >= 50_000
    assert fresh.sum() == round(0.9 * 20_000) + round(0.9 * 10_000)
    assert len(np.unique(events["account"][fresh])) == fresh.sum()
    assert events["item"][fresh].min() >= 1_000


def test_twenty_groups_act_together_on_thirty_items_within_a_minute() -> None:
    events = build_events(10_000, 20_000, 60_000, seed=4)
    order = np.lexsort((events["time"], events["item"]))
    item, time = events["item"][order], events["time"][order]
    together = (item[9:] == item[:-9]) & (time[9:] - time[:-9] < 60)
    assert together.sum() >= 20 * 30 * 0.95


def test_named_sets_keep_their_size() -> None:
    events = build_event_set("e1m_nv", seed=1)
    assert len(events["time"]) == EVENT_SETS["e1m_nv"].events == 1_000_000


@pytest.mark.parametrize("numbers", [(3, 10, 10), (100, 1, 10), (100, 10, -1), (100, 10, 10, -1)])
def test_impossible_numbers_are_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ParameterError, match=r"[Aa]t least|Zero or more"):
        build_events(*numbers)


def test_an_unknown_set_is_named() -> None:
    with pytest.raises(UnknownNameError, match="e1m_nv"):
        build_event_set("e1m_nw")
