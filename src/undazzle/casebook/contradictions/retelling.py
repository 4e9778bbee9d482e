"""What is lost or changed in retelling: the level of confidence, and who found it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

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
from undazzle.casebook.contradictions.likeness import Likeness
from undazzle.casebook.origins import root_of


def find(case: Case, likeness: Likeness) -> Iterator[Contradiction]:
    """Yield claims that are retold with another confidence, or credited to somebody else."""
    retold: dict[str, list[Claim]] = defaultdict(list)
    for claim in case.claims.values():
        root = root_of(case, claim)
        if root.id != claim.id:
            retold[root.id].append(claim)
    for root_id, relays in sorted(retold.items()):
        root = case.claims[root_id]
        yield from _confidence(case, root, relays)
        yield from _origin(case, likeness, root, relays)


def _confidence(case: Case, root: Claim, relays: list[Claim]) -> Iterator[Contradiction]:
    first = _level_given(root)
    sides: dict[str, list[Claim]] = {first: [root]}
    for one in relays:
        if one.confidence and one.confidence.word:
            sides.setdefault(_level_given(one), []).append(one)
    if len(sides) > 1:
        conflicts = [
            Conflict(0, place, Level.CONTRADICTION, ("confidence",), ("the original gives another level",))
            for place in range(1, len(sides))
        ]
        built = [side_of(case, label, held) for label, held in sides.items()]
        yield contradiction(ContradictionKind.CONFIDENCE, (root.id,), built, conflicts)


def _level_given(claim: Claim) -> str:
    word = claim.confidence.word if claim.confidence else None
    return f"{word} confidence" if word else "no level given"


def _origin(case: Case, likeness: Likeness, root: Claim, relays: list[Claim]) -> Iterator[Contradiction]:
    own = root.stated_origin or root.claimant or "unknown"
    sides: dict[str, list[Claim]] = {own: [root]}
    for one in relays:
        stated = one.stated_origin
        if stated is None:
            continue
        sides.setdefault(own if likeness.is_same_house(stated, own) else stated, []).append(one)
    if len(sides) > 1:
        conflicts = [
            Conflict(0, place, Level.CONTRADICTION, ("stated_origin",), ("the finding is credited to another body",))
            for place in range(1, len(sides))
        ]
        labels = (f"found out by {_name(case, one)}" for one in sides)
        built = [side_of(case, label, held) for label, held in zip(labels, sides.values(), strict=True)]
        yield contradiction(ContradictionKind.ORIGIN, (root.id,), built, conflicts)


def _name(case: Case, claimant_id: str) -> str:
    return case.claimants[claimant_id].name if claimant_id in case.claimants else claimant_id
