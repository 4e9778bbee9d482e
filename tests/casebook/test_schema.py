"""The published schema is what the models say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.casebook.builders import a_claim, an_incident, ground
from undazzle.casebook import json_schemas
from undazzle.casebook.kinds import KINDS
from undazzle.casebook.records import Record
from undazzle.casebook.schema import schema_texts

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schema"


def test_the_published_schema_is_current() -> None:
    assert {one.name: one.read_text(encoding="utf-8") for one in PUBLISHED.glob("*.json")} == schema_texts()


def test_every_kind_has_a_schema_that_is_one() -> None:
    schemas = json_schemas()
    assert set(schemas) == {"case", *KINDS}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("record", [*ground(), a_claim(), an_incident(["claim:a"])], ids=lambda one: one.id)
def test_records_validate_against_the_schema(record: Record) -> None:
    data = json.loads(record.model_dump_json(exclude_defaults=True))
    jsonschema.validate(data, json_schemas()[record.kind])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "unheard_of": 1}, json_schemas()[record.kind])


def test_every_field_is_explained() -> None:
    for kind in KINDS.values():
        for name, field in kind.model.model_fields.items():
            assert field.description or name == "id", f"{kind.name}.{name}"
