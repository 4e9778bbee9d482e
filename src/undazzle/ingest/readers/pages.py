"""Records that hold many posts (a page, a chat), and how well a sample of records fits a format."""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from undazzle.ingest.formats import BadRow, StagedPost
from undazzle.ingest.readers.json_values import JsonObject

_SHOWN = 400  # characters of a record that could not be read

ReadOne = Callable[[JsonObject], Iterator[StagedPost | BadRow]]


def read_each(entries: Sequence[Any], read_one: ReadOne) -> Iterator[StagedPost | BadRow]:
    """Yield the posts of each entry; an entry that cannot be used becomes a ``BadRow`` and the rest goes on.

    Parameters
    ----------
    entries
        The posts of one page as decoded JSON.
    read_one
        Yields the posts of one of them.
    """
    for row, entry in enumerate(entries, start=1):
        try:
            if not isinstance(entry, Mapping):
                raise ValueError("not an object")
            yield from read_one(entry)
        except ValueError as error:
            yield BadRow(row, str(error), beginning(entry))


def beginning(entry: object) -> str:
    """Return how a decoded record begins, as text of at most 400 characters."""
    try:
        return orjson.dumps(entry)[:_SHOWN].decode("utf-8", "replace")
    except TypeError:  # nested too deeply, or numbers beyond 64 bits
        return reprlib.repr(entry)[:_SHOWN]


def share_of(sample: object, fits: Callable[[JsonObject], float]) -> float:
    """Return how well a sample fits a format, 0 to 1: the mean over its records.

    Parameters
    ----------
    sample
        Decoded records; anything else counts as no fit.
    fits
        Says of one record how well it fits, 0 to 1. A ``ValueError`` counts as 0.
    """
    if not isinstance(sample, list | tuple) or not sample:
        return 0.0
    return sum(_fit(record, fits) for record in sample) / len(sample)


def first_object(record: JsonObject, *keys: str) -> JsonObject:
    """Return the first entry of the first list found under ``keys``, or the record itself.

    A format is recognised by its posts, whether the sample holds the document around them or not.
    """
    for key in keys:
        entries = record.get(key)
        if isinstance(entries, list) and entries and isinstance(entries[0], Mapping):
            return entries[0]
    return record


def _fit(record: object, fits: Callable[[JsonObject], float]) -> float:
    if not isinstance(record, Mapping):
        return 0.0
    try:
        return float(fits(record))
    except ValueError:
        return 0.0
