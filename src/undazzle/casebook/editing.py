"""Changes to files of a case. Nothing is written that could not be read back, and comments stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from undazzle.casebook.claim import Claim
from undazzle.casebook.kinds import KINDS
from undazzle.casebook.loading import load_case
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_reading import YamlRefusedError, read_yaml
from undazzle.casebook.yaml_writing import edit_text, replace_text, write_record
from undazzle.errors import OutputExistsError, ParameterError, UnknownNameError


def add_claim(folder: Path, claim_id: str, fields: Mapping[str, Any]) -> Path:
    """Write a new claim as a draft and return its path; fields inside fields are named with dots.

    Raises
    ------
    CaseError
        If the folder is no usable case.
    ParameterError
        If a field is missing or has a value that cannot work, or the claim is there already.
    """
    load_case(folder)
    data: dict[str, Any] = {"id": claim_id, "review": Review.DRAFT}
    for field, value in {"proposition.aspect": "conduct", "proposition.polarity": "asserts", **fields}.items():
        *parents, last = field.split(".")
        held = data
        for name in parents:
            held = held.setdefault(name, {})
        held[last] = value
    try:
        return write_record(folder, Claim.model_validate(data))
    except ValidationError as error:
        raise _refused(error) from error
    except OutputExistsError as error:
        raise ParameterError("CLAIM", claim_id, "It is there already; change it with --set.") from error


def change_record(folder: Path, record_id: str, fields: Mapping[str, Any]) -> Path:
    """Change fields of a record in its file, keeping comments and order, and return the path.

    Raises
    ------
    UnknownNameError
        If the case has no such record.
    ParameterError
        If the record would no longer be valid, or is signed; the file is then left as it was.
    CaseChangedError
        If somebody else changed the file in the meantime; nothing is written then.
    """
    case = load_case(folder)
    record = case[record_id]
    if record_id not in case.files:
        raise UnknownNameError("record", record_id, case.files)
    if getattr(record, "seal", None):
        raise ParameterError("ID", record_id, "It is signed: sign a new one that replaces it, or take it back.")
    path = folder / case.files[record_id]
    before = path.read_text(encoding="utf-8-sig")
    text = edit_text(before, fields)
    try:
        changed = KINDS[record.kind].model.model_validate(read_yaml(text.encode()))
    except ValidationError as error:
        raise _refused(error) from error
    except YamlRefusedError as error:
        raise ParameterError("--set", ", ".join(fields), str(error)) from error
    if changed.id != record_id:
        raise ParameterError("id", changed.id, "An id is not changed; add a new record.")
    replace_text(path, before, text)
    return path


def _refused(error: ValidationError) -> ParameterError:
    first = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return ParameterError(field, str(first.get("input"))[:80], f"{first['msg']}. See docs/schema for fields and words.")
