"""``undazzle case claim``: a new claim, or a change to one that keeps the comments of its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command("claim", epilog="Example: undazzle case claim my-case claim:pier --set proposition.answer=line-b")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("claim_id", metavar="CLAIM")
@click.option("--statement", help="What is claimed, in your own words (begins a new claim).")
@click.option("--claimant", help="Who says so, e.g. claimant:harbour-office.")
@click.option("--source", help="Where it is read, e.g. source:harbour-report.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="Set a field; an empty value removes it.")
def claim(
    folder: Path,
    claim_id: str,
    statement: str | None,
    claimant: str | None,
    source: str | None,
    changes: tuple[str, ...],
) -> None:
    """Add CLAIM to the case in FOLDER as a draft, or change fields of it."""
    from undazzle.casebook.editing import add_claim, change_record

    given = dict(_change(one) for one in changes)
    if statement is not None:
        path = add_claim(folder, claim_id, given | _named(statement=statement, claimant=claimant, source=source))
        click.echo(f"{path}: a draft. Name it in an incident, then: undazzle case check {folder}")
        return
    path = change_record(folder, claim_id, given | _named(claimant=claimant, source=source))
    click.echo(f"{path}: changed.")


def _named(**fields: str | None) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _change(text: str) -> tuple[str, Any]:
    from undazzle.errors import ParameterError

    field, equals, value = text.partition("=")
    if not equals or not field:
        raise ParameterError("--set", text, "Write field=value, e.g. --set credibility=doubtful.")
    return field.strip(), value.strip() or None
