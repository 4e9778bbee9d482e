"""What a search looks at, made small enough to be sent to every worker once, and opened there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.keeping import digest

_WHOLE = (np.int8, np.int16, np.int32, np.int64)


@dataclass(frozen=True)
class SentBasis:
    """A ``Basis`` without what follows from the slots; whole numbers take no more bytes than the largest needs.

    Attributes
    ----------
    digest
        Tells it from every other.
    slots
        The slots, as ``shrink`` gives them.
    windows, day, settings
        As of ``Basis``.
    """

    digest: str
    slots: Any
    windows: list[int]
    day: int
    settings: Any


@dataclass(frozen=True)
class _Record:
    kind: type[Any]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class _Column:
    values: npt.NDArray[Any]
    dtype: str


def shrink(value: Any) -> Any:
    """Return arrays of whole numbers in the smallest type that holds them, within dataclasses too.

    Examples
    --------
    >>> shrink(np.array([1, 300])).values.dtype, restore(shrink(np.array([1, 300]))).dtype
    (dtype('int16'), dtype('int64'))
    """
    if is_dataclass(value) and not isinstance(value, type):
        return _Record(type(value), {one.name: shrink(getattr(value, one.name)) for one in fields(value)})
    if not isinstance(value, np.ndarray):
        return value
    if value.dtype != np.int64:
        return _Column(value, value.dtype.str)
    low, high = int(value.min(initial=0)), int(value.max(initial=0))
    fits = next(one for one in _WHOLE if np.iinfo(one).min <= low and high <= np.iinfo(one).max)
    return _Column(value.astype(fits), value.dtype.str)


def restore(value: Any) -> Any:
    """Return what was given to ``shrink``, type for type."""
    if isinstance(value, _Record):
        return value.kind(**{name: restore(one) for name, one in value.values.items()})
    return value.values.astype(value.dtype) if isinstance(value, _Column) else value


def send_basis(basis: Basis) -> SentBasis:
    """Return what workers need of a search."""
    return SentBasis(digest(basis), shrink(basis.bare()), basis.windows, basis.day, basis.settings)


_OPEN: dict[str, Basis] = {}  # of this process of a worker: the last one, with all that was worked out from it


def open_basis(sent: SentBasis) -> Basis:
    """Return the basis of a search on a worker; opened once for all tasks that follow each other in a process."""
    if sent.digest not in _OPEN:
        _OPEN.clear()
        _OPEN[sent.digest] = Basis(restore(sent.slots), sent.windows, sent.day, sent.settings)
    return _OPEN[sent.digest]
