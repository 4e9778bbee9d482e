"""The last table of the benchmarks: goals beside what this very run measured, and nothing else."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from benchmarks import __main__ as command
from benchmarks.goals import GOALS, print_goals
from benchmarks.measuring import CommandFailedError

_REAL = "1,000,000 real posts"


def toolkit(posts: str = _REAL, same: bool = True, **ratios: float) -> dict[str, Any]:
    return {"posts": posts, "same": same, "ratios": ratios, "above_file_mb": 420.0}


def verdict(what: str, results: dict[str, Any], failures: dict[str, str] | None = None) -> str:
    found = [number for number, goal in enumerate(GOALS) if goal.what.startswith(what)]
    assert len(found) == 1
    return print_goals(results, failures or {}, 0.5)[found[0]]


def test_what_did_not_run_is_never_filled_in() -> None:
    assert set(print_goals({}, {}, 0.5)) == {"not run"}


@pytest.mark.parametrize(("ratio", "expected"), [(8.0, "met"), (7.9, "MISSED"), (80.0, "met")])
def test_the_verdict_follows_the_figure(ratio: float, expected: str) -> None:
    assert verdict("1M real posts, whole job", {"toolkit": toolkit(a=ratio)}) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(1.9, "met"), (2.0, "MISSED")])
def test_less_is_better_for_seconds_and_the_yardstick_stands_beside_them(
    seconds: float, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {"set": "v5", "window_seconds": 3600, "least_items": 3, "kernel_cpu_seconds": seconds}
    assert verdict("kernel: five viral items", {"kernel": {"cases": [case], "growth": []}}) == expected
    line = next(one for one in capsys.readouterr().out.splitlines() if "five viral items" in one)
    shown = [cell.strip() for cell in line.split("|")][3:6]
    assert shown == ["under 2 CPU s", f"{seconds:.4g}", f"{seconds / 0.5:.2f}"]


def test_a_ratio_counts_only_for_the_same_answer_on_the_right_posts() -> None:
    different = toolkit(same=False, a=9.0)
    assert verdict("1M real posts, whole job", {"toolkit": different}) == "not measured: the answers differ"
    other = toolkit("100,000 synthetic posts", a=9.0)
    assert verdict("1M real posts, whole job", {"toolkit": other}) == "not measured: only 100,000 synthetic posts"
    assert verdict("1M real posts, whole job", {"toolkit": toolkit(b=9.0)}) == "not measured: no a"


def test_why_a_peer_was_skipped_is_said() -> None:
    assert verdict("100k real posts", {"coortweet": {"skipped": "no R"}}) == "not measured: no R"


def test_every_goal_has_a_section_that_can_be_run() -> None:
    assert {goal.section for goal in GOALS} <= set(command.BENCHMARKS)
    assert command.sections_of(["goals"]) == [
        name for name in command.BENCHMARKS if name in {goal.section for goal in GOALS}
    ]
    assert command.sections_of(["kernel", "toolkit"]) == ["toolkit", "kernel"]


def test_one_section_that_breaks_off_does_not_take_the_table_with_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*, quick: bool) -> dict[str, Any]:
        raise CommandFailedError("kernel_job ended with 1:\nno memory")

    modules = {
        command.BENCHMARKS["kernel"]: SimpleNamespace(TITLE="Kernel", run=broken),
        command.BENCHMARKS["toolkit"]: SimpleNamespace(TITLE="Toolkit", run=lambda quick: toolkit(a=9)),
    }
    monkeypatch.setattr(command, "import_module", modules.__getitem__)
    monkeypatch.setattr(command, "keep_result", lambda name, _result: SimpleNamespace(name=name))
    monkeypatch.setattr(command, "measure_python", lambda _module: (None, json.dumps({"keys": 9, "cpu_seconds": 0.5})))
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--only", "toolkit", "--only", "kernel"])
    assert command.main() == 1
    table = capsys.readouterr().out.partition("what this run measured")[2]
    assert "| 9 " in table
    assert table.count("not measured: no memory") == sum(goal.section == "kernel" for goal in GOALS)
