"""The JSON Schema of every kind of record, derived from the models."""

from __future__ import annotations

import json
from typing import Any

from undazzle.casebook.kinds import CASE_KIND, KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of record by its name, ``case`` for ``case.yaml`` among them.

    Examples
    --------
    >>> json_schemas()["claim"]["title"]
    'Claim'
    """
    found = {}
    for kind in (CASE_KIND, *KINDS.values()):
        found[kind.name] = {"$schema": DIALECT, "$id": f"{kind.name}.schema.json", **kind.model.model_json_schema()}
    return found


def schema_texts() -> dict[str, str]:
    """Return the files to publish: name of the file, and its text."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        for name, schema in json_schemas().items()
    }
