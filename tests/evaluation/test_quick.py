"""The quick benchmark on synthetic data, as it runs in continuous integration: a regression fails it."""

from __future__ import annotations

import pytest

from undazzle.evaluation.bench import Plan, run_benchmark
from undazzle.evaluation.summary import by

pytest.importorskip("scipy")


@pytest.mark.slow
def test_the_quick_benchmark_keeps_its_promises() -> None:
    results, listed = run_benchmark(Plan(quick=True), say=lambda _line: None)
    assert listed == []
    headlined = {row["group"]: row["headlined"] for row in results["hard_negatives"] if row["headlined"]}
    assert headlined == {}, "innocent groups are headlined"
    assert {row["group"] for row in results["hard_negatives"] if row["explained"]} >= {"news_syndicate", "publisher"}
    power = by(results["power"], "dial", "value", "network")
    for network in ("link_queues", "closed_ring"):
        row = power["jitter_seconds", 45.0, network][0]
        assert row["named"] / row["members"] >= 0.8, f"{network} is no longer found"
    assert all(row["others"] <= 0.05 * row["members"] for row in results["power"]), "others are named"
    assert results["cpu_seconds"]["all"] < 120


def test_tracks_that_are_not_measured_are_kept_from_the_earlier_run() -> None:
    earlier = {"power": [{"dial": "kept"}], "cpu_seconds": {"power": 2.0, "all": 2.0}, "code": {"power": "0" * 12}}
    results, _ = run_benchmark(Plan(tracks=("silence",)), earlier=earlier, say=lambda _line: None)
    assert results["power"] == [{"dial": "kept"}]
    assert results["cpu_seconds"] == {"power": 2.0, "all": 2.0}
    assert "hard_negatives" not in results
