"""``undazzle inspect``: what a file is, and what can be detected with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undazzle.cli.options import files_argument, ingest_options


@click.command("inspect", epilog="Example: undazzle inspect posts.csv")
@files_argument
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
@ingest_options
def command(files: tuple[Path, ...], as_json: bool, **settings: Any) -> None:
    """Say what FILES are, how their columns would be read and why, and which traces they allow."""
    from undazzle.cli.settings import ingest_settings
    from undazzle.cli.summaries import inspection_lines
    from undazzle.ingest.formats import ReadOptions
    from undazzle.ingest.inspection import inspect_file

    said = ingest_settings(settings)
    options = ReadOptions(said["mapping"], said["timezone"], said["encoding"], said["date_format"])
    for path in files:
        found = inspect_file(path, options)
        for line in inspection_lines(found, as_json=as_json):
            click.echo(line)
