"""Where in a file a field stands. Read again only when there is something to say about it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from undazzle.casebook.yaml_reading import MOST_BYTES, YamlPath, lines_of


def line_in(path: Path, field: YamlPath) -> int:
    """Return the line of a field, or of the nearest one around it; 0 if the file is not readable."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return 0
    lines = _lines(path, changed)
    for length in range(len(field), -1, -1):
        if field[:length] in lines:
            return lines[field[:length]]
    return 0


@lru_cache(maxsize=64)
def _lines(path: Path, changed: int) -> dict[YamlPath, int]:
    del changed  # part of the key: an edited file is read anew
    with path.open("rb") as file:
        return lines_of(file.read(MOST_BYTES + 1))
