"""Ids that are the same each time: made of the names of records, never of chance or of the clock."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping

# Made once of the name undazzle.casebook.exchange; it must never change, or every id that was published would.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "undazzle.casebook.exchange")


def stable_uuid(*parts: str) -> str:
    """Return the UUID (version 5) of some words in the namespace of this software.

    Examples
    --------
    >>> stable_uuid("claim:ferry") == stable_uuid("claim:ferry") != stable_uuid("claim", "ferry")
    True
    """
    return str(uuid.uuid5(NAMESPACE, canonical_json({"parts": "\x1f".join(parts)})))


def canonical_json(value: Mapping[str, str]) -> str:
    """Return a mapping of text to text as canonical JSON (RFC 8785); lone surrogates become question marks.

    Examples
    --------
    >>> canonical_json({"b": "é", "a": "x"})
    '{"a":"x","b":"é"}'
    """
    text = json.dumps(dict(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")
