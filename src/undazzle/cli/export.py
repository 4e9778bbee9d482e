"""``undazzle export``: a network, or a whole case, in a standard file format."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import overwrite_option


@click.command(
    "export",
    epilog="Example: undazzle export election.duckdb network:1 --to gexf -o otter.gexf    "
    "undazzle export us2024 --to stix -o us2024.json    undazzle export election.duckdb posts --to parquet -o posts",
)
@click.argument("source", metavar="WORKSPACE|CASE", type=click.Path(path_type=Path))
@click.argument("network", required=False)
@click.option("--to", "to", required=True, help="A format; undazzle methods lists them.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File or folder to write.")
@click.option("--mask", is_flag=True, help="Replace account names by the numbers of the masked report.")
@overwrite_option
def command(source: Path, network: str | None, to: str, output: Path, mask: bool, overwrite: bool) -> None:
    """Write NETWORK of WORKSPACE with the evidence behind every pair, or the casebook in CASE.

    CASE is a folder, or the name of an edition that comes with the software. Account names of a network are shown
    unless --mask is given. The word posts instead of a network writes all posts as a folder of Parquet files, which
    undazzle detect --posts reads on a cluster.
    """
    if network is None:
        _export_case(source, to, output, overwrite)
        return
    if network == "posts":
        _export_posts(source, to, output, mask=mask, overwrite=overwrite)
        return
    from undazzle.publish.exports import export_network
    from undazzle.workspace import Workspace

    with Workspace(source, read_only=True) as opened:
        for path in export_network(opened.network(network), output, to, mask=mask, overwrite=overwrite):
            click.echo(f"Wrote {path}")


def _export_posts(source: Path, to: str, output: Path, *, mask: bool, overwrite: bool) -> None:
    from undazzle.errors import ParameterError
    from undazzle.workspace import Workspace

    if to != "parquet":
        raise ParameterError("--to", to, "Posts are written as parquet.")
    if mask:
        raise ParameterError("--mask", "posts", "Posts name accounts in their texts: they cannot be masked.")
    with Workspace(source, read_only=True) as opened:
        for path in opened.export_posts(output, overwrite=overwrite):
            click.echo(f"Wrote {path}")


def _export_case(source: Path, to: str, output: Path, overwrite: bool) -> None:
    from undazzle.casebook import load_case, shipped_edition
    from undazzle.cli.summaries import plain
    from undazzle.errors import ParameterError
    from undazzle.publish.exchange import export_case

    if source.is_file():
        raise ParameterError("NETWORK", "nothing", "A workspace needs a network, e.g. network:1.")
    case = load_case(source if source.exists() else shipped_edition(str(source)))
    paths, warnings = export_case(case, output, to, overwrite=overwrite)
    for warning in warnings:
        click.echo(plain(warning), err=True)
    for path in paths:
        click.echo(f"Wrote {path}")
