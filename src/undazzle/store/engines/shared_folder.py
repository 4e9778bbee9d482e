"""A folder that this machine and the workers of a cluster both see, for one run; removed afterwards."""

from __future__ import annotations

import hashlib
import platform
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
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
def share_folder(
    context: Any, folder: str, beside: Path, say: Callable[[str], None] = lambda _line: None
) -> Iterator[SharedFolder]:
    """Make a folder for one run, and remove it at the end whatever happens.

    What a killed run of the same workspace left in that place is removed first: nobody else can write to a workspace
    that is open, so that whatever bears its mark and was not made by this process is of a dead one.

    Parameters
    ----------
    context
        The ``SparkContext``.
    folder
        Path or address of the folder that all share; a folder beside the workspace if empty.
    beside
        The workspace.
    say
        Called with a line if something was left.

    Raises
    ------
    WorkspaceError
        If the folder cannot be made.
    """
    mark = _mark(beside)
    name = f"{mark}{uuid.uuid4().hex[:12]}"
    left: list[str]
    if "://" in folder and not folder.startswith("file:"):
        remote = _Hadoop(context, folder)
        left = _remove_left(Path(tempfile.gettempdir()), mark, beside) + _remove_left_there(
            remote, folder, mark, beside
        )
        here = Path(tempfile.mkdtemp(prefix=mark))
        _MADE_HERE.add(here.name)
        shared = SharedFolder(here, f"{folder.rstrip('/')}/{name}", remote)
    else:
        base = Path(folder.removeprefix("file://").removeprefix("file:")) if folder else _beside(beside)
        left = _remove_left(base, mark, beside)
        here = (base / name).resolve()
        try:
            here.mkdir(parents=True)
        except OSError as error:
            raise WorkspaceError(
                here, f"The folder cannot be made ({error})", "Name another --shared-folder."
            ) from error
        shared = SharedFolder(here, here.as_uri())
    _MADE_HERE.add(name)
    for one in left:
        say(f"Removed {one}, which a run of this workspace left when its process was killed")
    try:
        yield shared
    finally:
        shared.remove()


_MADE_HERE: set[str] = set()  # names of folders that this process made


def _mark(workspace: Path) -> str:
    """Return how the folders of all runs of a workspace begin: the same for nobody else."""
    return f"undazzle-{hashlib.sha256(f'{platform.node()} {workspace.resolve()}'.encode()).hexdigest()[:10]}-"


def _remove_left(base: Path, mark: str, workspace: Path) -> list[str]:
    """Remove folders of dead runs; none if the workspace is no file, as it then keeps nobody out."""
    if not (workspace.is_file() and base.is_dir()):
        return []
    left = [
        one for one in base.glob(f"{mark}*") if one.is_dir() and not one.is_symlink() and one.name not in _MADE_HERE
    ]
    for one in left:
        shutil.rmtree(one, ignore_errors=True)
    return [str(one) for one in left]


def _remove_left_there(remote: Any, folder: str, mark: str, workspace: Path) -> list[str]:
    if not workspace.is_file():
        return []
    found = remote.globStatus(_path(remote, f"{folder.rstrip('/')}/{mark}*")) or []
    left = [one.getPath() for one in found if one.getPath().getName() not in _MADE_HERE]
    for one in left:
        remote.delete(one, True)
    return [str(one) for one in left]


def _beside(workspace: Path) -> Path:
    """Return where files of a run go that only this machine must see: beside the workspace, like what SQL spills."""
    return workspace.parent if workspace.name and workspace.parent.is_dir() else Path(tempfile.gettempdir())
