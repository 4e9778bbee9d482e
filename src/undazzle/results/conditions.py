"""What a user asks of columns (``kind="link"``) becomes an SQL condition with parameters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from undazzle.errors import UnknownNameError
from undazzle.results.query import naive_utc


def equal_condition(
    wanted: Mapping[str, object], columns: Mapping[str, bool], taken: int
) -> tuple[str, dict[str, object]]:
    """Return the SQL condition that every named column has the wanted value, and its parameters.

    Parameters
    ----------
    wanted
        Column name to value; ``None`` means empty, a list means any of these. A column that holds lists
        matches if it contains the value.
    columns
        Names of the table's columns, and whether they hold lists.
    taken
        How many parameters the query has already, so that names stay apart.

    Raises
    ------
    UnknownNameError
        If a column does not exist.
    """
    conditions, parameters = [], {}
    for number, (column, value) in enumerate(wanted.items(), start=taken):
        if column not in columns:
            raise UnknownNameError("column", column, columns)
        if value is None:
            conditions.append(f'"{column}" IS NULL')
            continue
        place = f"value_{number}"
        conditions.append(_condition(f'"{column}"', f"${place}", value, is_list=columns[column]))
        parameters[place] = _parameter(value)
    return " AND ".join(conditions), parameters


def _condition(column: str, place: str, value: object, *, is_list: bool) -> str:
    several = isinstance(value, list | tuple | set | frozenset)
    if is_list:
        return f"list_has_any({column}, {place})" if several else f"list_contains({column}, {place})"
    return f"list_contains({place}, {column})" if several else f"{column} = {place}"


def _parameter(value: object) -> object:
    if isinstance(value, datetime):
        return naive_utc(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_parameter(one) for one in value]
    return value
