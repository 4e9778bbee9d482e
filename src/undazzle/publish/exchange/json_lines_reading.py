"""JSON Lines of a case become drafts again; a line that is no record is named with its place."""

from __future__ import annotations

from pathlib import Path

from undazzle.casebook.importers.drafts import Drafts, Imported
from undazzle.casebook.rings import without_rings
from undazzle.errors import SourceError
from undazzle.publish.exchange.json_reading import MOST_BYTES
from undazzle.publish.exchange.records import draft_of


def import_json_lines(path: Path) -> Imported:
    """Return draft records of a JSON Lines file of a case.

    Raises
    ------
    SourceError
        If the file cannot be read, is too large, is not UTF-8, or holds no record at all.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(path, f"It cannot be read ({error.strerror})", "Check the path.") from error
    if len(content) > MOST_BYTES:
        raise SourceError(path, f"More than {MOST_BYTES:,} bytes", "Split the file.")
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise SourceError(path, "It is not UTF-8", "Save it as UTF-8.") from error
    drafts = Drafts(path.name)
    for number, line in enumerate(lines, 1):
        if line.strip():
            _take(drafts, number, line)
    if not drafts.records:
        raise SourceError(path, "No record of a casebook in it", "Give the JSON Lines that undazzle export wrote.")
    for what in without_rings(drafts.records):
        drafts.note(0, "relay-ring", what, "The last step was left out; find out who said it first.")
    return drafts.done(sum(bool(line.strip()) for line in lines))


def _note_left_out(drafts: Drafts, number: int, line: str) -> None:
    """Say what becomes of a line that is no draft: the head of another case is read and not taken over."""
    if '"id":"case:' not in line:
        drafts.note(number, "bad-record", "The line is no record of a casebook.", "It was left out.")
        return
    drafts.used += 1
    drafts.note(
        number, "case-head", "The line is the head of another case: its title, licence, and what no claim may say.",
        "This case keeps its own case.yaml; copy by hand what should hold here, too.",
    )  # fmt: skip


def _take(drafts: Drafts, number: int, line: str) -> None:
    record = draft_of(line)
    if record is None:
        _note_left_out(drafts, number, line)
        return
    if record.id in drafts.records:
        drafts.note(number, "duplicate-id", f"{record.id} stands twice.", "The first was read.")
        return
    drafts.records[record.id] = record
    drafts.used += 1
