"""Every id that is named exists, and every file is named after its record."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.references import references
from undazzle.casebook.yaml_writing import file_of


def find(case: Case) -> Iterator[Problem]:
    """Yield references that lead nowhere, files with another name than their record, and claims nobody uses."""
    for record in (case.head, *case):
        for one in references(record):
            if one.to not in case.records:
                yield problem(
                    case, record, one.path, "dangling-reference", Severity.ERROR,
                    f"{record.id} names {one.to}, which is not in the case.", "Add it, or correct the id.",
                )  # fmt: skip
    for record in case:
        expected = file_of(record)
        if case.files[record.id].removesuffix(".yml").removesuffix(".yaml") != expected.removesuffix(".yaml"):
            yield problem(
                case, record, ("id",), "file-name", Severity.HINT,
                f"{record.id} stands in {case.files[record.id]}.", f"Name the file {expected}.",
            )  # fmt: skip
    yield from _unused_claims(case)


def _unused_claims(case: Case) -> Iterator[Problem]:
    for claim in case.claims.values():
        if claim.id not in case.incidents_by_claim:
            yield problem(
                case, claim, ("id",), "claim-without-incident", Severity.HINT,
                f"No incident refers to {claim.id}.", "Name it in the incident it is about.",
            )  # fmt: skip


CHECK = Check(
    "references",
    "Ids that lead nowhere, misnamed files, claims without an incident",
    ("dangling-reference", "file-name", "claim-without-incident"),
    find,
)
