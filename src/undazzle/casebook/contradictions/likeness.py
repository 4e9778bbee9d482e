"""What belongs together when claims are compared: actors of one family, targets inside wider targets, like acts.

This serves comparison only. That two actors are compared does not say that they are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from undazzle.casebook.actor import RelationKind
from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.vocabulary import ActClass

_UPWARD = {
    RelationKind.PART_OF,
    RelationKind.LEADS,
    RelationKind.DIRECTED_BY,
    RelationKind.LINKED_TO,
    RelationKind.PROXY_OF,
    RelationKind.CONTRACTED_BY,
}
_INFLUENCE = {ActClass.INFLUENCE_OVERT, ActClass.INFLUENCE_COVERT}
ANYONE = "anyone"


@dataclass(frozen=True, eq=False)
class Likeness:
    """Families of actors, wider targets and wider claimants of a case."""

    case: Case

    @cached_property
    def _families(self) -> Mapping[str, str]:
        return {one: self._family(one) for one in self.case.actors}

    def _family(self, actor_id: str) -> str:
        seen = [actor_id]
        while (actor := self.case.actors.get(seen[-1])) is not None:
            upward = [one.to for one in actor.relations if one.relation in _UPWARD and one.to not in seen]
            if not upward:
                break
            seen.append(upward[0])
        return seen[-1]

    def families(self, claim: Claim) -> tuple[str, ...]:
        """Return the heads of the families its actors are said to belong to; ``anyone`` if it names no actor."""
        named = dict.fromkeys(self._families.get(one, one) for one in claim.proposition.actors)
        return tuple(named) or (ANYONE,)

    @cached_property
    def _wider(self) -> Mapping[str, frozenset[str]]:
        return {one: self._closure(one) for one in self.case.targets}

    def _closure(self, target_id: str) -> frozenset[str]:
        found, waiting = set(), [target_id]
        while waiting:
            one = waiting.pop()
            if one not in found and one in self.case.targets:
                found.add(one)
                waiting += self.case.targets[one].part_of
        return frozenset(found) | {target_id}

    def is_within(self, inner: Iterable[str], outer: Iterable[str]) -> bool:
        """Return whether one of the first targets is, or lies inside, one of the second; nothing named fits all."""
        inside, wide = set(inner), set(outer)
        return not inside or not wide or any(self._wider.get(one, frozenset({one})) & wide for one in inside)

    def overlap(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Return whether two sets of targets share one, directly or one inside the other."""
        one, other = tuple(first), tuple(second)
        return self.is_within(one, other) or self.is_within(other, one)

    def is_same_house(self, first: str | None, second: str | None) -> bool:
        """Return whether two claimants are the same or one is part of the other."""
        return first == second or second in self._houses(first) or first in self._houses(second)

    def _houses(self, claimant_id: str | None) -> list[str]:
        found: list[str] = []
        while claimant_id and claimant_id in self.case.claimants and claimant_id not in found:
            found.append(claimant_id)
            claimant_id = self.case.claimants[claimant_id].part_of
        return found

    def speaks_for_accused(self, claim: Claim) -> bool:
        """Return whether the claimant speaks for an actor of the family that the claim is about."""
        claimant = self.case.claimants.get(claim.claimant or "")
        if claimant is None or claimant.speaks_for is None:
            return False
        own = self._families.get(claimant.speaks_for, claimant.speaks_for)
        return own in self.families(claim) or self.families(claim) == (ANYONE,)


def act_group(act: ActClass) -> str:
    """Return the group within which acts are compared: influence is one, whether overt or covert."""
    return "influence" if act in _INFLUENCE else str(act)
