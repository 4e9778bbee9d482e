from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.signals.builders import members_of, post, read, workspace
from undazzle.cli.main import cli
from undazzle.errors import ParameterError, UnknownNameError
from undazzle.samples import build_corpus, write_corpus
from undazzle.signals import (
    SIGNALS,
    choose_accounts,
    choose_category,
    choose_network,
    choose_source,
    read_signals,
    signal_rows,
    summary_sentence,
    write_indicators,
)
from undazzle.signals.control_rates import CONTROL_RATES, control_rate_words
from undazzle.workspace import Workspace

FUTURE_TAILS = ["VUBQ", "ECDL", "OLXZ", "VQOD", "ITJV", "LSCT"]


def with_tails(tmp_path: Path):
    rows = [post(f"m{one}", one, text=f"Ferry https://ferry.example/{one} {FUTURE_TAILS[one]}") for one in range(6)]
    return workspace(tmp_path, rows + [post(f"c{one}", one) for one in range(80)])


def demo(tmp_path: Path) -> Path:
    write_corpus(build_corpus(0), tmp_path / "posts.jsonl")
    with Workspace(tmp_path / "ws.duckdb") as ws:
        ws.ingest(tmp_path / "posts.jsonl")
        ws.detect(explain=False)
    return tmp_path / "ws.duckdb"


def test_a_signal_by_which_the_group_was_chosen_is_shown_and_not_counted(tmp_path):
    store = with_tails(tmp_path)
    plain = read(store, members_of(6), "text_endings")
    marked = read(store, members_of(6), "text_endings", selected_by=["text_endings"])
    assert plain.counts
    assert marked.reading.outcome == "stands_out"
    assert marked.is_selection
    assert not marked.counts
    assert "not counted" in summary_sentence([marked])


def test_every_signal_answers_for_three_posts_one_account_and_no_controls(tmp_path):
    few = workspace(tmp_path, [post("m0", one) for one in range(3)])
    for found in read_signals(few, choose_accounts(few, ["m0"])):
        assert found.reading.outcome == "not_testable", found.signal.signal_id
        assert found.reading.reason


def test_hostile_names_and_texts_are_only_text(tmp_path):
    rows = [
        post(
            f"m{one}",
            one,
            handle="'); DROP TABLE posts; --",
            text="<script>alert(1)</script> =1+1 \u202e {0.__class__}",
        )
        for one in range(6)
    ]
    store = workspace(tmp_path, rows + [post(f"c{one}", one) for one in range(60)])
    found = read_signals(store, choose_accounts(store, members_of(6)))
    assert len(found) == len(SIGNALS)
    assert store.rows("SELECT count(*) FROM posts")[0][0] == 66


def test_no_sentence_names_an_account(tmp_path):
    rows = [
        post(f"m{one}", one, handle=f"secretname{one}", text=f"Ferry https://f.example/{one} {FUTURE_TAILS[one]}")
        for one in range(6)
    ]
    store = workspace(tmp_path, rows + [post(f"c{one}", one, handle=f"otherperson_{one}") for one in range(80)])
    for one in read_signals(store, choose_accounts(store, members_of(6))):
        said = f"{one.reading.figure} {one.reading.seen} {one.reading.reason}"
        assert "secretname" not in said
        assert "otherperson" not in said


def test_the_order_of_rows_changes_nothing(tmp_path):
    rows = [post(f"m{one % 6}", one, handle=f"ferry{one % 6}") for one in range(90)]
    rows += [post(f"c{one % 40}", one, handle=f"quay_{one % 40}", likes=one % 3) for one in range(400)]
    first = workspace(tmp_path, rows, "a.csv")
    second = workspace(tmp_path, rows[::-1], "b.csv")
    one, other = (read_signals(store, choose_accounts(store, members_of(6))) for store in (first, second))
    assert [each.reading for each in one] == [each.reading for each in other]


