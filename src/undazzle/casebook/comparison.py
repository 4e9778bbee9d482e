"""What changed between two editions of a case: records added, removed, and the fields that differ."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.casebook.case import Case
from undazzle.casebook.records import Record


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``added``, ``removed`` or ``changed``, the record, and the fields."""

    kind: str
    record_id: str
    fields: tuple[str, ...] = ()


def compare_cases(before: Case, after: Case) -> tuple[Change, ...]:
    """Return the differences from one edition to another, by id."""
    changes = [Change("added", one) for one in after.records if one not in before.records]
    changes += [Change("removed", one) for one in before.records if one not in after.records]
    for one, record in before.records.items():
        other = after.records.get(one)
        if other is not None and other != record:
            changes.append(Change("changed", one, _fields(record, other)))
    return tuple(sorted(changes, key=lambda change: (change.record_id, change.kind)))


def _fields(before: Record, after: Record) -> tuple[str, ...]:
    names = type(before).model_fields
    return tuple(name for name in names if getattr(before, name) != getattr(after, name, None))
