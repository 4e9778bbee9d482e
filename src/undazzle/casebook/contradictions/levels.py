"""Whether two opposed claims contradict each other or are only in tension, and why."""

from __future__ import annotations

from collections.abc import Iterable

from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions.finding import Level
from undazzle.casebook.vocabulary import Force, Speech

_SOFT_SPEECH = {
    Speech.OPINION: "an opinion is set against a finding",
    Speech.THEORY: "a theory is set against a finding",
    Speech.FORECAST: "a forecast is not a report of what happened",
    Speech.PLEDGE: "a pledge is not a statement of fact",
}


def reasons_for_tension(first: Claim, second: Claim) -> tuple[str, ...]:
    """Return why two opposed claims may both hold; none if nothing lessens their opposition."""
    found = [_SOFT_SPEECH[one] for one in sorted({first.speech, second.speech} & _SOFT_SPEECH.keys())]
    if Force.SUGGESTS in (first.force, second.force):
        found.append("one of them only suggests it")
    if Force.FRAMES in (first.force, second.force):
        found.append("one of them only frames it so")
    if first.proposition.scope != second.proposition.scope:
        found.append("they are limited to different things")
    if _definitions_differ(first, second):
        found.append("they use the word interference in different meanings")
    if first.is_truncated or second.is_truncated:
        found.append("one of them breaks off")
    if first.source == second.source and first.claimant == second.claimant:
        found.append("one document says both")
    if first.id == second.supersedes or second.id == first.supersedes:
        found.append("the later judgment replaces the earlier one")
    return tuple(found)


def level_between(left: Iterable[Claim], right: Iterable[Claim]) -> tuple[Level, tuple[str, ...]]:
    """Return the hardest level between claims of two sides, and the reasons where it is only a tension."""
    others = _distinct(right)
    reasons: dict[str, None] = {}
    for one in _distinct(left):
        for other in others:
            found = reasons_for_tension(one, other)
            if not found:
                return Level.CONTRADICTION, ()
            reasons.update(dict.fromkeys(found))
    return Level.TENSION, tuple(reasons)


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Return one claim for each set of qualities that matter here, so that large sides stay cheap."""
    found: dict[tuple[object, ...], Claim] = {}
    for one in claims:
        said = one.proposition
        key = (one.speech, one.force, said.scope, said.definition, one.is_truncated, one.supersedes, one.source)
        found.setdefault(key, one)
    return list(found.values())


def _definitions_differ(first: Claim, second: Claim) -> bool:
    return first.proposition.definition != second.proposition.definition
