"""Controls: ordinary people of two real collections stay unnamed, whatever they are compared by."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.real_data import data_set
from undazzle.coordination import DetectionSettings, detect
from undazzle.results import Run
from undazzle.workspace import Workspace

CONTROLS = {"x_us2024": "x_us2024_usc/tweets.parquet", "us2020": "us2020_hashtag_control/tweets.parquet"}
KINDS = ("link", "text", "near_text", "hashtag_sequence", "hashtag", "domain", "mention", "reply")


@cache
def workspace(path: Path) -> Workspace:
    opened = Workspace()
    opened.ingest(path)
    return opened


@pytest.mark.slow
@pytest.mark.parametrize("windows", [(60.0,), (3_600.0,), None])
@pytest.mark.parametrize("name", list(CONTROLS))
def test_ordinary_people_are_not_named_unexplained(name: str, windows: tuple[float, ...] | None) -> None:
    store = workspace(data_set(CONTROLS[name])).store
    possible = [kind for kind in KINDS if workspace(data_set(CONTROLS[name])).possible_traces()[kind] is None]
    for kinds in [(kind,) for kind in possible] + [()]:
        run = Run.find(store, detect(store, DetectionSettings(traces=kinds, time_windows=windows, trust=False)))
        unexplained = [one.summary for one in run.networks if one.explained_by is None]
        assert not unexplained, (kinds, unexplained)
