"""Numbers of different denominators are never added up."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.quantity import Quantity
from undazzle.casebook.records import Record


def find(case: Case) -> Iterator[Problem]:
    """Yield sums whose parts count different things, come from different claimants, or do not add up."""
    holders: list[Record] = [*case.claims.values(), *case.countermeasures.values(), *case.observations.values()]
    for record in holders:
        for index, one in enumerate(getattr(record, "quantities", ())):
            if one.sum_of:
                yield from _check_sum(case, record, index, one)


def _check_sum(case: Case, record: Record, index: int, total: Quantity) -> Iterator[Problem]:
    path = ("quantities", index, "sum_of")
    parts = [case.claims[one] for one in total.sum_of if one in case.claims]
    denominators = {quantity.denominator for part in parts for quantity in part.quantities}
    same = [
        [one for one in part.quantities if one.counted == total.counted and one.value is not None] for part in parts
    ]
    if len({part.claimant for part in parts}) > 1 or len(denominators) > 1 or not all(same):
        yield problem(
            case, record, path, "sum-of-different-denominators", Severity.ERROR,
            f"{record.id} adds up {total.counted} that count different things or come from different claimants.",
            "Leave the sum out; keep each number with its own claimant and measure.",
        )  # fmt: skip
    elif total.value is not None and total.value != (added := sum(one[0].value or 0 for one in same)):
        yield problem(
            case, record, path, "sum-differs", Severity.WARNING,
            f"{record.id} gives {total.value:,.0f} {total.counted}; its parts add up to {added:,.0f}.",
            "Correct it, or say what else was counted.",
        )  # fmt: skip


CHECK = Check(
    "numbers",
    "Sums over different denominators or claimants",
    ("sum-of-different-denominators", "sum-differs"),
    find,
)
