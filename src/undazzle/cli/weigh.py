"""``undazzle weigh``: competing hypotheses, by what speaks against each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from undazzle.attribution import Matrix, Weighing


@click.command(
    "weigh",
    epilog="Example: undazzle weigh --example > matrix.yaml    undazzle weigh matrix.yaml    "
    "undazzle weigh election.duckdb network:1 --case my-case --by 'A. Reader'",
)
@click.argument("source", required=False, metavar="FILE|WORKSPACE|matrix:NAME")
@click.argument("network", required=False)
@click.option("--case", "case_folder", type=click.Path(path_type=Path), help="The case that the evidence refers to.")
@click.option("--by", "rated_by", help="Who rates; needed to draw up a matrix.")
@click.option("--claim", "claims", multiple=True, help="A claim of the case to put into a new matrix; repeatable.")
@click.option("--operation", "operations", multiple=True, metavar="PLAYBOOK",
              help="A playbook to weigh as a hypothesis of its own in a new matrix; repeatable.")  # fmt: skip
@click.option("--on", "rated", help="Day of the rating (today).")
@click.option("--example", is_flag=True, help="Print a matrix to begin with.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(
    source: str | None, network: str | None, case_folder: Path | None, rated_by: str | None, claims: tuple[str, ...],
    operations: tuple[str, ...], rated: str | None, example: bool, as_json: bool,
) -> None:  # fmt: skip
    """Weigh the hypotheses of a matrix that a person rated (Analysis of Competing Hypotheses).

    With a WORKSPACE and a NETWORK, a matrix is drawn up in the case from what the network, its signals and its
    playbooks show and from the claims you name; what no test rates stands unrated and counts for nothing until a
    person has rated it in the file. The least inconsistent hypothesis stands first: evidence that fits all of them
    decides nothing. Authentic, commercial and false-flag hypotheses must be among them.
    """
    from undazzle.attribution import weigh
    from undazzle.attribution.hypotheses import EXAMPLE
    from undazzle.errors import ParameterError

    if example:
        click.echo(EXAMPLE, nl=False)
        return
    if source is None:
        raise ParameterError("FILE", "none", "Give a matrix; undazzle weigh --example prints one.")
    if network is None:
        matrix = _read(source, case_folder)
    else:
        matrix = _draft(Path(source), network, case_folder, rated_by, rated, claims, operations)
    found = weigh(matrix)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    for line in weighing_lines(matrix, found):
        click.echo(line)


def _read(source: str, case_folder: Path | None) -> Matrix:
    from undazzle.attribution import read_matrix
    from undazzle.casebook import load_case
    from undazzle.errors import ParameterError, UnknownNameError

    case = load_case(case_folder) if case_folder else None
    if not source.startswith("matrix:"):
        return read_matrix(Path(source), case)
    if case is None:
        raise ParameterError("--case", "nothing", "A matrix named by its id stands in a case: give --case FOLDER.")
    if source not in case.matrices:
        raise UnknownNameError("matrix", source, case.matrices)
    return case.matrices[source]


def _draft(
    workspace: Path, network: str, folder: Path | None, by: str | None, day: str | None, claims: tuple[str, ...],
    operations: tuple[str, ...],
) -> Matrix:  # fmt: skip
    """Pin the network if it is not pinned yet, draw up a matrix of what is known, and write both into the case."""
    from datetime import UTC, datetime

    from undazzle.attribution.drafting import draft_matrix
    from undazzle.attribution.pinned import pin_network, pinned_of
    from undazzle.casebook import load_case
    from undazzle.casebook.yaml_writing import write_record
    from undazzle.errors import ParameterError
    from undazzle.workspace import Workspace

    if folder is None or not by:
        raise ParameterError("--case", str(folder), "A matrix is drawn up in a case, by somebody: --case and --by.")
    on = day or datetime.now(UTC).date().isoformat()
    with Workspace(workspace, read_only=True) as opened:
        found = opened.network(network)
        held = pinned_of(load_case(folder), found)
        if not held:
            path, made = pin_network(folder, found, pinned_by=by, pinned=on)
            click.echo(f"{path}: {made.id} is pinned.", err=True)
            held = (made,)
    matrix = draft_matrix(
        load_case(folder), held[-1:], matrix_id=f"matrix:{held[-1].name}", rated_by=by, rated=on, claims=claims,
        operations=operations,
    )  # fmt: skip
    path = write_record(folder, matrix)
    click.echo(f"{path}: a matrix to rate; edit it, then: undazzle weigh {matrix.id} --case {folder}", err=True)
    return matrix


def weighing_lines(matrix: Matrix, found: Weighing) -> Iterator[str]:
    """Yield a weighed matrix as lines of plain text."""
    from undazzle.cli.summaries import plain

    yield f"{plain(matrix.question)} (rated by {plain(matrix.rated_by)}, {matrix.rated})"
    yield "What speaks against each hypothesis, least first:"
    for one in found.standings:
        weight = f"{one.low:.1f}" if one.high - one.low < 0.05 else f"{one.low:.1f} to {one.high:.1f}"
        mark = "*" if one.hypothesis_id in found.least else " "
        yield f" {mark} {one.count:>3}  weighted {weight:<12} [{one.kind}] {plain(one.statement)}"
    yield found.sentence
    yield "Evidence, by how well it tells them apart (0: not at all, 4: most):"
    for evidence in sorted(matrix.evidence, key=lambda one: -found.diagnosticity[one.id]):
        notes = ["what made somebody look, not counted"] if evidence.id in found.set_aside else []
        notes += ["nobody has rated it, not counted"] if evidence.id in found.unrated else []
        notes += [f"if wrong: {' or '.join(found.flips[evidence.id])}"] if evidence.id in found.flips else []
        said = f" ({'; '.join(notes)})" if notes else ""
        yield f"   {found.diagnosticity[evidence.id]}  {plain(evidence.statement)}{said}"
    yield "Ratings and hypotheses are a person's; the software only adds up what speaks against each."
