"""A judgement is written only if it keeps every rule of the ladder; then it is sealed and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from undazzle.casebook.assessment import Assessment
from undazzle.casebook.case import Case, case_of
from undazzle.casebook.checks import check_case
from undazzle.casebook.ladder.rules import breaches
from undazzle.casebook.ladder.standing import dependants_of
from undazzle.casebook.loading import load_case
from undazzle.casebook.problems import Severity
from undazzle.casebook.records import Record
from undazzle.casebook.retraction import Retraction
from undazzle.casebook.seals import seal_of
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import write_record
from undazzle.errors import JudgementRefusedError, OutputExistsError, ParameterError


def write_assessment(folder: Path, assessment_id: str, fields: Mapping[str, Any]) -> Path:
    """Write a signed judgement as a draft and return its path.

    What it rests on is recorded with its hash, and the judgement is sealed with a hash of its own.

    Parameters
    ----------
    folder
        The case.
    assessment_id
        Its name, which must be new.
    fields
        Fields of an assessment by name; empty ones count as not given.

    Raises
    ------
    JudgementRefusedError
        If it breaks a rule of the ladder: no author, evidence, alternatives or confidence; a rung that rests on a
        stronger one; likelihood and confidence in one sentence; 100 %; a sponsor from behaviour alone; and so on.
    ParameterError
        If a field cannot be used, or it names what is not in the case.
    """
    case = load_case(folder)
    made = _made(case, assessment_id, fields)
    found = [(one.rule, one.what, one.remedy) for one in breaches(case, made)]
    if found:
        raise JudgementRefusedError(made.id, found)
    _refuse_other_problems(case, made)
    return _write(folder, made)


def _made(case: Case, assessment_id: str, fields: Mapping[str, Any]) -> Assessment:
    given = {name: value for name, value in fields.items() if value not in (None, "", (), [])}
    try:
        made = Assessment.model_validate({"id": assessment_id, "review": Review.DRAFT, **given})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ParameterError(field, str(first.get("input"))[:80], f"{first['msg']}.") from error
    if made.id in case:
        raise ParameterError("ASSESSMENT", made.id, "It is there already; name a new one that --replaces it.")
    cited = [{"id": one, "sha256": seal_of(case[one])} for one in _cited(made) if one in case]
    made = Assessment.model_validate({**made.model_dump(), "cited": cited})
    return made.model_copy(update={"seal": seal_of(made)})


def _cited(made: Assessment) -> Iterator[str]:
    yield from dict.fromkeys(one for one in (*made.rests_on, made.matrix, *made.builds_on, made.replaces) if one)


def _refuse_other_problems(case: Case, made: Assessment) -> None:
    found = [one for one in check_case(case_of(case.head, [*case, made])) if one.record == made.id]
    wrong = [one for one in found if one.severity is not Severity.HINT]
    if wrong:
        raise ParameterError("ASSESSMENT", made.id, f"{wrong[0].what} {wrong[0].remedy}")


def retract(
    folder: Path, record_id: str, *, reason: str, signed_by: str, signed: str
) -> tuple[Path, tuple[Assessment, ...]]:
    """Take back a judgement, a claim or a finding, and return the file written and every judgement that rests on it.

    The record itself stays as it is.

    Parameters
    ----------
    folder
        The case.
    record_id
        What is taken back.
    reason, signed_by, signed
        Why, by whom, and on which day.

    Raises
    ------
    ParameterError
        If it cannot be taken back, was already, or a field cannot be used.
    UnknownNameError
        If the case has no such record.
    """
    case = load_case(folder)
    record = case[record_id]
    if record.kind not in ("assessment", "claim", "finding"):
        raise ParameterError("ID", record_id, "Take back an assessment, a claim or a finding.")
    if record_id in {one.takes_back for one in case.retractions.values()}:
        raise ParameterError("ID", record_id, "It was taken back already.")
    name = f"retraction:{record.kind}-{record_id.partition(':')[2]}"[:120]
    try:
        made = Retraction.model_validate(
            {"id": name, "review": Review.DRAFT, record.kind: record_id, "reason": reason, "signed_by": signed_by,
             "signed": signed}
        )  # fmt: skip
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        raise ParameterError(str(first["loc"][0]), str(first.get("input"))[:80], f"{first['msg']}.") from error
    path = _write(folder, made.model_copy(update={"seal": seal_of(made)}))
    return path, dependants_of(case, record_id)


def _write(folder: Path, record: Record) -> Path:
    try:
        return write_record(folder, record)
    except OutputExistsError as error:
        raise ParameterError("ID", record.id, "A file of that name is there already.") from error
