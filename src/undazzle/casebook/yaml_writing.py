"""Records become YAML a person can read, and existing files are changed without losing their comments."""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from undazzle.casebook.kinds import CASE_FILE, KINDS
from undazzle.casebook.records import Record
from undazzle.errors import CaseChangedError, OutputExistsError

_WIDTH = 10_000  # lines are folded here, between words; the writer would leave blanks at their ends
_FOLD_OVER = 100  # characters of a line of text


def yaml_text(record: Record) -> str:
    """Return a record as YAML: fields in the order of the schema, without those left at their default."""
    return _dump(_plain(record))


def _plain(record: Record) -> dict[str, Any]:
    given = record.model_dump(mode="json", exclude_defaults=True)
    given.pop("kind", None)
    return {"id": record.id, **given}


def file_of(record: Record) -> str:
    """Return where a record belongs inside a case: the folder of its kind, and its short name.

    Examples
    --------
    >>> from undazzle.casebook.event import Event
    >>> file_of(Event(id="event:ferry-day", name="Ferry day", event_kind="election", begin="2024-05-01"))
    'events/ferry-day.yaml'
    """
    kind, _, name = record.id.partition(":")
    return CASE_FILE if kind == "case" else f"{KINDS[kind].folder}/{name}.yaml"


def write_record(folder: Path, record: Record, *, overwrite: bool = False) -> Path:
    """Write a record to its file in a case and return the path.

    Raises
    ------
    OutputExistsError
        If the file exists and ``overwrite`` is not set.
    """
    path = folder / file_of(record)
    if path.exists() and not overwrite:
        raise OutputExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with sole_writer(path):
        if path.exists() and not overwrite:  # somebody else was faster
            raise OutputExistsError(path)
        write_text(path, yaml_text(record))
    return path


@contextmanager
def sole_writer(path: Path, *, patience: float = 5.0) -> Iterator[None]:
    """Let one process at a time change a file; others wait.

    Parameters
    ----------
    path
        The file that is about to be written.
    patience
        How long to wait for another writer, seconds.

    Raises
    ------
    CaseChangedError
        If another writer does not finish in that time.
    """
    mark = path.with_name(f".{path.name}.lock")
    until = time.monotonic() + patience
    while True:
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > until:
                raise CaseChangedError(path, f"If nobody else is writing, remove {mark} and try again.") from None
            time.sleep(0.02)
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def replace_text(path: Path, before: str, after: str) -> None:
    """Replace a file that still holds what was read from it.

    Parameters
    ----------
    path
        The file.
    before
        Its text when it was read.
    after
        Its new text.

    Raises
    ------
    CaseChangedError
        If it holds something else by now; it is left as it is.
    """
    with sole_writer(path):
        if path.read_text(encoding="utf-8-sig") != before:
            raise CaseChangedError(path, "Read it again and repeat the change.")
        write_text(path, after)


def edit_text(text: str, changes: Mapping[str, Any]) -> str:
    """Return YAML text with fields changed; comments, order and untouched lines stay.

    Parameters
    ----------
    text
        The file as it is.
    changes
        New values by field, with dots for fields inside fields (``proposition.answer``). ``None`` removes one.
    """
    editor = _editor()
    data = editor.load(text)
    for field, value in changes.items():
        *parents, last = field.split(".")
        held = data
        for name in parents:
            held = held.setdefault(name, {})
        if value is None:
            held.pop(last, None)
        else:
            held[last] = value
    out = io.StringIO()
    editor.dump(data, out)
    return out.getvalue()


def write_text(path: Path, text: str) -> None:
    """Replace a file in one step, so that an interrupted write leaves the old one."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _dump(value: Mapping[str, Any]) -> str:
    from ruamel.yaml import YAML

    writer = YAML()
    _settle(writer)
    out = io.StringIO()
    writer.dump(_shaped(value), out)
    return out.getvalue()


def _shaped(value: Any) -> Any:
    """Return values as a person would write them: whole numbers without a point, long text folded."""
    if isinstance(value, Mapping):
        return {key: _shaped(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shaped(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> Any:
    from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

    if "\n" in text:
        return LiteralScalarString(text)
    if len(text) <= _FOLD_OVER or " " not in text or "  " in text or text != text.strip() or not text.isprintable():
        return text
    folded = FoldedScalarString(text)
    folded.fold_pos = _fold_positions(text)
    return folded


def _fold_positions(text: str) -> list[int]:
    """Return the places of the spaces that become line ends."""
    positions, start = [], 0
    while len(text) - start > _FOLD_OVER:
        place = text.rfind(" ", start + 1, start + _FOLD_OVER + 1)
        if place < 0:
            place = text.find(" ", start + _FOLD_OVER)
        if place < 0:
            break
        positions.append(place)
        start = place + 1
    return positions


def _editor() -> Any:
    from ruamel.yaml import YAML

    editor = YAML(typ="rt")
    editor.preserve_quotes = True
    _settle(editor)
    return editor


def _settle(editor: Any) -> None:
    editor.width = _WIDTH
    editor.indent(mapping=2, sequence=4, offset=2)
    editor.default_flow_style = False
    editor.allow_unicode = True
