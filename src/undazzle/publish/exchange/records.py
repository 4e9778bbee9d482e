"""A record of a case as one line of JSON, and back: the same text each time, every field checked on the way back."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from undazzle.casebook.kinds import KINDS
from undazzle.casebook.records import Record
from undazzle.casebook.vocabulary import Review


def record_text(record: Record) -> str:
    """Return a record as JSON on one line, fields at their default left out."""
    data = record.model_dump(mode="json", exclude_defaults=True) | {"id": record.id}
    return json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def draft_of(text: Any) -> Record | None:
    """Return the record in a text as a draft; nothing if it is none of a casebook.

    The head of a case is no record that can be taken over and yields nothing.
    """
    try:
        data = json.loads(text)
        kind = KINDS.get(str(data["id"]).partition(":")[0])
        return kind.model.model_validate({**data, "review": Review.DRAFT}) if kind else None
    except (KeyError, TypeError, ValueError, RecursionError, ValidationError):
        return None
