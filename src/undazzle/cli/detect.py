"""``undazzle detect``: find accounts that acted together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undazzle.cli.options import command_line, detect_options, memory_option, quiet_option, workspace_argument
from undazzle.cli.spark_options import posts_option, spark_options


@click.command("detect", epilog="Example: undazzle detect election.duckdb --trace link,repost --time-window 60s")
@workspace_argument
@click.option("--name", default="", help="A name for the run.")
@memory_option
@quiet_option
@detect_options
@spark_options
@posts_option
def command(workspace: Path, name: str, memory: str | None, quiet: bool, **settings: Any) -> None:
    """Find accounts in WORKSPACE that acted together within a time window.

    What it finds is synchrony beyond chance, not yet coordination; innocent explanations of each network are tested.
    """
    from undazzle.cli.progress import Progress
    from undazzle.cli.settings import detect_settings, existing_workspace
    from undazzle.cli.summaries import run_lines
    from undazzle.workspace import Workspace

    looking = detect_settings(settings)
    path = workspace if looking["posts"] else existing_workspace(workspace)
    with Progress(quiet=quiet) as progress, Workspace(path, memory=memory) as opened:
        run = opened.detect(command=command_line(), name=name, progress=progress.say, **looking)
        progress.close()
        for line in run_lines(run, workspace, []):
            click.echo(line)
