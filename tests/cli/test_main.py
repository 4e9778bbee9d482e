"""Errors are one line and an exit code; help is complete; settings are parsed or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from undazzle.cli import main as cli_main
from undazzle.cli.options import parse_maps, parse_names, parse_share, parse_trace_settings
from undazzle.cli.progress import Progress
from undazzle.cli.summaries import plain
from undazzle.errors import MissingExtraError, ParameterError, UndazzleError, WorkspaceError


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_main.run(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"\n  {name} " in printed for name in cli_main.COMMANDS)


@pytest.mark.parametrize("name", cli_main.COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_main.run([name, "--help"]) == 0
    assert "Usage: undazzle" in capsys.readouterr().out


def test_a_user_error_is_one_line_on_stderr_with_code_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_main.run(["ingest", str(tmp_path / "w.duckdb"), str(tmp_path / "absent.csv")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "absent.csv" in printed.err and printed.err.count("\n") == 1


def test_an_unusable_workspace_is_a_failure_with_code_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_main.run(["networks", str(tmp_path / "absent.duckdb")]) == 1
    assert "There is no such workspace" in capsys.readouterr().err


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        cli_main.run(["--debug", "networks", str(tmp_path / "absent.duckdb")])


def test_an_unknown_command_is_a_user_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_main.run(["detekt"]) == 2
    assert "detekt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (MissingExtraError("images", "Hashing"), 3), (UndazzleError("x"), 2), (OSError(), 1)],
)
def test_exit_codes_have_meaning(error: BaseException, code: int) -> None:
    assert cli_main.exit_code(error) == code


def test_maps_shares_names_and_settings_are_parsed() -> None:
    assert parse_maps(["posted_at=date", "text = body=x"]) == {"posted_at": "date", "text": "body=x"}
    assert (parse_share("5%"), parse_share("0.2")) == (0.05, 0.2)
    assert parse_names(["link,repost", "text"]) == ("link", "repost", "text")
    assert parse_trace_settings(["link.canonical=false", "text.ignore=mentions,urls"]) == {
        "link": {"canonical": False},
        "text": {"ignore": ["mentions", "urls"]},
    }


@pytest.mark.parametrize(
    ("parse", "value"),
    [(parse_maps, ["x"]), (parse_share, "many"), (parse_share, "120%"), (parse_trace_settings, ["a=b"])],
)
def test_settings_that_cannot_be_parsed_are_refused(parse: object, value: object) -> None:
    with pytest.raises(ParameterError):
        parse(value)  # type: ignore[operator]  # one of the parsers above


def test_control_characters_never_reach_the_terminal() -> None:
    assert plain("a\x1b[31mb\x07\r\n\u202ec") == "a [31mb    c"


def test_progress_is_silent_for_short_work_and_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        progress.step("Reading", 10, 100)
    with Progress(quiet=True) as progress:
        progress._started -= 100
        progress.step("Reading", 10, 100)
    assert capsys.readouterr().err == ""


def test_progress_gives_counts_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress.step("Reading", 0, 100)
    progress._started -= 100
    progress._last -= 100
    progress.step("Reading", 50, 100)
    assert "Reading: 50 of 100 (50%" in capsys.readouterr().err
