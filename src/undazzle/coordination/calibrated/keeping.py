"""Finished parts of a search, kept in files beside the workspace until the run is finished.

Everything that a run writes into the workspace is one transaction, which a killed process takes with it. What stands in
these files stays, and the same command goes on with it. Files are named after a digest of all that parts look at, so
that nothing is ever taken for a part of another search; one that is broken is worked out again.
"""

from __future__ import annotations

import hashlib
import math
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.spreading import Columns, Spread, Step
from undazzle.errors import WorkspaceError

_MOST_FILES = 64  # of a step: parts that follow each other share one


@dataclass(frozen=True)
class KeptParts:
    """A way of working on parts that keeps each as soon as it is finished, and passes over those that are kept.

    Attributes
    ----------
    spread
        Who works on the others. It gives parts back in their order.
    folder
        Where parts are kept; made when the first is.
    say
        Called with a line where parts of a step were kept before.
    """

    spread: Spread
    folder: Path
    say: Callable[[str], None] = lambda _line: None

    def __call__(self, step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
        """Yield what a step makes of each part, in the order of the parts."""
        size = math.ceil(len(parts) / _MOST_FILES)
        bundles = [parts[first : first + size] for first in range(0, len(parts), max(1, size))]
        files = [self.folder / digest(basis) / f"{step.name} {number}.npz" for number in range(len(bundles))]
        known = [_read(file, len(bundle)) for file, bundle in zip(files, bundles, strict=True)]
        finished = sum(one is not None for one in known)
        if finished:
            self.say(f"{finished:,} of {len(known):,} parts of the {step.name} were finished before")
        missing = [part for one, bundle in zip(known, bundles, strict=True) if one is None for part in bundle]
        worked = self.spread(step, basis, missing)
        for one, file, bundle in zip(known, files, bundles, strict=True):
            yield from one if one is not None else _write(file, list(islice(worked, len(bundle))))


def digest(basis: Basis) -> str:
    """Return a short hash of the slots and the parameters of a search; worked out once."""

    def make() -> str:
        found = hashlib.sha256(repr((basis.windows, basis.day, basis.settings)).encode())
        slots = basis.bare()
        for holder in (slots, slots.events):
            for one in fields(holder):
                values = getattr(holder, one.name)
                is_array = isinstance(values, np.ndarray)
                found.update(f"{one.name} {values.dtype if is_array else repr(values)}".encode())
                if is_array:
                    found.update(np.ascontiguousarray(values).data)
        return found.hexdigest()[:16]

    return basis.once("digest", make)


def _write(file: Path, parts: list[Columns]) -> list[Columns]:
    """Write some parts so that they are there whole or not at all, and return them."""
    begun = file.with_suffix(".begun")
    columns = {f"{number} {name}": values for number, one in enumerate(parts) for name, values in one.items()}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with begun.open("wb") as opened:
            np.savez(opened, **columns)  # type: ignore[arg-type]  # its last parameter is no column
        begun.replace(file)
    except OSError as error:
        raise WorkspaceError(
            file.parent,
            f"Finished parts of the search cannot be kept ({error.strerror or error})",
            "Free some space there and run the command again: it goes on from here, and the workspace is as it was.",
        ) from error
    return parts


def _read(file: Path, count: int) -> list[Columns] | None:
    """Return so many parts, or nothing if they are not there or broken."""
    found: list[Columns] = [{} for _ in range(count)]
    try:
        with file.open("rb") as raw, np.load(raw, allow_pickle=False) as opened:
            for name in opened.files:
                number, _, column = name.partition(" ")
                found[int(number)][column] = opened[name]
    except (OSError, ValueError, EOFError, IndexError, zipfile.BadZipFile):
        return None
    return found if all(found) else None
