"""``undazzle compare``: two networks, or two whole runs, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.options import output_options, print_rows, workspace_argument

if TYPE_CHECKING:
    from undazzle.results.between_runs import RunComparison
    from undazzle.results.between_runs.listing import Listing

_TABLES = ("networks", "settings", "accounts", "explanations", "signals", "targets")
# What fits a terminal; --csv and the like give every column.
_NARROW = ("verdict", "a", "b", "shared_members", "members_a", "members_b", "jaccard", "q_value_a", "q_value_b")

_CHANGES = 20


@click.command(
    "compare",
    epilog="Examples: undazzle compare election.duckdb run:1/network:1 run:2/network:1    "
    "undazzle compare may.duckdb run:1 run:1 --with june.duckdb",
)
@workspace_argument
@click.argument("a")
@click.argument("b")
@click.option("--with", "other", type=click.Path(path_type=Path), help="The workspace in which B stands, if another.")
@click.option(
    "--what",
    type=click.Choice(_TABLES),
    help="For two runs: which table to print (all that changed; with --csv and the like, networks).",
)
@output_options
def command(
    workspace: Path, a: str, b: str, other: Path | None, what: str | None, as_what: str, output: Path | None
) -> None:
    """Lay A and B side by side: two networks of WORKSPACE, or two runs (run:1 run:2).

    Of networks: which accounts are in both. Of runs: what was asked differently, which networks are found again, new,
    gone, split or merged, and how their explanations, signals and targets changed.
    """
    from undazzle.results import Comparison
    from undazzle.results.comparison import COMPARISON_COLUMNS
    from undazzle.workspace import Workspace

    with ExitStack() as stack:
        first = stack.enter_context(Workspace(workspace, read_only=True))
        is_other = other is not None and other.resolve() != workspace.resolve()
        second = stack.enter_context(Workspace(other, read_only=True)) if other and is_other else first
        found = first.compare(a, b, other=second)
        is_text = as_what == "table" and output is None
        if isinstance(found, Comparison):
            if is_text:
                click.echo(repr(found))
            else:
                print_rows(COMPARISON_COLUMNS, found.rows, as_what, output)
        elif is_text and what is None:
            click.echo("\n".join(run_lines(found)))
        else:
            table = getattr(found, what or "networks")
            print_rows(table.columns, table.rows, as_what, output)
            if table.note:
                click.echo(table.note, err=True)


def run_lines(found: RunComparison) -> Iterator[str]:
    """Yield two runs side by side as lines of plain text: settings first, then networks, then what changed."""
    from undazzle.results.cells import shown_value
    from undazzle.results.output import render_rows

    if len(found.settings):
        yield render_rows(found.settings.columns, found.settings.rows, width=120)
    yield found.settings.note
    yield ""
    yield found.summary
    if len(found.networks):
        rows = [tuple(row[name] for name in _NARROW) for row in found.networks]
        yield render_rows(_NARROW, rows)
    # A split network stands in several rows; what became of it is said once.
    yield from dict.fromkeys(shown_value(line) for row in found.networks for line in _became(row))
    yield found.networks.note
    for name in ("explanations", "signals", "targets"):
        yield from _changes(name, getattr(found, name))
    yield "\nAll rows and columns: --what networks|settings|accounts|explanations|signals|targets --csv"


def _changes(name: str, table: Listing) -> Iterator[str]:
    """Yield the rows that changed, and how many could be compared at all."""
    from undazzle.results.output import render_rows

    rows = list(table)
    changed = [row for row in rows if row["changed"]]
    compared = sum(row["changed"] is not None for row in rows)
    held = f"{len(changed):,} of {compared:,} changed." if compared else "nothing that was computed in both runs."
    yield f"\n{table.title}: {held}"
    if changed:
        shown = [tuple(row.values())[:-1] for row in changed[:_CHANGES]]
        yield render_rows(table.columns[:-1], shown, width=140).rstrip("\n")
    if len(changed) > _CHANGES:
        yield f"Showing {_CHANGES} of {len(changed):,}. All: --what {name} --csv"
    if table.note:
        yield table.note


def _became(row: dict[str, object]) -> Iterator[str]:
    if row["split_into"]:
        yield f"{row['a']} was split into {', '.join(map(str, row['split_into']))} of B."  # type: ignore[call-overload]
    if row["merged_from"]:
        yield f"{row['b']} holds {', '.join(map(str, row['merged_from']))} of A."  # type: ignore[call-overload]
    if row["not_in_data"]:
        yield f"{row['a'] or row['b']}: {row['not_in_data']} of its accounts do not occur in the other data at all."
