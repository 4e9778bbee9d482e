"""``undazzle ingest``: files of posts into a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undazzle.cli.options import files_argument, ingest_options, memory_option, quiet_option, workspace_argument


@click.command("ingest", epilog="Example: undazzle ingest election.duckdb posts.csv --map posted_at=date")
@workspace_argument
@files_argument
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
@memory_option
@quiet_option
@ingest_options
def command(
    workspace: Path, files: tuple[Path, ...], dry_run: bool, memory: str | None, quiet: bool, **settings: Any
) -> None:
    """Read FILES of posts into WORKSPACE; it is made if it does not exist. The same file twice adds nothing."""
    from undazzle.cli.progress import Progress
    from undazzle.cli.settings import ingest_settings
    from undazzle.cli.summaries import source_lines
    from undazzle.workspace import Workspace

    reading = ingest_settings(settings)
    place: Path | str = ":memory:" if dry_run and not workspace.exists() else workspace
    with Progress(quiet=quiet) as progress, Workspace(place, memory=memory) as opened:
        summaries = opened.ingest(*files, dry_run=dry_run, progress=progress.step, **reading)
    for summary in summaries:
        for line in source_lines(summary, dry_run=dry_run):
            click.echo(line)
    if not dry_run:
        click.echo(f"Next: undazzle detect {workspace}")
