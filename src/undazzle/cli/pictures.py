"""What ``undazzle signals FOLDER`` prints: the pictures of a folder, and what they say of their origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.options import print_rows

if TYPE_CHECKING:
    from undazzle.signals.pictures import PictureFacts

_COLUMNS = (
    "file", "kind", "width", "height", "frames", "provenance", "signer", "tool", "is_generated", "camera", "software",
    "generator", "taken_at", "has_position", "remarks", "looks_like", "pdq", "quality", "sha256", "problem",
)  # fmt: skip


def print_pictures(folder: Path, as_what: str, output: Path | None) -> None:
    """Print or write what the pictures of a folder say of themselves.

    Parameters
    ----------
    folder
        The folder.
    as_what
        ``table`` for sentences, or a form of ``print_rows``.
    output
        A file to write to.
    """
    from undazzle.signals.pictures import read_pictures

    found = read_pictures(folder)
    if as_what == "table" and output is None:
        click.echo("\n".join(_lines(found)))
    else:
        print_rows(_COLUMNS, [_row(one) for one in found], as_what, output)


def _row(one: PictureFacts) -> tuple[object, ...]:
    signed, marks = one.provenance, one.marks
    return (
        one.file, one.kind, one.width, one.height, one.frames, signed.state if signed else "not looked at",
        signed.signer if signed else "", signed.tool if signed else "", signed.is_generated if signed else None,
        marks.camera, marks.software, marks.generator, marks.taken_at, marks.has_position, "; ".join(one.remarks),
        "; ".join(one.looks_like), one.pdq, one.quality, one.sha256, one.problem,
    )  # fmt: skip


def _lines(found: Sequence[PictureFacts]) -> Iterator[str]:
    from undazzle.signals.pictures import EYE_TEST, base_rate_sentence

    read = [one for one in found if not one.problem]
    signed = [one for one in read if one.provenance is not None and one.provenance.state != "none"]
    yield f"{len(read):,} pictures read, {len(found) - len(read):,} set aside."
    if read and all(one.provenance is None for one in read):
        yield "Signed provenance was not looked at: pip install 'undazzle[provenance]'."
    else:
        yield f"{len(signed):,} with signed provenance. Most platforms strip it: its absence says nothing."
    for one in found:
        said = list(_said(one))
        if said:
            yield f"\n{one.file}"
            yield from (f"  {line}" for line in said)
    yield "\nFaces: where eyes stand is not found out (no model comes with the software)."
    yield f"Given eye positions: {base_rate_sentence(EYE_TEST, 'faces of that generator family')}"


def _said(one: PictureFacts) -> Iterator[str]:
    from undazzle.signals.pictures.provenance import STATE_WORDS

    if one.problem:
        yield f"set aside: {one.problem}"
    signed, marks = one.provenance, one.marks
    if signed is not None and signed.state != "none":
        yield f"{STATE_WORDS[signed.state]} (signed by {signed.signer or 'nobody named'}, with {signed.tool or '?'})"
        if signed.is_generated:
            yield "its manifest says that a model made it or part of it"
    if marks.generator and not (signed and signed.is_generated):
        yield f"its metadata name a generator: {marks.generator} (anybody can write that)"
    if marks.camera or marks.software:
        yield f"written by {' with '.join(one for one in (marks.camera, marks.software) if one)}"
    yield from one.remarks
    if one.looks_like:
        more = f" and {len(one.looks_like) - 3:,} more" if len(one.looks_like) > 3 else ""
        yield f"looks like {', '.join(one.looks_like[:3])}{more}"
