"""A hash over what a record says, so that a change after somebody signed is seen."""

from __future__ import annotations

import hashlib
import json

from undazzle.casebook.records import Record

# A remark or a review by somebody else changes nothing of what was signed.
_NOT_SIGNED = {"seal", "review", "note"}


def seal_of(record: Record) -> str:
    """Return the SHA-256 of what a record says, whatever the order or layout of its file.

    Examples
    --------
    >>> from undazzle.casebook.event import Event
    >>> one = Event(id="event:ferry-day", name="Ferry day", event_kind="election", begin="2024-05-01")
    >>> seal_of(one) == seal_of(one.model_copy(update={"note": "A remark."}))
    True
    >>> seal_of(one) == seal_of(one.model_copy(update={"name": "Another day"}))
    False
    """
    content = record.model_dump(mode="json", exclude_defaults=True, exclude=_NOT_SIGNED)
    text = json.dumps({"id": record.id, **content}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
