"""The casebook on the command line: begin, add, change, check, list, show, compare, import."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.casebook.builders import a_claim, a_source, an_incident, on_disk
from undazzle.cli import main as cli_main

Capture = pytest.CaptureFixture[str]


def run(*words: object) -> int:
    return cli_main.run(["case", *map(str, words)])


def test_a_case_is_begun_filled_changed_and_checked(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "harbour"
    assert run("new", folder, "--title", "Harbour vote") == 0
    assert run("new", folder, "--title", "Again") == 2
    given = ("--statement", "Posters hung.", "--claimant", "claimant:office", "--source", "source:report")
    assert run("claim", folder, "claim:posters", *given) == 0
    assert run("claim", folder, "claim:posters", *given) == 2
    assert run("claim", folder, "claim:posters", "--set", "proposition.answer=line-b") == 0
    text = (folder / "claims/posters.yaml").read_text(encoding="utf-8")
    assert "review: draft" in text and "answer: line-b" in text
    capsys.readouterr()
    assert run("check", folder, "--csv") == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    dangling = " ".join(row["what"] for row in rows if row["code"] == "dangling-reference")
    assert "names claimant:office" in dangling and "names source:report" in dangling
    assert all(int(row["line"]) > 0 for row in rows)


def test_a_change_that_would_break_a_record_leaves_the_file_as_it_was(tmp_path: Path, capsys: Capture) -> None:
    folder = on_disk(tmp_path, a_claim())
    file = folder / "claims/ferry-posters.yaml"
    file.write_text("# seen by two\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    assert run("claim", folder, "claim:ferry-posters", "--set", "speech=shouting") == 2
    assert run("claim", folder, "claim:ferry-posters", "--set", "id=claim:other") == 2
    assert run("claim", folder, "claim:absent", "--set", "speech=opinion") == 2
    assert file.read_text(encoding="utf-8") == before
    assert run("claim", folder, "claim:ferry-posters", "--set", "speech=opinion") == 0
    after = file.read_text(encoding="utf-8")
    assert after.startswith("# seen by two\n") and "speech: opinion" in after
    assert capsys.readouterr().err.count("\n") == 3


def test_a_sound_case_passes_and_a_broken_file_is_named(tmp_path: Path, capsys: Capture) -> None:
    folder = on_disk(tmp_path, a_claim())
    assert run("check", folder) == 0
    (folder / "claims/bad.yaml").write_text("id: claim:a\nid: claim:b\n", encoding="utf-8")
    assert run("check", folder) == 1
    assert "claims/bad.yaml" in capsys.readouterr().out
    assert run("list", folder) == 2


def test_warnings_fail_only_when_asked_to(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, a_claim(), a_source("bare", url=None))
    assert (run("check", folder), run("check", folder, "--strict")) == (0, 1)


@pytest.mark.parametrize("kind", ["incidents", "claims", "actors", "sources", "targets", "events", "countermeasures"])
def test_the_shipped_edition_is_listed_without_naming_a_folder(kind: str, capsys: Capture) -> None:
    assert run("list", "--kind", kind, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) > 10 and all(row["id"].startswith(f"{kind.removesuffix('s')}:") for row in rows)


def test_a_claim_is_shown_with_its_origin_and_what_contradicts_it(capsys: Capture) -> None:
    assert run("show", "claim:wikipedia-2022-ai-images") == 0
    printed = capsys.readouterr().out
    assert "origin  Microsoft" in printed and "contradiction: origin/" in printed


def test_an_unknown_id_is_one_line_with_the_nearest(capsys: Capture) -> None:
    assert run("show", "claim:wikipedia-2022-ai-image") == 2
    assert "wikipedia-2022-ai-images" in capsys.readouterr().err


def test_records_are_shown_as_they_stand_in_their_file(tmp_path: Path, capsys: Capture) -> None:
    folder = on_disk(tmp_path, a_claim(), an_incident(["claim:ferry-posters"]))
    assert run("show", folder, "claim:ferry-posters", "--yaml") == 0
    assert capsys.readouterr().out.startswith("id: claim:ferry-posters\n")
    assert run("show", folder, "actor:ferry-line", "incident:posters") == 0
    assert "incident:posters  Posters said to be" in capsys.readouterr().out


def test_text_of_a_case_cannot_rewrite_the_terminal(tmp_path: Path, capsys: Capture) -> None:
    folder = on_disk(tmp_path, a_claim(statement="a\u009b2Jb"), an_incident(["claim:ferry-posters"]))
    assert run("show", folder, "claim:ferry-posters", "incident:posters") == 0
    assert run("list", folder, "--kind", "claims") == 0
    assert "\u009b" not in capsys.readouterr().out


def test_contradictions_are_laid_side_by_side_or_as_rows(capsys: Capture) -> None:
    assert run("compare", "claim:nic-2022-iran") == 0
    printed = capsys.readouterr()
    assert "1 against 2: contradiction on confidence" in printed.out and "1 contradictions" in printed.err
    assert run("compare", "--no-tensions", "--json") == 0
    assert {row["level"] for row in json.loads(capsys.readouterr().out)} == {"contradiction"}
    assert run("compare", "claim:absent") == 2


def test_two_editions_are_compared_record_by_record(tmp_path: Path, capsys: Capture) -> None:
    before = on_disk(tmp_path / "a", a_claim("kept"), a_claim("gone"))
    after = on_disk(tmp_path / "b", a_claim("kept", statement="Other words."), a_claim("new"))
    assert run("compare", before, "--with", after, "--json") == 0
    rows = {(row["change"], row["id"]): row["fields"] for row in json.loads(capsys.readouterr().out)}
    assert rows["changed", "claim:kept"] == ["statement"]
    assert ("added", "claim:new") in rows and ("removed", "claim:gone") in rows


def test_a_tracker_is_imported_as_drafts_and_a_dry_run_writes_nothing(tmp_path: Path, capsys: Capture) -> None:
    folder = on_disk(tmp_path / "case")
    table = tmp_path / "fiat.csv"
    table.write_text("attribution_id,short_description,source,source_category\n1,Posters,Office,Media\n", "utf-8")
    assert run("import", folder, table, "--from", "fiat", "--dry-run") == 0
    assert not (folder / "claims").exists()
    assert run("import", folder, table, "--from", "fiat") == 0
    assert "review: draft" in (folder / "claims/fiat2024-1.yaml").read_text(encoding="utf-8")
    assert "1 of 1 rows became" in capsys.readouterr().out


def test_a_judgement_is_refused_by_rule_signed_shown_and_taken_back(tmp_path: Path, capsys: Capture) -> None:
    folder = on_disk(tmp_path / "case", a_claim(), an_incident(["claim:ferry-posters"]))
    words = [
        "assess",
        str(folder),
        "assessment:ours",
        "--rung",
        "cluster",
        "--statement",
        "The posters are likely one hand's.",
        "--likelihood",
        "likely",
        "--basis",
        "One office looked.",
        "--alternative",
        "Fans.",
        "--would-change",
        "A photo.",
        "--evidence",
        "contextual/open claim:ferry-posters: the office says so",
        "--limit",
        "It names nobody.",
    ]
    assert run(*words, "--by", "A. Reader") == 2
    assert "[no-confidence]" in capsys.readouterr().err
    assert run(*words, "--by", "A. Reader", "--confidence", "low") == 0
    assert run("show", str(folder), "assessment:ours") == 0
    shown = capsys.readouterr().out
    assert "limit: It names nobody." in shown and "signed by A. Reader" in shown and "contextual/open" in shown
    assert run("ladder", str(folder)) == 0
    assert "operator: we do not attribute" in capsys.readouterr().out
    assert run("retract", str(folder), "claim:ferry-posters", "--by", "B", "--reason", "A mistake.") == 0
    assert "flagged: assessment:ours" in capsys.readouterr().out
    assert run("check", str(folder)) == 1
    assert run(*words[:-4], "--evidence", "rumour claim:ferry-posters", "--by", "A", "--confidence", "low") == 2
    assert "behavioural/open" in capsys.readouterr().err
