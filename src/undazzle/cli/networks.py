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
    "status",
    "expected",
    "q_value",
    "held_out_items",
    "held_out_days",
    "first_at",
    "last_at",
    "explained_by",
)
_ONLY_CALIBRATED = ("status", "expected", "q_value", "held_out_items", "held_out_days")


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
        found = list(run.networks.table)
    is_calibrated = run.method == "calibrated"
    columns = [name for name in _COLUMNS if is_calibrated or as_what != "table" or name not in _ONLY_CALIBRATED]
    rows = [tuple(one[name] for name in columns) for one in found]
    shown = rows[:limit] if limit and output is None else rows
    print_rows(columns, shown, as_what, output)
    if len(shown) < len(rows):
        click.echo(f"Showing {len(shown)} of {len(rows)} networks, strongest first. All: --limit 0", err=True)
    if as_what == "table":
        click.echo(f"run:{run.run_id}. {_NOTES[is_calibrated]}", err=True)


_NOTES = {
    True: "closed_content: nobody else shares what they share; not testable by timing, and not cleared.",
    False: "How often chance would do this was not computed by this method.",
}
