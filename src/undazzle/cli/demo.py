"""``undazzle demo``: the main job on a neutral synthetic corpus."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import overwrite_option


@click.command("demo")
@click.argument("folder", default="undazzle-demo", type=click.Path(path_type=Path))
@click.option("--seed", default=0, help="Seed of the corpus (0).")
@overwrite_option
def command(folder: Path, seed: int, overwrite: bool) -> None:
    """Build a neutral synthetic corpus in FOLDER, look for networks in it and write a report.

    The corpus holds planted networks and innocent look-alikes; the end of the output says which is which.
    """
    from undazzle.cli.summaries import demo_lines
    from undazzle.workspace import build_demo

    with build_demo(folder, seed=seed, overwrite=overwrite) as workspace:
        for line in demo_lines(workspace, folder, seed):
            click.echo(line)
