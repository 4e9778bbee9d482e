"""Names that are known: who speaks, who acts, against whom, where and on what. Found by exact words, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from typing import Any

import yaml

from undazzle.casebook import Case
from undazzle.casebook.vocabulary import ClaimantCategory
from undazzle.reading.spans import Span

_FIRST = re.compile(r"[^\W_]+")
_NOT_NAMES = re.compile(r"[^A-Z]*")


class NameKind(StrEnum):
    """What a name stands for."""

    CLAIMANT = "claimant"
    ACTOR = "actor"
    TARGET = "target"
    PLATFORM = "platform"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Name:
    """A known name: its kind, its id in a case (platforms and places have none of their own) and what it is called."""

    kind: NameKind
    id: str
    label: str
    category: ClaimantCategory = ClaimantCategory.UNKNOWN


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text where a known name stands."""

    span: Span
    name: Name


@dataclass(slots=True)
class Gazetteer:
    """Known names by their first word, so that a text is walked once."""

    phrases: dict[str, list[tuple[str, Name]]] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)

    def add(self, name: Name, phrases: Iterable[str]) -> None:
        """Enter the phrases of a name; longer ones are tried first."""
        self.names.setdefault(name.id, name)
        for phrase in phrases:
            plain = phrase.replace("’", "'")
            first = _FIRST.search(plain)
            if first is None:
                continue
            held = self.phrases.setdefault(first.group(), [])
            if (plain, name) not in held:
                held.append((plain, name))
                held.sort(key=lambda one: -len(one[0]))

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the mentions in a text in their order; of one kind the longest at a place."""
        flat = text.replace("’", "'").replace("\n", " ")
        ends: dict[NameKind, int] = {}
        for word in _FIRST.finditer(flat):
            taken: set[NameKind] = set()
            for phrase, name in self.phrases.get(word.group(), ()):
                begin = word.start()
                end = begin + len(phrase)
                if name.kind in taken or begin < ends.get(name.kind, 0) or not flat.startswith(phrase, begin):
                    continue
                if end < len(flat) and flat[end].isalnum() and phrase[-1].isalnum():
                    continue
                taken.add(name.kind)
                ends[name.kind] = end
                yield Mention(Span(begin, end), name)


def shipped_gazetteer(*cases: Case) -> Gazetteer:
    """Return the shipped lists together with the names of cases (the shipped edition, and the one being written)."""
    gazetteer = Gazetteer()
    for case in cases:
        _add_case(gazetteer, case)
    for kind in NameKind:
        for entry in _entries(f"{kind}s.yaml"):
            _add_entry(gazetteer, kind, entry)
    return gazetteer


def _entries(file: str) -> list[dict[str, Any]]:
    text = resources.files("undazzle.reading.words").joinpath(file).read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries


def _add_entry(gazetteer: Gazetteer, kind: NameKind, entry: dict[str, Any]) -> None:
    record_id = entry.get("id") or f"{kind}:{entry['name']}"
    known = gazetteer.names.get(record_id)
    label = entry.get("name") or (known.label if known else entry["phrases"][0])
    category = ClaimantCategory(entry["category"]) if "category" in entry else known.category if known else None
    name = known or Name(kind, record_id, label, category or ClaimantCategory.UNKNOWN)
    gazetteer.add(name, entry["phrases"])


def _add_case(gazetteer: Gazetteer, case: Case) -> None:
    for claimant in case.claimants.values():
        name = Name(NameKind.CLAIMANT, claimant.id, claimant.name, claimant.category)
        gazetteer.add(name, filter(_is_name, (claimant.name, *claimant.aliases)))
    for actor in case.actors.values():
        aliases = (alias.name for alias in actor.aliases)
        gazetteer.add(Name(NameKind.ACTOR, actor.id, actor.name), filter(_is_name, (actor.name, *aliases)))
    for target in case.targets.values():
        gazetteer.add(Name(NameKind.TARGET, target.id, target.name), filter(_is_name, (target.name,)))


def _is_name(words: str) -> bool:
    """Return whether words are a name that can stand in a text, not a description of ours."""
    return words[:1].isupper() and "," not in words and "(" not in words and len(words) > 2
