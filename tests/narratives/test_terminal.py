"""What a post brings along cannot rewrite the terminal of whoever reads about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from undazzle.cli.main import cli
from undazzle.workspace import Workspace

pytest.importorskip("sklearn", reason="the extra narratives is not installed")


def test_ids_with_escape_sequences_are_printed_without_them(tmp_path: Path) -> None:
    text = "The old ferry leaves the northern pier at half past seven on every working day until the end of"
    months = ("March", "April", "June", "July", "August", "October")
    rows = [
        {"id": f"p{n}\x1b[2J", "author": f"someone\x1b]0;gone\x07{n}", "created_at": f"2024-03-0{n + 1}T09:00:00Z"}
        | {"text": f"{text} {month}"}
        for n, month in enumerate(months)
    ]
    tmp_path.joinpath("posts.jsonl").write_text("\n".join(json.dumps(one) for one in rows), "utf-8")
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.ingest(tmp_path / "posts.jsonl", mapping={"post_id": "id", "account_id": "author"})
    done = CliRunner().invoke(cli, ["narratives", str(tmp_path / "w.duckdb"), "narrative:1"])
    assert done.exit_code == 0, done.output
    assert "someone" in done.output
    assert "\x1b" not in done.output
    assert "\x07" not in done.output
