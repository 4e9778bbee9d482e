"""Attributes and objects of MISP: plain values with ids of ours, never marked for detection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from undazzle.publish.exchange.identifiers import stable_uuid
from undazzle.publish.exchange.misp.tags import Tag
from undazzle.publish.exchange.texts import clean_text

MOST_CHARACTERS = 65_000  # of a value in MISP's own database
# type of an attribute -> its category
_CATEGORIES = {"link": "External analysis", "text": "Other", "comment": "Other", "datetime": "Other", "other": "Other"}
INHERIT = "5"  # distribution of the event


@dataclass(frozen=True, slots=True)
class Template:
    """A published object template: name, category, id, version, description, and the type of each field we use."""

    name: str
    category: str
    uuid: str
    version: str
    description: str
    fields: dict[str, str]


ANNOTATION = Template(
    "annotation", "misc", "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "3", "A claim as recorded.",
    {"text": "text", "type": "text", "ref": "link", "creation-date": "datetime"},
)  # fmt: skip
REPORT = Template(
    "report", "misc", "70a68471-df22-4e3f-aa1a-5a3be19f82df", "8", "A document that claims are read in.",
    {"title": "text", "link": "link", "summary": "text"},
)  # fmt: skip
GRADING = Template(
    "intelligence-source-assessment", "misc", "2d3a5895-6c54-50b5-bd25-ce33e974c50a", "1",
    "How a claim is graded: who says it, and what is said.",
    {"source-id": "text", "source-reliability": "text", "information-credibility": "text", "confidence": "text",
     "source-type": "text", "evaluation": "text"},
)  # fmt: skip
NARRATIVE = Template(
    "narrative", "misc", "83bea299-514a-4719-a84b-f6fd0997fac1", "4", "What an operation is said to have told.",
    {"narrative-summary": "text"},
)  # fmt: skip
TEMPLATES = (ANNOTATION, REPORT, GRADING, NARRATIVE)


def attribute(
    key: Sequence[str], kind: str, value: str, seconds: str, *, category: str = "", comment: str = "",
    tags: Iterable[Tag] = (),
) -> dict[str, Any]:  # fmt: skip
    """Return an attribute; a value too long for MISP is cut, with a word at its end.

    Parameters
    ----------
    key
        What tells it apart.
    kind
        MISP type.
    value
        Its value.
    seconds
        Seconds since 1970 of the day of the case.
    category
        MISP category; that of the type if not given.
    comment
        Shown beside the value.
    tags
        Tags of this value.
    """
    text = clean_text(value)
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]} (cut)"
    made: dict[str, Any] = {
        "uuid": stable_uuid("misp", *key), "type": kind, "category": category or _CATEGORIES[kind], "value": text,
        "to_ids": False, "distribution": INHERIT, "timestamp": seconds, "comment": clean_text(comment),
        "disable_correlation": kind != "link",
    }  # fmt: skip
    held = list(tags)
    return made | ({"Tag": held} if held else {})


def misp_object(
    key: Sequence[str], template: Template, values: Iterable[tuple[str, str | None]], seconds: str, *,
    comment: str = "", tags: Iterable[Tag] = (), references: Iterable[tuple[str, Sequence[str]]] = (),
) -> dict[str, Any]:  # fmt: skip
    """Return an object of a template.

    Parameters
    ----------
    key
        What tells it apart.
    template
        Which template.
    values
        Field and value; those without a value are left out. Tags go to the first.
    seconds
        Seconds since 1970 of the day of the case.
    comment
        Shown beside it.
    tags
        Tags of its first value.
    references
        Word of the tie and key of the object it leads to.
    """
    made_of: list[dict[str, Any]] = []
    held = list(tags)
    for place, (name, value) in enumerate((name, value) for name, value in values if value):
        part = attribute(
            (*key, name, str(place)), template.fields[name], value, seconds, tags=held if not made_of else ()
        )
        made_of.append(part | {"object_relation": name})
    here = stable_uuid("misp", *key)
    ties = [
        {
            "uuid": stable_uuid("misp", *key, word, *other), "object_uuid": here, "timestamp": seconds,
            "referenced_uuid": stable_uuid("misp", *other), "relationship_type": word, "comment": "",
        }
        for word, other in references
    ]  # fmt: skip
    return {
        "uuid": here, "name": template.name, "meta-category": template.category, "description": template.description,
        "template_uuid": template.uuid, "template_version": template.version, "timestamp": seconds,
        "distribution": INHERIT, "comment": clean_text(comment), "Attribute": made_of, "ObjectReference": ties,
    }  # fmt: skip