def test_members_of_other_networks_are_compared_with_nobody(tmp_path):
    with Workspace(demo(tmp_path)) as ws:
        run = ws.run()
        choice = choose_network(ws.store, run.run_id, 1)
        members = {row[0] for row in ws.store.rows("SELECT account_key FROM members WHERE run_id = ?", [run.run_id])}
        rows = ws.store.rows(choice.sql, choice.parameters)
        assert {row[0] for row in rows} == members
        assert sum(row[1] for row in rows) < len(members)
        with pytest.raises(UnknownNameError):
            choose_network(ws.store, run.run_id, 99)


def test_rows_for_a_report_are_the_stored_ones_or_computed(tmp_path):
    with Workspace(demo(tmp_path)) as ws:
        run_id = ws.run().run_id
        computed = signal_rows(ws.store, run_id, 1)
        choice = choose_network(ws.store, run_id, 1)
        write_indicators(ws.store, choice, read_signals(ws.store, choice, signals=["cadence"]))
        write_indicators(ws.store, choice, read_signals(ws.store, choice, signals=["cadence"]))
        stored = signal_rows(ws.store, run_id, 1)
    assert [row["signal_id"] for row in computed] == list(SIGNALS)
    assert [row["signal_id"] for row in stored] == ["cadence"]


def test_a_workspace_from_before_signals_gets_the_table(tmp_path):
    with Workspace(demo(tmp_path)) as ws:
        ws.store.execute("DROP TABLE indicators")
        choice = choose_network(ws.store, ws.run().run_id, 1)
        write_indicators(ws.store, choice, read_signals(ws.store, choice, signals=["cadence"]))
        assert ws.store.rows("SELECT count(*) FROM indicators")[0][0] == 1


def test_names_that_mean_nothing_are_refused(tmp_path):
    store = with_tails(tmp_path)
    for call in (
        lambda: choose_source(store, 7),
        lambda: choose_category(store, "ferries"),
        lambda: choose_accounts(store, ["nobody"]),
        lambda: read_signals(store, choose_accounts(store, ["m0"]), signals=["horoscope"]),
    ):
        with pytest.raises((UnknownNameError, ParameterError)):
            call()


def test_every_signal_says_what_it_needs_how_it_errs_and_what_else_it_may_be():
    for signal in SIGNALS.values():
        assert signal.error_rates, signal.signal_id
        assert signal.innocent_explanations, signal.signal_id
        assert len(signal.method) > 100, signal.signal_id


def test_every_signal_has_a_control_rate_or_says_that_no_group_could_be_tested():
    assert set(CONTROL_RATES) == set(SIGNALS)
    for signal_id, rates in CONTROL_RATES.items():
        words = control_rate_words(signal_id)
        assert ("no random group" in words) == (not rates)
        assert all(0 <= one.stood_out <= 0.05 * one.tested for one in rates), signal_id


def test_the_command_writes_indicators_of_a_network_and_reads_a_file(tmp_path):
    ws = demo(tmp_path)
    result = CliRunner().invoke(cli, ["signals", str(ws), "network:1", "--signal", "cadence,daily_rhythm"])
    assert result.exit_code == 0, result.output
    assert "None of them says who is behind an account" in result.output
    with Workspace(ws, read_only=True) as opened:
        assert opened.store.rows("SELECT count(*) FROM indicators WHERE network_id = 1")[0][0] == 2
    rows = ["userid,screen_name,created_at", *(f"{one},ferry{one},2019-03-{1 + one % 28:02d}" for one in range(30))]
    (tmp_path / "accounts.csv").write_text("\n".join(rows), encoding="utf-8")
    result = CliRunner().invoke(
        cli, ["signals", str(tmp_path / "accounts.csv"), "--json", "--signal", "creation_bursts"]
    )
    assert result.exit_code == 0, result.output
    assert '"ordinary"' in result.output


def test_the_command_refuses_a_workspace_without_a_group_and_a_file_without_dates(tmp_path):
    ws = demo(tmp_path)
    assert isinstance(CliRunner().invoke(cli, ["signals", str(ws)]).exception, ParameterError)
    (tmp_path / "plain.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["signals", str(tmp_path / "plain.csv")])
    assert "dates of registration" in str(result.exception)
