from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from undazzle.cli.main import cli
from undazzle.errors import SourceError
from undazzle.workspace import Workspace


@pytest.mark.parametrize("command", ["signals", "match", "playbook"])
def test_a_list_of_accounts_that_is_not_there_is_named(tmp_path: Path, command: str) -> None:
    Workspace(tmp_path / "w.duckdb").close()
    missing = tmp_path / "accounts.txt"
    result = CliRunner().invoke(cli, [command, str(tmp_path / "w.duckdb"), f"@{missing}"])
    assert isinstance(result.exception, SourceError)
    assert str(missing) in str(result.exception)
