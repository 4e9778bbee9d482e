"""Where the finished parts of a run that is under way are kept: in a folder beside the workspace."""

from __future__ import annotations

import shutil
from pathlib import Path

PARTS = "finished_parts"  # in ``runs.summary`` of a run that keeps parts


def parts_folder(workspace: Path, run_id: int) -> Path:
    """Return where the parts of a run are kept."""
    return _all_parts(workspace) / f"run-{run_id}"


def remove_parts(workspace: Path, *, but: int | None = None) -> None:
    """Remove the parts of all runs of a workspace, but for those of one.

    Parameters
    ----------
    workspace
        The file.
    but
        The run that is going on.
    """
    folder = _all_parts(workspace)
    if but is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for one in folder.glob("run-*"):
        if one != parts_folder(workspace, but):
            shutil.rmtree(one, ignore_errors=True)


def _all_parts(workspace: Path) -> Path:
    return workspace.with_name(workspace.name + ".parts")
