"""``undazzle compare``: two networks side by side."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import workspace_argument


@click.command("compare", epilog="Example: undazzle compare election.duckdb run:1/network:1 run:2/network:1")
@workspace_argument
@click.argument("a")
@click.argument("b")
def command(workspace: Path, a: str, b: str) -> None:
    """Say which accounts networks A and B of WORKSPACE share, and which are in one only."""
    from undazzle.results import compare
    from undazzle.workspace import Workspace

    with Workspace(workspace, read_only=True) as opened:
        click.echo(repr(compare(opened.network(a), opened.network(b))))
