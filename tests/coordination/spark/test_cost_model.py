"""The line of what a cluster costs is found again where there is one; held-out sizes tell where there is none."""

from __future__ import annotations

import pytest
from benchmarks.spark_model import fit, print_model

SIZES = [
    (300_000, 95_000),
    (1_000_000, 700_000),
    (3_000_000, 6_200_000),
    (6_000_000, 15_400_000),
    (1_000_000, 29_700_000),
]


def case(events: int, pair_actions: int, cpu: float) -> dict[str, object]:
    second = {"cpu": cpu, "shuffle_mb": 2 * cpu}
    return {
        "set": f"n{events}", "events": events, "pair_actions": pair_actions, "least_items": 2, "window_seconds": 60,
        "runs": [{"cpu": 99.0, "shuffle_mb": 99.0}, second],
    }  # fmt: skip


def test_a_line_is_found_again_and_every_held_out_size_with_it() -> None:
    cases = [case(n, actions, 10 + 5 * n / 1e6 + 0.2 * actions / 1e6) for n, actions in SIZES]
    coefficients, errors = fit(cases, "cpu")
    assert coefficients == pytest.approx([10, 5, 0.2])
    assert errors == pytest.approx([0] * 5, abs=1e-9)


def test_what_is_no_line_shows_in_the_held_out_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    cases = [case(n, actions, (n / 1e6) ** 2 + 1) for n, actions in SIZES]
    found = print_model(cases)
    assert max(abs(one) for one in found["cpu"]["held_out_errors"]) > 0.3
    assert "Each case predicted from the others" in capsys.readouterr().out


def test_too_few_sizes_give_no_line() -> None:
    assert print_model([case(n, actions, 1.0) for n, actions in SIZES[:4]]) == {}
