"""Where numbers of near-identical texts are kept until they are needed: in memory, or in files without a name."""

from __future__ import annotations

import mmap
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np

from undazzle.errors import WorkspaceError

Numbers = np.ndarray[Any, np.dtype[Any]]


class Spill:
    """Files in a folder, all of which are closed at the end; use it as a context manager.

    Parameters
    ----------
    folder
        Where they lie; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._files = folder, ExitStack()

    def file(self) -> SpillFile:
        """Return a new file; raises ``WorkspaceError`` if it cannot be made."""
        return self._files.enter_context(closing(SpillFile(self._folder)))

    def __enter__(self) -> Spill:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()


def _nothing() -> None:
    pass


class Shelf:
    """A fixed count of numbers of one type, written and read by place, in memory or in a file.

    Parameters
    ----------
    count, dtype
        How many numbers, of which type.
    spill
        Makes the file; memory is used if not given.

    Raises
    ------
    WorkspaceError
        If the file cannot be made; of ``put``: if there is no space left for it.
    """

    def __init__(self, count: int, dtype: type[np.generic], spill: Spill | None) -> None:
        self._dtype = np.dtype(dtype)
        self._numbers = np.empty(count if spill is None else 0, dtype=self._dtype)
        self._file = None if spill is None else spill.file()

    def put(self, place: int, numbers: Numbers) -> None:
        """Write numbers, flattened, from a place on."""
        if self._file is None:
            self._numbers[place : place + numbers.size] = numbers.reshape(-1)
        else:
            self._file.write(place * self._dtype.itemsize, numbers.astype(self._dtype, copy=False))

    def get(self, place: int, count: int) -> Numbers:
        """Return numbers from a place on; not to be changed."""
        if self._file is None:
            return self._numbers[place : place + count]
        return self._file.read(place * self._dtype.itemsize, count, self._dtype)

    def mapped(self) -> tuple[Numbers, Callable[[], None]]:
        """Return all numbers to be read anywhere, and what gives back the memory that reading took."""
        if self._file is None:
            return self._numbers, _nothing
        return self._file.mapped(self._dtype)

    def close(self) -> None:
        """Give memory and disk back."""
        self._numbers = np.empty(0, dtype=self._dtype)
        if self._file is not None:
            self._file.close()


class Pile:
    """Arrays of whole numbers below 2^31, of any length, kept in order, in memory or in a file.

    Parameters
    ----------
    spill
        Makes the file; memory is used if not given.
    """

    def __init__(self, spill: Spill | None) -> None:
        self._file = None if spill is None else spill.file()
        self._kept: list[Numbers] = []
        self._places: list[tuple[int, int]] = []
        self._end = 0

    def add(self, numbers: Numbers) -> None:
        """Keep an array; raises ``WorkspaceError`` if there is no space left for it."""
        numbers = numbers.astype(np.int32, copy=False)
        if self._file is None:
            self._kept.append(numbers)
            return
        self._file.write(self._end, numbers)
        self._places.append((self._end, len(numbers)))
        self._end += numbers.nbytes

    def get(self, number: int) -> Numbers:
        """Return the array that was added as this one, counted from 0; not to be changed."""
        if self._file is None:
            return self._kept[number]
        return self._file.read(*self._places[number], np.dtype(np.int32))

    def __len__(self) -> int:
        return len(self._kept) if self._file is None else len(self._places)

    def close(self) -> None:
        """Give memory and disk back."""
        self._kept = []
        if self._file is not None:
            self._file.close()


class SpillFile:
    """A file without a name, which is gone with the process however that ends.

    Parameters
    ----------
    folder
        Where it lies; made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed by ``close``
        except OSError as error:
            raise self._no_space(error) from error

    def write(self, place: int, numbers: Numbers) -> None:
        """Write numbers from a place, in bytes, on."""
        left = np.ascontiguousarray(numbers).reshape(-1).view(np.uint8).data
        try:
            self._file.seek(place)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise self._no_space(error) from error

    def read(self, place: int, count: int, dtype: np.dtype[Any]) -> Numbers:
        """Return as many numbers of a type from a place, in bytes, on."""
        self._file.seek(place)
        found = np.fromfile(self._file, dtype=dtype, count=count)
        if len(found) != count:
            raise EOFError(f"{count - len(found)} numbers are missing in a temporary file")
        return found

    def mapped(self, dtype: np.dtype[Any]) -> tuple[Numbers, Callable[[], None]]:
        """Return everything that was written, to be read anywhere, and what gives back the memory that reading took.

        What is given back is read from the file again when it is next needed; from the cache of the system, if it has
        memory to spare.
        """
        size = self._file.seek(0, 2)
        if not size:
            return np.empty(0, dtype=dtype), _nothing
        # Writable, so that compiled code need not be compiled for another kind of array; nothing is written.
        pages = mmap.mmap(self._file.fileno(), size, access=mmap.ACCESS_WRITE)
        advice = getattr(mmap, "MADV_DONTNEED", None)
        release = _nothing if advice is None else lambda: pages.madvise(advice)
        return np.frombuffer(pages, dtype=dtype), release

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()

    def _no_space(self, error: OSError) -> WorkspaceError:
        return WorkspaceError(
            self._folder,
            f"Temporary files for near-identical texts cannot be written ({error.strerror or error})",
            "Free some space there and run the command again, or leave out the trace near_text; the workspace is as "
            "it was.",
        )
