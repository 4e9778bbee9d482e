"""The review screen of ``undazzle read``: one draft at a time, and a person says what becomes of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.summaries import plain

if TYPE_CHECKING:
    from undazzle.casebook import Case, Claim
    from undazzle.reading.shelf import Shelf

_KEYS = "[a]ccept  [e]dit  [s]kip  [d]rop for good  [q]uit"
_WIDTH = 96


def review_drafts(case_folder: Path) -> None:
    """Go through the drafts that wait beside a case; what is skipped goes on waiting."""
    from undazzle.reading.shelf import shelves_of

    counts = {"accepted": 0, "dropped": 0, "skipped": 0}
    shelves = list(shelves_of(case_folder))
    if not shelves:
        click.echo("No drafts wait here.")
        return
    for shelf in shelves:
        if not _review_shelf(shelf, counts):
            break
    left = sum(len(shelf.waiting()) for shelf in shelves_of(case_folder))
    click.echo(f"{', '.join(f'{count} {word}' for word, count in counts.items())}; {left} wait. Check the case: "
               f"undazzle case check {case_folder}")  # fmt: skip


def _review_shelf(shelf: Shelf, counts: dict[str, int]) -> bool:
    """Return whether the person wants to go on with the next file."""
    case, claims = shelf.load(), shelf.waiting()
    for number, claim in enumerate(claims, 1):
        for line in draft_lines(case, claim, number, len(claims)):
            click.echo(line)
        if not _decide(shelf, claim, counts):
            return False
    return True


def _decide(shelf: Shelf, claim: Claim, counts: dict[str, int]) -> bool:
    from undazzle.reading.shelf import accept, drop

    while True:
        answer = click.prompt(_KEYS, type=click.Choice(list("aesdq")), show_choices=False, default="s")
        if answer == "e":
            claim = _edited(claim)
            click.echo(f"  {plain(claim.statement)}")
            continue
        if answer == "a":
            accept(shelf, claim)
            counts["accepted"] += 1
        elif answer == "d":
            drop(shelf, claim.id)
            counts["dropped"] += 1
        elif answer == "s":
            counts["skipped"] += 1
        return bool(answer != "q")


def _edited(claim: Claim) -> Claim:
    from undazzle.errors import ParameterError
    from undazzle.reading.shelf import changed, editable

    text = click.edit(editable(claim), extension=".yaml")
    if text is None or not text.strip():
        click.echo("  Unchanged.")
        return claim
    try:
        return changed(claim, text)
    except ParameterError as error:
        click.echo(f"  Not taken: {plain(str(error))}")
        return claim


def draft_lines(case: Case, claim: Claim, number: int, total: int) -> Iterator[str]:
    """Yield one draft: the words it was read from, who says it, and how it was coded."""
    said = claim.proposition
    yield ""
    yield f"── {number} of {total} ── {claim.id}"
    yield from (f"  {line}" for line in textwrap.wrap(plain(claim.note or ""), _WIDTH))
    yield f"  says        {_name(case, claim.claimant)}{_verb(claim)}"
    yield f"  read in     {_name(case, claim.source)} ({claim.locator.place if claim.locator else 'no place'})"
    if claim.via:
        yield f"  through     {'; '.join(_name(case, one) for one in claim.via)}"
    yield f"  coded as    {said.aspect}, {said.polarity}, {said.act_class}; {claim.speech}, {claim.force}"
    for label, ids in (("actors", said.actors), ("targets", said.targets)):
        if ids:
            yield f"  {label:<11} {'; '.join(_name(case, one) for one in ids)}"
    for label, grade in (("confidence", claim.confidence), ("likelihood", claim.likelihood)):
        if grade is not None:
            yield f'  {label:<11} {grade.word or "no level of a scale"} ("{plain(grade.quoted or "")}")'
    if claim.methods:
        yield f"  methods     {', '.join(claim.methods)}"
    if claim.is_truncated:
        yield "  cut off     words are missing; do not fill them in"
    yield f"  statement   {plain(claim.statement)}"


def _verb(claim: Claim) -> str:
    verb = claim.locator.reporting_verb if claim.locator else None
    when = f" on {claim.claimed}" if claim.claimed else ""
    return f", by “{plain(verb)}”{when}" if verb else when


def _name(case: Case, record_id: str | None) -> str:
    if record_id is None or record_id not in case.files:
        return record_id or "nobody named"
    record = case[record_id]
    return plain(getattr(record, "name", None) or getattr(record, "title", None) or record_id)
