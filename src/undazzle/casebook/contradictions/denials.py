"""Assertions that the accused side denies, or that follow an assurance it gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

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
from undazzle.casebook.contradictions.likeness import ANYONE, Likeness, act_group
from undazzle.casebook.vocabulary import ActClass, Aspect, Polarity, Speech

_ACCUSING = {Aspect.CONDUCT, Aspect.TARGETING, Aspect.ATTRIBUTION, Aspect.APPROVAL, Aspect.SCALE}
_ANY_ACT = act_group(ActClass.UNSPECIFIED)
_NOT_ACCUSING = {Speech.OPINION, Speech.THEORY, Speech.FORECAST}


@dataclass(slots=True)
class _Dispute:
    asserted: dict[str, Claim] = field(default_factory=dict)
    denied: dict[str, Claim] = field(default_factory=dict)
    assured: dict[str, Claim] = field(default_factory=dict)


def find(case: Case, likeness: Likeness) -> Iterator[Contradiction]:
    """Yield, for each actor and election, what is asserted against what is denied or was assured."""
    disputes: dict[tuple[str, str], _Dispute] = defaultdict(_Dispute)
    for claim in case.claims.values():
        said = claim.proposition
        for family in likeness.families(claim):
            dispute = disputes[family, said.event or ""]
            if said.polarity is Polarity.ASSURANCE:
                dispute.assured[claim.id] = claim
            elif said.polarity is Polarity.DENIES and (likeness.speaks_for_accused(claim) or claim.responds_to):
                dispute.denied[claim.id] = claim
                _answered(case, dispute, claim)
            elif _accuses(claim) and family != ANYONE:
                dispute.asserted[claim.id] = claim
    for (family, event), dispute in sorted(disputes.items()):
        yield from _built(case, family, event, dispute)


def _answered(case: Case, dispute: _Dispute, denial: Claim) -> None:
    for one in denial.responds_to:
        if one in case.claims and case.claims[one].proposition.polarity is Polarity.ASSERTS:
            dispute.asserted[one] = case.claims[one]


def _accuses(claim: Claim) -> bool:
    said = claim.proposition
    return said.polarity is Polarity.ASSERTS and said.aspect in _ACCUSING and claim.speech not in _NOT_ACCUSING


def _built(case: Case, family: str, event: str, dispute: _Dispute) -> Iterator[Contradiction]:
    """Yield what is denied for each kind of act apart; a denial that names no act concerns them all."""
    denied, assured = _by_act(dispute.denied), _by_act(dispute.assured)
    for group in sorted(denied.keys() | assured.keys()):
        denials = denied.get(group, [])
        concerned = _concerned(case, denials)
        asserted = [one for one in dispute.asserted.values() if one.id in concerned or (event and _is_of(group, one))]
        if asserted:
            subject = (family, event, "" if group == _ANY_ACT else group)
            yield _dispute(case, subject, asserted, denials, assured.get(group, []))


def _is_of(group: str, claim: Claim) -> bool:
    return group in {_ANY_ACT, act_group(claim.proposition.act_class)}


def _concerned(case: Case, denials: list[Claim]) -> set[str]:
    """Return the claims that denials answer, and those of the incidents they belong to.

    Outside an election nothing else is concerned: to deny one matter is not to deny all.
    """
    found = {one for denial in denials for one in denial.responds_to}
    for denial in denials:
        for incident in case.incidents_by_claim.get(denial.id, ()):
            found.update(incident.claims)
    return found


def _by_act(claims: dict[str, Claim]) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = defaultdict(list)
    for one in claims.values():
        groups[act_group(one.proposition.act_class)].append(one)
    return groups


def _dispute(
    case: Case, subject: tuple[str, ...], asserted: list[Claim], denied: list[Claim], assured: list[Claim]
) -> Contradiction:
    sides = [side_of(case, "asserted", asserted)]
    conflicts = []
    if denied:
        sides.append(side_of(case, "denied", denied))
        conflicts.append(Conflict(0, 1, Level.CONTRADICTION, ("polarity",), ("the accused side denies it",)))
    if assured:
        sides.append(side_of(case, "assured not to", assured))
        reasons = ("a pledge is not a statement of fact",)
        conflicts.append(Conflict(0, len(sides) - 1, Level.TENSION, ("polarity",), reasons))
    return contradiction(ContradictionKind.DENIAL, subject, sides, conflicts)
