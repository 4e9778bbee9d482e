"""What several groups of the same posts share is the same as if each were read alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.signals.builders import post, workspace
from undazzle.signals import choose_accounts, read_signals
from undazzle.signals.day_shapes import DAY, QUARTERS, office_shapes, shift_shapes, split_shapes, waking_shapes
from undazzle.signals.zones import OFFSETS, _explained

MONDAY = datetime(2024, 1, 8)


def office_posts(account: str, zone: int, seed: int) -> list[dict[str, object]]:
    """Return a post in each of 120 working hours, in sentences with slips, proverbs and tails of their own."""
    draws = np.random.default_rng(seed)
    said = ("Ferry “nine”， said the mate", "Better late than never.", "The boat at 9 https://ferry.example/x QXZ")
    rows = []
    for number in range(120):
        at = MONDAY + timedelta(days=int(number // 6 // 5 * 7 + number // 6 % 5), hours=9 - zone)
        at += timedelta(minutes=float(draws.uniform(0, 510)))
        more = {"posted_at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "text": f"{said[number % 3]}{number if number % 2 else ''}"}
        rows.append(post(account, number, **more))
    return rows


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_signals_are_the_same_whether_groups_share_or_not(tmp_path: Path, order: tuple[int, int]) -> None:
    rows = [row for one in range(8) for row in office_posts(f"m{one}", 3 if one < 4 else -5, one)]
    rows += [post(f"c{one % 60}", one) for one in range(480)]
    store = workspace(tmp_path, rows)
    groups = [[f"m{one}" for one in range(4)], [f"m{one}" for one in range(4, 8)]]
    choices = [choose_accounts(store, groups[place], f"group {place}") for place in order]
    shared: dict[object, object] = {}
    together = [read_signals(store, one, shared=shared) for one in choices]
    assert shared, "nothing was shared"
    for choice, found in zip(choices, together, strict=True):
        alone = read_signals(store, choice)
        assert [one.reading for one in found] == [one.reading for one in alone]
        assert any(one.reading.outcome != "not_testable" for one in alone)


def test_zones_in_one_product_are_those_of_turning_the_week_step_by_step() -> None:
    draws = np.random.default_rng(3)
    weeks = draws.poisson(0.3, (5, QUARTERS)).astype(np.float32)
    zones, rivals = _explained(weeks)
    makers = (shift_shapes, split_shapes, waking_shapes)
    for place, week in enumerate(weeks):
        by_zone = [_fit(np.roll(week, 2 * int(one)), office_shapes()) for one in OFFSETS]
        spread = zones[place] - np.array(by_zone)
        np.testing.assert_allclose(spread, spread[0] + _prior_steps(), atol=2e-3)
        for rank, maker in enumerate(makers):
            fits = np.array([_fit(np.roll(week, -turn), maker()) for turn in range(0, DAY, 2)])
            mean = fits.max() + np.log(np.exp(fits - fits.max()).mean())
            assert rivals[rank, place] == pytest.approx(mean, abs=2e-3)


def _fit(week: np.ndarray, shapes: object) -> float:
    logs = np.log(shapes.rates) @ week.astype(np.float64) + np.log(shapes.weights)
    return float(logs.max() + np.log(np.exp(logs - logs.max()).sum()))


def _prior_steps() -> np.ndarray:
    from undazzle.signals.zones import _WEIGHTS

    prior = np.array([_WEIGHTS.get(int(one), 0.1 if one % 2 else 1.0) for one in OFFSETS])
    return np.log(prior) - np.log(prior[0])
