"""Real data sets that are not part of the project: tests read them where they exist and skip with a reason elsewhere.

Set UNDAZZLE_DATA to a folder that holds them; beside a checkout, ``../shared/data`` is looked at too.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PLACES = [os.environ.get("UNDAZZLE_DATA", ""), str(Path(__file__).resolve().parents[2] / "shared" / "data")]


def data_set(name: str) -> Path:
    """Return the path of a file or folder of a real data set, or skip the test."""
    for place in _PLACES:
        if place and (Path(place) / name).exists():
            return Path(place) / name
    pytest.skip(f"real data set {name} is not on this machine (set UNDAZZLE_DATA to its folder)")
