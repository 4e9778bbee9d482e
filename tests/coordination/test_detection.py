"""A detection as a whole: what is written, that nothing depends on row order, and what is said when it cannot work."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from undazzle.errors import ParameterError, UndazzleError, UnknownNameError
from undazzle.workspace import Workspace

START = datetime(2026, 3, 1, 12)


def a_post(number: int, account: str, seconds: int, link: str) -> dict[str, Any]:
    return {
        "id": str(number),
        "created_at": (START + timedelta(seconds=seconds)).isoformat() + "Z",
        "user_id": account,
        "text": f"library hours, note {number} of the week {link}",
        "urls": [link],
    }


def two_rings() -> list[dict[str, Any]]:
    """Two groups of three accounts share links within seconds; a hermit shares one link much later."""
    posts = []
    for group, accounts in (("north", "abc"), ("south", "xyz")):
        for day in range(4):
            for place, account in enumerate(accounts):
                link = f"https://town.example/{group}/{day}"
                posts.append(a_post(len(posts), account, day * 86_400 + place * 20, link))
    posts.append(a_post(len(posts), "hermit", 86_400 * 9, "https://town.example/north/0"))
    return posts


def open_with(posts: list[dict[str, Any]], folder: Path) -> Workspace:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "posts.jsonl"
    path.write_text("\n".join(json.dumps(post) for post in posts), encoding="utf-8")
    workspace = Workspace()
    workspace.ingest(path)
    return workspace


def results(workspace: Workspace, **settings: Any) -> dict[str, Any]:
    """Return everything a run wrote, in words that do not depend on keys inside the file."""
    run = workspace.detect("link", method="window", edge_weight=0.0, **settings)
    return {
        "networks": [(one.name, one.facts["co_actions"], one.facts["items"]) for one in run.networks],
        "members": [[tuple(row.values()) for row in one.members] for one in run.networks],
        "pairs": [tuple(row.values()) for row in run.pairs],
        "evidence": [tuple(row.values()) for row in run.co_actions],
    }


def mixed_rings() -> list[dict[str, Any]]:
    """The two rings, and one pair of strangers that met once, so that weights differ."""
    posts = two_rings()
    posts.append(a_post(100, "p", 50, "https://town.example/once"))
    posts.append(a_post(101, "q", 55, "https://town.example/once"))
    return posts


def test_rings_become_networks_with_all_their_evidence(tmp_path: Path) -> None:
    with open_with(mixed_rings(), tmp_path) as workspace:
        run = workspace.detect("link", method="window", edge_weight=0.0, min_participation=1)
        assert [len(one.members) for one in run.networks] == [3, 3]
        first = run.networks[1]
        assert (first.facts["co_actions"], first.facts["items"], first.facts["days"]) == (12, 4, 4)
        gaps = sorted({row["gap_seconds"] for row in first.evidence()})
        assert gaps == [20.0, 40.0]
        assert run.record.state == "finished"


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    posts = mixed_rings()
    shuffled = random.Random(7).sample(posts, len(posts))
    with open_with(posts, tmp_path / "a") as one, open_with(shuffled, tmp_path / "b") as two:
        assert results(one, min_participation=1) == results(two, min_participation=1)


def test_unrelated_posts_change_no_result(tmp_path: Path) -> None:
    posts = mixed_rings()
    others = [a_post(200 + n, f"other{n}", n * 4_000, f"https://elsewhere.example/{n}") for n in range(20)]
    with open_with(posts, tmp_path / "a") as one, open_with([*others, *posts], tmp_path / "b") as two:
        assert results(one, min_participation=1) == results(two, min_participation=1)


def test_runs_are_never_overwritten(tmp_path: Path) -> None:
    with open_with(mixed_rings(), tmp_path) as workspace:
        narrow = workspace.detect("link", method="window", time_window="20s", edge_weight=0.0)
        wide = workspace.detect("link", method="window", time_window="40s", edge_weight=0.0)
        assert (narrow.run_id, wide.run_id) == (1, 2)
        assert len(workspace.run(1).co_actions) < len(workspace.run(2).co_actions)
        assert workspace.run(1).parameters["time_windows"] == [20.0]


def test_several_windows_each_give_networks_of_their_own(tmp_path: Path) -> None:
    with open_with(mixed_rings(), tmp_path) as workspace:
        run = workspace.detect(
            "link", method="window", time_window=["20s", "1min"], edge_weight=0.0, min_participation=1
        )
        assert sorted({one.time_window for one in run.networks}) == [20.0, 60.0]
        assert [one.network_id for one in run.networks] == list(range(1, len(run.networks) + 1))


def test_one_post_one_account_and_no_post(tmp_path: Path) -> None:
    with open_with(two_rings()[:1], tmp_path) as workspace:
        assert len(workspace.detect("link", method="window", min_participation=1).networks) == 0
    same = [a_post(n, "a", n, "https://town.example/1") for n in range(50)]
    with open_with(same, tmp_path / "same") as workspace:
        assert len(workspace.detect("link", method="window").pairs) == 0
    with Workspace() as empty, pytest.raises(UndazzleError, match="holds no posts"):
        empty.detect()


def test_a_trace_that_the_posts_do_not_allow_is_named(tmp_path: Path) -> None:
    with open_with(two_rings(), tmp_path) as workspace:
        with pytest.raises(UndazzleError, match="None of the traces is possible"):
            workspace.detect("image")
        with pytest.raises(UnknownNameError, match="link"):
            workspace.detect("lnik")


@pytest.mark.parametrize(
    "settings",
    [
        {"edge_weight": 1.0},
        {"min_participation": 0},
        {"min_members": 1},
        {"time_window": "soon"},
        {"time_window": []},
        {"method": "magic"},
        {"method": "calibrated", "edge_weight": 0.9},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, Any], tmp_path: Path) -> None:
    with open_with(two_rings(), tmp_path) as workspace, pytest.raises(ParameterError):
        workspace.detect(**settings)


def test_a_failed_detection_leaves_no_half_results(tmp_path: Path) -> None:
    with open_with(two_rings(), tmp_path) as workspace:
        with pytest.raises(UndazzleError):
            workspace.detect("link", method="window", max_co_actions=1, min_participation=1)
        assert workspace.sql("SELECT * FROM pairs").to_arrow().num_rows == 0
        assert [run.record.state for run in workspace.runs] == ["failed"]
        with pytest.raises(UnknownNameError):
            workspace.run()
