"""The texts of a record that are in our own words, and those that quote."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.records import Part, Record

# Our own words; quoted words may break every rule of ours.
_OWN = {"statement", "confidence_statement", "summary", "description", "title", "basis", "caveat", "note", "remark"}
_QUOTING = {"quoted", "reporting_verb"}

Path = tuple[str | int, ...]


def own_texts(record: Record) -> Iterator[tuple[Path, str]]:
    """Yield the texts a record says in our own words, with their path."""
    return ((path, text) for path, text in all_texts(record) if _name(path) in _OWN)


def said_texts(record: Record) -> Iterator[tuple[Path, str]]:
    """Yield texts in our own words and quotations."""
    return ((path, text) for path, text in all_texts(record) if _name(path) in _OWN | _QUOTING)


def all_texts(part: Part, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of a record with its path."""
    for name, value in part:
        yield from _texts(value, (*path, name))


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if type(value) is str:  # words of closed lists are strings, too, and no text
        yield path, value
    elif isinstance(value, Part):
        yield from all_texts(value, path)
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _texts(one, (*path, index))


def _name(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")
