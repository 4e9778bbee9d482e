"""Whether two positions on one question go together, and on which fields they do not."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.casebook.contradictions.likeness import ANYONE, Likeness
from undazzle.casebook.vocabulary import Aspect


@dataclass(frozen=True, slots=True)
class Position:
    """What claims say that counts as the same answer."""

    aspect: Aspect
    is_negative: bool
    answer: str | None
    only_weighed: bool
    approval: str | None
    actors: frozenset[str]
    families: frozenset[str]
    targets: frozenset[str]
    favoured: frozenset[str]


def clash(likeness: Likeness, one: Position, other: Position) -> set[str]:
    """Return the fields on which two positions do not go together; none if both may hold."""
    if one.aspect is not other.aspect:
        return _of_aspects(likeness, one, other)
    if one.aspect is Aspect.EFFECT and not _may_be_same_actor(one, other):
        return set()
    if one.is_negative != other.is_negative:
        return _of_polarity(likeness, one, other)
    return set() if one.is_negative else _of_answers(likeness, one, other)


def _of_answers(likeness: Likeness, one: Position, other: Position) -> set[str]:
    fields = set()
    if one.answer and other.answer and one.answer != other.answer and _same_matter(likeness, one, other):
        if one.aspect is Aspect.ATTRIBUTION and one.families & other.families:
            fields |= {"rung"} if _leaves_open(likeness, one) or _leaves_open(likeness, other) else set()
        else:
            fields.add("answer")
    if one.actors & other.actors and likeness.overlap(one.targets, other.targets):
        if one.aspect is Aspect.CONDUCT and one.only_weighed != other.only_weighed:
            fields.add("deployment")
        if one.approval and other.approval and one.approval != other.approval:
            fields.add("approval")
    if one.favoured & other.targets or other.favoured & one.targets:
        fields.add("targets")
    return fields


def _of_polarity(likeness: Likeness, one: Position, other: Position) -> set[str]:
    negative, positive = (one, other) if one.is_negative else (other, one)
    if positive.only_weighed:
        return set()  # weighed and not done is what the negative says
    if negative.answer and negative.answer != positive.answer:
        return set()  # only that one thing was looked for
    return {"polarity"} if likeness.is_within(positive.targets, negative.targets) else set()


def _of_aspects(likeness: Likeness, one: Position, other: Position) -> set[str]:
    """Compare aiming at somebody with not having acted, and with preferring nobody."""
    aim, general = (one, other) if one.aspect is Aspect.TARGETING else (other, one)
    if aim.is_negative or not general.is_negative or not aim.targets or general.answer:
        return set()
    if not likeness.is_within(aim.targets, general.targets):
        return set()
    return {"preference"} if general.aspect is Aspect.PREFERENCE else {"polarity"}


def _same_matter(likeness: Likeness, one: Position, other: Position) -> bool:
    """Return whether two answers are about the same target; about effects, nothing named is no wildcard."""
    if one.aspect is Aspect.EFFECT and bool(one.targets) != bool(other.targets):
        return False
    return likeness.overlap(one.targets, other.targets)


def _may_be_same_actor(one: Position, other: Position) -> bool:
    return ANYONE in one.families | other.families or bool(one.families & other.families)


def _leaves_open(likeness: Likeness, position: Position) -> bool:
    actors = likeness.case.actors
    return any(actors[one].actor_kind == "unknown" for one in position.actors if one in actors)
