"""Bad input: too little, too coarse, in bursts, or collected by what is shared; nothing lights up, and it is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.coordination.brute_force import Share
from tests.coordination.calibrated.worlds import DAY, crowd, planted
from undazzle.results import Run
from undazzle.workspace import Workspace

START = datetime(2026, 3, 2)


def detected(shares: list[Share], folder: Path, *, more: str = "", beside: list[Share] | None = None) -> Run:
    """Write shares as posts with links, others in a file beside it, and return the run of the default method."""
    workspace = Workspace()
    workspace.ingest(written(shares, folder / "posts.jsonl", more))
    if beside:
        workspace.ingest(written(beside, folder / "beside.jsonl", more))
    return workspace.detect("link", trust=False, explain=False)


def written(shares: list[Share], path: Path, more: str) -> Path:
    rows = [
        {
            "id": f"{path.stem}{number + 1:06}",
            "created_at": (START + timedelta(seconds=one.at)).isoformat() + "Z",
            "user_id": one.account,
            "text": f"{one.account} writes note {number} on ferries{more}",
            "urls": [f"https://town.example/{one.item}"],
        }
        for number, one in enumerate(sorted(shares, key=lambda one: (one.at, one.account, one.item)))
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def members_of(run: Run) -> set[str]:
    return {row["account_id"].split(":")[-1] for one in run.networks for row in one.members}


def said(run: Run, words: str) -> bool:
    return any(words in one for one in run.warnings)


def moved(shares: list[Share], change: Callable[[float], float]) -> list[Share]:
    return [one._replace(at=change(one.at)) for one in shares]


def test_ten_posts(tmp_path: Path) -> None:
    run = detected([Share("i", f"a{one}", f"p{one}", 10.0 * one) for one in range(10)], tmp_path)
    assert len(run.networks) == 0
    assert said(run, "No power")


def test_one_account(tmp_path: Path) -> None:
    run = detected([Share(f"i{one % 5}", "a", f"p{one}", 3_000.0 * one) for one in range(60)], tmp_path)
    assert len(run.networks) == 0
    assert said(run, "No power")


def test_all_times_equal(tmp_path: Path) -> None:
    run = detected(moved(crowd(0, events=2_000), lambda _at: 0.0), tmp_path)
    assert len(run.networks) == 0
    assert said(run, "No power")


@pytest.mark.parametrize(("step", "words"), [(60, "60 s"), (3_600, "1 h"), (DAY, "1 day")])
def test_rounded_times(step: int, words: str, tmp_path: Path) -> None:
    shares, planted_ones = planted(crowd(1), 1)
    run = detected(moved(shares, lambda at: at // step * step), tmp_path)
    assert members_of(run) <= set(planted_ones)
    assert said(run, f"Times are given to {words}: windows below that")
    assert said(run, f"Times are given to {words}: a window of {words} really covers up to")
    assert min(run.record.summary["calibrated"]["windows"]) == step
    if step == 60:
        assert len(members_of(run)) >= 6


def test_duplicated_rows_change_nothing(tmp_path: Path) -> None:
    shares, _ = planted(crowd(2), 2)
    (tmp_path / "once").mkdir()
    once = detected(shares, tmp_path / "once")
    twice = [one for one in shares for _ in range(2)]
    assert members_of(detected(twice, tmp_path)) == members_of(once) != set()


def test_data_collected_in_bursts_is_said_to_be_so_and_does_not_light_up(tmp_path: Path) -> None:
    # ten minutes of every second day
    run = detected(moved(crowd(3, events=4_000), lambda at: at // (2 * DAY) * 2 * DAY + at % 600), tmp_path)
    assert len(run.networks) == 0
    assert said(run, "collected in bursts")


def test_a_collection_by_one_item_is_said_to_be_so_and_does_not_light_up(tmp_path: Path) -> None:
    shares = crowd(4, events=3_000)
    everybody = {one.account: one for one in shares}
    shares += [Share("wanted", name, f"w{name}", one.at) for name, one in everybody.items()]
    shares += [Share("wanted", f"once{number}", f"o{number}", 400.0 * number) for number in range(2_500)]
    run = detected(shares, tmp_path)
    assert len(run.networks) == 0
    assert said(run, "the posts were collected by it")


def test_a_collection_by_a_list_of_accounts_does_not_light_up(tmp_path: Path) -> None:
    shares = crowd(5)
    posts: dict[str, int] = {}
    for one in shares:
        posts[one.account] = posts.get(one.account, 0) + 1
    chosen = sorted(posts, key=lambda name: -posts[name])[:40]
    run = detected([one for one in shares if one.account in chosen], tmp_path)
    assert len(run.networks) == 0


def test_a_short_collection_asks_for_repetition_in_blocks_of_time(tmp_path: Path) -> None:
    shares, planted_ones = planted(crowd(6), 6)
    run = detected(moved(shares, lambda at: float(int(at / 40))), tmp_path)
    assert said(run, "stand for days")
    assert members_of(run) <= set(planted_ones)


def test_the_order_of_rows_and_the_names_of_others_change_nothing(tmp_path: Path) -> None:
    shares, planted_ones = planted(crowd(7), 7)
    places = np.random.default_rng(0).permutation(len(shares)).tolist()
    found = []
    for number, rows in enumerate((shares, [shares[place] for place in places])):
        folder = tmp_path / str(number)
        folder.mkdir()
        found.append(detected(rows, folder))
    assert members_of(found[0]) == members_of(found[1]) <= set(planted_ones)
    columns = ("name", "members", "co_actions", "expected", "p_value", "q_value", "held_out_items")
    facts = [[tuple(one.facts[column] for column in columns) for one in run.networks] for run in found]
    assert facts[0] == facts[1]
    assert facts[0]


def test_accounts_with_times_to_the_minute_are_never_said_to_meet_within_seconds(tmp_path: Path) -> None:
    """A second file gives seconds, so that windows of ten seconds are searched, in which same minutes meet too."""
    minutes, names = planted(crowd(5), 5, jitter=5)
    minutes = moved(minutes, lambda at: at // 60 * 60)
    seconds = [
        one._replace(item=f"s{one.item}", account=f"s{one.account}") for one in planted(crowd(6), 6, jitter=5)[0]
    ]
    run = detected(minutes, tmp_path, beside=seconds)
    window_of = {member["account_id"].split(":")[-1]: one.time_window for one in run.networks for member in one.members}
    assert set(names) <= set(window_of)
    assert {window_of[name] for name in names} == {60.0}
    assert {window for name, window in window_of.items() if name.startswith("s")} == {10.0}
