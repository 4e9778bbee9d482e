"""The folder of a run is removed, and so is what a killed run of the same workspace left."""

from __future__ import annotations

from pathlib import Path

import pytest

from undazzle.store import Store
from undazzle.store.engines import share_folder
from undazzle.store.engines import shared_folder as module


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with Store(tmp_path / "posts.duckdb"):
        return tmp_path / "posts.duckdb"


def killed(workspace: Path, folder: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Leave the folder of a run behind, as a process that is killed does, and forget that we made it."""
    with monkeypatch.context() as during:
        during.setattr(module.SharedFolder, "remove", lambda _self: None)
        with share_folder(None, folder, workspace) as shared:
            (shared.here / "events").mkdir()
    module._MADE_HERE.clear()
    return shared.here


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_a_killed_run_left_is_removed_and_said(
    workspace: Path, elsewhere: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "shared") if elsewhere else ""
    left = killed(workspace, folder, monkeypatch)
    assert left.is_dir()
    said: list[str] = []
    with share_folder(None, folder, workspace, said.append) as shared:
        assert not left.exists()
        assert shared.here.is_dir()
        with share_folder(None, folder, workspace, said.append):
            assert shared.here.is_dir(), "a run of this process is alive"
    assert not shared.here.exists()
    assert said == [f"Removed {left}, which a run of this workspace left when its process was killed"]


def test_folders_of_other_workspaces_and_of_none_are_left_alone(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = killed(workspace, str(tmp_path / "shared"), monkeypatch)
    with Store(tmp_path / "other.duckdb"):
        pass
    for other in (tmp_path / "other.duckdb", Path(":memory:"), tmp_path / "not-there.duckdb"):
        with share_folder(None, str(tmp_path / "shared"), other):
            assert left.is_dir()
