"""``undazzle run``: ingest, detect and report in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undazzle.cli.options import (
    command_line,
    detect_options,
    files_argument,
    ingest_options,
    memory_option,
    overwrite_option,
    quiet_option,
    unmask_option,
)
from undazzle.cli.spark_options import spark_options


@click.command("run", epilog="Example: undazzle run posts.csv -o out")
@files_argument
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder for the results.")
@memory_option
@click.option(
    "--only-networks",
    is_flag=True,
    help="Find networks only; leave the report's accounts, narratives, targets and impact uncomputed.",
)
@click.option(
    "--timings",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what each stage cost (wall and CPU seconds, peak memory) to this JSON file.",
)
@unmask_option
@overwrite_option
@quiet_option
@ingest_options
@detect_options
@spark_options
def command(
    files: tuple[Path, ...],
    output: Path,
    memory: str | None,
    only_networks: bool,
    timings: Path | None,
    unmask: bool,
    overwrite: bool,
    quiet: bool,
    **settings: Any,
) -> None:
    """Read FILES, find accounts that acted together, and write a workspace, reports and tables to a folder."""
    from undazzle.cli.progress import Progress
    from undazzle.cli.settings import detect_settings, ingest_settings
    from undazzle.cli.stages import Stages
    from undazzle.cli.summaries import plain, run_lines, source_lines
    from undazzle.workspace import Workspace, fresh_workspace_file

    reading, looking = ingest_settings(settings), detect_settings(settings)
    path = fresh_workspace_file(output, overwrite=overwrite)
    stages = Stages() if timings else None
    with Progress(quiet=quiet, stages=stages) as progress, Workspace(path, memory=memory) as workspace:
        for summary in workspace.ingest(*files, progress=progress.step, **reading):
            for line in source_lines(summary):
                click.echo(line)
        run = workspace.detect(command=command_line(), progress=progress.say, **looking)
        left = [] if only_networks else workspace.investigate(run.run_id, seed=run.record.seed, progress=progress.say)
        progress.say("Writing reports")
        written = workspace.publish_run(output, run.run_id, mask=not unmask, overwrite=overwrite)
        progress.close()
        for line in run_lines(run, path, written):
            click.echo(line)
        for line in left:
            click.echo(f"  left out: {plain(line)}")
    if stages and timings:
        stages.write(timings)
