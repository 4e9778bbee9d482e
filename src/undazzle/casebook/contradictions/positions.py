"""Claims on one question that take different positions: yes or no, and different answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions.finding import (
    Conflict,
    Contradiction,
    ContradictionKind,
    Level,
    contradiction,
    side_of,
)
from undazzle.casebook.contradictions.levels import level_between
from undazzle.casebook.contradictions.likeness import ANYONE, Likeness, act_group
from undazzle.casebook.vocabulary import Aspect, Deployment, Polarity

# What two claims must share before their answers to a question are compared.
_SHARED: dict[Aspect, tuple[str, ...]] = {
    Aspect.CONDUCT: ("family", "event", "act"),
    Aspect.TARGETING: ("family", "event"),
    Aspect.PREFERENCE: ("family", "event"),
    Aspect.APPROVAL: ("family", "event"),
    Aspect.RATIONALE: ("family", "event"),
    Aspect.CONTINUITY: ("family",),
    Aspect.EFFECT: ("event",),
    Aspect.RANKING: ("event",),
    Aspect.COOPERATION: ("event",),
    Aspect.ATTRIBUTION: ("incident",),
    Aspect.NATURE: ("incident",),
    Aspect.MEANS: ("incident",),
    Aspect.EXTENT: ("incident",),
}
_NEGATIVE = {Polarity.DENIES, Polarity.NEGATIVE_FINDING}
_WEIGHED = {Deployment.CONSIDERED, Deployment.PREPARED}
Subject = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Position:
    """What claims say that counts as the same answer."""

    aspect: Aspect
    is_negative: bool
    answer: str | None
    only_weighed: bool
    approval: str | None
    targets: frozenset[str]
    favoured: frozenset[str]


def find(case: Case, likeness: Likeness) -> Iterator[Contradiction]:
    """Yield the questions on which claims take different positions."""
    for subject, claims in sorted(_questions(case, likeness).items()):
        yield from _compare(case, likeness, subject, claims)


def _questions(case: Case, likeness: Likeness) -> Mapping[Subject, list[Claim]]:
    found: dict[Subject, list[Claim]] = defaultdict(list)
    for claim in case.claims.values():
        said = claim.proposition
        if said.aspect not in _SHARED or said.polarity is Polarity.ASSURANCE:
            continue
        if said.polarity is Polarity.DENIES and likeness.speaks_for_accused(claim):
            continue  # a denial by the accused side is a kind of its own
        for subject in _subjects(case, likeness, claim, said.aspect):
            found[subject].append(claim)
        if said.aspect is Aspect.TARGETING and said.polarity is Polarity.ASSERTS:
            for subject in _subjects(case, likeness, claim, Aspect.PREFERENCE):
                found[subject].append(claim)
    return _with_anyone(found)


def _subjects(case: Case, likeness: Likeness, claim: Claim, aspect: Aspect) -> Iterator[Subject]:
    shared = _SHARED[aspect]
    event = claim.proposition.event or ""
    if "incident" in shared:
        for incident in case.incidents_by_claim.get(claim.id, ()):
            yield (aspect, incident.id)
    elif "family" not in shared:
        yield (aspect, event)
    else:
        for family in likeness.families(claim):
            act = act_group(claim.proposition.act_class) if "act" in shared else ""
            yield (aspect, family, event if "event" in shared else "", act)


def _with_anyone(found: dict[Subject, list[Claim]]) -> dict[Subject, list[Claim]]:
    """Let claims that name no actor speak of every actor on the same question."""
    for subject in [one for one in found if len(one) > 2 and one[1] == ANYONE]:
        general = found.pop(subject)
        for other in [one for one in found if len(one) > 2 and (one[0], *one[2:]) == (subject[0], *subject[2:])]:
            found[other] += general
    return found


def _compare(case: Case, likeness: Likeness, subject: Subject, claims: list[Claim]) -> Iterator[Contradiction]:
    positions: dict[_Position, list[Claim]] = defaultdict(list)
    for claim in claims:
        positions[_position(claim)].append(claim)
    sides: dict[str, list[Claim]] = {}
    clashes: dict[tuple[str, str], set[str]] = {}
    listed = list(positions)
    for index, one in enumerate(listed):
        for other in listed[index + 1 :]:
            fields = _clash(likeness, one, other)
            if fields:
                labels = _label(case, one), _label(case, other)
                if labels[0] == labels[1]:
                    continue
                for position, label in zip((one, other), labels, strict=True):
                    held = sides.setdefault(label, [])
                    held += [claim for claim in positions[position] if claim not in held]
                clashes.setdefault(labels, set()).update(fields)
    if clashes:
        yield _built(case, subject, sides, clashes)


def _built(
    case: Case, subject: Subject, sides: dict[str, list[Claim]], clashes: dict[tuple[str, str], set[str]]
) -> Contradiction:
    places = {label: place for place, label in enumerate(sides)}
    conflicts = []
    for (one, other), fields in clashes.items():
        level, reasons = level_between(sides[one], sides[other])
        if "targets" in fields and "polarity" not in fields:
            level, reasons = Level.TENSION, (*reasons, "one side names another target, not another finding")
        if "preference" in fields:
            level, reasons = Level.TENSION, (*reasons, "aiming at a candidate is not yet preferring another")
        conflicts.append(Conflict(places[one], places[other], level, tuple(sorted(fields)), reasons))
    kind = ContradictionKind.DEGREE
    if any("polarity" in one.fields or "preference" in one.fields for one in conflicts):
        kind = ContradictionKind.POLARITY
    elif subject[0] == Aspect.NATURE:
        kind = ContradictionKind.DEFINITION
    return contradiction(kind, subject, (side_of(case, label, held) for label, held in sides.items()), conflicts)


def _position(claim: Claim) -> _Position:
    said = claim.proposition
    return _Position(
        said.aspect,
        said.polarity in _NEGATIVE,
        said.answer,
        said.deployment in _WEIGHED,
        said.approval,
        frozenset(said.targets),
        frozenset(said.favoured),
    )


def _clash(likeness: Likeness, one: _Position, other: _Position) -> set[str]:
    """Return the fields on which two positions do not go together."""
    if one.aspect is not other.aspect:
        return _clash_of_aspects(likeness, one, other)
    if one.is_negative != other.is_negative:
        return _clash_of_polarity(likeness, one, other)
    if one.is_negative:
        return set()
    fields = set()
    if one.answer and other.answer and one.answer != other.answer and likeness.overlap(one.targets, other.targets):
        fields.add("answer")
    if one.aspect is Aspect.CONDUCT and likeness.overlap(one.targets, other.targets):
        if one.only_weighed != other.only_weighed:
            fields.add("deployment")
        if one.approval and other.approval and one.approval != other.approval:
            fields.add("approval")
    if one.favoured & other.targets or other.favoured & one.targets:
        fields.add("targets")
    return fields


def _clash_of_polarity(likeness: Likeness, one: _Position, other: _Position) -> set[str]:
    negative, positive = (one, other) if one.is_negative else (other, one)
    if positive.only_weighed and not negative.only_weighed:
        return set()  # weighed and not done is what the negative says
    if negative.answer and positive.answer and negative.answer != positive.answer:
        return set()
    return {"polarity"} if likeness.is_within(positive.targets, negative.targets) else set()


def _clash_of_aspects(likeness: Likeness, one: _Position, other: _Position) -> set[str]:
    """No preference for anybody pulls against aiming at one of them."""
    preference, targeting = (one, other) if one.aspect is Aspect.PREFERENCE else (other, one)
    if not preference.is_negative or targeting.is_negative or not targeting.targets:
        return set()
    return {"preference"} if likeness.is_within(targeting.targets, preference.targets) else set()


def _label(case: Case, position: _Position) -> str:
    words = "not so" if position.is_negative else "so"
    if position.only_weighed:
        words += ", only weighed"
    if position.answer:
        words += f": {position.answer.replace('-', ' ')}"
    if position.aspect in {Aspect.TARGETING, Aspect.PREFERENCE}:
        words += _names(case, "; aims at ", position.targets) + _names(case, "; helps ", position.favoured)
    if position.approval and position.aspect in {Aspect.CONDUCT, Aspect.APPROVAL}:
        words += f"; {position.approval}"
    return words


def _names(case: Case, before: str, targets: Iterable[str]) -> str:
    names = sorted(case.targets[one].name if one in case.targets else one for one in targets)
    return before + ", ".join(names) if names else ""
