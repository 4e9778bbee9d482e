"""A judgement is written only if signed, with confidence, its basis, and another explanation that was weighed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from undazzle.casebook.assessment import Assessment
from undazzle.casebook.case import case_of
from undazzle.casebook.checks import check_case
from undazzle.casebook.loading import load_case
from undazzle.casebook.problems import Severity
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import write_record
from undazzle.errors import OutputExistsError, ParameterError

_NEEDED = {
    "signed_by": "Somebody signs a judgement.",
    "confidence": "Give low, moderate or high.",
    "confidence_statement": "Say on what the confidence rests, in a sentence of its own.",
    "claims": "Name at least one claim it rests on.",
    "alternatives": "Name at least one other explanation that was weighed.",
}


def write_assessment(folder: Path, assessment_id: str, fields: Mapping[str, Any]) -> Path:
    """Write a signed judgement as a draft and return its path.

    Raises
    ------
    ParameterError
        If author, confidence, basis, claims or alternatives are missing, it names what is not in the case, or a
        check finds an error in it, such as likelihood and confidence in one sentence.
    """
    case = load_case(folder)
    given = {name: value for name, value in fields.items() if value not in (None, "", (), [])}
    for name, remedy in _NEEDED.items():
        if name not in given:
            raise ParameterError(name, "nothing", remedy)
    try:
        made = Assessment.model_validate({"id": assessment_id, "review": Review.DRAFT, **given})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ParameterError(field, str(first.get("input"))[:80], f"{first['msg']}.") from error
    if made.id in case:
        raise ParameterError("ASSESSMENT", made.id, "It is there already; name a new one that --replaces it.")
    found = [one for one in check_case(case_of(case.head, [*case, made])) if one.record == made.id]
    wrong = [one for one in found if one.severity is not Severity.HINT]
    if wrong:
        raise ParameterError("ASSESSMENT", made.id, f"{wrong[0].what} {wrong[0].remedy}")
    try:
        return write_record(folder, made)
    except OutputExistsError as error:
        raise ParameterError("ASSESSMENT", made.id, "A file of that name is there already.") from error
