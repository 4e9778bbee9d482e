"""``undazzle report``: a report as one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import overwrite_option, run_option, unmask_option, workspace_argument


@click.command("report", epilog="Example: undazzle report election.duckdb network:1 -o finding.html")
@workspace_argument
@click.argument("network", required=False)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The HTML file.")
@click.option("--title", help="A line of your own above the finding.")
@click.option("--case", type=click.Path(path_type=Path), help="A case whose judgements on the network stand in it.")
@run_option
@unmask_option
@overwrite_option
def command(
    workspace: Path,
    network: str | None,
    output: Path,
    title: str | None,
    case: Path | None,
    run_id: str | None,
    unmask: bool,
    overwrite: bool,
) -> None:
    """Write a report of NETWORK, or of the whole run, that opens from disk and loads nothing."""
    from undazzle.workspace import Workspace

    with Workspace(workspace, read_only=True) as opened:
        path = opened.report(output, network, run=run_id, mask=not unmask, overwrite=overwrite, title=title,
                             case=case)  # fmt: skip
    click.echo(f"Wrote {path} ({path.stat().st_size / 1e6:.1f} MB).")
