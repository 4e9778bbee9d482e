"""Two whole runs side by side, also in two workspaces; the matching against a brute-force reading of its definition."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tests.results.builders import ACCOUNTS, add_network, add_run, filled_store, insert
from undazzle.cli.main import cli
from undazzle.errors import ParameterError
from undazzle.results import Run
from undazzle.results.between_runs import RunComparison, compare_runs
from undazzle.results.between_runs.matching import Group, Match, match_groups
from undazzle.store import Store, finish_run, start_run
from undazzle.workspace import Workspace


def groups(*sets: str) -> list[Group]:
    return [Group(number, frozenset(one)) for number, one in enumerate(sets, start=1)]


def kinds(matches: list[Match]) -> list[tuple[int | None, int | None, str]]:
    return [(one.a, one.b, one.verdict) for one in matches]


def test_the_same_groups_are_found_again_whatever_their_numbers() -> None:
    found = match_groups(groups("abc", "xyz"), groups("zyx", "cba"))
    assert kinds(found) == [(1, 2, "found"), (2, 1, "found")]
    assert [one.jaccard for one in found] == [1.0, 1.0]


def test_a_group_without_counterpart_is_gone_or_new() -> None:
    assert kinds(match_groups(groups("abc"), groups("xyz"))) == [(1, None, "gone"), (None, 1, "new")]
    assert kinds(match_groups([], groups("xyz"))) == [(None, 1, "new")]
    assert match_groups([], []) == []


def test_a_split_names_its_pieces_and_each_piece_has_a_row() -> None:
    found = match_groups(groups("abcdefgh"), groups("abc", "defg", "xy"))
    assert kinds(found) == [(1, 2, "found"), (1, 1, "found_in_part"), (None, 3, "new")]
    assert [one.pieces for one in found] == [(1, 2), (1, 2), ()]


def test_merged_groups_are_the_same_seen_from_the_other_side() -> None:
    found = match_groups(groups("abc", "defg"), groups("abcdefgh"))
    assert [one.merged for one in found] == [(1, 2), (1, 2)]


def test_one_group_in_two_windows_is_not_a_split() -> None:
    later = [Group(1, frozenset("abcdef"), 60.0), Group(2, frozenset("abcdefg"), 600.0)]
    found = match_groups([Group(1, frozenset("abcdefg"), 60.0)], later)
    assert [(one.b, one.pieces) for one in found] == [(2, ()), (1, ())]


def test_of_equally_alike_groups_the_one_of_the_same_window_is_the_counterpart() -> None:
    later = [Group(1, frozenset("abc"), 60.0), Group(2, frozenset("abc"), 600.0)]
    assert match_groups([Group(1, frozenset("abc"), 600.0)], later)[0].b == 2


@pytest.mark.parametrize("seed", range(40))
def test_matches_are_those_of_comparing_all_with_all(seed: int) -> None:
    draw = np.random.default_rng(seed)
    first, second = (
        [
            Group(number, frozenset(str(one) for one in draw.integers(0, 25, draw.integers(1, 9))))
            for number in range(1, size)
        ]
        for size in draw.integers(1, 9, 2)
    )
    found = match_groups(first, second)
    assert {one.a for one in found} - {None} == {one.number for one in first}
    assert {one.b for one in found} - {None} <= {one.number for one in second}
    for one in first:
        likeness = {other.number: jaccard(one, other) for other in second}
        best = max(likeness.values(), default=0.0)
        mine = next(match for match in found if match.a == one.number)
        assert mine.jaccard == pytest.approx(best)
        assert (mine.verdict == "gone") == (best < 0.1)
        assert mine.b is None or likeness[mine.b] == pytest.approx(best)
        assert bool(mine.pieces) == can_be_split(one, second), (one, second, mine)
    for other in second:
        named = [match for match in found if match.b == other.number]
        assert named, "every network of the second run has a row"
        best = max((jaccard(one, other) for one in first), default=0.0)
        assert any(match.verdict == "new" for match in named) == (best < 0.1)


def jaccard(one: Group, other: Group) -> float:
    return len(one.accounts & other.accounts) / len(one.accounts | other.accounts)


def can_be_split(whole: Group, others: list[Group]) -> bool:
    """Follow the definition: pieces, large ones first, that are half fresh; at least two; half of the whole."""
    inside = [one for one in others if len(one.accounts & whole.accounts) * 2 >= len(one.accounts)]
    inside = [one for one in inside if one.accounts & whole.accounts]
    inside.sort(key=lambda one: (-len(one.accounts & whole.accounts), one.number))
    kept: list[Group] = []
    for one in inside:
        seen = frozenset().union(*(other.accounts for other in kept))
        mine = one.accounts & whole.accounts
        if len(mine - seen) * 2 >= len(mine):
            kept.append(one)
    covered = frozenset().union(*(one.accounts for one in kept)) & whole.accounts
    return len(kept) > 1 and len(covered) * 2 >= len(whole.accounts)


# --- runs of one workspace ----------------------------------------------------------------------------


def two_runs() -> Store:
    """Return a workspace whose second run lost one network, grew another, and found a third."""
    store = filled_store(name="before")
    run = start_run(
        store, command="undazzle detect harbour.duckdb --time-window 5min", method="window", name="after", seed=7,
        parameters={"time_windows": [300.0], "min_participation": 2, "min_items": 3},
    )  # fmt: skip
    add_network(store, run, 1, "amber-otter", 60.0, (1, 2), ["link"])
    finish_run(store, run, warnings=[], summary={}, cpu_started=time.process_time())
    return store


def test_settings_that_differ_stand_first_and_say_what_a_change_can_be_put_down_to() -> None:
    store = two_runs()
    found = compare_runs(Run.find(store, "before"), Run.find(store, "after"))
    assert [row[0] for row in found.settings.rows] == ["parameter min_items", "parameter time_windows"]
    assert found.settings.rows[0] == ("parameter min_items", "not set", "3")
    assert "The data are the same" in found.settings.note
    assert repr(found).startswith("What was asked differently")


def test_a_changed_input_is_named_before_anything_else() -> None:
    store = two_runs()
    store.execute("UPDATE runs SET input_fingerprint = repeat('0', 64) WHERE run_id = 2")
    found = compare_runs(Run.find(store, 1), Run.find(store, 2))
    assert found.settings.rows[0][0] == "input fingerprint"
    assert "cannot be put down to one of them" in found.settings.note
    store.execute("UPDATE runs SET parameters = (SELECT parameters FROM runs WHERE run_id = 1) WHERE run_id = 2")
    assert "Only the data differ" in compare_runs(Run.find(store, 1), Run.find(store, 2)).settings.note


def test_a_run_is_the_same_as_itself() -> None:
    run = Run.find(filled_store())
    found = compare_runs(run, run)
    assert len(found.settings) == 0
    assert "are the same" in found.settings.note
    assert {row["verdict"] for row in found.networks} == {"found"}
    assert {row["change"] for row in found.accounts} == {"stayed"}


def test_networks_accounts_and_figures_of_both_runs_stand_side_by_side() -> None:
    store = two_runs()
    found = compare_runs(Run.find(store, 1), Run.find(store, 2))
    first, second = found.networks
    assert (first["verdict"], first["a"], first["b"]) == ("found", "run:1/network:1", "run:2/network:1")
    assert (first["shared_members"], first["members_a"], first["members_b"]) == (2, 3, 2)
    assert (second["verdict"], second["a"], second["b"]) == ("gone", "run:1/network:2", None)
    assert [(row["account_id"], row["change"]) for row in found.accounts if row["change"] != "stayed"] == [
        ("facebook:12", "left"), ("x:13", "left"), ("x:15", "left"),
    ]  # fmt: skip
    assert "1 are found again in B (after), 0 in part and 1 not; 0 of 1 network of B are new." in found.summary


def explain(store: Store, run: int, verdict: str) -> None:
    insert(
        store, "explanations", run_id=run, network_id=1, explanation_id="page_family", title="One page family",
        verdict=verdict, figure=f"{verdict} 2 of 3",
    )  # fmt: skip


def test_what_changed_in_explanations_signals_and_targets_is_listed() -> None:
    store = two_runs()
    explain(store, 1, "does_not_fit")
    explain(store, 2, "fits")
    for run, outcome in ((1, "ordinary"), (2, "ordinary"), (2, "stands_out")):
        insert(
            store, "indicators", run_id=run, network_id=1, signal_id="cadence", title="Cadence", outcome=outcome,
            value=0.5, n=9, made_at=f"2024-01-0{1 + (outcome == 'stands_out')}",
        )  # fmt: skip
    for run, posts in ((1, 8), (2, 1)):
        keep_targets(store, run, {"The Senate": posts, "The Mint": 2})
    found = compare_runs(Run.find(store, 1), Run.find(store, 2))
    assert [row["changed"] for row in found.explanations] == [True]
    assert next(iter(found.explanations))["verdict_b"] == "fits"
    assert next(iter(found.signals))["outcome_b"] == "stands_out", "the latest computation counts"
    assert [(row["target"], row["share_a"], row["share_b"]) for row in found.targets] == [
        ("The Senate", 0.8, 0.333), ("The Mint", 0.2, 0.667),
    ]  # fmt: skip
    assert found.explanations.note == found.signals.note == found.targets.note == ""


def keep_targets(store: Store, run: int, posts: dict[str, int]) -> None:
    kept = start_run(store, command="targets", method="targets", parameters={"of_run": run})
    named = [{"name": name, "by_network": {"1": number}} for name, number in posts.items()]
    finish_run(store, kept, warnings=[], summary={"targets": named}, cpu_started=0.0)


def test_what_was_not_computed_is_named_and_never_called_unchanged() -> None:
    store = two_runs()
    explain(store, 1, "fits")
    found = compare_runs(Run.find(store, 1), Run.find(store, 2))
    assert next(iter(found.explanations))["verdict_b"] == "not computed"
    assert next(iter(found.explanations))["changed"] is None
    assert found.explanations.note == "Innocent explanations were not computed for B: run:2/network:1."
    assert found.signals.note == "Signals were not computed for A: run:1/network:1; B: run:2/network:1."
    assert "Targets were not computed" in found.targets.note


def test_accounts_that_the_other_data_do_not_hold_are_counted() -> None:
    first, second = filled_store(), filled_store()
    second.execute("DELETE FROM members WHERE network_id = 2")
    second.execute("DELETE FROM networks WHERE network_id = 2")
    second.execute("DELETE FROM accounts WHERE account_id = ?", [ACCOUNTS[5][0]])
    rows = list(compare_runs(Run.find(first), Run.find(second)).networks)
    assert [(row["verdict"], row["not_in_data"]) for row in rows] == [("found", 0), ("gone", 1)]
    turned = list(compare_runs(Run.find(second), Run.find(first)).networks)
    assert [row["verdict"] for row in turned] == ["found", "new"]


# --- command line and notebook ------------------------------------------------------------------------


def workspace_file(path: Path, *, networks: int = 2) -> Path:
    from tests.results.builders import add_posts

    with Workspace(path) as ws:
        add_posts(ws.store)
        add_run(ws.store, name="search")
        ws.store.execute("DELETE FROM networks WHERE network_id > ?", [networks])
        ws.store.execute("DELETE FROM members WHERE network_id > ?", [networks])
    return path


def test_two_runs_of_two_workspaces_on_the_command_line(tmp_path: Path) -> None:
    may, june = workspace_file(tmp_path / "may.duckdb"), workspace_file(tmp_path / "june.duckdb", networks=1)
    ask = ["compare", str(may), "run:1", "search", "--with", str(june)]
    shown = CliRunner().invoke(cli, ask)
    assert shown.exit_code == 0, shown.output
    assert "1 are found again" in shown.stdout
    assert "gone" in shown.stdout
    target = tmp_path / "networks.csv"
    assert CliRunner().invoke(cli, [*ask, "--csv", "-o", str(target)]).exit_code == 0
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [row["verdict"] for row in rows] == ["found", "gone"]
    accounts = CliRunner().invoke(cli, [*ask, "--what", "accounts", "--json"])
    assert {row["change"] for row in json.loads(accounts.stdout)} == {"stayed", "left"}


def test_a_run_and_a_network_cannot_be_compared(tmp_path: Path) -> None:
    path = workspace_file(tmp_path / "may.duckdb")
    refused = CliRunner().invoke(cli, ["compare", str(path), "run:1", "network:1"])
    assert isinstance(refused.exception, ParameterError)
    members = CliRunner().invoke(cli, ["compare", str(path), "network:1", "network:1", "--csv"])
    assert members.stdout.splitlines()[0].startswith("account_id,handle,in_a")


def test_one_call_in_a_notebook(tmp_path: Path) -> None:
    with Workspace(workspace_file(tmp_path / "may.duckdb"), read_only=True) as ws:
        found = ws.compare("run:1", "search")
        assert isinstance(found, RunComparison)
        assert found.networks.to_pandas().verdict.tolist() == ["found", "found"]
        assert found.networks.to_csv(tmp_path / "out.csv").exists()
        assert "<script" not in found._repr_html_()


def test_hostile_names_do_not_reach_the_terminal_or_a_formula(tmp_path: Path) -> None:
    path = workspace_file(tmp_path / "may.duckdb")
    with Workspace(path) as ws:
        ws.store.execute("UPDATE networks SET name = '=HYPERLINK(1)' || chr(27) || '[2J' WHERE network_id = 1")
    shown = CliRunner().invoke(cli, ["compare", str(path), "run:1", "run:1"])
    assert "\x1b" not in shown.stdout
    written = CliRunner().invoke(cli, ["compare", str(path), "run:1", "run:1", "--csv"])
    assert ",=HYPERLINK" not in written.stdout
