"""YAML text becomes plain values, bounded and without surprises.

Only mappings, lists and plain values: no anchors (a few lines could unfold to gigabytes), no tags, no second
document, no key twice. Every value stays text until the model of its field reads it, so that ``no``, ``1.10`` and
dates are never bent. libyaml parses; building the values stays here, without recursion, so that depth is bounded too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

MOST_BYTES = 1_000_000
MOST_NODES = 100_000
MOST_DEPTH = 24
_NOTHING = {"", "~", "null"}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

YamlPath = tuple[str | int, ...]


class YamlRefusedError(ValueError):
    """YAML that is not read, with the line and what to do."""

    def __init__(self, code: str, line: int, what: str, remedy: str) -> None:
        self.code, self.line, self.what, self.remedy = code, line, what, remedy
        super().__init__(f"line {line}: {what} {remedy}")


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    value: dict[str, Any] | list[Any]
    path: YamlPath
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds values from events; ``lines`` is filled only if asked for."""

    wants_lines: bool
    lines: dict[YamlPath, int] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    nodes: int = 0
    result: Any = None

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            self._add(_scalar(event), event, is_plain=True)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_marks(event)
            self._add({} if isinstance(event, yaml.MappingStartEvent) else [], event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise YamlRefusedError("yaml-anchor", _line(event), "An alias (*name) is used.", "Write the value out.")

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            raise YamlRefusedError("yaml-anchor", _line(event), "An anchor (&name) is used.", "Write the value out.")
        if event.tag is not None:
            raise YamlRefusedError("yaml-tag", _line(event), f"A tag ({event.tag[:40]}) is used.", "Leave it out.")
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise YamlRefusedError("yaml-size", _line(event), f"More than {MOST_NODES:,} values.", "Split the file.")

    def _add(self, value: Any, event: Any, *, is_plain: bool = False) -> None:
        path: YamlPath = ()
        if not self.stack:
            self.result = value
        else:
            held = self.stack[-1]
            if isinstance(held.value, dict) and held.key is None:
                self._take_key(held, value, event, is_plain)
                return
            path = self._put(held, value)
        if self.wants_lines:
            self.lines.setdefault(path, _line(event))
        if not is_plain:
            if len(self.stack) >= MOST_DEPTH:
                raise YamlRefusedError("yaml-depth", _line(event), f"Nested deeper than {MOST_DEPTH}.", "Flatten it.")
            self.stack.append(_Open(value, path))

    def _take_key(self, held: _Open, key: Any, event: Any, is_plain: bool) -> None:
        if not is_plain:
            raise YamlRefusedError("yaml-key", _line(event), "A key is no plain word.", "Use a field name.")
        key = event.value
        if key in held.value:
            raise YamlRefusedError("yaml-key", _line(event), f"The key {key[:60]!r} stands twice.", "Keep one of them.")
        held.key = key
        if self.wants_lines:
            self.lines[(*held.path, key)] = _line(event)

    @staticmethod
    def _put(held: _Open, value: Any) -> YamlPath:
        if isinstance(held.value, list):
            held.value.append(value)
            return (*held.path, len(held.value) - 1)
        key = held.key or ""
        held.value[key] = value
        held.key = None
        return (*held.path, key)


def read_yaml(content: bytes) -> Any:
    """Return the values of one YAML document.

    Raises
    ------
    YamlRefusedError
        If it is too large or deep, uses anchors, aliases or tags, has a key twice, or is no YAML.
    """
    return _read(content, wants_lines=False).result


def lines_of(content: bytes) -> dict[YamlPath, int]:
    """Return the line of every value by its path, for saying where a problem is."""
    try:
        return _read(content, wants_lines=True).lines
    except YamlRefusedError:
        return {}


def _read(content: bytes, *, wants_lines: bool) -> _Builder:
    if len(content) > MOST_BYTES:
        raise YamlRefusedError("yaml-size", 0, f"The file is larger than {MOST_BYTES:,} bytes.", "Split it.")
    if place := _conflict(content):
        raise YamlRefusedError(
            "merge-conflict", place, "Two people changed this, and the file holds both versions.",
            "Keep what is right between <<<<<<< and >>>>>>>, and remove these lines.",
        )  # fmt: skip
    builder = _Builder(wants_lines)
    loader = None
    try:
        loader = _LOADER(content.decode("utf-8-sig"))
        documents = 0
        while (event := loader.get_event()) is not None:
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise YamlRefusedError("yaml-documents", _line(event), "A second document begins.", "One file a thing.")
            builder.take(event)
    except UnicodeDecodeError as error:
        raise YamlRefusedError("yaml-encoding", 0, "The file is not UTF-8.", "Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "It cannot be parsed")
        line = mark.line + 1 if mark else 0
        raise YamlRefusedError("yaml-syntax", line, f"No YAML: {what}.", "Check the line above, too.") from error
    finally:
        if loader is not None:
            loader.dispose()
    return builder


def _conflict(content: bytes) -> int:
    """Return the line where git left a conflict, 0 if there is none."""
    if b"<<<<<<< " not in content or b">>>>>>> " not in content:
        return 0
    lines = content.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(b"<<<<<<< ")), 0)


def _scalar(event: Any) -> str | None:
    """Return text, or nothing: numbers and yes or no are left to the model, which knows what a field is."""
    text: str = event.value
    is_plain: bool = event.implicit[0]
    return None if is_plain and text in _NOTHING else text


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
