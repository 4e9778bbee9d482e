"""A folder that this machine and the workers of a cluster both see, for one run; removed afterwards."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from undazzle.errors import WorkspaceError


@dataclass(frozen=True)
class SharedFolder:
    """Files named once, reached by two ways.

    Attributes
    ----------
    here
        The folder as this machine reads and writes it.
    address
        The folder as Spark reads and writes it.
    remote
        Hadoop's file system where the folder is not one of this machine's, else ``None``.
    """

    here: Path
    address: str
    remote: Any = None

    def send(self, name: str) -> str:
        """Return the address at which the cluster reads what was written to ``here / name``."""
        address = f"{self.address}/{name}"
        if self.remote is not None:
            self.remote.copyFromLocalFile(False, True, _path(self.remote, str(self.here / name)), self._path(name))
        return address

    def fetch(self, name: str) -> Path:
        """Return the path at which this machine reads what the cluster wrote to ``address / name``."""
        if self.remote is not None:
            self.remote.copyToLocalFile(False, self._path(name), _path(self.remote, str(self.here / name)), True)
        return self.here / name

    def remove(self) -> None:
        """Remove the folder with everything in it, on both sides."""
        shutil.rmtree(self.here, ignore_errors=True)
        if self.remote is not None:
            self.remote.delete(self._path(""), True)

    def _path(self, name: str) -> Any:
        return _path(self.remote, f"{self.address}/{name}".rstrip("/"))


def _path(remote: Any, text: str) -> Any:
    return remote.path_class(text)


class _Hadoop:
    """Hadoop's own file system behind an address such as ``hdfs://head/shared``."""

    def __init__(self, context: Any, address: str) -> None:
        jvm = context._jvm  # the only way to Hadoop's file systems from Python
        self.path_class = jvm.org.apache.hadoop.fs.Path
        path = self.path_class(address)
        self._files = path.getFileSystem(context._jsc.hadoopConfiguration())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


@contextmanager
def share_folder(context: Any, folder: str, beside: Path) -> Iterator[SharedFolder]:
    """Make a folder for one run, and remove it at the end whatever happens.

    Parameters
    ----------
    context
        The ``SparkContext``.
    folder
        Path or address of the folder that all share; a folder beside the workspace if empty.
    beside
        The workspace.

    Raises
    ------
    WorkspaceError
        If the folder cannot be made.
    """
    name = f"undazzle-{uuid.uuid4().hex[:12]}"
    if "://" in folder and not folder.startswith("file:"):
        here = Path(tempfile.mkdtemp(prefix="undazzle-"))
        shared = SharedFolder(here, f"{folder.rstrip('/')}/{name}", _Hadoop(context, folder))
    else:
        base = Path(folder.removeprefix("file://").removeprefix("file:")) if folder else _beside(beside)
        here = (base / name).resolve()
        try:
            here.mkdir(parents=True)
        except OSError as error:
            raise WorkspaceError(
                here, f"The folder cannot be made ({error})", "Name another --shared-folder."
            ) from error
        shared = SharedFolder(here, here.as_uri())
    try:
        yield shared
    finally:
        shared.remove()


def _beside(workspace: Path) -> Path:
    """Return where files of a run go that only this machine must see: beside the workspace, like what SQL spills."""
    return workspace.parent if workspace.name and workspace.parent.is_dir() else Path(tempfile.gettempdir())
