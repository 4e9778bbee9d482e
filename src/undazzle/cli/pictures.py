"""What ``undazzle signals FOLDER`` prints: the pictures and videos of a folder, and what they say of their origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.options import print_rows
from undazzle.errors import ParameterError

if TYPE_CHECKING:
    from undazzle.signals.pictures import PictureFacts, VideoFacts

_COLUMNS = (
    "file", "kind", "width", "height", "frames", "provenance", "signer", "tool", "is_generated", "camera", "software",
    "generator", "taken_at", "has_position", "remarks", "looks_like", "pdq", "quality", "sha256", "faces",
    "eye_distance", "sampled_frames", "alike", "problem",
)  # fmt: skip

_SHOWN = 20


def print_pictures(
    folder: Path, as_what: str, output: Path | None, *, detector: Path | None = None, rates: str | None = None
) -> None:
    """Print or write what the pictures of a folder say of themselves.

    Parameters
    ----------
    folder
        The folder.
    as_what
        ``table`` for sentences, or a form of ``print_rows``.
    output
        A file to write to.
    detector, rates
        Results of a detector that the user ran, and how often it is right: three shares with commas between them.

    Raises
    ------
    ParameterError
        If a detector is given without rates, or they are no shares.
    """
    from undazzle.signals.pictures import can_find_eyes, read_pictures, read_videos

    found = read_pictures(folder)
    videos = read_videos(folder) if can_find_eyes() else []
    if as_what == "table" and output is None:
        lines = [*_lines(found), *_video_lines(videos, has_vision=can_find_eyes())]
        click.echo("\n".join([*lines, *(_detector_lines(detector, rates) if detector else ())]))
    else:
        rows = [_row(one) for one in found] + [_video_row(one) for one in videos]
        print_rows(_COLUMNS, rows, as_what, output)


def _row(one: PictureFacts) -> tuple[object, ...]:
    signed, marks = one.provenance, one.marks
    return (
        one.file, one.kind, one.width, one.height, one.frames, signed.state if signed else "not looked at",
        signed.signer if signed else "", signed.tool if signed else "", signed.is_generated if signed else None,
        marks.camera, marks.software, marks.generator, marks.taken_at, marks.has_position, "; ".join(one.remarks),
        "; ".join(one.looks_like), one.pdq, one.quality, one.sha256, one.eyes.faces if one.eyes else None,
        one.eyes.distance if one.eyes else None, None, one.alike, one.problem,
    )  # fmt: skip


def _video_row(one: VideoFacts) -> tuple[object, ...]:
    said = {
        "file": one.file, "kind": "video", "width": one.width, "height": one.height, "remarks": one.cut,
        "looks_like": "; ".join(one.looks_like), "sampled_frames": one.sampled, "alike": len(one.looks_like),
        "problem": one.problem,
    }  # fmt: skip
    return tuple(said.get(name) for name in _COLUMNS)


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
    yield f"\n{_face_sentence(read)}"
    yield f"What that is worth: {base_rate_sentence(EYE_TEST, 'faces of that generator family')}"


def _face_sentence(read: Sequence[PictureFacts]) -> str:
    looked = [one.eyes for one in read if one.eyes is not None]
    if read and not looked:
        return "Faces: eyes were not looked for: pip install 'undazzle[vision]'."
    measured = [one for one in looked if one.distance is not None]
    leads = sum(one.is_lead for one in measured)
    return (
        f"Faces: {sum(one.faces > 0 for one in looked):,} pictures with a face, {len(measured):,} square portraits "
        f"with both eyes found, {leads:,} with eyes where one family of generators puts them (within 0.02 of the "
        "width). The finder itself is off by about 0.01 on drawn faces, was not measured on photographs, and misses "
        "many faces."
    )


def _detector_lines(path: Path, rates: str | None) -> Iterator[str]:
    from undazzle.signals.pictures import BaseRate, read_detector_results

    try:
        prevalence, finds, alarms = (float(one) for one in (rates or "").split(","))
    except ValueError as error:
        raise ParameterError(
            "--detector-rates", rates or "", "Give three shares, e.g. 0.001,0.9,0.02; without them a hit means nothing."
        ) from error
    found = read_detector_results(path, BaseRate(prevalence, finds, alarms))
    yield f"\nYour detector: {found.sentence}"
    if found.rejected:
        yield f"{found.rejected:,} rows of its results were set aside."
    yield from (f"  {name}: {found.values[name]:g}" for name in found.hits[:_SHOWN])
    if len(found.hits) > _SHOWN:
        yield f"  and {len(found.hits) - _SHOWN:,} more"


def _video_lines(found: Sequence[VideoFacts], *, has_vision: bool) -> Iterator[str]:
    if not has_vision:
        yield "Videos were not read: pip install 'undazzle[vision]'."
        return
    if not found:
        return
    problems = sum(bool(one.problem) for one in found)
    yield f"\n{len(found) - problems:,} videos sampled once a second, {problems:,} set aside."
    for one in found:
        yield f"\n{one.file}"
        if one.problem:
            yield f"  set aside: {one.problem}"
        else:
            yield f"  {one.sampled:,} frames sampled, {len(one.frames):,} that differ and say anything"
        if one.cut:
            yield f"  {one.cut}"
        if one.looks_like:
            more = f" and {len(one.looks_like) - 3:,} more" if len(one.looks_like) > 3 else ""
            yield f"  shows the same as {', '.join(one.looks_like[:3])}{more}"


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
    if one.eyes is not None and one.eyes.is_lead:
        yield f"eyes {one.eyes.distance:.3f} of the width from where one family of generators puts them: a lead only"
    if one.looks_like:
        more = f" and {one.alike - 3:,} more" if one.alike > 3 else ""
        yield f"looks like {', '.join(one.looks_like[:3])}{more}"
