"""One event of somebody else becomes a source, claims and an incident."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from undazzle.casebook.fields import first_day
from undazzle.casebook.importers.drafts import Drafts, known_address, one_line, slug
from undazzle.casebook.vocabulary import Aspect, Polarity
from undazzle.publish.exchange.json_reading import JsonFile
from undazzle.publish.exchange.misp.tags import credibility_in, likelihood_in, parts_of, reliability_in
from undazzle.publish.exchange.texts import clean_text

Misp = dict[str, Any]
_TEXTS = {"text", "comment"}
_TEXT_OBJECTS = {"annotation": "text", "report": "summary", "narrative": "narrative-summary"}
_READ_TYPES = {*_TEXTS, "link"}


def read_event(drafts: Drafts, file: JsonFile, event: Misp) -> bool:
    """Draft the records of an event and return whether it holds something that was not read."""
    name = f"misp-{slug(str(event.get('uuid', ''))) or file.sha256[:12]}"
    claimant, tags = _claimant(drafts, event), tag_names(event)
    title = one_line(clean_text(event["info"])) or "No title"
    link = next((one for one in _values(event, "link") if known_address(one)), None)
    source = drafts.add(
        "source", name, title=title, source_kind="data", publisher=claimant, dated=_day(event.get("date")), url=link,
        sha256=file.sha256,
    )  # fmt: skip
    said: dict[str, Any] = {"aspect": Aspect.CONDUCT if _actors(tags) else Aspect.CONTEXT, "polarity": Polarity.ASSERTS}
    said |= {"actors": [_actor(drafts, one) for one in _actors(tags)]} if _actors(tags) else {}
    common = {"claimant": claimant, "source": source, "claimed": _day(event.get("date"))}
    claims = [
        drafts.add(
            "claim", name, statement=title, proposition=said, methods=list(_methods(tags)), **common, **_graded(tags)
        )
    ]
    for place, (text, names) in enumerate(_texts(event), 1):
        context = {"aspect": Aspect.CONTEXT, "polarity": Polarity.ASSERTS}
        claims.append(
            drafts.add(
                "claim", f"{name}-{place}", statement=text[:20_000], proposition=context, **common, **_graded(names)
            )
        )
    drafts.add("incident", name, title=title, summary=title, claims=claims)
    drafts.used += 1
    return _has_more(event)


def _graded(names: list[str]) -> dict[str, Any]:
    likelihood, credibility = likelihood_in(names), credibility_in(names)
    found: dict[str, Any] = {"likelihood": {"word": likelihood}} if likelihood else {}
    if credibility is not None and credibility.rank is not None:
        found |= {"credibility": credibility, "credibility_basis": "As tagged in MISP; not looked at here."}
    return found


def _claimant(drafts: Drafts, event: Misp) -> str:
    creator = event.get("Orgc") or event.get("Org")
    name = creator.get("name") if isinstance(creator, dict) else None
    if not isinstance(name, str) or not name.strip():
        return drafts.add("claimant", "unknown", name="Unknown", category="unknown")
    reliability = reliability_in(tag_names(event))
    graded = {}
    if reliability is not None and reliability.rank is not None:
        graded = {"reliability": reliability, "reliability_basis": "As tagged in MISP; not looked at here."}
    return drafts.add("claimant", name, name=one_line(clean_text(name)), category="unknown", **graded)


def _actor(drafts: Drafts, name: str) -> str:
    return drafts.add("actor", name, name=one_line(clean_text(name)), actor_kind="unknown")


def _actors(names: list[str]) -> list[str]:
    found = (parts_of(name) for name in names)
    return [one[2] for one in found if one and one[:2] == ("misp-galaxy", "threat-actor")]


def _methods(names: list[str]) -> Iterator[str]:
    """Yield techniques among tags: of our own tags, and of the galaxies of ATT&CK and DISARM."""
    for name in names:
        parts = parts_of(name)
        if parts is None:
            continue
        namespace, predicate, value = parts
        if namespace == "undazzle" and predicate in {"disarm", "disarm-detection"}:
            yield value
        elif namespace == "undazzle" and predicate == "attack":
            yield f"attack:{value}"
        elif namespace == "misp-galaxy" and predicate == "mitre-attack-pattern":
            yield f"attack:{value.rpartition(' - ')[2]}"
        elif namespace == "misp-galaxy" and predicate.startswith("disarm-"):
            yield one_line(f"disarm-name:{value}", 400)


def _texts(event: Misp) -> Iterator[tuple[str, list[str]]]:
    """Yield what was written about the event, with its tags."""
    for one in _mappings(event.get("Attribute")):
        if one.get("type") in _TEXTS and (text := _clean(one.get("value"))):
            yield text, tag_names(one)
    for held in _mappings(event.get("Object")):
        wanted = _TEXT_OBJECTS.get(str(held.get("name")))
        for one in _mappings(held.get("Attribute")):
            if wanted and one.get("object_relation") == wanted and (text := _clean(one.get("value"))):
                yield text, tag_names(one)


def _values(event: Misp, kind: str) -> Iterator[str]:
    return (str(one.get("value")) for one in _mappings(event.get("Attribute")) if one.get("type") == kind)


def _has_more(event: Misp) -> bool:
    """Return whether the event holds indicators, accounts, files or other things that were not read."""
    attributes = [one for one in _mappings(event.get("Attribute")) if one.get("type") not in _READ_TYPES]
    objects = [one for one in _mappings(event.get("Object")) if one.get("name") not in _TEXT_OBJECTS]
    return bool(attributes or objects or event.get("EventReport") or event.get("ShadowAttribute"))


def tag_names(one: Misp) -> list[str]:
    """Return the names of the tags of an event or attribute."""
    return [tag["name"] for tag in _mappings(one.get("Tag")) if isinstance(tag.get("name"), str)]


def _mappings(value: Any) -> list[Misp]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _clean(value: Any) -> str:
    return clean_text(value).strip() if isinstance(value, str) else ""


def _day(value: Any) -> str | None:
    try:
        return first_day(str(value)).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
