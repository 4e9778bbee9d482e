"""Playbooks: every observable has a test, a source and an ordinary reason; groups are held against all of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.attribution.held_out import NULLS, OPERATIONS, held_out
from tests.attribution.simulated import GROUPS, simulated
from undazzle.attribution.matching import MatchReport, Seen, _nearest, match_playbooks
from undazzle.attribution.playbooks import PlaybookKind, find_playbook, read_playbook, shipped_playbooks
from undazzle.casebook import load_case, shipped_edition
from undazzle.casebook.vocabulary import Verification
from undazzle.cli import main as cli_main
from undazzle.errors import SourceError, UnknownNameError
from undazzle.signals import choose_accounts
from undazzle.workspace import Workspace

FOLDER = Path(__file__).resolve().parents[2] / "src/undazzle/attribution/playbook_files"


def report_on(kind: str, seed: int, folder: Path, *, selected_by: tuple[str, ...] = ()) -> MatchReport:
    source, accounts = simulated(kind, seed, folder)
    with Workspace(folder / "w.duckdb") as workspace:
        workspace.ingest(source)
        return match_playbooks(workspace.store, choose_accounts(workspace.store, accounts), selected_by=selected_by)


def test_all_playbooks_are_complete_and_their_actors_stand_in_the_shipped_case() -> None:
    books = shipped_playbooks()
    actors = load_case(shipped_edition()).actors
    assert sum(one.kind is PlaybookKind.NULL for one in books) == 3 and len(books) == 9
    for book in books:
        assert book.actor is None or book.actor in actors
        assert (book.actor is None) is (book.kind is PlaybookKind.NULL)
        assert sum(one.expected for one in book.observables) >= 3, book.id
        if book.kind is PlaybookKind.OPERATION:
            assert book.not_from_behaviour and book.not_testable_here


def test_every_published_source_has_an_address_or_says_that_nobody_has_read_it() -> None:
    for book in shipped_playbooks():
        for one in book.sources:
            assert one.url or one.id == "own" or one.verification is Verification.UNREAD, (book.id, one.id)
            assert one.verification is not Verification.COPY or one.url


def test_no_playbook_tests_a_language_or_a_script_as_such() -> None:
    tests = {one.test for book in shipped_playbooks() for one in book.observables}
    assert not tests & {"signal:language_mix", "signal:script_slips"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", GROUPS)
def test_a_simulated_group_is_held_for_what_it_is_or_for_nothing_published(kind: str, tmp_path: Path) -> None:
    report = report_on(kind, 900, tmp_path)
    assert (report.best.playbook.id if report.best else "") == GROUPS[kind][1]
    assert len(report.matches) == 9, "every rival stands beside it"
    if report.best:
        assert "consistent with" in report.sentence and "this names no operator" in report.sentence
        assert "strongest competing explanation" in report.sentence or "cannot be told apart" in report.sentence
    else:
        assert report.sentence.startswith("No published operation stands out")


@pytest.mark.slow
@pytest.mark.parametrize("kind", NULLS)
@pytest.mark.parametrize("condition", ["mixed", "thin"])
def test_no_held_out_group_of_ordinary_accounts_is_called_an_operation(
    kind: str, condition: str, tmp_path: Path
) -> None:
    source, accounts = held_out(kind, condition, 50, tmp_path)
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.ingest(source)
        report = match_playbooks(workspace.store, choose_accounts(workspace.store, accounts))
    assert report.best is None and report.sentence.startswith("No published operation stands out")


@pytest.mark.slow
@pytest.mark.parametrize("kind", [one for one in OPERATIONS if one not in NULLS])
def test_no_held_out_operation_is_called_by_anothers_name(kind: str, tmp_path: Path) -> None:
    source, accounts = held_out(kind, "mixed", 51, tmp_path)
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.ingest(source)
        report = match_playbooks(workspace.store, choose_accounts(workspace.store, accounts))
    assert report.best is None or report.best.playbook.id == kind


@pytest.mark.slow
def test_what_the_group_was_chosen_by_is_shown_and_not_counted(tmp_path: Path) -> None:
    report = report_on("spamouflage", 901, tmp_path, selected_by=("text", "signal_id_that_is_none"))
    book = next(one for one in report.matches if one.playbook.id == "spamouflage")
    seen = {one.observable.test: one for one in book.tested}
    assert seen["same-words"].seen is Seen.SELECTION and not seen["same-words"].counts


@pytest.mark.parametrize(
    ("line", "instead", "word"),
    [
        ("    test: same-words\n", "    test: no-such-test\n", "no test is called"),
        ("    source: sio\n", "    source: nobody\n", "no source is called"),
        ("kind: ordinary\n", "kind: enemy\n", "kind"),
        ("    at_least: 0.2\n", "", "needs at_least or at_most"),
        ("id: commercial-spam\n", "id: commercial-spam\nsurprise: 1\n", "surprise"),
    ],
)
def test_a_playbook_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, line: str, instead: str, word: str
) -> None:
    text = (FOLDER / "commercial-spam.yaml").read_text(encoding="utf-8")
    assert line in text
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(line, instead), encoding="utf-8")
    with pytest.raises(SourceError, match=word):
        read_playbook(path)


def test_unknown_names_are_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="spamouflage"):
        find_playbook("spamoflage")


@pytest.mark.slow
def test_the_command_lists_shows_and_matches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_main.run(["match"]) == 0
    assert "commercial-spam" in capsys.readouterr().out
    assert cli_main.run(["match", "--show", "doppelganger"]) == 0
    assert "no test" in capsys.readouterr().out
    source, accounts = simulated("city-name-spam", 902, tmp_path)
    (tmp_path / "accounts.txt").write_text("\n".join(accounts), encoding="utf-8")
    place = tmp_path / "w.duckdb"
    with Workspace(place) as workspace:
        workspace.ingest(source)
    assert cli_main.run(["match", str(place), f"@{tmp_path / 'accounts.txt'}"]) == 0
    printed = capsys.readouterr().out
    assert "No published operation stands out" in printed and "Nearest of all is commercial spam" in printed
    assert cli_main.run(["match", str(place)]) == 2


def test_playbooks_that_agree_alike_are_not_ranked_in_words() -> None:
    def match(name: str, coverage: float, testable: int = 9) -> Any:
        return SimpleNamespace(playbook=SimpleNamespace(name=name), coverage=coverage, testable=testable)

    tied = _nearest([match("Partisans", 1.0), match("fandom", 1.0), match("spam", 0.2), match("hardly tested", 1.0, 0)])
    assert tied == " Partisans and 1 more playbooks agree alike: these data do not separate them."
    assert _nearest([match("spam", 0.9), match("fandom", 0.8)]) == " Nearest of all is spam."
    assert _nearest([match("spam", 0.9, 0)]) == ""
