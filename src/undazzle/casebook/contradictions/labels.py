"""What a side of a contradiction says, in plain words made of its coding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from undazzle.casebook.case import Case
from undazzle.casebook.contradictions.clashes import Position
from undazzle.casebook.vocabulary import Aspect

# What a side says without an answer of its own: that it is so, and that it is not, or was not seen.
_PLAIN: dict[Aspect, tuple[str, str]] = {
    Aspect.CONDUCT: ("it acted", "it did not act, or was not seen to"),
    Aspect.TARGETING: ("it singles out somebody", "it singles out nobody"),
    Aspect.PREFERENCE: ("it prefers somebody", "no preference was seen"),
    Aspect.APPROVAL: ("it was approved", "no approval was seen"),
    Aspect.EFFECT: ("it had an effect", "no effect was seen"),
    Aspect.COOPERATION: ("they work together", "no working together was seen"),
}
_OTHERS = ("yes", "no, or not seen")
_WEIGHED = ("it weighed or prepared it", "it weighed it and did not do it, or was not seen to")
_NAMES: WeakKeyDictionary[Case, Mapping[str, str]] = WeakKeyDictionary()


def label_of(case: Case, position: Position) -> str:
    """Return a position in plain words."""
    words = _stance(case, position)
    if position.aspect in {Aspect.TARGETING, Aspect.PREFERENCE}:
        before = ": " if not position.answer else "; about: "
        words += _listed(case, before, position.targets) + _listed(case, "; would help: ", position.favoured)
    if position.approval and position.aspect in {Aspect.CONDUCT, Aspect.APPROVAL}:
        words += f"; approval: {position.approval}"
    return words


def _stance(case: Case, position: Position) -> str:
    if not position.answer and position.only_weighed:
        return _WEIGHED[position.is_negative]
    if not position.answer:
        return _PLAIN.get(position.aspect, _OTHERS)[position.is_negative]
    known = _names_in(case)
    answer = " ".join(known.get(word, word) for word in position.answer.split("-"))
    words = f"it is not so, or was not seen: {answer}" if position.is_negative else answer
    return f"{words}, weighed or prepared only" if position.only_weighed else words


def _listed(case: Case, before: str, targets: Iterable[str]) -> str:
    names = sorted(case.targets[one].name if one in case.targets else one for one in targets)
    return before + ", ".join(names) if names else ""


def _names_in(case: Case) -> Mapping[str, str]:
    """Return how words of names are written, for words that no statement writes small."""
    if case not in _NAMES:
        names = [one.name for one in case.actors.values()] + [one.name for one in case.targets.values()]
        names += [actor.nation or "" for actor in case.actors.values()]
        names += [target.office or "" for target in case.targets.values()]
        small = {word for claim in case.claims.values() for word in re.findall(r"\b[a-z]+\b", claim.statement)}
        found = {word.casefold(): word for name in names for word in re.findall(r"\b[A-Z][A-Za-z]+\b", name)}
        acronyms = {word.casefold(): word for claim in case.claims.values() for word in _acronyms(claim.statement)}
        known = {word: written for word, written in (acronyms | found).items() if word not in small}
        _NAMES[case] = known | {"prc": "PRC", "mss": "MSS", "us": "US"}
    return _NAMES[case]


def _acronyms(statement: str) -> list[str]:
    return re.findall(r"\b[A-Z]{2,6}\b", statement)
