"""``undazzle networks``: the networks of a run."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import output_options, print_rows, run_option, workspace_argument

_COLUMNS = (
    "network_id",
    "name",
    "time_window",
    "members",
    "pairs",
    "co_actions",
    "items",
    "days",
    "kinds",
    "expected",
    "q_value",
    "first_at",
    "last_at",
    "explained_by",
)


@click.command("networks", epilog="Example: undazzle networks election.duckdb --csv -o networks.csv")
@workspace_argument
@run_option
@click.option("--limit", default=50, help="Most rows to print (50); 0 for all.")
@output_options
def command(workspace: Path, run_id: str | None, limit: int, as_what: str, output: Path | None) -> None:
    """List the networks of WORKSPACE, strongest first."""
    from undazzle.workspace import Workspace

    with Workspace(workspace, read_only=True) as opened:
        run = opened.run(run_id)
        rows = [tuple(one[name] for name in _COLUMNS) for one in run.networks.table]
    shown = rows[:limit] if limit and output is None else rows
    print_rows(_COLUMNS, shown, as_what, output)
    if len(shown) < len(rows):
        click.echo(f"Showing {len(shown)} of {len(rows)} networks, strongest first. All: --limit 0", err=True)
    if as_what == "table":
        click.echo(
            f"run:{run.run_id}. expected and q_value are empty: not computed by the method {run.method}.", err=True
        )
