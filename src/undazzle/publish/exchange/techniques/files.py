"""Techniques of a case as tables, one for each framework, and as a layer for the navigator of ATT&CK.

DISARM and ATT&CK stay in two files: both write T and four digits and mean different things.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from undazzle.casebook import Case, Claim
from undazzle.publish.exchange.assertions import says_that_it_acted
from undazzle.publish.exchange.formats import ExchangeFormat, Exported
from undazzle.publish.exchange.tables import csv_bytes
from undazzle.publish.exchange.techniques import attack, countermeasures, disarm
from undazzle.publish.exchange.techniques.tags import Framework, Tag, tags_of

_COLUMNS = ("incident", "claim", "claimant", "id", "label", "is_asserted", "is_technique", "given_as", "warning")
_COUNTER_COLUMNS = ("countermeasure", "done", "done_by", "kind", "disarm_id", "label", "title")
_FILES = {
    "disarm.csv": (Framework.DISARM, Framework.DISARM_DETECTION),
    "attack.csv": (Framework.ATTACK,),
    "local.csv": (Framework.LOCAL,),
    "other.csv": (Framework.OTHER,),
}


def _tagged(case: Case) -> Iterator[tuple[str, Claim, Tag]]:
    for claim in case.claims.values():
        for incident in case.incidents_by_claim.get(claim.id, ()) or (None,):
            for tag in tags_of(claim.methods):
                yield incident.id if incident else "", claim, tag


def _export(case: Case) -> Exported:
    tagged = list(_tagged(case))
    files = {}
    for name, frameworks in _FILES.items():
        rows = [
            (incident, claim.id, claim.claimant, tag.tag_id, tag.label, says_that_it_acted(claim), tag.is_technique,
             tag.given, tag.warning)
            for incident, claim, tag in tagged
            if tag.framework in frameworks
        ]  # fmt: skip
        files[name] = csv_bytes(_COLUMNS, rows)
    files["countermeasures.csv"] = csv_bytes(_COUNTER_COLUMNS, _counters(case))
    files["attack-layer.json"] = _layer(case, [(claim, tag) for _, claim, tag in tagged])
    warnings = dict.fromkeys(f"{claim.id}: {tag.warning}" for _, claim, tag in tagged if tag.warning)
    return Exported(files, tuple(warnings))


def _counters(case: Case) -> Iterator[tuple[object, ...]]:
    """Yield what was done, with the id of DISARM only where it is on the allow-list and clearly fits."""
    for one in case.countermeasures.values():
        code = countermeasures.OF_KIND.get(one.countermeasure_kind, "")
        label = countermeasures.ALLOWED.get(code, "")
        yield one.id, one.done, one.done_by, one.countermeasure_kind, code if label else "", label, one.title


def _layer(case: Case, tagged: list[tuple[Claim, Tag]]) -> bytes:
    """Return a layer for the ATT&CK navigator: how many claims assert each technique. A count, not a grade."""
    counts: Counter[str] = Counter()
    for claim, tag in dict.fromkeys((claim.id, tag) for claim, tag in tagged if says_that_it_acted(claim)):
        if tag.framework is Framework.ATTACK and attack.TECHNIQUE.fullmatch(tag.tag_id):
            counts[tag.tag_id] += bool(claim)
    layer = {
        "name": f"{case.head.title}: claims that name a technique",
        "versions": {"layer": "4.5"},
        "domain": "enterprise-attack",
        "description": "How many claims of the casebook name each technique. Claims are recorded, not verified.",
        "techniques": [{"techniqueID": one, "score": count} for one, count in sorted(counts.items())],
    }
    return (json.dumps(layer, indent=1, ensure_ascii=True) + "\n").encode("ascii")


DISARM = ExchangeFormat(
    "disarm",
    f"Folder of tables: DISARM {disarm.VERSION}, ATT&CK and local techniques apart, countermeasures, a layer.",
    True,
    _export,
    disarm.ADDRESS,
)
