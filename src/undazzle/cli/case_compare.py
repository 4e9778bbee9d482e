"""``undazzle case compare``: contradictions side by side, or two editions of a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.options import output_options, print_rows

if TYPE_CHECKING:
    from undazzle.casebook import Case, Contradiction

_COLUMNS = ("level", "kind", "code", "sides", "claims", "fields", "positions", "origins")


@click.command("compare", epilog="Example: undazzle case compare claim:nic-2022-iran")
@click.argument("words", nargs=-1, metavar="[FOLDER] [CLAIM...]")
@click.option("--with", "other", type=click.Path(path_type=Path), help="Another edition: print what changed to it.")
@click.option("--tensions/--no-tensions", default=True, help="Show tensions beside contradictions (shown).")
@output_options
def compare(words: tuple[str, ...], other: Path | None, tensions: bool, as_what: str, output: Path | None) -> None:
    """Lay claims that do not go together side by side, each side with its origins.

    With CLAIM only what that claim stands in. Nothing is resolved.
    """
    from undazzle.casebook import find_contradictions
    from undazzle.cli.case_words import open_case, read_words

    folder, ids = read_words(words)
    case = open_case(folder)
    if other is not None:
        _print_changes(case, other, as_what, output)
        return
    for one in ids:
        case[one]  # an unknown id is an error that suggests the nearest
    found = [
        one
        for one in find_contradictions(case)
        if (not ids or set(ids) & set(one.claims)) and (tensions or one.level == "contradiction")
    ]
    _print(case, found, as_what, output)


def _print(case: Case, found: list[Contradiction], as_what: str, output: Path | None) -> None:
    from undazzle.cli.case_words import RECORDED, contradiction_lines

    if as_what != "table" or output is not None:
        print_rows(_COLUMNS, [_row(one) for one in found], as_what, output)
        return
    for one in found:
        for line in contradiction_lines(case, one):
            click.echo(line)
        click.echo()
    hard = sum(one.level == "contradiction" for one in found)
    click.echo(f"{hard} contradictions, {len(found) - hard} tensions. {RECORDED}", err=True)


def _row(one: Contradiction) -> tuple[object, ...]:
    origins = [", ".join(side.origins) for side in one.sides]
    positions = [side.position for side in one.sides]
    return (
        str(one.level), str(one.kind), one.code, len(one.sides), list(one.claims), list(one.fields), positions, origins,
    )  # fmt: skip


def _print_changes(case: Case, other: Path, as_what: str, output: Path | None) -> None:
    from undazzle.casebook import load_case
    from undazzle.casebook.comparison import compare_cases

    changes = compare_cases(case, load_case(other))
    rows = [(change.kind, change.record_id, list(change.fields)) for change in changes]
    print_rows(("change", "id", "fields"), rows, as_what, output)
