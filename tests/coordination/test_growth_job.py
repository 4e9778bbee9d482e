"""The benchmark of growth counts what a plain loop counts."""

from __future__ import annotations

import numpy as np
import pytest

from undazzle.coordination.pruning import make_rows


@pytest.fixture
def growth_job(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> object:
    monkeypatch.syspath_prepend(str(pytestconfig.rootpath))
    return pytest.importorskip("benchmarks.growth_job")


def test_events_are_sorted_and_counts_are_those_of_plain_loops(growth_job) -> None:  # type: ignore[no-untyped-def]
    item, account, at = growth_job.draw_sorted(1_500)
    assert (np.diff(item.astype(np.int64) * 10_000_000 + at) >= 0).all()
    window, k = 40_000, 2
    near = 0
    shared: dict[tuple[int, int], set[int]] = {}
    for one in range(len(item)):
        for two in range(one + 1, len(item)):
            if item[one] != item[two] or at[two] - at[one] > window:
                break
            near += 1
            if account[one] != account[two]:
                low, high = sorted((int(account[one]), int(account[two])))
                shared.setdefault((low, high), set()).add(int(item[one]))
    pairs = sum(len(items) >= k for items in shared.values())
    assert pairs > 0
    assert growth_job.count_pair_actions(item, at, window) == near
    assert growth_job.count_rows(make_rows(item, account, at, window, k), k) == pairs
