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

    The corpus holds planted networks and innocent look-alikes; the output says which is which. Then an invented page
    is read into drafts of claims, and the tracker site of the casebook that comes with the software is written.
    """
    from undazzle.cli.demo_words import case_lines, demo_lines
    from undazzle.demonstration import build_demo, build_demo_case

    with build_demo(folder, seed=seed, overwrite=overwrite) as workspace:
        for line in demo_lines(workspace, folder, seed):
            click.echo(line)
    for line in case_lines(build_demo_case(folder, overwrite=overwrite), folder):
        click.echo(line)
