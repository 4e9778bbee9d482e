"""Scorecards, pins, judgements, imports and exports of a case from the command line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.casebook.builders import a_claim, an_incident, on_disk
from undazzle.casebook import check_case, load_case
from undazzle.casebook.scoring.items import Item
from undazzle.casebook.scoring.totals import tally
from undazzle.casebook.vocabulary import Review
from undazzle.cli.main import run as run_command
from undazzle.publish.exchange import EXCHANGE_FORMATS

Capture = pytest.CaptureFixture[str]


def run(*words: object) -> int:
    return run_command(["case", *(str(word) for word in words)])


def a_folder(tmp_path: Path) -> Path:
    return on_disk(tmp_path / "case", a_claim(), an_incident(["claim:ferry-posters"]))


def answers(**words: str) -> list[str]:
    return [part for name, word in words.items() for part in ("--answer", f"{name}={word}")]


def test_two_coders_are_reconciled_by_a_third_and_totals_are_derived(tmp_path: Path, capsys: Capture) -> None:
    folder = a_folder(tmp_path)
    every = {str(item): "true" for item in Item}
    assert run("score", folder, "scorecard:a", "--about", "incident:posters", "--by", "A", *answers(**every)) == 0
    assert run("score", folder, "scorecard:a", "--by", "B", *answers(**every, target_named="true")) == 0
    assert run("score", folder, "scorecard:a", "--by", "B", *answers(clarity="false", context="na")) == 0
    assert run("reconcile", folder, "scorecard:a", "--by", "C", *answers(clarity="false")) == 2
    assert "attribution_context" in capsys.readouterr().err
    assert run("reconcile", folder, "scorecard:a", "--by", "B", *answers(clarity="false", context="na")) == 2
    settled = answers(clarity="false", context="na", target_named="true")
    assert run("reconcile", folder, "scorecard:a", "--by", "C", *settled) == 0
    assert "agreed on 16 of 18" in capsys.readouterr().out
    card = load_case(folder).scorecards["scorecard:a"]
    assert card.final is not None and card.final.coder == "C" and tally(card.final).points == 16
    assert "16" not in (folder / "scorecards/a.yaml").read_text(encoding="utf-8")
    assert run("score", folder) == 0
    assert "16/18" in (printed := capsys.readouterr().out) and "89 % of 18" in printed
    assert run("score", folder, "scorecard:a", "--by", "D", *answers(clarity="true")) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["scorecard:a", "--by", "A", "--answer", "clarity=perhaps", "--about", "incident:posters"],
        ["scorecard:a", "--by", "A", "--answer", "colour=true", "--about", "incident:posters"],
        ["scorecard:a", "--by", "A", "--answer", "clarity=true"],
        ["scorecard:a", "--by", "A", "--answer", "clarity=true", "--about", "actor:ferry-line"],
        ["../../x", "--by", "A", "--answer", "clarity=true", "--about", "incident:posters"],
        ["scorecard:a", "--answer", "clarity=true"],
    ],
)
def test_answers_that_cannot_work_write_nothing(tmp_path: Path, words: list[str]) -> None:
    folder = a_folder(tmp_path)
    assert run("score", folder, *words) == 2
    assert not (folder / "scorecards").exists()


def test_a_local_copy_is_pinned_by_its_hash(tmp_path: Path) -> None:
    folder, copy = a_folder(tmp_path), tmp_path / "report.pdf"
    copy.write_bytes(b"the ferry sails at nine")
    archive = "https://archive.example.org/1"
    assert run("pin", folder, "source:harbour-report", "--copy", copy, "--archive", archive) == 0
    source = load_case(folder).sources["source:harbour-report"]
    assert source.sha256 == hashlib.sha256(copy.read_bytes()).hexdigest() and source.archive_url == archive
    copy.write_bytes(b"the ferry sails at ten")
    assert run("pin", folder, "source:harbour-report", "--copy", copy) == 2
    assert run("pin", folder, "source:harbour-report", "--archive", "javascript:1") == 2
    assert run("pin", folder, "source:harbour-report") == 2
    assert run("pin", folder, "source:harbour-report", "--copy", tmp_path / "absent") == 2


def test_evidence_of_a_run_is_pinned_to_a_claim(tmp_path: Path) -> None:
    folder, evidence = a_folder(tmp_path), tmp_path / "co_actions.csv"
    evidence.write_text("a,b\n", encoding="utf-8")
    words = ["--evidence", evidence, "--title", "Co-actions of network:1, run:2", "--by", "claimant:harbour-office"]
    assert run("pin", folder, "claim:ferry-posters", *words) == 0
    assert run("pin", folder, "claim:ferry-posters", *words) == 0
    case = load_case(folder)
    (source_id,) = case.claims["claim:ferry-posters"].evidence
    assert case.sources[source_id].sha256 == hashlib.sha256(b"a,b\n").hexdigest()
    assert check_case(case) == []
    assert run("pin", folder, "source:harbour-report", *words) == 2
    assert run("pin", folder, "claim:ferry-posters", "--evidence", evidence) == 2


def assess(folder: Path, *words: str, **changes: str) -> int:
    given = {
        "--statement": "The posters are likely the line's.", "--by": "A. Reader", "--confidence": "low",
        "--basis": "One office looked.", "--alternative": "A fan club hung them.", "--claim": "claim:ferry-posters",
        "--would-change": "A photograph of somebody hanging them.", "--likelihood": "likely",
        **{f"--{name}": value for name, value in changes.items()},
    }  # fmt: skip
    return run("assess", folder, "assessment:ours", *words, *(part for pair in given.items() for part in pair))


def test_a_signed_judgement_is_a_draft_with_its_alternatives(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    assert assess(folder, "--incident", "incident:posters") == 0
    made = load_case(folder).assessments["assessment:ours"]
    assert made.review is Review.DRAFT and made.signed_by == "A. Reader" and made.alternatives
    assert assess(folder) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"by": ""},
        {"basis": ""},
        {"alternative": ""},
        {"claim": "claim:absent"},
        {"statement": "We judge with high confidence that it is likely the line's."},
        {"likelihood": "perhaps"},
    ],
)
def test_a_judgement_without_what_it_needs_is_not_written(tmp_path: Path, changes: dict[str, str]) -> None:
    folder = a_folder(tmp_path)
    assert assess(folder, **changes) == 2
    assert not (folder / "assessments").exists()


@pytest.mark.parametrize("to", EXCHANGE_FORMATS)
def test_the_shipped_edition_is_exported_in_every_format(tmp_path: Path, to: str, capsys: Capture) -> None:
    words = ["export", "us2024", "--to", to, "-o", str(tmp_path / "out")]
    assert run_command(words) == 0
    assert "Wrote " in capsys.readouterr().out
    assert run_command(words) == 2


@pytest.mark.parametrize("to", ["stix", "opencti", "misp", "jsonl"])
def test_what_was_exported_is_imported_as_drafts(tmp_path: Path, to: str) -> None:
    folder, out = a_folder(tmp_path), tmp_path / "out"
    assert run_command(["export", str(folder), "--to", to, "-o", str(out)]) == 0
    other = on_disk(tmp_path / "other")
    kind = "stix" if to == "opencti" else to
    assert run("import", other, out, "--from", kind, "--dry-run") == 0
    assert not (other / "claims").exists()
    assert run("import", other, out, "--from", kind) == 0
    assert load_case(other).claims["claim:ferry-posters"].review is Review.DRAFT


def test_a_bundle_that_breaks_off_is_one_line(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "b.json").write_text(json.dumps({"type": "bundle"})[:-3], encoding="utf-8")
    assert run("import", a_folder(tmp_path), tmp_path / "b.json", "--from", "stix") == 2
    assert "breaks off" in (said := capsys.readouterr().err) and said.count("\n") == 1


def test_a_workspace_needs_a_network(tmp_path: Path) -> None:
    (tmp_path / "w.duckdb").write_bytes(b"")
    assert run_command(["export", str(tmp_path / "w.duckdb"), "--to", "stix", "-o", str(tmp_path / "x")]) == 2
