"""Where a claim comes from: relays are followed to the claim that nobody repeats, and rings are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.vocabulary import ClaimantCategory


def relay_chain(case: Case, claim: Claim) -> tuple[Claim, ...]:
    """Return a claim, the claim it repeats, and so on to the first; a ring ends where it would begin again."""
    chain, seen = [claim], {claim.id}
    while (before := chain[-1].relays) and before in case.claims and before not in seen:
        seen.add(before)
        chain.append(case.claims[before])
    return tuple(chain)


def root_of(case: Case, claim: Claim) -> Claim:
    """Return the claim at the beginning of the relay chain."""
    return relay_chain(case, claim)[-1]


def origin_of(case: Case, claim: Claim) -> str:
    """Return who first said it, as far as the case knows: the id of a claimant, or ``unknown``.

    A claim that repeats another has that one's origin. A claim that repeats something that is not in the case has
    the origin its document states.
    """
    root = root_of(case, claim)
    return root.stated_origin or root.claimant or "unknown"


def independent_origins(case: Case, claims: Iterable[Claim]) -> frozenset[str]:
    """Return the origins of claims that do not rest on each other's evidence.

    Ten outlets that quote one briefing are one origin; a page that builds on two others adds none. Those of whom
    nobody knows who they are count only where there is nobody else, and then as one.
    """
    roots = {root.id: root for root in (root_of(case, one) for one in claims)}
    found = set()
    for root in roots.values():
        rested = {root_of(case, case.claims[one]).id for one in root.rests_on if one in case.claims}
        if not (rested & roots.keys()) - {root.id}:
            found.add(origin_of(case, root))
    known = frozenset(one for one in found if not _is_unknown(case, one))
    return known or (frozenset({"unknown"}) if found else frozenset())


def _is_unknown(case: Case, claimant_id: str) -> bool:
    """Return whether nobody knows who it is, so that its independence cannot be judged."""
    claimant = case.claimants.get(claimant_id)
    return claimant_id == "unknown" or (claimant is not None and claimant.category is ClaimantCategory.UNKNOWN)


def origins_behind(case: Case, claim: Claim) -> frozenset[str]:
    """Return the origin of a claim and of all claims it rests on."""
    found, waiting, seen = set(), [root_of(case, claim)], set()
    while waiting:
        one = waiting.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        found.add(origin_of(case, one))
        waiting += [root_of(case, case.claims[other]) for other in one.rests_on if other in case.claims]
    return frozenset(found)


def relay_rings(case: Case) -> Iterator[tuple[str, ...]]:
    """Yield each ring of claims that cite each other in a circle, once, beginning with its first id."""
    state: dict[str, int] = {}  # 1 while on the path, 2 when done
    for start in case.claims:
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in state:
            state[start] = 1
            path.append(start)
            stack.append((start, _before(case, start)))
        while stack:
            here, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                state[here] = 2
                stack.pop()
                path.pop()
            elif state.get(step) == 1:
                yield _turned(path[path.index(step) :])
            elif step not in state:
                state[step] = 1
                path.append(step)
                stack.append((step, _before(case, step)))


def _before(case: Case, claim_id: str) -> Iterator[str]:
    claim = case.claims[claim_id]
    named = ((claim.relays,) if claim.relays else ()) + claim.rests_on
    return (one for one in dict.fromkeys(named) if one in case.claims)


def _turned(ring: list[str]) -> tuple[str, ...]:
    first = ring.index(min(ring))
    return tuple(ring[first:] + ring[:first])
