"""Which fields of a record refer to other records, read off the models themselves."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import StringConstraints

from undazzle.casebook.records import Part, Record


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names another record: its path, the kind it must be of, and the id it names."""

    path: tuple[str | int, ...]
    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kind: str | None  # kind of record it names, or None for a part with such fields
    part: type[Part] | None


def references(record: Record) -> Iterator[Reference]:
    """Yield every reference of a record to another record, its own id left out."""
    for found in _references(record, ()):
        if found.path != ("id",):
            yield found


def _references(part: Part, path: tuple[str | int, ...]) -> Iterator[Reference]:
    for field in _fields(type(part)):
        value = getattr(part, field.name)
        if value is None:
            continue
        many = isinstance(value, tuple)
        for index, one in enumerate(value if many else (value,)):
            here = (*path, field.name, index) if many else (*path, field.name)
            if field.kind:
                yield Reference(here, field.kind, one)
            else:
                yield from _references(one, here)


@cache
def _fields(model: type[Part]) -> tuple[_Field, ...]:
    hints = get_type_hints(model, include_extras=True)
    found = []
    for name in model.model_fields:
        kind, part = _looked_into(hints[name])
        if kind or (part and _fields(part)):
            found.append(_Field(name, kind, part))
    return tuple(found)


def _looked_into(hint: Any) -> tuple[str | None, type[Part] | None]:
    for one in _inner(hint):
        for mark in getattr(one, "__metadata__", ()):
            if isinstance(mark, StringConstraints) and isinstance(mark.pattern, str):
                kind, colon, _ = mark.pattern.removeprefix("^").partition(":")
                if colon and kind.isalpha():
                    return kind, None
        if isinstance(one, type) and issubclass(one, Part):
            return None, one
    return None, None


def _inner(hint: Any) -> Iterator[Any]:
    """Yield a hint and what stands inside its unions and tuples."""
    yield hint
    if get_origin(hint) in (Union, types.UnionType, tuple):
        for one in get_args(hint):
            yield from _inner(one)
