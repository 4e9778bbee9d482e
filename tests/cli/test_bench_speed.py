"""``undazzle bench speed`` runs the checkout's benchmarks, and says so where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from undazzle.cli.main import run

ROOT = Path(__file__).resolve().parents[2]


def test_outside_a_checkout_it_says_where_to_run_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["bench", "speed"]) == 2
    assert "make bench" in capsys.readouterr().err


@pytest.mark.slow
def test_in_a_checkout_it_measures_and_checks_the_answers(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("coordination_network_toolkit")
    monkeypatch.chdir(ROOT)
    assert run(["bench", "speed", "--only", "kernel", "--quick"]) == 0
    printed = capfd.readouterr().out
    assert "of yardstick" in printed
    assert "Listing gives as many pairs" in printed
