"""``undazzle query``: reading SQL over a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import output_options, print_rows, workspace_argument


@click.command(
    "query", epilog='Example: undazzle query election.duckdb "SELECT platform, count(*) FROM posts GROUP BY 1"'
)
@workspace_argument
@click.argument("sql")
@output_options
def command(workspace: Path, sql: str, as_what: str, output: Path | None) -> None:
    """Run one reading SQL statement over WORKSPACE. It can change nothing and read no other file."""
    from undazzle.workspace import Workspace

    with Workspace(workspace, read_only=True) as opened:
        opened.store.forbid_files()
        columns, rows = opened.store.query(sql)
    print_rows(columns, rows, as_what, output)
