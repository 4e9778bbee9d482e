"""Files that appear whole or not at all, and never over another file by accident."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from undazzle.errors import OutputExistsError


def refuse_existing(paths: Iterable[Path]) -> None:
    """Check that none of the files exists.

    Raises
    ------
    OutputExistsError
        If one does.
    """
    for path in paths:
        if path.exists() or path.is_symlink():
            raise OutputExistsError(path)


@contextmanager
def new_file(path: Path | str, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` that takes its place when all went well.

    Parameters
    ----------
    path
        The file to be written; missing folders are made.
    overwrite
        Whether a file of that name may be replaced.

    Raises
    ------
    OutputExistsError
        If the file exists and may not be replaced, or if it is a folder.
    """
    target = Path(path)
    if not overwrite or target.is_dir():
        refuse_existing([target])
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    """Return the process's mask for new files (it can only be read by setting it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
