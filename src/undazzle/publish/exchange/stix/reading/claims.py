"""Relationships, notes and opinions of a foreign bundle become draft claims: somebody says that they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from undazzle.casebook.importers.drafts import one_line
from undazzle.casebook.vocabulary import Aspect, Polarity
from undazzle.publish.exchange.stix.reading.objects import Stix
from undazzle.publish.exchange.stix.reading.parties import (
    ACTOR_TYPES,
    Reading,
    actor_of,
    bundle_source,
    claimant_of,
    cut,
    day_of,
    source_of,
    target_of,
    text_of,
)
from undazzle.publish.exchange.stix.scales import word_of_number

_SAYING = {"attributed-to": Aspect.ATTRIBUTION, "targets": Aspect.TARGETING, "uses": Aspect.MEANS}
_DISAGREE = {"disagree", "strongly-disagree"}


def add_claims(reading: Reading) -> None:
    """Draft a claim for each relationship, note and opinion that says something about somebody."""
    where = _reports(reading)
    about: dict[str, list[str]] = defaultdict(list)  # claims by the object they speak of
    for one in reading.objects.of_type("relationship"):
        if one["id"] not in reading.done:
            _relationship(reading, one, where, about)
    for one in reading.objects.of_type("note"):
        if one["id"] not in reading.done and text_of(one, "content"):
            _statement(reading, one, text_of(one, "content"), Polarity.ASSERTS, where, about)
    for one in reading.objects.of_type("opinion"):
        if one["id"] not in reading.done:
            _opinion(reading, one, where, about)
    _add_incidents(reading, about)


def _reports(reading: Reading) -> dict[str, Stix]:
    """Return the report that names each object."""
    found: dict[str, Stix] = {}
    for report in reading.objects.of_type("report"):
        for ref in refs_of(report):
            found.setdefault(ref, report)
    return found


def refs_of(one: Stix) -> list[str]:
    """Return the ids that an object lists."""
    refs = one.get("object_refs")
    return [ref for ref in refs if isinstance(ref, str)] if isinstance(refs, list) else []


def _relationship(reading: Reading, one: Stix, where: dict[str, Stix], about: dict[str, list[str]]) -> None:
    word = one.get("relationship_type")
    here, there = (reading.objects.by_id.get(str(one.get(name))) for name in ("source_ref", "target_ref"))
    if word not in _SAYING or here is None or there is None:
        return
    said: dict[str, Any] = {"aspect": _SAYING[word], "polarity": Polarity.ASSERTS}
    methods: list[str] = []
    if here["type"] in ACTOR_TYPES:
        said["actors"] = [actor_of(reading, here)]
    if word == "attributed-to" and there["type"] in (*ACTOR_TYPES, "identity"):
        said["actors"] = [*said.get("actors", []), actor_of(reading, there)]
    elif word == "targets" and there["type"] in {"identity", "infrastructure"}:
        said["targets"] = [target_of(reading, there)]
    elif word == "uses" and there["type"] == "attack-pattern":
        methods = _method(there)
        reading.done.add(there["id"])
    else:
        return
    names = (reading.objects.named(each["id"]) or each["id"] for each in (here, there))
    statement = text_of(one, "description") or f" {word.replace('-', ' ')} ".join(names) + "."
    claim = _draft(reading, one, statement, said, where, methods=methods)
    about[one["id"]].append(claim)
    about[here["id"]].append(claim)


def _method(pattern: Stix) -> list[str]:
    """Return a technique as a claim writes it; DISARM's own bundles call themselves mitre-attack, so ids decide."""
    references = pattern.get("external_references")
    for each in references if isinstance(references, list) else ():
        code = each.get("external_id") if isinstance(each, dict) else None
        if isinstance(code, str) and len(code) <= 40:
            is_attack = each.get("source_name") == "mitre-attack" and code[:2] == "T1"
            return [f"attack:{code}" if is_attack else code]
    name = text_of(pattern, "name")
    return [one_line(name)] if name else []


def _opinion(reading: Reading, one: Stix, where: dict[str, Stix], about: dict[str, list[str]]) -> None:
    against = [claim for ref in refs_of(one) for claim in about.get(ref, ())]
    polarity = Polarity.DENIES if one.get("opinion") in _DISAGREE else Polarity.ASSERTS
    words = text_of(one, "explanation") or f"Opinion on what others say: {text_of(one, 'opinion') or 'none given'}."
    _statement(reading, one, words, polarity, where, about, responds_to=list(dict.fromkeys(against)))


def _statement(
    reading: Reading, one: Stix, words: str, polarity: Polarity, where: dict[str, Stix], about: dict[str, list[str]],
    **fields: Any,
) -> None:  # fmt: skip
    objects = [reading.objects.by_id[ref] for ref in refs_of(one) if ref in reading.objects.by_id]
    said: dict[str, Any] = {"aspect": Aspect.CONTEXT, "polarity": polarity}
    actors = [actor_of(reading, each) for each in objects if each["type"] in ACTOR_TYPES]
    claim = _draft(reading, one, words, said | ({"actors": actors} if actors else {}), where, **fields)
    about[one["id"]].append(claim)
    for each in objects:
        if each["type"] in {"incident", *ACTOR_TYPES}:
            about[each["id"]].append(claim)


def _draft(reading: Reading, one: Stix, words: str, said: dict[str, Any], where: dict[str, Stix], **fields: Any) -> str:
    report, creator = where.get(one["id"]), one.get("created_by_ref")
    level = word_of_number(one.get("confidence"))
    period = {name: day_of(one.get(key)) for name, key in (("begin", "start_time"), ("end", "stop_time"))}
    period = {name: day for name, day in period.items() if day}
    if period:
        said["period"] = period
    source = source_of(reading, report) if report else bundle_source(reading, creator)
    return reading.record_of(
        "claim", one, f"stix-{one['type']}-{one['id'].rpartition('--')[2]}", statement=cut(reading, words),
        claimant=claimant_of(reading, creator or (report or {}).get("created_by_ref")), source=source,
        claimed=day_of(one.get("created")), proposition=said,
        confidence={"word": level} if level else None,
        note=f"Confidence was given as the number {one['confidence']}." if level else None, **fields,
    )  # fmt: skip


def _add_incidents(reading: Reading, about: dict[str, list[str]]) -> None:
    """Add an incident for each incident or operation that claims speak of, and one for all other claims."""
    placed: set[str] = set()
    for one in reading.objects.of_type("incident", *ACTOR_TYPES):
        claims = list(dict.fromkeys(about.get(one["id"], ())))
        if claims:
            name = text_of(one, "name") or one["id"]
            summary = cut(reading, text_of(one, "description")) or name
            reading.record_of("incident", one, name, title=one_line(name), summary=summary, claims=claims)
            placed.update(claims)
    rest = [claim for claims in about.values() for claim in claims if claim not in placed]
    if rest:
        title = f"Claims in {reading.file.name}"
        reading.drafts.add(
            "incident", f"stix-{reading.file.sha256[:12]}", title=one_line(title), summary=title,
            claims=list(dict.fromkeys(rest)),
        )  # fmt: skip


def operations(reading: Reading) -> Iterator[Stix]:
    """Yield actors that no claim speaks of, so that they are drafted all the same."""
    return (one for one in reading.objects.of_type(*ACTOR_TYPES) if one["id"] not in reading.done)
