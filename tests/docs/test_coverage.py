"""The page on coverage names nothing that does not exist, and leaves no row without an answer."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from undazzle.casebook import Case, find_contradictions, load_case, shipped_edition
from undazzle.cli.main import COMMANDS, cli

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8")
ROWS = [
    line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| described", "| record |"))
]
IN_ROWS = re.findall(r"`(undazzle [^`]+)`", "\n".join(ROWS))
LINES = IN_ROWS + re.findall(r"^(undazzle [^>\n]+)", PAGE, flags=re.MULTILINE)
RECORD = re.compile(
    r"\b(?:claim|claimant|source|actor|target|event|incident|observation|countermeasure):[a-z0-9][a-z0-9-]*"
)
FILES = (
    "workspace.duckdb", "aggregator-page.html", "posts.csv", "threats.mbox", "polling-places.csv", "indicators.csv",
    "conn.log", "scan.pdf", "matrix.yaml", "us2024.jsonl",
)  # fmt: skip
FOLDERS = ("my-case", "pictures")


def a_case() -> Case:
    return load_case(shipped_edition())


def parse(line: str) -> None:
    """Parse a line the way the command would, with every check of its options, without running it."""
    command: click.Command = cli
    words = shlex.split(line)[1:]
    # With the settings of the command line: click remembers the help option it made first, for the whole process.
    context = click.Context(cli, info_name="undazzle", **cli.context_settings)
    while isinstance(command, click.Group) and words:
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found is not None, f"{line}: no command {name}"
        command, context = found, click.Context(found, info_name=name, parent=context)
    command.make_context(command.name, words, parent=context.parent)


def test_the_page_has_rows_and_lines() -> None:
    assert len(ROWS) > 100
    assert len(IN_ROWS) > 100


def test_every_command_named_on_the_page_exists() -> None:
    assert set(re.findall(r"\bundazzle ([a-z]+)\b", "\n".join(LINES))) <= set(COMMANDS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_every_row_names_a_command_or_says_not_covered(row: str) -> None:
    assert row.count("|") == 4, "three cells"
    assert re.search(r"`undazzle [a-z]+", row) or "not covered" in row
    assert re.search(r"\*\*(measured|read|recorded|not covered)\*\*", row), "one of the four words"


def test_every_record_named_on_the_page_is_in_the_shipped_edition() -> None:
    case = a_case()
    named = set(RECORD.findall(PAGE))
    assert len(named) > 80
    for record_id in sorted(named):
        assert case[record_id].id == record_id


@pytest.mark.parametrize("line", sorted(set(LINES)))
def test_every_line_is_one_the_command_line_accepts(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in FILES:
        Path(name).touch()
    for name in FOLDERS:
        Path(name).mkdir()
    parse(line)


def test_a_line_with_an_option_that_does_not_exist_would_be_noticed() -> None:
    with pytest.raises(click.NoSuchOption):
        parse("undazzle case show claim:nic-2022-iran --yarn")


def test_every_claim_said_to_conflict_does() -> None:
    conflicting = {claim for one in find_contradictions(a_case()) for claim in one.claims}
    compared = {claim for line in IN_ROWS if " case compare" in line for claim in RECORD.findall(line)}
    assert len(compared) >= 15
    assert compared <= conflicting


@pytest.mark.parametrize(
    "line", sorted({line for line in IN_ROWS if re.search(r" methods | match --show | --group ", line)})
)
def test_lines_about_what_ships_run(line: str) -> None:
    outcome = CliRunner().invoke(cli, shlex.split(line)[1:])
    assert outcome.exit_code == 0, outcome.output
