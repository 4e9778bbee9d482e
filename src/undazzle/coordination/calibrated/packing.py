"""Records of one kind as columns and back, number for number: to be sent between machines, or kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

import numpy as np
import numpy.typing as npt

Columns = dict[str, npt.NDArray[np.generic]]
_Record = TypeVar("_Record")
_COUNT = " count"  # behind the name of a column of arrays: how long each is


def pack(kind: type[Any], records: Sequence[Any]) -> Columns:
    """Return columns of some records: one by number, and for an array its values behind each other and its lengths.

    Parameters
    ----------
    kind
        A dataclass whose fields are whole numbers, numbers, arrays of one dimension, or such dataclasses.
    records
        Of that kind.

    Examples
    --------
    >>> from undazzle.coordination.calibrated.members_on_items import AccountSlots
    >>> one = AccountSlots(np.array([0, 2]), np.array([5, 7]))
    >>> {name: values.tolist() for name, values in pack(AccountSlots, [one]).items()}
    {'rows': [0, 2], 'rows count': [2], 'slot': [5, 7], 'slot count': [2]}
    """
    found: Columns = {}
    for name, hint in _hints(kind):
        values = [getattr(one, name) for one in records]
        if is_dataclass(hint):
            assert isinstance(hint, type)  # an annotation names a class
            found |= {f"{name}.{inner}": column for inner, column in pack(hint, values).items()}
        elif hint in (int, float):
            found[name] = np.array(values, dtype=np.int64 if hint is int else np.float64)
        else:
            found[name] = np.concatenate(values) if values else np.zeros(0, dtype=np.int64)
            found[name + _COUNT] = np.array([len(one) for one in values], dtype=np.int64)
    return found


def unpack(kind: type[_Record], columns: Columns) -> list[_Record]:
    """Return the records that ``pack`` made columns of, or nothing if there were none.

    Parameters
    ----------
    kind
        The dataclass.
    columns
        From ``pack``.
    """
    by_name = {}
    for name, hint in _hints(kind):
        if is_dataclass(hint):
            assert isinstance(hint, type)  # an annotation names a class
            begins = f"{name}."
            inner = {key.removeprefix(begins): column for key, column in columns.items() if key.startswith(begins)}
            by_name[name] = unpack(hint, inner)
        elif hint in (int, float):
            by_name[name] = columns[name].tolist()
        else:
            by_name[name] = _cut(columns[name], columns[name + _COUNT])
    return [kind(**dict(zip(by_name, row, strict=True))) for row in zip(*by_name.values(), strict=True)]


def _cut(values: npt.NDArray[np.generic], counts: npt.NDArray[np.generic]) -> list[Any]:
    ends = np.cumsum(counts.astype(np.int64)).tolist()
    return [values[first:last].copy() for first, last in zip([0, *ends], ends, strict=False)]


def _hints(kind: type[Any]) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(one.name, hints[one.name]) for one in fields(kind)]
