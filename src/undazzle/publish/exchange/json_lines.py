"""A case as JSON Lines: one record a line, in the fields of the published schema. Nothing is left out."""

from __future__ import annotations

from undazzle.casebook import Case
from undazzle.publish.exchange.formats import ExchangeFormat, Exported
from undazzle.publish.exchange.records import record_text


def _export(case: Case) -> Exported:
    lines = [record_text(case.head), *(record_text(one) for one in case)]
    return Exported({"case.jsonl": ("\n".join(lines) + "\n").encode("ascii")})


JSON_LINES = ExchangeFormat(
    "jsonl",
    "JSON Lines: every record of the case on a line of its own, in the fields of docs/schema.",
    False,
    _export,
    "https://jsonlines.org/",
)
