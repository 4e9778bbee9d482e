"""``undazzle show``: one network, run or source."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import output_options, print_rows, workspace_argument

_MEMBERS = ("account_id", "co_actions", "partners", "items", "posts_in_co_actions", "posts", "days", "weight")
_TESTED = ("is_certified", "leave_one_out_q", "held_out_items", "held_out_expected", "is_taken_in")


@click.command("show", epilog="Example: undazzle show election.duckdb network:1")
@workspace_argument
@click.argument("what")
@output_options
def command(workspace: Path, what: str, as_what: str, output: Path | None) -> None:
    """Show WHAT in WORKSPACE: network:1, amber-otter, run:2/network:1, run:1 or sources."""
    from undazzle.cli.summaries import explanation_lines, run_lines, source_table, surprise_lines
    from undazzle.workspace import Workspace

    with Workspace(workspace, read_only=True) as opened:
        if what == "sources":
            columns, rows = source_table(opened)
            print_rows(columns, rows, as_what, output)
        elif what.startswith("run:") and "/" not in what:
            for line in run_lines(opened.run(what), workspace, []):
                click.echo(line)
        else:
            network = opened.network(what)
            if as_what == "table" and output is None:
                click.echo(
                    f"{network.name} (run:{network.run.run_id}/network:{network.network_id})\n{network.summary}\n"
                )
            members = list(network.members)
            columns = _MEMBERS + (_TESTED if any(row["leave_one_out_p"] is not None for row in members) else ())
            print_rows(columns, [tuple(row[name] for name in columns) for row in members], as_what, output)
            if as_what == "table" and output is None:
                click.echo("")
                for line in (*surprise_lines(network), *explanation_lines(network)):
                    click.echo(line)
