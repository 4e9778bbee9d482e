from __future__ import annotations

from pathlib import Path

import pytest

from undazzle.cli.main import run


def test_a_folder_without_the_data_is_an_error_of_the_user(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "detection", "--data", str(tmp_path), "-o", str(tmp_path / "out")]) == 2
    assert "german_elections.parquet" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_benchmark_says_what_it_measures(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "detection", "--help"]) == 0
    assert "--data" in capsys.readouterr().out


def test_an_unknown_track_is_refused_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "detection", "--track", "grafs", "-o", str(tmp_path / "out")]) == 2
    assert "grafts" in capsys.readouterr().err
