"""``undazzle evidence``: the posts behind a network or a pair."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import output_options, print_rows, workspace_argument


@click.command("evidence", epilog="Example: undazzle evidence election.duckdb network:1 --between alice bob")
@workspace_argument
@click.argument("network")
@click.option("--between", nargs=2, default=None, metavar="A B", help="Only between these two accounts.")
@click.option("--limit", default=20, help="Most co-actions to print (20); 0 for all.")
@output_options
def command(
    workspace: Path, network: str, between: tuple[str, str] | None, limit: int, as_what: str, output: Path | None
) -> None:
    """Show both posts of each co-action of NETWORK, closest in time first, with the gap in seconds."""
    from undazzle.cli.summaries import evidence_lines
    from undazzle.workspace import Workspace

    with Workspace(workspace, read_only=True) as opened:
        found = opened.evidence(network, *(between or (None, None)))
        total = len(found)
        shown = found.head(limit) if limit and output is None else found
        if as_what == "table" and output is None:
            for line in evidence_lines(shown):
                click.echo(line)
        else:
            print_rows(found.columns, [tuple(row.values()) for row in shown], as_what, output)
        count = len(shown)
    if count < total:
        click.echo(f"Showing {count} of {total:,} co-actions, closest in time first. All: --limit 0", err=True)
