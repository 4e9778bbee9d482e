from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from undazzle.casebook import load_case
from undazzle.cli.main import cli
from undazzle.reading.sample_page import write_aggregator_page


def run(*arguments: object, keys: str = "") -> str:
    done = CliRunner().invoke(cli, ["read", *map(str, arguments)], input=keys, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_page_is_summed_up_without_writing_anything(tmp_path: Path) -> None:
    page = write_aggregator_page(tmp_path / "page.html")
    output = run(page)
    assert "A repeat is not corroboration" in output
    assert "in no case until you accept them" in output
    assert list(tmp_path.iterdir()) == [page]


def test_everything_that_was_found_is_printed_with_its_place(tmp_path: Path) -> None:
    found = json.loads(run(write_aggregator_page(tmp_path / "page.html"), "--json"))
    assert len(found["segments"]) == 9
    assert all(one["span"][0] < one["span"][1] for one in found["claims"])


def test_without_a_terminal_drafts_wait_and_the_case_stays_empty(tmp_path: Path) -> None:
    run(write_aggregator_page(tmp_path / "page.html"), "-o", tmp_path / "case")
    assert len(load_case(tmp_path / "case")) == 0


def test_a_person_accepts_skips_and_drops_one_by_one(tmp_path: Path) -> None:
    case = tmp_path / "case"
    run(write_aggregator_page(tmp_path / "page.html"), "-o", case)
    output = run("-o", case, "--review", keys="a\ns\nd\nq\n")
    assert "1 accepted, 1 dropped, 1 skipped" in output
    assert len(load_case(case).claims) == 1


def test_a_file_or_a_case_must_be_given() -> None:
    done = CliRunner().invoke(cli, ["read"])
    assert "Give a file to read" in str(done.exception)


def test_text_of_a_page_cannot_steer_the_terminal(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The \x1b]0;office\x07 FBI said that fake \x1b[31maccounts posted.", encoding="utf-8")
    assert "\x1b" not in run(page)
