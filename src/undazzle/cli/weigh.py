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


@click.command("weigh", epilog="Example: undazzle weigh --example > matrix.yaml    undazzle weigh matrix.yaml")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--case", "case_folder", type=click.Path(path_type=Path), help="A case that the evidence refers to.")
@click.option("--example", is_flag=True, help="Print a matrix to begin with.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(file: Path | None, case_folder: Path | None, example: bool, as_json: bool) -> None:
    """Weigh the hypotheses of FILE, a YAML matrix that a person rated (Analysis of Competing Hypotheses).

    The least inconsistent hypothesis stands first: evidence that fits all of them decides nothing. Authentic,
    commercial and false-flag hypotheses must be among them.
    """
    from undazzle.attribution import read_matrix, weigh
    from undazzle.attribution.hypotheses import EXAMPLE
    from undazzle.casebook import load_case
    from undazzle.errors import ParameterError

    if example:
        click.echo(EXAMPLE, nl=False)
        return
    if file is None:
        raise ParameterError("FILE", "none", "Give a matrix; undazzle weigh --example prints one.")
    matrix = read_matrix(file, load_case(case_folder) if case_folder else None)
    found = weigh(matrix)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    for line in weighing_lines(matrix, found):
        click.echo(line)


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
        notes += [f"if wrong: {' or '.join(found.flips[evidence.id])}"] if evidence.id in found.flips else []
        said = f" ({'; '.join(notes)})" if notes else ""
        yield f"   {found.diagnosticity[evidence.id]}  {plain(evidence.statement)}{said}"
    yield "Ratings and hypotheses are a person's; the software only adds up what speaks against each."
