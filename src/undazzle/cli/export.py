"""``undazzle export``: a network in a standard file format."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import overwrite_option, workspace_argument


@click.command("export", epilog="Example: undazzle export election.duckdb network:1 --to gexf -o otter.gexf")
@workspace_argument
@click.argument("network")
@click.option("--to", "to", required=True, help="csv, parquet, gexf or graphml.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File or folder to write.")
@click.option("--mask", is_flag=True, help="Replace account names by the numbers of the masked report.")
@overwrite_option
def command(workspace: Path, network: str, to: str, output: Path, mask: bool, overwrite: bool) -> None:
    """Write NETWORK with the evidence behind every pair. Account names are shown unless --mask is given."""
    from undazzle.publish.exports import export_network
    from undazzle.workspace import Workspace

    with Workspace(workspace, read_only=True) as opened:
        for path in export_network(opened.network(network), output, to, mask=mask, overwrite=overwrite):
            click.echo(f"Wrote {path}")
