"""A case becomes a list of problems, one module per check.

Reads records; writes nothing. It must not know which side of a contradiction is right.
"""

from __future__ import annotations

from undazzle.casebook.case import Case
from undazzle.casebook.checks import (
    addresses,
    forbidden,
    gradings,
    ladder,
    numbers,
    origins,
    privacy,
    references,
    wording,
)
from undazzle.casebook.checks.finding import Check
from undazzle.casebook.problems import Problem

CHECKS: dict[str, Check] = {
    module.CHECK.check_id: module.CHECK
    for module in (references, origins, numbers, gradings, ladder, wording, privacy, addresses, forbidden)
}


def check_case(case: Case) -> list[Problem]:
    """Return every problem of a case in the order of its files; an empty list if there is none."""
    return sorted({one for check in CHECKS.values() for one in check.find(case)})


__all__ = ["CHECKS", "Check", "check_case"]
