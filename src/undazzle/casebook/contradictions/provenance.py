"""What a reader should know of one claim: does anything contradict it, and how many independently say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions.finding import Contradiction, Level
from undazzle.casebook.origins import independent_origins, root_of
from undazzle.casebook.proposition import Proposition


@dataclass(frozen=True, slots=True)
class Provenance:
    """Standing of a claim among the others. The field names are those of OpenCTI's provenance extension.

    Attributes
    ----------
    has_conflicts
        Whether another claim contradicts it; a mere tension does not count.
    conflicting_fields
        The fields on which it is contradicted.
    has_tensions
        Whether another claim pulls against it.
    single_sourced
        Whether all that say so go back to one origin.
    corroboration_count
        How many independent origins say so, its own included.
    assertions_count
        How many claims say so, itself included; relays count here and nowhere else.
    contradictions
        Codes of the contradictions and tensions it stands in.
    """

    has_conflicts: bool
    conflicting_fields: tuple[str, ...]
    has_tensions: bool
    single_sourced: bool
    corroboration_count: int
    assertions_count: int
    first_asserted: str | None
    last_asserted: str | None
    contradictions: tuple[str, ...]


def provenance(case: Case, found: Iterable[Contradiction]) -> Mapping[str, Provenance]:
    """Return the standing of every claim, given the contradictions of the case."""
    by_claim: dict[str, list[Contradiction]] = defaultdict(list)
    for one in found:
        for claim_id in one.claims:
            by_claim[claim_id].append(one)
    same = _claims_by_sense(case)
    return {claim.id: _standing(case, claim, by_claim[claim.id], same) for claim in case.claims.values()}


def supporting_claims(case: Case, claim: Claim) -> tuple[Claim, ...]:
    """Return the claims that say the same, the claim itself first: same proposition, relays, or named support."""
    return _supporting(case, claim, _claims_by_sense(case))


def all_supporting_claims(case: Case) -> Mapping[str, tuple[Claim, ...]]:
    """Return for every claim the claims that say the same, itself first; far faster than asking one by one."""
    same = _claims_by_sense(case)
    return {claim.id: _supporting(case, claim, same) for claim in case.claims.values()}


def _supporting(case: Case, claim: Claim, same: Mapping[object, list[Claim]]) -> tuple[Claim, ...]:
    found = {claim.id: claim}
    retold = same.get(("root", root_of(case, claim).id), ())
    for one in (*retold, *same.get(_sense(claim.proposition), ())):
        found.setdefault(one.id, one)
    for one_id in claim.corroborates:
        if one_id in case.claims:
            found.setdefault(one_id, case.claims[one_id])
    for other in same.get(("corroborates", claim.id), ()):
        found.setdefault(other.id, other)
    return tuple(found.values())


def _claims_by_sense(case: Case) -> dict[object, list[Claim]]:
    found: dict[object, list[Claim]] = defaultdict(list)
    for claim in case.claims.values():
        sense = _sense(claim.proposition)
        if sense is not None:
            found[sense].append(claim)
        found["root", root_of(case, claim).id].append(claim)
        for one in claim.corroborates:
            found["corroborates", one].append(claim)
    return found


def _sense(said: Proposition) -> object:
    """Return what two claims must share to say the same; nothing where too little is coded to tell."""
    if not said.actors or (said.event is None and said.answer is None):
        return None
    if not said.targets and not said.answer:
        return None
    return (
        said.aspect, said.polarity, frozenset(said.actors), said.act_class, said.event, frozenset(said.targets),
        frozenset(said.favoured), said.answer, said.deployment, said.approval, said.definition,
    )  # fmt: skip


def _standing(case: Case, claim: Claim, found: list[Contradiction], same: Mapping[object, list[Claim]]) -> Provenance:
    hard, soft = set(), False
    for one in found:
        mine = [place for place, side in enumerate(one.sides) if claim.id in side.claims]
        for conflict in one.conflicts:
            if conflict.left in mine or conflict.right in mine:
                soft = soft or conflict.level is Level.TENSION
                if conflict.level is Level.CONTRADICTION:
                    hard |= set(conflict.fields)
    support = _supporting(case, claim, same)
    count = len(independent_origins(case, support))
    days = sorted(one.made_public for one in support if one.made_public)
    return Provenance(
        has_conflicts=bool(hard),
        conflicting_fields=tuple(sorted(hard)),
        has_tensions=soft,
        single_sourced=count < 2,
        corroboration_count=count,
        assertions_count=len(support),
        first_asserted=days[0] if days else None,
        last_asserted=days[-1] if days else None,
        contradictions=tuple(one.code for one in found),
    )
