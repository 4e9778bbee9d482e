"""JSON of others becomes plain values, bounded, with errors that say where it breaks off."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from undazzle.errors import SourceError

MOST_BYTES = 200_000_000
MOST_DEPTH = 100


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A JSON file that was read: its name, the hash of its bytes, and its value."""

    path: Path
    sha256: str
    value: Any

    @property
    def name(self) -> str:
        """Return the name of the file without its folders."""
        return self.path.name


def read_json(path: Path) -> JsonFile:
    """Return the value of a JSON file.

    Raises
    ------
    SourceError
        If it is missing, too large, breaks off, is nested too deeply, has a key twice in one place, or is no JSON.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(path, f"It cannot be read ({error.strerror})", "Check the path.") from error
    if len(content) > MOST_BYTES:
        raise SourceError(path, f"More than {MOST_BYTES:,} bytes", "Split the file.")
    try:
        value = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise SourceError(path, "It is not UTF-8", "Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise SourceError(path, _place(error, len(content)), "Get the file again; it may be cut off.") from error
    except RecursionError as error:
        raise SourceError(path, "It is nested too deeply", "No exchange format nests like that.") from error
    except ValueError as error:
        raise SourceError(path, str(error), "Correct the file where it was made.") from error
    if _is_deeper(value, MOST_DEPTH):
        raise SourceError(path, f"It is nested deeper than {MOST_DEPTH}", "No exchange format nests like that.")
    return JsonFile(path, hashlib.sha256(content).hexdigest(), value)


def _place(error: json.JSONDecodeError, size: int) -> str:
    cut_off = error.pos >= size - 2 or "Unterminated" in error.msg
    where = f"line {error.lineno}, column {error.colno}"
    return f"The JSON breaks off at {where}" if cut_off else f"No JSON ({error.msg}) at {where}"


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"The key {twice[:60]!r} stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _is_deeper(value: Any, depth: int) -> bool:
    """Return whether values are nested deeper than allowed, without recursion."""
    level = [value]
    for _ in range(depth):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for one in held if isinstance(one, dict | list)]
