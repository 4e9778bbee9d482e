"""What a path is, looked at without opening it."""

from __future__ import annotations

from pathlib import Path

_MAGIC_AT, _MAGIC = 8, b"DUCK"


def is_workspace_file(path: Path) -> bool:
    """Return whether a file looks like a workspace by its first bytes; a missing file does not."""
    try:
        with path.open("rb") as file:
            return file.read(_MAGIC_AT + len(_MAGIC))[_MAGIC_AT:] == _MAGIC
    except OSError:
        return False
